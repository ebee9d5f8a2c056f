"""Folders for files on their way belong to a process, and go when it goes."""

import contextlib
import errno
import itertools
import os
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
from tests.unit.publish.shelf import Disk, refuse

from engross.disk import fs, passing

HOLD = """
import sys, time
from engross.disk.passing import Passing

folder = Passing("fonts")
folder.write("fonts/a.ttf", b"face")
print(folder.path, flush=True)
time.sleep(600)
"""


@pytest.fixture
def top(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    passing._clear_once.cache_clear()
    return tmp_path


def test_a_folder_is_ours_alone_and_gone_at_the_end(top: Path) -> None:
    with passing.passing("qpdf") as folder:
        path = folder.write("deep/file.pdf", b"content")
        assert path.read_bytes() == b"content"
        assert folder.path.parent == top
        assert folder.path.name.startswith("engross-qpdf-")
        assert folder.path.stat().st_mode & 0o777 == 0o700
    assert list(top.iterdir()) == []


def test_the_folder_of_a_killed_process_is_cleared_away_and_that_of_a_living_one_kept(
    top: Path,
) -> None:
    holders = [
        subprocess.Popen(
            [sys.executable, "-c", HOLD],
            env={**os.environ, "TMPDIR": str(top)},
            stdout=subprocess.PIPE,
            text=True,
        )
        for _ in range(2)
    ]
    try:
        folders = [Path(holder.stdout.readline().strip()) for holder in holders]  # type: ignore[union-attr]  # it is a pipe
        holders[0].send_signal(signal.SIGKILL)
        holders[0].wait()
        with passing.passing("zbar"):
            assert [folder.exists() for folder in folders] == [False, True]
        assert (folders[1] / "fonts" / "a.ttf").read_bytes() == b"face"
    finally:
        for holder in holders:
            holder.kill()
            holder.communicate()


def test_a_folder_taken_for_one_of_the_dead_before_its_lock_is_made_again(
    top: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another process clears away at the very moment between the owner's file and its lock."""
    plain, cleared = passing.fcntl.flock, []

    def late(handle: int, how: int) -> None:
        if not cleared:
            cleared.append(sorted(path.name for path in top.iterdir()))
            monkeypatch.setattr(passing.fcntl, "flock", plain)
            passing.clear(top)
        plain(handle, how)

    monkeypatch.setattr(passing.fcntl, "flock", late)
    with passing.passing("fonts") as folder:
        assert folder.write("a.ttf", b"face").read_bytes() == b"face"
        assert [folder.path.name] != cleared[0]
    assert len(cleared[0]) == 1
    assert list(top.iterdir()) == []


def test_what_somebody_else_put_there_is_left_alone(top: Path) -> None:
    (top / "elsewhere").mkdir(mode=0o700)
    (top / "elsewhere" / ".owner").touch()
    (top / "engross-link").symlink_to(top / "elsewhere")
    (top / "engross-open").mkdir()
    (top / "engross-open" / ".owner").touch()
    (top / "engross-open").chmod(0o755)
    (top / "engross-unowned").mkdir(mode=0o700)
    (top / "engross-file").touch()
    before = sorted(top.rglob("*"))
    passing.clear(top)
    assert sorted(top.rglob("*")) == before


def test_a_machine_without_a_temporary_folder_is_a_refusal_of_the_system(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def nowhere() -> str:
        raise FileNotFoundError(errno.ENOENT, "No usable temporary directory found")

    monkeypatch.setattr(tempfile, "gettempdir", nowhere)
    with pytest.raises(OSError, match="No usable temporary directory found") as caught:
        passing.Passing("qpdf")
    assert caught.value.errno == errno.EROFS


def test_a_call_that_fails_leaves_a_folder_that_the_next_process_clears(
    top: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def use() -> None:
        with passing.passing("qpdf") as folder:
            folder.write("deep/file.pdf", b"content")

    for k in itertools.count(1):
        disk = Disk(k, refuse(errno.ENOSPC))
        with monkeypatch.context() as patched, contextlib.suppress(OSError):
            patched.setattr(fs, "call", disk)
            use()
        passing._clear_once.cache_clear()
        use()
        if not disk.acted:
            break
    assert k > 10
    assert [list(path.iterdir()) for path in top.iterdir()] == [[]]  # its owner went first
    for left in top.iterdir():
        os.utime(left, (0, 0))
    passing.clear(top)
    assert list(top.iterdir()) == []
