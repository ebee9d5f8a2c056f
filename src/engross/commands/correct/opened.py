"""The ledger of a book, opened to be changed: proved anew before it takes the old one's place."""

import os
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from engross.cache.store import Store
from engross.catalog import stop
from engross.commands.book import FoundBook
from engross.commands.ending import Run, command
from engross.commands.outcome import Outcome
from engross.commands.request import CorrectRequest
from engross.disk import fs
from engross.ledger.edits import place_corrections
from engross.ledger.rules import ledger_findings
from engross.model.finding import EngrossError, Finding, Place, errors
from engross.model.source import SourceFile
from engross.parse.book import Book
from engross.parse.ledger import ledger_files, read_ledger
from engross.parse.load import Parsed
from engross.parse.parse import parse
from engross.read import Limits, Sources, decode, open_book
from engross.read.sources import Instead, Overlay
from engross.revision.entries import entries_of
from engross.revision.fields import correct_book, names_field
from engross.revision.ledger_file import (
    PATH,
    Files,
    joined,
    named,
    new_ledger,
    replace_file,
    split,
    with_entry,
)
from engross.revision.releases import read_release, released_versions
from engross.revision.texts import book_then, frozen_texts
from engross.schema.ledger import Correction, Ledger, Target

OF_TRANSCRIPTS = frozenset({"T002"})
"""Codes of a transcript that does not say what was received."""


@dataclass(frozen=True, slots=True)
class OpenLedger:
    """A book with its ledger, read and unchanged."""

    found: FoundBook
    sources: Sources
    book: Book
    files: Files
    """The ledger's files; a new one where there is none."""

    @property
    def ledger(self) -> Ledger | None:
        """Its entries; None for a new one."""
        return self.book.ledger.value if self.book.ledger else None


def open_ledger(run: Run) -> OpenLedger:
    """Read the book; a ledger that is not there yet is a new one."""
    sources, book = read_book(run.found.folder)
    manifest, files = book.manifest.value, {}
    for path in ledger_files(sources):
        if isinstance(file := sources.file(path), SourceFile):
            files[path] = decode(file)[0] or ""
    if book.ledger is None:
        base = {document.id: document.received.sha256 for document in book.documents}
        files = {PATH: new_ledger(manifest.edition, base)}
    opened = OpenLedger(run.found, sources, book, files)
    run.known.edition, run.known.version = manifest.edition, manifest.version
    run.known.released = manifest.version in book.days
    return opened


def read_book(folder: Path) -> tuple[Sources, Book]:
    """
    A book; where a transcript was changed since the last release, as all was then.

    Raises:
        EngrossError: with all that is wrong with it.
    """
    sources = open_book(folder)
    book, versions = parse(sources, OF_TRANSCRIPTS), released_versions(sources)
    faults = errors(book.findings)
    if faults and not versions:
        raise stop(faults)
    return sources, book_then(book, read_release(sources, versions[-1])) if faults else book


def new_entry(
    request: CorrectRequest, target: Target, read: str | None, kind: str, **more: Any
) -> Correction:
    """An entry before it has its number; `more` stands above what was asked for."""
    day = {"by": request.by, "on": request.on}
    values: dict[str, Any] = {
        "class": "accidental",
        "status": "verified",
        **request.given,
        "id": "C-0000",
    }
    values |= {"kind": kind, "at": target, "read": read, "decided": day}
    values |= {"reported": {**day, "by": request.reported_by or request.by}, **more}
    return Correction.model_validate(values)


def entered(opened: OpenLedger, entries: Iterable[Correction]) -> tuple[list[Correction], Files]:
    """Entries with the ids that they get, and the ledger's files with them."""
    known = [*opened.ledger.corrections] if opened.ledger else []
    made: list[Correction] = []
    files = opened.files
    for entry in entries:
        made.append(named(entry, [*known, *made], files))
        files = with_entry(files, made[-1])
    return made, files


