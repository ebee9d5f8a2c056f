"""The release records of a book, read back; the documents that it has no more."""

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TypeVar

from pydantic import ValidationError

from engross.catalog import finding, stop
from engross.ledger.entries import records_only
from engross.model.address import section_of
from engross.model.finding import Finding, Place
from engross.model.source import SourceFile
from engross.parse.book import Book, Withdrawn
from engross.read import Sources, decode
from engross.release import frozen
from engross.release.causes import standing
from engross.release.frozen import Release
from engross.release.versions import ordered
from engross.revision.texts import printed_rows, registers_then
from engross.schema.base import Model
from engross.schema.release import Numbering, PageMap, Record

M = TypeVar("M", bound=Model)
FOLDER = "releases"


def released_versions(sources: Sources) -> tuple[str, ...]:
    """The versions that have a record, oldest first."""
    names = [path.split("/")[1] for path in sources.find(f"{FOLDER}/*/record.json")]
    return tuple(sorted((name for name in names if re.fullmatch(r"\d+\.\d+", name)), key=ordered))


def read_record(sources: Sources, version: str) -> Record:
    """
    Read what a release says of itself.

    Raises:
        EngrossError: it is missing, of another version, or not what `engross release` wrote.
    """
    path, findings = f"{FOLDER}/{version}/record.json", list[Finding]()
    record = _model(sources, path, Record, findings)
    if record is None:
        raise stop(findings)
    if record.version != version:
        raise stop([_damaged(path, f"it is the record of {record.version}")])
    return record


def read_release(sources: Sources, version: str) -> Release:
    """
    Read one release.

    Raises:
        EngrossError: the record is missing or is not what `engross release` wrote.
    """
    folder = f"{FOLDER}/{version}"
    findings: list[Finding] = []
    record = read_record(sources, version)
    numbering = _model(sources, f"{folder}/numbering.json", Numbering, findings)
    pages = _model(sources, f"{folder}/pages.json", PageMap, findings)
    printed: dict[str, str] = {}
    for path in sources.find(f"{folder}/texts/*.txt"):
        file = sources.file(path)
        if isinstance(file, SourceFile):
            printed |= frozen.read_texts(decode(file)[0] or "")
    files: dict[str, SourceFile] = {}
    for pattern in ("*", "*/*", "*/*/*"):
        for path in sources.find(f"{folder}/files/{pattern}"):
            file = sources.file(path)
            if isinstance(file, SourceFile):
                own = path.removeprefix(f"{folder}/files/")
                files[own] = SourceFile(own, file.content, file.sha256)
    if numbering is None or pages is None or findings:
        raise stop(findings)
    made = Release(record, numbering, pages, printed, files=files)
    return replace(made, rows=printed_rows(registers_then(made)))


def numbers_kept(book: Book, earlier: Sequence[Release]) -> Numbering | None:
    """
    What the last release printed, and before it what is gone: nothing else gets its number.

    None before the first, and where the ledger lets all be counted anew.
    """
    leave = book.ledger.value.renumber if book.ledger else None
    if not earlier or (leave and ordered(leave.version) > ordered(earlier[-1].version)):
        return None
    every = [release.numbers for release in earlier]
    documents = {name: number for one in every for name, number in one.documents.items()}
    notes = {name: number for one in every for name, number in one.notes.items()}
    return every[-1].model_copy(update={"documents": documents, "notes": notes})


def withdrawn(book: Book, earlier: Sequence[Release]) -> Iterator[Withdrawn]:
    """Each document of earlier releases that the ledger says was taken out, as last released."""
    there = {one.id for one in book.documents} | {one.section.id for one in book.prose}
    held = standing(book.ledger.value.corrections).values() if book.ledger else ()
    entries = {one.at.address: one for one in held if records_only(one)}
    last = {name: release for release in earlier for name in release.record.documents}
    kept = numbers_kept(book, earlier)
    numbers = kept.documents if kept else {}
    used = [number for one, number in numbers.items() if one in there]
    for name, release in last.items():
        if name in there or name not in entries:
            continue
        printed, entry, number = release.printed, entries[name], numbers.get(name, "")
        pages = [*release.pages.pages] or release.record.documents
        order = tuple(dict.fromkeys(map(section_of, pages)))
        words = [text for one, text in printed.items() if one.partition("#")[0] == name]
        title = printed.get(f"{name}/document/title/supplied") or (*words, name)[0]
        short = printed.get(f"{name}/document/title/short") or title
        number = "" if number in used else number
        title = title if title.startswith(number) else f"{number}. {title}"
        day = getattr(entry.decided or entry.reported, "on", "")
        yield Withdrawn(name, title, short, number, order, day, entry.reason)


def _model(sources: Sources, path: str, model: type[M], findings: list[Finding]) -> M | None:
    file = sources.file(path)
    if isinstance(file, Finding):
        findings.append(file)
        return None
    try:
        return model.model_validate(json.loads(file.content))
    except (ValueError, ValidationError, RecursionError) as fault:
        findings.append(_damaged(path, str(fault).split("\n", maxsplit=1)[0]))
        return None


def _damaged(path: str, why: str) -> Finding:
    return finding("V003", Place(path), f"the record of a release is not what was written: {why}")
