"""Let the engine find its shared libraries without asking other programs for them."""

import ctypes.util
import sys
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def by_file_name() -> Iterator[None]:
    """
    Have libraries loaded by the names of their files alone.

    The engine names each library in several ways, that of its file last, and for each of the others
    Python runs `ldconfig`, and the C compiler where there is one: twenty times what loading costs.
    Elsewhere than on Linux no program is run, and nothing changed.
    """
    find = ctypes.util.find_library
    if sys.platform == "linux":
        ctypes.util.find_library = _nowhere
    try:
        yield
    finally:
        ctypes.util.find_library = find


def _nowhere(name: str) -> str | None:  # noqa: ARG001  # the signature of what it stands for
    return None
