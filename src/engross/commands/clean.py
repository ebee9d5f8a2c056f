"""`engross clean`: remove what can be made again; published editions stay."""

import shutil
from pathlib import Path

from engross.commands.book import find_book
from engross.commands.outcome import Outcome
from engross.model.finding import EngrossError
from engross.model.source import SourceFile
from engross.parse.load import Parsed, load
from engross.publish import clear
from engross.read import open_book
from engross.schema.manifest import Manifest


def clean(book: Path | None, out: Path | None = None) -> Outcome:
    """Empty the book's cache, and sweep builds and stages that no link leads to."""
    found = find_book(book, out)
    try:
        sources = open_book(found.folder)
    except EngrossError as error:
        return Outcome(findings=error.findings, exit_status=error.exit_status, book=found.shown)
    shutil.rmtree(found.folder / ".engross", ignore_errors=True)
    file = sources.file("manifest.yaml")
    manifest = load(Manifest, file) if isinstance(file, SourceFile) else None
    name = version = ""
    if isinstance(manifest, Parsed):
        name, version = manifest.value.edition, manifest.value.version
        clear(found.dist)
    return Outcome(edition=name, version=version, published=found.published(name), book=found.shown)
