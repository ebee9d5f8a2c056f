"""A released book of a story: it is copied, changed by a command, and asked what came of it."""

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tests.e2e.answers import run, told

from engross.cache.store import Store
from engross.read import open_book
from engross.workshop.assembled import assembled

WHEN = ("--reason", "Its reason.", "--on", "2026-12-20")


@dataclass(frozen=True)
class Book:
    """A released book, and words of it that may be changed."""

    path: Path
    document: str
    word: tuple[str, str] = ("", "")
    gap: tuple[str, str] = ("", "")
    """Words between which a sentence is missing."""
    doubled: str = ""
    joined: str = ""
    """A paragraph after which the division goes."""


def correct(*words: str) -> Callable[[Path], None]:
    def entered(path: Path) -> None:
        status, answer = run("correct", *words, *WHEN, "--book", str(path))
        assert status == 0, told(answer)

    return entered


def adopt(path: Path) -> None:
    status, answer = run("correct", "--adopt", "--yes", *WHEN, "--book", str(path))
    assert status == 0, told(answer)


def stands(path: Path) -> tuple[str, list[tuple[str, str]]]:
    """The version that the book makes, and what owners of the last one are told."""
    state = assembled(open_book(path), Store(None))
    assert [row.message for row in state.findings if row.is_error] == []
    last = state.standing.earlier[-1].version
    rows = [row for row in state.edition.changes.entries if last in dict(row.pages)]
    return state.edition.manifest.version, [(row.old, row.new or row.reason) for row in rows]


def copied(book: Book, folder: Path) -> Path:
    shutil.copytree(book.path, folder / "book", ignore=shutil.ignore_patterns("dist", ".engross"))
    return folder / "book"
