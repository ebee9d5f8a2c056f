"""Which books are meant: folders, patterns, and lists of both."""

import glob
import hashlib
import os
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from engross.catalog import finding
from engross.model.finding import Finding, Place

EDITION = re.compile(rb"^edition:[ \t]*[\"']?([a-z][a-z0-9-]*)", re.MULTILINE)
"""Where a manifest says how its edition is called; read before any book is parsed."""
MADE = re.compile(r"\.engross.*|\.git|dist")
"""Folders in a book's folder that are no part of the book: `.engross-probe-…` is one that a killed
build left when it tried the disk."""


def find_books(words: Iterable[str]) -> tuple[list[Path], list[Finding]]:
    """
    The folders of all books named, each once, in the order named.

    A word is a book's folder or manifest, a pattern (`editions/*`), or a text file that lists
    such words, one a line; a pattern leaves out what is no book. Paths are taken from the current
    folder, in a list too.

    Returns:
        The folders, and a finding for each word that names no book.
    """
    books: dict[Path, Path] = {}
    findings: list[Finding] = []
    for word in words:
        for found in _expand(word, Place()):
            if isinstance(found, Finding):
                findings.append(found)
            else:
                books.setdefault(found.resolve(), found)
    return list(books.values()), findings


def _expand(word: str, place: Place) -> Iterator[Path | Finding]:
    path = Path(word)
    if path.name == "manifest.yaml" and path.is_file():
        yield path.parent
    elif (path / "manifest.yaml").is_file():
        yield path
    elif path.is_file() and not place.path:
        yield from _listed(path)
    else:
        named = [Path(name) for name in sorted(glob.glob(word))]  # noqa: PTH207 - may be absolute
        books = [folder for folder in named if (folder / "manifest.yaml").is_file()]
        yield from books
        if not books:
            fix = "name folders with a manifest.yaml, patterns, or a file that lists them"
            yield finding("C030", place, f"'{word}' names no book", fix)


def _listed(path: Path) -> Iterator[Path | Finding]:
    """The books of a list; empty lines and lines that begin with # say nothing."""
    rows = path.read_text("utf-8", "replace").splitlines()
    rows = [row.strip() for row in rows]
    if not any(row and not row.startswith("#") for row in rows):
        fix = "write a folder, a manifest or a pattern on each line"
        yield finding("C030", Place(str(path)), f"'{path}' lists no book", fix)
    for number, row in enumerate(rows, start=1):
        if row and not row.startswith("#"):
            yield from _expand(row, Place(str(path), number))


def clashes(places: Iterable[tuple[Path, Path]]) -> dict[Path, Finding]:
    """Books that would publish where an earlier one does; `places` has the dist of each folder."""
    taken: dict[tuple[Path, bytes], Path] = {}
    found: dict[Path, Finding] = {}
    for folder, dist in places:
        try:
            match = EDITION.search((folder / "manifest.yaml").read_bytes())
        except OSError:
            continue  # the build itself says what is wrong with it
        if match is None:
            continue
        first = taken.setdefault((dist.resolve(), match[1]), folder)
        if first != folder:
            name = match[1].decode()
            message = f"'{name}' is also the edition of {first}, and both go into {dist}"
            fix = "give each edition a name of its own"
            found[folder] = finding("C031", Place("manifest.yaml"), message, fix)
    return found


def digest_of(folder: Path) -> str:
    """
    What tells two states of a book's folder apart: names and bytes of its files.

    Empty where the folder cannot be read.
    """
    whole = hashlib.sha256()
    try:
        for path in sorted(_files(folder)):
            content = hashlib.sha256(path.read_bytes()).hexdigest()
            whole.update(f"{path.relative_to(folder).as_posix()}\0{content}\n".encode())
    except OSError:
        return ""
    return whole.hexdigest()


def _files(folder: Path) -> Iterator[Path]:
    for place, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if not MADE.fullmatch(name)]
        yield from (Path(place, name) for name in names if Path(place, name).is_file())
