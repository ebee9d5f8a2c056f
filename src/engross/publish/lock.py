"""One build of an edition at a time; the system frees the lock of a process that dies."""

import json
import os
import socket
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from engross import catalog
from engross.disk import fs
from engross.disk.refused import environment_error, explain, explained, unfit
from engross.model.finding import Place

FOLDER = ".locks"
"""In `dist`; ours alone, so that nobody can plant a link where a lock is opened."""


@contextmanager
def locked(
    dist: Path, slug: str, *, wait: bool = False, say: Callable[[str], None] = lambda _: None
) -> Iterator[None]:
    """
    Hold the lock of one edition.

    Raises:
        EngrossError: another process holds it and `wait` is not asked for (exit status 7), or the
            lock folder or file system is not to be trusted (exit status 6).
    """
    from filelock import FileLock, Timeout

    with explained(dist):
        folder = _own_folder(dist)
    holder = folder / f"{slug}.holder"
    lock = FileLock(folder / f"{slug}.lock", mode=0o600, thread_local=False, fallback_to_soft=False)
    try:
        lock.acquire(timeout=0)
    except Timeout:
        if not wait:
            message = f"'{slug}' is being published by {_who(holder)}"
            raise catalog.stop([catalog.finding("K001", Place(), message)]) from None
        say(f"waiting for {_who(holder)}")
        lock.acquire(timeout=-1)
    except NotImplementedError as fault:
        raise unfit(dist, "no lock can be held there") from fault
    except OSError as fault:
        raise explain(fault, dist, 0) from fault
    try:
        _sign(holder)
        yield
    finally:
        lock.release()


def _own_folder(dist: Path) -> Path:
    folder = dist / FOLDER
    try:
        fs.make_folder(folder, 0o700)
    except FileExistsError:
        state = folder.lstat()
        foreign = state.st_uid != os.geteuid() or stat.S_IMODE(state.st_mode) & 0o022
        if not stat.S_ISDIR(state.st_mode) or foreign:
            message = f"{folder} is not a folder that only you can write to"
            fix = "remove it; it is made again"
            raise environment_error("E006", message, fix) from None
    return folder


def _sign(holder: Path) -> None:
    """Say who holds the lock, for the message of whoever comes next; never relied upon."""
    try:
        fs.remove_tree(holder)
        who = {"pid": os.getpid(), "host": socket.gethostname()}
        fs.write_file(holder, json.dumps(who).encode())
    except OSError:
        return


def _who(holder: Path) -> str:
    try:
        who = json.loads(fs.read_file(holder))
        return f"process {who['pid']} on {who['host']}"
    except (OSError, ValueError, KeyError, TypeError):
        return "another process"
