"""The whole program: killed, interrupted, starved of disk and rights, run eight times at once."""

import itertools
import os
import random
import resource
import shutil
import signal
import subprocess
import time
from pathlib import Path

import pytest
from tests.faults.program import (
    ENGROSS,
    SLUG,
    UNPRIVILEGED,
    Tell,
    digest_of,
    former,
    need,
    passing,
    retitle,
    run,
    shown,
    small_book,
    start,
)


def kill_builds(folder: Path, times: int, seed: int, tell: Tell) -> None:
    """Kill builds at random moments; after each, dist holds a whole edition, old or new."""
    chance = random.Random(seed)
    book, dist = small_book(folder), folder / "dist"
    began = time.monotonic()
    assert run(folder, "build", "book")[0] == 0
    takes = time.monotonic() - began
    before, killed, new = shown(dist), 0, 0
    for turn in itertools.count():
        if killed == times:
            break
        retitle(book, f"Letter {turn}")
        began = time.monotonic()
        process = start(folder, "build", "book")
        try:
            process.communicate(timeout=chance.uniform(0.1, 1.1) * takes)
            takes = time.monotonic() - began  # the machine has more to give than it had
        except subprocess.TimeoutExpired:
            process.kill()
            process.communicate()
        killed += process.returncode == -signal.SIGKILL  # one that was done before does not count
        now = shown(dist)
        assert now is not None
        new += now != before
        before = now
    status, said = run(folder, "build", "book")
    assert (status, passing(dist)) == (0, [])
    assert said.splitlines()[-1].startswith(f"in dist: dist/{SLUG}/current (version 1.0")
    assert run(folder, "verify", "book")[0] == 0
    tell("kills", killed)
    tell("new editions among them", new)


def test_killed_builds_leave_a_whole_edition(tmp_path: Path, record_property: Tell) -> None:
    kill_builds(tmp_path, 4, 1961, record_property)


@pytest.mark.slow
@pytest.mark.parametrize("third", [1, 2, 3])
def test_three_hundred_killed_builds_leave_a_whole_edition(
    tmp_path: Path, third: int, record_property: Tell
) -> None:
    count = int(os.environ.get("ENGROSS_KILLS", "300")) // 3
    kill_builds(tmp_path, count, 914 + third, record_property)


@pytest.mark.parametrize(
    ("number", "status", "word"),
    [(signal.SIGINT, 130, "interrupted"), (signal.SIGTERM, 143, "terminated")],
)
def test_a_signal_ends_a_build_tidily(tmp_path: Path, number: int, status: int, word: str) -> None:
    small_book(tmp_path, "epub, print")
    dist = tmp_path / "dist"
    before = former(dist)
    process = start(tmp_path, "build", "book", "--plain", "--no-cache")
    while process.stderr.readline() != "make\n":
        assert process.poll() is None
    process.send_signal(number)
    _, said = process.communicate()
    assert process.returncode == status
    assert said.splitlines()[-2:] == [word, f"in dist: dist/{SLUG}/current, whole"]
    assert shown(dist) == before
    assert passing(dist) == []
    assert list((tmp_path / "tmp").iterdir()) == []


def test_a_file_size_limit_ends_a_build_like_a_full_disk(tmp_path: Path) -> None:
    small_book(tmp_path)
    before = former(tmp_path / "dist")

    def limited() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (150_000, 150_000))

    status, said = run(tmp_path, "build", "book", "--no-cache", preexec_fn=limited)
    assert status == 6, said
    assert "error E009 operating system error" in said or "error E004" in said
    assert said.splitlines()[-1] == (
        f"in dist: dist/{SLUG}/current (version 1.0, not released; unchanged)"
    )
    assert shown(tmp_path / "dist") == before
    assert passing(tmp_path / "dist") == []


def test_a_small_full_disk_keeps_the_former_edition(tmp_path: Path) -> None:
    """A file system of 120 KiB, which the EPUB does not fit on, mounted for this one process."""
    need(["unshare", "--user", "--map-root-user", "--mount"])
    small_book(tmp_path)
    former(tmp_path / "made")
    (tmp_path / "dist").mkdir()
    script = (
        "mount -t tmpfs -o size=120k none dist && cp -a made/. dist/ && "
        '"$@"; status=$?; cp -a dist/. made/; exit $status'
    )
    mounting = ["unshare", "--user", "--map-root-user", "--mount", "sh", "-c", script, "sh"]
    before = shown(tmp_path / "made")
    status, said = run(tmp_path, "build", "book", "--no-cache", prefix=mounting)
    if "mount:" in said:
        pytest.skip(f"mounting is not permitted on this machine: {said.strip()}")
    assert status == 6, said
    assert "error E002 disk full: need 1." in said
    assert shown(tmp_path / "made") == before
    assert passing(tmp_path / "made") == []


@pytest.fixture
def unprivileged(tmp_path: Path) -> list[str]:
    """What makes modes of files count for the process, whoever runs the tests."""
    return need(UNPRIVILEGED) if os.getuid() == 0 else []


def test_a_read_only_dist_is_noticed_before_the_work(
    tmp_path: Path, unprivileged: list[str]
) -> None:
    small_book(tmp_path)
    before = former(tmp_path / "dist")
    (tmp_path / "dist").chmod(0o555)
    status, said = run(tmp_path, "build", "book", "--plain", prefix=unprivileged)
    (tmp_path / "dist").chmod(0o755)
    assert status == 6
    assert said.startswith("read\n")
    assert "parse\n" not in said
    assert "E003" in said
    assert shown(tmp_path / "dist") == before


