"""`engross sources`: what a reference manager exports becomes entries of `sources.yaml`."""

from pathlib import Path

from engross.catalog import stop
from engross.commands.book import find_book
from engross.commands.ending import Run, ended
from engross.commands.outcome import Outcome
from engross.model.finding import Finding
from engross.model.source import SourceFile
from engross.parse.csl import works_of
from engross.parse.load import load
from engross.read import decode, open_book, open_file
from engross.read.pandoc import bibliography
from engross.revision.ledger_file import replace_file, with_rows
from engross.schema.registers import Sources

PATH = "sources.yaml"
EMPTY = "# Everything that the notes cite, as CSL has it.\n\nsources: []\n"


def take_over(path: Path, book: Path | None) -> Outcome:
    """
    Add the works of a file to a book's sources; those that it has already stay as they are.

    The file is CSL-JSON (`.json`), BibTeX or BibLaTeX (`.bib`), RIS (`.ris`).
    """
    return ended(find_book(book), lambda run: _take_over(path, run))


def _take_over(path: Path, run: Run) -> Outcome:
    folder = run.found.folder
    sources = open_book(folder)
    text = EMPTY
    if sources.exists(PATH):
        file = sources.file(PATH)
        old, faults = (None, [file]) if isinstance(file, Finding) else decode(file)
        if old is None:
            raise stop(faults)
        text = old
    there = load(Sources, SourceFile.of(PATH, text.encode()))
    if isinstance(there, tuple):
        raise stop(there)
    known = {item.id for item in there.value.sources}
    works = works_of(_items(path))
    if isinstance(works, Finding):
        raise stop([works])
    rows = [row for _, row in works]
    new = {row["id"]: row for row in rows if row["id"] not in known}
    made = with_rows(text, "sources", list(new.values())) if new else text
    judged = load(Sources, SourceFile.of(PATH, made.encode()))
    if isinstance(judged, tuple):
        raise stop(judged)
    if new:
        replace_file(folder, PATH, made, f".{PATH}.new")
    lines = [f"[@{row['id']}] {row.get('title', '')}" for row in new.values()]
    lines.append(
        f"{len(new)} added to {run.found.shown}/{PATH}, {len(rows) - len(new)} there already"
    )
    return run.outcome(extra={"lines": lines})


def _items(path: Path) -> SourceFile:
    """The file as CSL-JSON."""
    content = open_file(path).content
    if path.suffix.lower() != ".json":
        content = bibliography(path.name, path.suffix.lower(), content)
    return SourceFile.of(path.name, content)
