"""`engross clean`: remove what can be made again; published editions stay."""

import os
import secrets
from pathlib import Path

from engross.commands.book import find_book
from engross.commands.in_dist import version_of
from engross.commands.outcome import Outcome
from engross.disk import fs
from engross.model.finding import EngrossError
from engross.model.source import SourceFile
from engross.parse.load import Parsed, load
from engross.publish import clear
from engross.publish.faults import explained
from engross.read import open_book
from engross.schema.manifest import Manifest

KEPT = ".engross"
LEFT = ".engross-gone-"
"""How a folder begins that an interrupted `clean` may have left."""


def clean(book: Path | None, out: Path | None = None) -> Outcome:
    """
    Empty the book's cache, and sweep builds and stages that no link leads to.

    Raises:
        EngrossError: the disk refuses it, or an edition is being published.
    """
    found = find_book(book, out)
    try:
        sources = open_book(found.folder)
    except EngrossError as error:
        return Outcome(findings=error.findings, exit_status=error.exit_status, book=found.shown)
    with explained(found.folder):
        _empty(found.folder)
    file = sources.file("manifest.yaml")
    manifest = load(Manifest, file) if isinstance(file, SourceFile) else None
    name = version = ""
    if isinstance(manifest, Parsed):
        name, version = manifest.value.edition, manifest.value.version
        clear(found.dist)
    said, released = version_of(found.dist / name / "current")
    return Outcome(
        edition=name,
        version=said or version,
        released=released,
        published=found.published(name),
        unchanged=True,
        book=found.shown,
    )


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
