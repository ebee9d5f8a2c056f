"""What the system refuses, as errors with a way out."""

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from engross import catalog
from engross.model.finding import EngrossError, Place

MIB = 1024 * 1024
_FULL = {errno.ENOSPC, errno.EDQUOT}
_DENIED = {errno.EACCES, errno.EPERM, errno.EROFS}
_UNFIT = {errno.ENOSYS, errno.ENOTSUP, errno.EOPNOTSUPP, errno.EXDEV, errno.ENOLCK}


def environment_error(code: str, message: str, fix: str) -> EngrossError:
    """One finding without a place in the book, as an error."""
    return catalog.stop([catalog.finding(code, Place(), message, fix)])


def explain(fault: OSError, folder: Path, needed: int) -> EngrossError:
    """A system's refusal in words; `needed` is what the edition takes, in bytes."""
    said = os.strerror(fault.errno) if fault.errno else str(fault)
    if fault.errno in _FULL:
        return environment_error(
            "E002",
            f"disk full: need {max(needed, MIB) / MIB:.1f} MiB in {folder}",
            "make room there, or publish elsewhere with --out DIR",
        )
    if fault.errno in _DENIED:
        return environment_error(
            "E003",
            f"{folder} cannot be written: {said}",
            "give yourself permission to write there, or publish elsewhere with --out DIR",
        )
    if fault.errno in _UNFIT:
        return unfit(folder, said)
    return environment_error(
        "E004",
        f"{folder} cannot be written: {said}",
        "look after the disk, or publish elsewhere with --out DIR",
    )


def unfit(folder: Path, said: str) -> EngrossError:
    """The file system cannot do what publishing rests on."""
    return environment_error(
        "E005",
        f"the file system of {folder} cannot publish safely: {said}",
        "publish to a local disk with --out DIR, and copy the folder from there",
    )


@contextmanager
def explained(folder: Path, needed: int = 0) -> Iterator[None]:
    """Turn every OSError of the block into an EngrossError with exit status 6."""
    try:
        yield
    except OSError as fault:
        raise explain(fault, folder, needed) from fault
