"""What a command says when the system refuses a file that it writes beside `dist/`."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

from engross.catalog import finding, stop
from engross.model.finding import Place


@contextmanager
def written(path: str) -> Iterator[None]:
    """
    Tell of a refusal by the name of what was being written.

    Raises:
        EngrossError: the system refused something in the block (exit status 6).
    """
    try:
        yield
    except OSError as fault:
        said = os.strerror(fault.errno) if fault.errno else str(fault)
        fix = "make room or give yourself permission there, then type the same command again"
        raise stop([finding("E010", Place(path), f"cannot be written: {said}", fix)]) from fault
