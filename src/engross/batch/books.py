"""Which books are meant: folders, patterns, and lists of both."""

import glob
from collections.abc import Iterable
from pathlib import Path

from engross.catalog import finding
from engross.model.finding import Finding, Place


def find_books(words: Iterable[str]) -> tuple[list[Path], list[Finding]]:
    """
    The folders of all books named, each once, in the order named.

    A word is a book's folder or manifest, a pattern (`editions/*`), or a text file that lists
    such words, one a line; a pattern leaves out what is no book.

    Returns:
        The folders, and a finding for each word that names no book.
    """
    books: dict[Path, Path] = {}
    findings: list[Finding] = []
    for word in words:
        named = list(_expand(word, depth=0))
        if not named:
            findings.append(
                finding(
                    "C030",
                    Place(),
                    f"'{word}' names no book",
                    "name folders with a manifest.yaml, patterns, or a file that lists them",
                )
            )
        for folder in named:
            books.setdefault(folder.resolve(), folder)
    return list(books.values()), findings


def _expand(word: str, depth: int) -> Iterable[Path]:
    path = Path(word)
    if path.name == "manifest.yaml" and path.is_file():
        yield path.parent
    elif (path / "manifest.yaml").is_file():
        yield path
    elif path.is_file() and depth < 2:
        for line in path.read_text("utf-8", "replace").splitlines():
            if line.strip() and not line.startswith("#"):
                yield from _expand(line.strip(), depth + 1)
    elif glob.has_magic(word):
        for name in sorted(glob.glob(word)):  # noqa: PTH207 - a pattern may begin anywhere
            if (Path(name) / "manifest.yaml").is_file():
                yield Path(name)