def test_a_read_only_book_is_built_and_a_closed_file_is_told(
    tmp_path: Path, unprivileged: list[str]
) -> None:
    book = small_book(tmp_path)
    (tmp_path / "dist").mkdir()
    book.chmod(0o555)
    status, said = run(tmp_path, "build", "book", prefix=unprivileged)
    assert status == 0, said
    (book / "introduction.md").chmod(0)
    status, said = run(tmp_path, "check", "book", prefix=unprivileged)
    book.chmod(0o755)
    assert status == 6
    assert "E001 'introduction.md' cannot be read: Permission denied" in said


def test_a_book_that_cannot_be_written_is_no_bug_of_the_program(
    tmp_path: Path, unprivileged: list[str]
) -> None:
    book = small_book(tmp_path)
    before = (book / "corrections.yaml").read_bytes()
    book.chmod(0o555)
    entry = ("correct", "letter", "on Friday", "on Sunday", "--kind", "transcription")
    frozen = ("release", "book", "--date", "2026-11-26", "--accept", "V009")
    for command in (entry, frozen):
        book_of = ("--book", "book") if command is entry else ()
        told = run(tmp_path, *command, *book_of, "--reason", "as it is", prefix=unprivileged)
        assert told[0] == 6, told
        assert "corrections.yaml: error E010 cannot be written: Permission denied" in told[1]
    made = run(tmp_path, "new", "book/inside", prefix=unprivileged)
    assert made[0] == 6, made
    assert "book/inside: error E010 cannot be written: Permission denied" in made[1]
    book.chmod(0o755)
    assert (book / "corrections.yaml").read_bytes() == before
    assert not list(book.glob("releases/*"))
    told = run(tmp_path, *frozen, "--reason", "as it is")
    assert told[0] == 0, told


def test_the_last_line_names_the_version_in_dist_and_not_the_one_at_work(tmp_path: Path) -> None:
    book = small_book(tmp_path)
    reason = ("--reason", "as it is", "--on", "2026-11-27", "--kind", "transcription")
    frozen = ("--date", "2026-11-26", "--accept", "V009", "--reason", "as it is")
    assert run(tmp_path, "release", "book", *frozen)[0] == 0
    entry = ("correct", "letter", "on Friday", "on Sunday", "--book", "book")
    lines = [run(tmp_path, *entry, *reason)[1].splitlines()[-1]]
    (book / "introduction.md").write_text("See [@nowhere].\n", "utf-8")
    status, said = run(tmp_path, "build", "book")
    assert status == 3, said
    lines += [said.splitlines()[-1], run(tmp_path, "clean", "book")[1].splitlines()[-1]]
    assert set(lines) == {f"in dist: dist/{SLUG}/current (version 1.0; unchanged)"}


def test_eight_builds_at_once_publish_or_say_that_they_are_locked(tmp_path: Path) -> None:
    """Half of them wait; whoever publishes last, readers find one whole edition of the eight."""
    folders = [tmp_path / str(n) for n in range(8)]
    for n, folder in enumerate(folders):
        small_book(folder, title=f"Letter {n}")
    dist = str(tmp_path / "dist")
    running = [
        start(folder, "build", "book", "--out", dist, *(["--wait"] if n % 2 else []))
        for n, folder in enumerate(folders)
    ]
    said = [process.communicate()[1] for process in running]
    ends = [process.returncode for process in running]
    assert set(ends) <= {0, 7}, said
    assert all(ends[n] == 0 for n in range(8) if n % 2)
    assert all("K001" in said[n] for n in range(8) if ends[n] == 7)
    assert shown(tmp_path / "dist") is not None
    assert run(folders[0], "build", "book", "--out", dist)[0] == 0
    assert passing(tmp_path / "dist") == []


@pytest.mark.slow
def test_a_damaged_cache_is_made_again_with_the_same_bytes(
    tmp_path: Path, record_property: Tell
) -> None:
    book = small_book(tmp_path, "epub, print")
    assert run(tmp_path, "build", "book")[0] == 0
    first = digest_of(tmp_path / "dist" / SLUG / "current")
    chance, damaged = random.Random(7), 0
    for path in sorted((book / ".engross").rglob("*")):
        if path.is_file():
            body = bytearray(path.read_bytes())
            for _ in range(3):
                body[chance.randrange(len(body))] ^= 1 << chance.randrange(8)
            if chance.random() < 0.3:
                del body[chance.randrange(len(body)) :]
            path.write_bytes(body)
            damaged += 1
    assert damaged > 5
    shutil.rmtree(tmp_path / "dist")
    status, said = run(tmp_path, "build", "book")
    assert status == 0, said
    assert digest_of(tmp_path / "dist" / SLUG / "current") == first
    record_property("damaged entries", damaged)


def test_a_bug_of_the_program_leaves_dist_and_a_report(tmp_path: Path) -> None:
    small_book(tmp_path)
    before = former(tmp_path / "dist")
    broken = (
        "import sys; sys.argv[0] = 'engross'; from engross.commands import task; "
        "task.make = lambda *_: 1 / 0; from engross.cli.main import run; run()"
    )
    python = [ENGROSS[0], "-P", "-c", broken]
    done = subprocess.run(
        [*python, "build", "book"], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert done.returncode == 70
    [report] = tmp_path.glob("engross-report-*.txt")
    assert "ZeroDivisionError" in report.read_text("utf-8")
    assert done.stderr.splitlines()[-3:] == [
        "internal error, a bug in engross",
        f"    fix: send {report.name} to the project",
        f"in dist: dist/{SLUG}/current, whole",
    ]
    assert str(tmp_path) not in done.stdout + done.stderr
    assert shown(tmp_path / "dist") == before