def write(opened: OpenLedger, files: Files, identity: str = "") -> str:
    """
    Prove the new ledger, put it in place of the old one and say where an entry stands in it.

    Each file changes in one step: new entries first, the head after them, and what is nowhere
    named any more goes last.

    Raises:
        EngrossError: with every finding of the new ledger; the old one is untouched.
    """
    order = sorted(files, key=lambda path: path != PATH)
    parsed = read_ledger([SourceFile.of(path, files[path].encode()) for path in order])
    if not isinstance(parsed, Parsed):
        raise stop(parsed)
    findings = [*prove(opened.book, parsed), *opened.sources.changed()]
    if errors(findings):
        raise stop(findings)
    for path in reversed(order):
        if files[path] != opened.files.get(path) or not opened.sources.exists(path):
            replace_file(opened.found.folder, path, files[path], f".{PATH}.new")
    for path in sorted(opened.files.keys() - files.keys()):
        fs.remove_tree(opened.found.folder / path)
    ids = [entry.id for entry in parsed.value.corrections]
    place = parsed.place("corrections", ids.index(identity)) if identity else Place(PATH)
    folder = "" if opened.found.shown == "." else f"{opened.found.shown}/"
    return f"{folder}{place.path}:{place.line}"


def prove(book: Book, ledger: Parsed[Ledger]) -> list[Finding]:
    """Everything that is wrong with a ledger, by itself and in its texts."""
    findings = list(ledger_findings(ledger.value, ledger.place, book.manifest.value.edition))
    rows = entries_of(ledger)
    for address, texts in frozen_texts(book).items():
        if not names_field(address, book):
            findings += place_corrections(address, texts, rows).findings
    return [*findings, *correct_book(replace(book, ledger=ledger)).findings]


def in_words(entry: Correction) -> str:
    """An entry in a line: `C-0002 held yamada#p-012: "Premier Minister" -> "Prime Minister"`."""
    place = f"{entry.at.address}#{entry.at.block}" if entry.at.block else entry.at.address
    change = (
        "the next paragraph is joined"
        if entry.join
        else f'"{entry.at.exact}" -> "{entry.read}"'
        if entry.read is not None
        else entry.reason
    )
    released = f" (released in {entry.released_in})" if entry.released_in else ""
    return f"{entry.id} {entry.status:<9} {place}: {change}{released}"


@command
def listed(run: Run, request: CorrectRequest) -> Outcome:  # noqa: ARG001 - names the book
    """The ledger as rows: number, status, place, words."""
    opened = open_ledger(run)
    entries = opened.ledger.corrections if opened.ledger else ()
    rows = [entry.model_dump(mode="json", exclude_none=True) for entry in entries]
    lines = [in_words(entry) for entry in entries] or ["the ledger has no entries"]
    return run.outcome(extra={"corrections": rows, "lines": lines})


@command
def rearrange(run: Run, request: CorrectRequest) -> Outcome:
    """Put each entry of the ledger into a file of its own, or all into one; no entry changes."""
    opened = open_ledger(run)
    write(opened, split(opened.files) if request.split else joined(opened.files))
    count = len(opened.ledger.corrections) if opened.ledger else 0
    where = "corrections/, one file an entry" if request.split else PATH
    return run.outcome(unchanged=True, extra={"lines": [f"{count} entries in {where}"]})


def overlay(opened: OpenLedger, files: Instead) -> Overlay:
    """The book with such files."""
    root = opened.found.folder.resolve()
    return Overlay(root, Limits.from_environment(os.environ), files)


def faults(opened: OpenLedger, files: Instead) -> tuple[Finding, ...]:
    """What is wrong with the book as it would be."""
    from engross.workshop.assembled import assembled  # all that makes an edition

    try:
        return errors(assembled(overlay(opened, files), Store(None)).findings)
    except EngrossError as error:
        return errors(error.findings)
