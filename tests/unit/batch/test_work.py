"""What a worker refuses, and what an account says of a bug."""

from pathlib import Path

import pytest
from tests.bench.batch_books import write_books

from engross.batch.books import digest_of
from engross.batch.work import Account, Task, build_one, program, usage
from engross.commands import build as room


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return next(write_books(tmp_path, 1, size=1, outputs="epub"))


def test_a_worker_that_sees_other_files_builds_nothing(folder: Path) -> None:
    digest = digest_of(folder)
    (folder / "manifest.yaml").write_text("edition: other\n")
    account = build_one(Task(str(folder), digest=digest), "w")
    assert (account.state, account.exit_status, account.worker) == ("failed", 6, "w")
    assert account.words == (
        f"engross: E032 a worker does not see {folder} as it was when the batch began\n"
        "    fix: give all machines one file system and the book the same path; if the book was "
        "edited meanwhile, run the batch again",
    )
    assert not (folder / "dist").exists()


def test_a_worker_without_the_folder_says_so(folder: Path) -> None:
    account = build_one(Task(str(folder / "elsewhere"), digest=digest_of(folder)))
    assert [found.code for found in account.findings] == ["E032"]


def test_a_worker_with_another_program_builds_nothing(folder: Path) -> None:
    account = build_one(Task(str(folder), program="engross 0.0.1, WeasyPrint 1.0"))
    assert account.words == (
        f"engross: E033 a worker runs {program()}, and engross 0.0.1, WeasyPrint 1.0 was asked "
        "for\n    fix: install the same lock file on every machine, then run the batch again",
    )


def test_a_bug_met_by_one_book_is_told_and_ends_nothing(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(request: object) -> None:
        raise RuntimeError("met by accident")

    monkeypatch.setattr(room, "build", fail)
    account = build_one(Task(str(folder)))
    assert (account.state, account.exit_status) == ("failed", 70)
    assert account.bug.endswith("RuntimeError: met by accident\n")


def test_an_absolute_folder_gives_absolute_paths_wherever_the_worker_was_started(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(folder.parent)
    account = build_one(Task(str(folder)))
    assert account.state == "done", account.words
    current = folder / "dist" / "generated-0001" / "current"
    assert account.published == str(current)
    assert [row["path"] for row in account.outputs] == [str(current / "generated-0001.epub")]


def test_only_what_is_in_dist_is_whole() -> None:
    states = ("done", "reused", "failed", "lost")
    assert [Account("a", state).whole for state in states] == [True, True, False, False]


def test_usage_counts_what_was_worked() -> None:
    before = usage()
    sum(number * number for number in range(300_000))
    after = usage()
    assert after.cpu > before.cpu
    assert after.memory > 1000
