"""
Files and folders written so that they are there or not there, whatever happens in between.

Modes are set outright, so that what is published does not depend on the umask. Nothing here knows
what an edition is. All functions raise OSError.
"""

import contextlib
import os
import stat
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")

FILE_MODE = 0o644
FOLDER_MODE = 0o755


def call(function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """
    Every touch of the disk below goes through here.

    A test replaces this function to make the k-th call fail, or the last thing that is done.
    """
    return function(*args, **kwargs)


def make_folder(path: Path, mode: int = FOLDER_MODE) -> None:
    """Make one new folder; it must not exist."""
    call(os.mkdir, path, mode)
    call(os.chmod, path, mode)


def make_folders(path: Path, top: Path) -> None:
    """Make what is missing of the folders from below `top` down to `path`."""
    for folder in (*reversed(path.relative_to(top).parents), path.relative_to(top)):
        whole = top / folder
        if not whole.is_dir():
            with contextlib.suppress(FileExistsError):  # another build made it first
                make_folder(whole)


def make_all(path: Path) -> None:
    """Make a folder and what is missing above it."""
    top = path.absolute()
    while not top.is_dir() and top != top.parent:
        top = top.parent
    make_folders(path.absolute(), top)


def write_file(path: Path, content: bytes, *, sync: bool = True) -> None:
    """
    Write one new file; it must not exist.

    Without `sync` nobody waits until the disk has it: for what can be made again.
    """
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
    handle = call(os.open, path, flags, FILE_MODE)
    try:
        rest = memoryview(content)
        while rest:
            rest = rest[call(os.write, handle, rest) :]
        call(os.fchmod, handle, FILE_MODE)
        if sync:
            call(os.fsync, handle)
    finally:
        call(os.close, handle)


def write_files(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write new files below a folder that is there, with the folders that they need."""
    for name, content in sorted(files.items()):
        make_folders((folder / name).parent, folder)
        write_file(folder / name, content)


def replace_file(path: Path, content: bytes, temporary: Path, *, sync: bool = True) -> None:
    """
    Put new content in the place of a file in one step; the old file stays if anything fails.

    `temporary` lies beside it; what a dead process left there is removed first.
    """
    remove_tree(temporary)
    try:
        write_file(temporary, content, sync=sync)
        call(os.rename, temporary, path)
    except BaseException:
        with contextlib.suppress(OSError):
            remove_tree(temporary)
        raise
    if sync:
        sync_folder(path.parent)


def put_file(path: Path, content: bytes) -> None:
    """Write or replace a file that can be made again, with the folders that it needs."""
    make_all(path.parent)
    replace_file(path, content, path.with_name(f".{path.name}.new"), sync=False)


def touch(path: Path) -> None:
    """Let a file be the one that was used last."""
    call(os.utime, path)


def read_file(path: Path) -> bytes:
    """The content of a regular file; a link is not followed."""
    handle = call(os.open, path, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC)
    with os.fdopen(handle, "rb") as opened:
        return call(opened.read)


def names(folder: Path) -> list[str]:
    """What is in a folder, sorted."""
    return sorted(call(os.listdir, folder))


def files_below(folder: Path) -> list[str]:
    """All that is not a folder in a tree, as relative POSIX paths, sorted."""
    found = []
    for name in names(folder):
        path = folder / name
        if stat.S_ISDIR(path.lstat().st_mode):
            found += [f"{name}/{deeper}" for deeper in files_below(path)]
        else:
            found.append(name)
    return sorted(found)


def sync_folder(path: Path) -> None:
    """Wait until the disk has the names in a folder."""
    handle = call(os.open, path, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        call(os.fsync, handle)
    finally:
        call(os.close, handle)


def sync_tree(path: Path) -> None:
    """Wait until the disk has all names in a folder and in those below it, the deepest first."""
    for name in names(path):
        if stat.S_ISDIR((path / name).lstat().st_mode):
            sync_tree(path / name)
    sync_folder(path)


def rename(old: Path, new: Path) -> None:
    """Give a file or a folder another name; a folder never replaces one that has content."""
    call(os.rename, old, new)


def swap_link(link: Path, target: str, temporary: Path) -> None:
    """Make `link` lead to `target` in one step: readers see the old link or the new one."""
    try:
        call(os.symlink, target, temporary)
        call(os.rename, temporary, link)
    except BaseException:
        with contextlib.suppress(OSError):
            remove_tree(temporary)
        raise
    sync_folder(link.parent)


def link_target(path: Path) -> str | None:
    """Where a link leads, unresolved; None where there is no link."""
    try:
        return call(os.readlink, path)
    except FileNotFoundError:
        return None
    except OSError:
        if not path.is_symlink():
            return None
        raise


def remove_folder(path: Path) -> None:
    """Remove a folder in which nothing is."""
    call(os.rmdir, path)


def remove_tree(path: Path) -> None:
    """Remove a file, a link or a folder with all that is in it; gone already is no fault."""
    try:
        mode = path.lstat().st_mode
    except FileNotFoundError:
        return
    if not stat.S_ISDIR(mode):
        call(os.unlink, path)
        return
    for name in names(path):
        remove_tree(path / name)
    call(os.rmdir, path)
