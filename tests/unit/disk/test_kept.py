"""What is kept to save work is there whole or not at all, and a build never depends on it."""

import itertools
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.bench.batch_books import write_books
from tests.unit.publish.shelf import FAULTS, Disk, die, in_child, refuse

from engross.cache.store import Store
from engross.commands import unchanged
from engross.commands.book import find_book
from engross.commands.build import build
from engross.commands.clean import clean
from engross.commands.request import BuildRequest
from engross.commands.unchanged import recall, remember
from engross.disk import fs
from engross.publish import program
from engross.read import open_book

KEY = "ab" * 32


def at_each_call(task: Callable[[int], object], act: Callable[..., Any]) -> int:
    """Run a task with a fault at call 1, 2, 3 … until it makes no more calls; how many it makes."""
    for k in itertools.count(1):
        disk = Disk(k, act)
        with pytest.MonkeyPatch.context() as patched:
            patched.setattr(fs, "call", disk)
            task(k)
        if not disk.acted:
            return k - 1
    raise AssertionError


@pytest.mark.parametrize("name", FAULTS)
def test_an_entry_whose_writing_fails_is_not_kept_or_whole(tmp_path: Path, name: str) -> None:
    def put(k: int) -> None:
        Store(tmp_path / str(k)).put(KEY, b"body")

    calls = at_each_call(put, refuse(FAULTS[name]))
    assert calls > 5
    for k in range(1, calls + 2):
        store = Store(tmp_path / str(k))
        assert store.get(KEY) == (b"body" if k > calls else None)
        assert store.damaged == []
        store.put(KEY, b"body")
        assert store.get(KEY) == b"body"
        assert [path.name for path in (tmp_path / str(k)).glob("*/*")] == [KEY]


def test_an_entry_whose_writer_dies_is_not_kept_or_whole(tmp_path: Path) -> None:
    for k in itertools.count(1):
        store = Store(tmp_path / str(k))
        alive = in_child(lambda store=store: store.put(KEY, b"body"), Disk(k, die)) == 0
        assert store.get(KEY) in ({b"body"} if alive else {None, b"body"})
        assert store.damaged == []
        store.put(KEY, b"body")
        assert store.get(KEY) == b"body"
        if alive:
            break
    assert k > 5


def test_an_entry_that_cannot_be_read_is_made_again(tmp_path: Path) -> None:
    store = Store(tmp_path)
    store.put(KEY, b"body")
    assert at_each_call(lambda _: store.get(KEY), refuse(FAULTS["EIO"])) > 1
    assert store.get(KEY) == b"body"


@pytest.fixture
def book(tmp_path: Path) -> Path:
    (folder,) = write_books(tmp_path, 1, size=1, outputs="metadata")
    return folder


def test_a_record_of_a_build_is_there_whole_or_not_at_all(book: Path) -> None:
    request, found = BuildRequest(book=book, jobs=1), find_book(book, None)
    outcome = build(request)
    assert outcome.exit_status == 0
    sources = open_book(found.folder)
    assert (again := recall(request, found)) is not None
    assert again.unchanged
    kept = book / ".engross" / "built"

    def keep(_: int) -> None:
        remember(request, found, outcome, sources)

    assert at_each_call(keep, refuse(FAULTS["ENOSPC"])) > 4
    assert len(list(kept.iterdir())) == 1
    fs.remove_tree(kept)
    assert in_child(lambda: keep(0), Disk(5, die)) == 99
    assert recall(request, found) is None


def test_a_program_with_other_bytes_of_the_same_size_and_date_builds_again(
    book: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    package = tmp_path / "installed" / "src" / "engross"
    shutil.copytree(program.PACKAGE, package)
    monkeypatch.setattr(program, "PACKAGE", package)

    def digest() -> str:
        program.program_digests.cache_clear()
        unchanged._program.cache_clear()
        return unchanged._program()

    before = digest()
    assert digest() == before
    sheet = next(package.rglob("*.html"))
    state = sheet.stat()
    sheet.write_bytes(sheet.read_bytes().swapcase())
    os.utime(sheet, ns=(state.st_atime_ns, state.st_mtime_ns))
    assert sheet.stat().st_size == state.st_size
    assert digest() != before
    program.program_digests.cache_clear()
    unchanged._program.cache_clear()


def test_an_interrupted_clean_is_finished_by_the_next(book: Path) -> None:
    assert build(BuildRequest(book=book, jobs=1)).exit_status == 0
    for k in itertools.count(1):
        (book / ".engross" / "cache").mkdir(parents=True, exist_ok=True)
        (book / ".engross" / "cache" / "kept").write_bytes(b"kept")
        ended = in_child(lambda: clean(book), Disk(k, die))
        clean(book)
        assert list(book.glob(".engross*")) == []
        if ended == 0:
            break
    assert k > 10


def test_a_clean_that_is_refused_says_so(book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (book / ".engross").mkdir()
    monkeypatch.setattr(fs, "call", Disk(2, refuse(FAULTS["EACCES"])))
    outcome = clean(book)
    assert [str(found) for found in outcome.findings] == [
        f"engross: E003 {book} cannot be written: Permission denied\n"
        "    fix: give yourself permission to write there, or publish elsewhere with --out DIR"
    ]
    assert outcome.exit_status == 6
