"""
A whole build and a whole release, with the fault at each call that they make.

Every file of the program is read and written through one function; here its k-th call is the last
of the process, or fails, for each k (in CI for a seeded sample). What is left must be whole, and
the same command must complete it.
"""

import os
import random
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.faults.program import SLUG, Tell, passing, retitle, run, shown, small_book
from tests.unit.publish.shelf import FAULTS, Disk, die, in_child, refuse

from engross.commands.build import build
from engross.commands.new import new
from engross.commands.release.release import release
from engross.commands.request import BuildRequest, NewRequest, ReleaseRequest
from engross.publish.receipt import differences

pytestmark = pytest.mark.slow

ACCEPT = {"accept": ("V009",), "reason": "the checkers are not asked here"}
DAY = "2026-11-26"
FEW = 2
"""Calls that CI tries of all, and of the last ones."""
LATE = 80
"""How many calls are the last ones: publishing, sweeping, and the record of a release."""
Act = Callable[..., Any]
Task = Callable[[Path], int]


@pytest.fixture(autouse=True)
def alone(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No outside checker is found, and nothing is written beside the test's folder."""
    monkeypatch.setenv("PATH", "/nowhere")
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setenv("HOME", str(tmp_path))


def build_in(folder: Path) -> int:
    """Build the folder's book; the exit status."""
    return build(BuildRequest(book=folder / "book", out=folder / "dist", jobs=1)).exit_status


def release_in(folder: Path) -> int:
    """Release the folder's book, the second version or the first."""
    request = ReleaseRequest(book=folder / "book", out=folder / "dist", date=DAY, jobs=1, **ACCEPT)
    return release(request).exit_status


def state(folder: Path) -> dict[str, bytes]:
    """What a book is known by: all that the editors and its releases have written."""
    book = folder / "book"
    return {
        path.relative_to(book).as_posix(): path.read_bytes()
        for path in sorted(book.rglob("*"))
        if path.is_file() and ".engross" not in path.parts
    }


def calls_of(task: Task, folder: Path) -> int:
    """How many calls a task makes when nothing happens to it."""
    counted = folder / "calls"
    disk = Disk(0, die)

    def counting() -> None:
        assert task(folder) == 0
        counted.write_text(str(disk.calls))

    assert in_child(counting, disk) == 0
    return int(counted.read_text())


def chosen(count: int, *, every: bool) -> list[int]:
    """The calls that are tried: all, or a few, half of them among the last, where files change."""
    if every:
        return list(range(1, count + 1))
    chance = random.Random(914)
    late = range(max(1, count - LATE), count + 1)
    return sorted({*chance.sample(range(1, count + 1), FEW), *chance.sample(late, FEW)})


def ended(task: Task, folder: Path, disk: Disk) -> int:
    """Run a task in a process of its own with a disk that fails; its exit status, 99 if it died."""

    def trying() -> None:
        os._exit(task(folder))

    return in_child(trying, disk)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A book with an edition in dist, and another title since."""
    folder = tmp_path_factory.mktemp("built")
    book = small_book(folder)
    assert build_in(folder) == 0
    retitle(book, "Another Letter")
    return folder


@pytest.fixture(scope="module")
def corrected(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A book with a release, and a correction since."""
    folder = tmp_path_factory.mktemp("corrected")
    small_book(folder)
    assert release_in(folder) == 0
    reason = ("--reason", "The leaf has it.", "--kind", "transcription", "--on", DAY)
    status, said = run(
        folder, "correct", "letter", "on Friday", "on Sunday", *reason, "--book", "book"
    )
    assert status == 0, said
    return folder


def try_builds(built: Path, here: Path, act: Act, *, every: bool) -> tuple[int, int]:
    """Builds with the fault; how many calls a whole one makes, and how many were tried."""
    shutil.copytree(built, here / "whole", symlinks=True)
    old = shown(here / "whole" / "dist")
    count = calls_of(build_in, here / "whole")
    new = shown(here / "whole" / "dist")
    assert new not in {None, old}
    tries = chosen(count, every=every)
    for k in tries:
        folder = here / str(k)
        shutil.copytree(built, folder, symlinks=True)
        assert ended(build_in, folder, Disk(k, act)) in {0, 6, 99}, f"call {k}"
        assert shown(folder / "dist") in {old, new}, f"call {k}"
        assert state(folder) == state(built), f"call {k}"
        assert build_in(folder) == 0, f"call {k}"
        assert shown(folder / "dist") == new, f"call {k}"
        assert_swept(folder)
        shutil.rmtree(folder)
    return count, len(tries)


def try_releases(corrected: Path, here: Path, act: Act, *, every: bool) -> tuple[int, int]:
    """Releases with the fault; how many calls a whole one makes, and how many were tried."""
    shutil.copytree(corrected, here / "whole", symlinks=True)
    count = calls_of(release_in, here / "whole")
    wanted = state(here / "whole")
    frozen = {name for name in state(corrected) if name.startswith("releases/")}
    [version] = {name.split("/")[1] for name in wanted if name.startswith("releases/")} - {"1.0"}
    tries = chosen(count, every=every)
    for k in tries:
        folder = here / str(k)
        shutil.copytree(corrected, folder, symlinks=True)
        assert ended(release_in, folder, Disk(k, act)) in {0, 6, 99}, f"call {k}"
        after = state(folder)
        assert {name: after[name] for name in frozen} == {n: wanted[n] for n in frozen}
        assert_whole(folder / "dist", "1.0")
        done = f"releases/{version}/record.json" in after
        if done:  # it counts, and may not be made again
            assert {n: t for n, t in after.items() if "/.new" not in n} == wanted, f"call {k}"
            assert_whole(folder / "dist", version)
        else:
            assert release_in(folder) == 0, f"call {k}"
            assert state(folder) == wanted, f"call {k}"
            assert_whole(folder / "dist", version)
        assert_swept(folder)
        shutil.rmtree(folder)
    return count, len(tries)


def test_a_new_book_is_written_whole_or_not_at_all(tmp_path: Path) -> None:
    def new_in(folder: Path) -> int:
        return new(NewRequest(folder / "book", title="A Letter", date=DAY)).exit_status

    tmp_path.joinpath("whole").mkdir()
    count = calls_of(new_in, tmp_path / "whole")
    wanted = state(tmp_path / "whole")
    assert count > 2 * len(wanted)
    for k in range(1, count + 1):
        folder = tmp_path / str(k)
        folder.mkdir()
        status = ended(new_in, folder, Disk(k, KINDS["ENOSPC"]))
        if status == 0:
            assert state(folder) == wanted
        else:
            assert (status, list(folder.iterdir())) == (6, [])


def test_a_document_is_added_whole_or_not_at_all(tmp_path: Path) -> None:
    def add_in(folder: Path) -> int:
        return new(NewRequest(folder / "book", document="second")).exit_status

    start = tmp_path / "start"
    start.mkdir()
    assert new(NewRequest(start / "book", title="A Letter", date=DAY)).ok
    before = state(start)
    shutil.copytree(start, tmp_path / "whole")
    count = calls_of(add_in, tmp_path / "whole")
    wanted = state(tmp_path / "whole")
    assert len(wanted) > len(before)
    for k in range(1, count + 1):
        folder = tmp_path / str(k)
        shutil.copytree(start, folder)
        status = ended(add_in, folder, Disk(k, KINDS["ENOSPC"]))
        assert state(folder) == (wanted if status == 0 else before), f"call {k}"
        assert status in {0, 6}, f"call {k}"


def assert_swept(folder: Path) -> None:
    """What could not be removed goes when the next edition is published."""
    if passing(folder / "dist"):
        with (folder / "book" / "introduction.md").open("a", encoding="utf-8") as more:
            more.write("\nOne sentence more.\n")
        build_in(folder)
    assert passing(folder / "dist") == []


def assert_whole(dist: Path, pointer: str) -> None:
    """A version's link leads to a build that is what its name says."""
    target = str((dist / SLUG / pointer).readlink())
    assert differences(dist / SLUG / target, target.removeprefix("builds/")) == []


KINDS = {"death": die, "ENOSPC": refuse(FAULTS["ENOSPC"])}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("tried", [try_builds, try_releases])
def test_some_calls_of_the_whole_program_leave_it_whole(
    tried: Callable[..., tuple[int, int]],
    kind: str,
    tmp_path: Path,
    request: pytest.FixtureRequest,
) -> None:
    before = request.getfixturevalue("built" if tried is try_builds else "corrected")
    count, tries = tried(before, tmp_path, KINDS[kind], every=False)
    assert count > LATE
    assert FEW <= tries <= 2 * FEW


@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("tried", [try_builds, try_releases])
def test_no_call_of_the_whole_program_leaves_it_half(
    tried: Callable[..., tuple[int, int]],
    kind: str,
    tmp_path: Path,
    request: pytest.FixtureRequest,
    record_property: Tell,
) -> None:
    before = request.getfixturevalue("built" if tried is try_builds else "corrected")
    count, tries = tried(before, tmp_path, KINDS[kind], every=True)
    record_property(f"calls, {kind}", count)
    record_property(f"of them tried, {kind}", tries)
