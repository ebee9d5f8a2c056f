"""`engross clean`: remove what can be made again; published editions stay."""

import os
import secrets
from pathlib import Path

from engross.commands.book import find_book, version_of
from engross.commands.ending import Run, ended
from engross.commands.outcome import Outcome
from engross.disk import fs
from engross.disk.refused import explained
from engross.model.source import SourceFile
from engross.parse.load import Parsed, load
from engross.publish import clear
from engross.read import open_book
from engross.schema.manifest import Manifest

KEPT = ".engross"
LEFT = ".engross-gone-"
"""How a folder begins that an interrupted `clean` may have left."""


def clean(book: Path | None, out: Path | None = None) -> Outcome:
    """Empty the book's cache, and sweep builds and stages that no link leads to."""
    return ended(find_book(book, out), _clean)


def _clean(run: Run) -> Outcome:
    found, known = run.found, run.known
    sources = open_book(found.folder)
    with explained(found.folder):
        _empty(found.folder)
    file = sources.file("manifest.yaml")
    manifest = load(Manifest, file) if isinstance(file, SourceFile) else None
    if isinstance(manifest, Parsed):
        known.edition, known.version = manifest.value.edition, manifest.value.version
        clear(found.dist)
    said, known.released = version_of(found.dist / known.edition / "current")
    known.version = said or known.version
    return run.outcome(unchanged=True)


def _empty(folder: Path) -> None:
    """
    Remove what was kept beside a book.

    It is renamed first: a build that goes on meanwhile finds it gone, never half of it.
    """
    gone = [folder / name for name in fs.names(folder) if name.startswith(LEFT)]
    if (folder / KEPT).exists():
        gone.append(folder / f"{LEFT}{os.getpid()}-{secrets.token_hex(4)}")
        fs.rename(folder / KEPT, gone[-1])
    for old in gone:
        fs.remove_tree(old)
