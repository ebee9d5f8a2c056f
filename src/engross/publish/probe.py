"""Whether a folder can be published to: asked before the work begins."""

import contextlib
import hashlib
import os
import secrets
import socket
from pathlib import Path

from engross.disk import fs
from engross.disk.refused import explained, unfit

_NAME = ".engross-probe-"


def probe(dist: Path) -> None:
    """
    Try links and renaming where `dist` is or will be, and leave nothing behind.

    Raises:
        EngrossError: no permission, no room, or a file system without links or atomic renaming
            (exit status 6).
    """
    there = dist.absolute()
    while not there.exists() and there != there.parent:
        there = there.parent
    with explained(dist):
        _clear(there)
        trial = there / f"{_NAME}{_machine()}-{os.getpid()}-{secrets.token_hex(4)}"
        fs.make_folder(trial)
        try:
            try_folder(trial, dist)
        finally:
            with contextlib.suppress(OSError):
                fs.remove_tree(trial)


def try_folder(folder: Path, dist: Path) -> None:
    """
    Try links and renaming in a folder of ours, which is empty before and after.

    Raises:
        EngrossError: the file system cannot do it (exit status 6).
        OSError: there is no room or no permission.
    """
    first, second, link = folder / "first", folder / "second", folder / "link"
    for sample in (first, second):
        fs.make_folder(sample)
        fs.write_file(sample / "file", b"x")
    try:
        fs.swap_link(link, "first", folder / "link-new")
        if (folder / "link-new").is_symlink():
            raise unfit(dist, "a link is not renamed in one step")
        fs.swap_link(link, "second", folder / "link-new")
    except PermissionError as fault:
        # The folder itself could be written: it is links that this file system refuses.
        raise unfit(dist, "it has no symbolic links") from fault
    if fs.link_target(link) != "second":
        raise unfit(dist, "a link is not replaced in one step")
    fs.rename(first, folder / "third")
    if first.exists() or fs.read_file(folder / "third" / "file") != b"x":
        raise unfit(dist, "a folder is not renamed in one step")
    for name in ("link", "second", "third"):
        fs.remove_tree(folder / name)


def _clear(folder: Path) -> None:
    """Remove the trials of processes of this machine that died during one."""
    ours = f"{_NAME}{_machine()}-"
    for name in fs.names(folder):
        if not name.startswith(ours):
            continue
        pid = name.removeprefix(ours).partition("-")[0]
        with contextlib.suppress(OSError):
            if pid.isdigit() and not Path(f"/proc/{pid}").exists() and Path("/proc/self").exists():
                fs.remove_tree(folder / name)


def _machine() -> str:
    """Several machines may publish into one folder, and a pid means nothing on another."""
    return hashlib.sha256(socket.gethostname().encode()).hexdigest()[:8]
