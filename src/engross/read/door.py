"""The one place where a book's file is opened: regular, inside the folder, not too large."""

import errno
import hashlib
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BufferedReader
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Stamp:
    """What the file system says of a file; equal stamps mean that it was not touched."""

    device: int
    inode: int
    size: int
    modified: int
    """In nanoseconds, as `changed`; compared only, never printed."""
    changed: int

    @classmethod
    def of(cls, status: os.stat_result) -> "Stamp":
        """The stamp of a file that was asked for its status."""
        return cls(
            status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns, status.st_ctime_ns
        )


class RefusedError(Exception):
    """The door stays shut: a finding's code, message and fix, without its place."""

    def __init__(self, code: str, message: str, fix: str) -> None:
        super().__init__(message)
        self.code, self.message, self.fix = code, message, fix


class TooLargeError(Exception):
    """The file has more bytes than its limit."""

    def __init__(self, size: int) -> None:
        super().__init__(str(size))
        self.size = size


def inside(root: Path, path: str) -> Path:
    """
    Where a path of the book really leads, every link followed.

    Raises:
        FileNotFoundError: nothing is there.
        RefusedError: a link leads out of the book or to itself.
    """
    try:
        real = Path(os.path.realpath(root / path, strict=True))
    except NotADirectoryError as fault:
        raise FileNotFoundError(path) from fault
    except OSError as fault:
        if fault.errno == errno.ELOOP:
            raise RefusedError(
                "F003", f"'{path}' is a link that leads to itself", "put the file itself there"
            ) from fault
        if fault.errno == errno.ENAMETOOLONG:
            raise FileNotFoundError(path) from fault
        raise
    if not real.is_relative_to(root):
        raise RefusedError(
            "F003",
            f"'{path}' is a link that leads out of the book's folder",
            "copy the file itself into the book's folder",
        )
    return real


def read_regular(root: Path, path: str, limit: int) -> tuple[bytes, Stamp]:
    """
    The whole content of one regular file of the book.

    Raises:
        FileNotFoundError, RefusedError, TooLargeError: as `opened` does.
    """
    with opened(root, path, limit) as file:
        content = file.read(limit + 1)
        if len(content) > limit:
            raise TooLargeError(len(content))
        return content, Stamp.of(os.fstat(file.fileno()))


def digest_regular(root: Path, path: str, limit: int) -> str:
    """
    The SHA-256 of one regular file, read piece by piece.

    Raises:
        FileNotFoundError, RefusedError, TooLargeError: as `opened` does.
    """
    with opened(root, path, limit) as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


@contextmanager
def opened(root: Path, path: str, limit: int) -> Iterator[BufferedReader]:
    """
    One regular file below `root`, open to be read.

    The resolved path is walked from `root` without following links, so that a link put there
    between the two steps opens nothing; a FIFO or a device is never read.

    Raises:
        FileNotFoundError: nothing is there.
        RefusedError: a link leads out, or it is not a regular file.
        TooLargeError: more than `limit` bytes.
    """
    parts = inside(root, path).relative_to(root).parts
    if not parts:
        raise _not_regular(path, "a folder")
    folder = os.open(root, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        for part in parts[:-1]:
            flags = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC
            deeper = os.open(part, flags, dir_fd=folder)
            os.close(folder)
            folder = deeper
        # Looked at before it is opened: opening a device may already have an effect.
        _require_regular(path, os.stat(parts[-1], dir_fd=folder, follow_symlinks=False).st_mode)
        flags = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_NOCTTY | os.O_CLOEXEC
        handle = os.open(parts[-1], flags, dir_fd=folder)
    finally:
        os.close(folder)
    with os.fdopen(handle, "rb") as file:
        status = os.fstat(file.fileno())
        _require_regular(path, status.st_mode)
        if status.st_size > limit:
            raise TooLargeError(status.st_size)
        yield file


def _require_regular(path: str, mode: int) -> None:
    kinds = {
        stat.S_IFDIR: "a folder",
        stat.S_IFIFO: "a named pipe",
        stat.S_IFCHR: "a device",
        stat.S_IFBLK: "a device",
        stat.S_IFSOCK: "a socket",
    }
    if not stat.S_ISREG(mode):
        raise _not_regular(path, kinds.get(stat.S_IFMT(mode), "something else"))


def _not_regular(path: str, kind: str) -> RefusedError:
    return RefusedError(
        "F004", f"'{path}' is {kind}, not a regular file", "name a file that holds the content"
    )
