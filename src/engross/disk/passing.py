"""
Folders for files on their way: what a program of others is given to read, and what it answers.

They lie in the system's temporary folder. Each has an owner: a lock that the system frees when its
process ends, however it ends. Making the first one, a process clears away those of the dead.
"""

import contextlib
import errno
import fcntl
import os
import secrets
import stat
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import IO

from engross.disk import fs

PREFIX = "engross-"
OWNER = ".owner"
"""The file in each folder that its owner holds locked."""
TRIES = 20
"""Folders that are made before it is given up that one is left to us."""
OLD = 3600.0
"""Seconds after which an empty folder without an owner is no longer one that is just being made."""


class Passing:
    """A folder that is ours until it is closed or this process ends."""

    def __init__(self, kind: str) -> None:
        top = _top()
        _clear_once(top)
        for _ in range(TRIES):
            self.path = top / f"{PREFIX}{kind}-{secrets.token_hex(8)}"
            self._owner = _owned(self.path)
            if self._owner is not None:
                return
        raise OSError(errno.ENOLCK, os.strerror(errno.ENOLCK))

    def write(self, name: str, content: bytes) -> Path:
        """Put one new file into the folder, with the folders that its name has."""
        path = self.path / name
        fs.make_folders(path.parent, self.path)
        fs.write_file(path, content, sync=False)
        return path

    def close(self) -> None:
        """Remove the folder; what cannot be removed now is left to the next process."""
        if self._owner is None:
            return
        with contextlib.suppress(OSError):
            _remove(self.path)
        os.close(self._owner)
        self._owner = None


def _owned(path: Path) -> int | None:
    """
    Make a folder and lock its owner; None where another process took it for one of the dead.

    That can happen in the moment between the owner's file and its lock.
    """
    try:
        fs.make_folder(path, 0o700)
        owner = _locked(path / OWNER, os.O_CREAT)
    except BaseException:
        with contextlib.suppress(OSError):
            fs.remove_tree(path)
        raise
    if owner is not None and not os.fstat(owner).st_nlink:
        os.close(owner)
        return None
    return owner


@contextmanager
def passing(kind: str) -> Iterator[Passing]:
    """A folder for the block; `kind` stands in its name, for people who wonder what it is."""
    folder = Passing(kind)
    try:
        yield folder
    finally:
        folder.close()


def unnamed(folder: str) -> IO[bytes]:
    """A file without a name in a folder, for what a child has to say; gone when it is closed."""
    return tempfile.TemporaryFile(dir=folder)


def clear(top: Path) -> None:
    """Remove from a temporary folder the folders of ours whose owner has ended."""
    for name in fs.names(top):
        path = top / name
        if not name.startswith(PREFIX):
            continue
        # Only what nobody else could have put there or can change, and whose lock is free.
        with contextlib.suppress(OSError):
            state = path.lstat()
            foreign = state.st_uid != os.geteuid() or stat.S_IMODE(state.st_mode) != 0o700
            if not stat.S_ISDIR(state.st_mode) or foreign:
                continue
            if not (path / OWNER).exists():
                if time.time() - state.st_mtime > OLD:
                    fs.remove_folder(path)  # refused where anything is in it
                continue
            owner = _locked(path / OWNER)
            if owner is not None:
                try:
                    _remove(path)
                finally:
                    os.close(owner)


def _remove(folder: Path) -> None:
    """Its owner last: what a death leaves half removed can then be told from what is in use."""
    for name in fs.names(folder):
        if name != OWNER:
            fs.remove_tree(folder / name)
    fs.remove_tree(folder)


@cache
def _clear_once(top: Path) -> None:
    with contextlib.suppress(OSError):
        clear(top)


def _top() -> Path:
    try:
        return Path(tempfile.gettempdir())
    except FileNotFoundError as fault:  # none of the usual ones can be written
        raise OSError(errno.EROFS, str(fault.strerror)) from fault


def _locked(path: Path, more: int = 0) -> int | None:
    """Open and lock a file; None where its lock is held."""
    flags = os.O_RDWR | os.O_NOFOLLOW | os.O_CLOEXEC | more
    handle = fs.call(os.open, path, flags, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as fault:
        os.close(handle)
        if fault.errno in {errno.EWOULDBLOCK, errno.EAGAIN}:
            return None
        raise
    return handle
