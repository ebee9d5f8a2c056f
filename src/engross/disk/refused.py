"""What the system refuses, as errors with a way out: the one place that knows `errno`."""

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from engross.catalog import finding, stop
from engross.model.finding import EngrossError, Place

MIB = 1024 * 1024
_FULL = {errno.ENOSPC, errno.EDQUOT}
_DENIED = {errno.EACCES, errno.EPERM, errno.EROFS}
_UNFIT = {errno.ENOSYS, errno.ENOTSUP, errno.EOPNOTSUPP, errno.EXDEV, errno.ENOLCK}
SCARCE = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS, errno.EMFILE, errno.ENFILE}
SCARCE |= {errno.ENOMEM, errno.EIO, errno.EAGAIN, errno.EACCES, errno.EPERM, errno.ENOLCK}


def environment_error(code: str, message: str, fix: str) -> EngrossError:
    """One finding without a place in the book, as an error."""
    return stop([finding(code, Place(), message, fix)])


def explain(fault: OSError, folder: Path, needed: int) -> EngrossError:
    """A system's refusal in words; `needed` is what the edition takes, in bytes."""
    said = os.strerror(fault.errno) if fault.errno else str(fault)
    if fault.errno in _FULL:
        message = f"disk full: need {max(needed, MIB) / MIB:.1f} MiB in {folder}"
        fix = "make room there, or publish elsewhere with --out DIR"
        return environment_error("E002", message, fix)
    if fault.errno in _DENIED:
        message = f"{folder} cannot be written: {said}"
        fix = "give yourself permission to write there, or publish elsewhere with --out DIR"
        return environment_error("E003", message, fix)
    if fault.errno in _UNFIT:
        return unfit(folder, said)
    message = f"{folder} cannot be written: {said}"
    fix = "look after the disk, or publish elsewhere with --out DIR"
    return environment_error("E004", message, fix)


def unfit(folder: Path, said: str) -> EngrossError:
    """The file system cannot do what publishing rests on."""
    message = f"the file system of {folder} cannot publish safely: {said}"
    fix = "publish to a local disk with --out DIR, and copy the folder from there"
    return environment_error("E005", message, fix)


@contextmanager
def explained(folder: Path, needed: int = 0) -> Iterator[None]:
    """Turn every OSError of the block into an EngrossError with exit status 6."""
    try:
        yield
    except OSError as fault:
        raise explain(fault, folder, needed) from fault


def of_the_machine(fault: OSError) -> EngrossError | None:
    """A refusal outside dist, in words; None for one that only a bug can bring about."""
    if fault.errno not in SCARCE:
        return None
    message = f"operating system error: {os.strerror(fault.errno)}"
    fix = "make room, or name another folder for passing files: TMPDIR=DIR engross build"
    return environment_error("E009", message, fix)


@contextmanager
def written(path: str) -> Iterator[None]:
    """
    Tell of a refusal beside `dist/` by the name of what was being written.

    Raises:
        EngrossError: the system refused something in the block (exit status 6).
    """
    try:
        yield
    except OSError as fault:
        said = os.strerror(fault.errno) if fault.errno else str(fault)
        raise stop([finding("E010", Place(path), f"cannot be written: {said}")]) from fault
