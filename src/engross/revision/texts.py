"""Every text of a book by its address, as its files have it now or as a release kept them."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from typing import Any, TypeVar

from engross.ledger.fields import BLOCK, strings
from engross.model.text import Block, leaves
from engross.parse.book import Book, DocumentSource, ProseSource
from engross.parse.csl import WORKS, read_works
from engross.parse.load import Parsed, load
from engross.parse.markdown import parse_markdown
from engross.parse.typography import typeset
from engross.release.frozen import Release
from engross.revision.fields import (
    fields_of,
    file_of_field,
    has_record,
    line_of_field,
    names_field,
)
from engross.schema.base import Anchor, Model
from engross.schema.manifest import Manifest
from engross.schema.notes import Notes
from engross.schema.registers import REGISTERS

M = TypeVar("M", bound=Model)
MANIFEST = "manifest.yaml"
NAMING = ("id", "abbr", "term", "heading", "date")
"""What a row of a register is known by, the best first."""
UNSEEN = frozenset(
    {
        "id",
        "type",
        "category",
        "sort",
        "file-as",
        "in-text",
        "authority",
        "person",
        "document",
        "at",
    }
)
"""Steps to what is no reading of a row: keys, order, and places of the documents' words."""


CITED, SIGNS = re.compile(r"\[@([\w/#-]++)(?:, *+([^\]]*+))?\]"), re.compile(r"(?<!\\)\*+|\\(?=\W)")
"""A citation with its locator, and signs that are not printed."""


@dataclass(frozen=True, slots=True)
class Text:
    """A document, a section, a note or a field before any correction."""

    path: str
    """The file in which it is written."""
    blocks: tuple[Block, ...] = ()
    field: str = ""
    """The words of a field, which has no blocks."""
    at: Anchor | None = None
    """What a note of the editors hangs from."""
    line: int = 0
    """The line of a note or a field in its file; 0 where the blocks know their own."""
    evidence: bool = False
    """Whether it was received: then editors change its layout at most."""

    @property
    def words(self) -> dict[str, str]:
        """The text of each block: what the ledger's quotations refer to."""
        if self.field:
            return {BLOCK: self.field}
        return {leaf.id: leaf.text for leaf in leaves(self.blocks)}

    @property
    def lines(self) -> dict[str, int]:
        """Where each block stands in the file."""
        return {leaf.id: self.line or leaf.origin.line for leaf in leaves(self.blocks)}


def texts_of(book: Book) -> dict[str, Text]:
    """Documents first, then sections, each followed by its notes, then fields."""
    found: dict[str, Text] = {}
    for document in book.documents:
        path, body = document.transcript.path, document.body
        found[document.id] = Text(path, body.blocks, evidence=True)
        for own in body.notes:
            found[f"{document.id}/note/{own.id}"] = Text(path, own.blocks, evidence=True)
        for index, note in enumerate(document.notes.value.notes):
            place = document.notes.place("notes", index, "text")
            found[f"{document.id}/note/{note.id}"] = Text(
                place.path, _parsed(note.text), at=note.at, line=place.line
            )
    editors = {one.section.id for one in own_prose(book)}
    for prose in book.prose:
        address, path = prose.section.id, prose.file.path
        received = address not in editors
        found[address] = Text(path, prose.body.blocks, evidence=received)
        for own in prose.body.notes:
            found[f"{address}/note/{own.id}"] = Text(path, own.blocks, evidence=received)
    for address, text in fields_of(book).items():
        line = line_of_field(address, book)
        found[address] = Text(file_of_field(address), field=text, line=line)
    return found


@lru_cache(4096)
def _parsed(markdown: str) -> tuple[Block, ...]:
    return parse_markdown(markdown, "").blocks


def frozen_texts(book: Book) -> dict[str, dict[str, str]]:
    """The words of each block by address: `yamada`, `yamada/note/kurile`, `manifest/title`."""
    return {address: text.words for address, text in texts_of(book).items()}


def file_of(book: Book, address: str) -> str:
    """The file in which an address is written, be it a field that says nothing yet."""
    if names_field(address, book):
        return file_of_field(address)
    texts = texts_of(book)
    text = texts.get(address) or texts.get(address.partition("/")[0])
    return text.path if text else book.manifest.path


def own_prose(book: Book) -> tuple[ProseSource, ...]:
    """Sections that stand in files of the editors: no part of a TEI file, no bare opening page."""
    others = {book.manifest.path, *(volume.file.path for volume in book.volumes)}
    return tuple(prose for prose in book.prose if prose.file.path not in others)


def book_then(book: Book, release: Release) -> Book:
    """The book with the files that a release kept; what it kept none of is as it is now."""
    files = release.files

    def was(now: Parsed[M]) -> Parsed[M]:
        file = files.get(now.path)
        then = load(type(now.value), file) if file else None
        return then if isinstance(then, Parsed) else now

    def of_document(one: DocumentSource) -> DocumentSource:
        if one.id not in release.record.documents:
            return one
        notes, file, body = was(one.notes), files.get(one.transcript.path), one.body
        if MANIFEST in files and one.notes.path not in files:
            notes = Parsed(Notes(), one.notes.path)
        if file and file.sha256 != one.transcript.sha256:
            body = parse_markdown(file.content.decode(), file.path, dialect="transcript")
        record = was(one.record) if has_record(one) else one.record
        return replace(one, record=record, notes=notes, body=body)

    def of_prose(one: ProseSource) -> ProseSource:
        file = files.get(one.file.path)
        if file is None or file.sha256 == one.file.sha256:
            return one
        return replace(one, file=file, body=parse_markdown(file.content.decode(), file.path))

    documents, prose = map(of_document, book.documents), map(of_prose, book.prose)
    # With the marks that are asked for now: how they are set is no change of a text.
    then = typeset(replace(book, documents=tuple(documents), prose=tuple(prose)))
    return replace(then, manifest=was(book.manifest))


def manifest_then(release: Release) -> Manifest | None:
    """The manifest as it was released."""
    file = release.files.get(MANIFEST)
    loaded = load(Manifest, file) if file else None
    return loaded.value if isinstance(loaded, Parsed) else None


def registers_of(book: Book) -> dict[str, Model]:
    """The registers of a book by name."""
    there = {name: getattr(book, name) for name in REGISTERS}
    return {name: register.value for name, register in there.items() if register is not None}


def registers_then(release: Release) -> dict[str, Model]:
    """The same as they were released."""
    files = {name: release.files.get(f"{name}.yaml") for name in REGISTERS}
    read = {name: load(REGISTERS[name], file) for name, file in files.items() if file}
    found: dict[str, Parsed[Any]] = {n: one for n, one in read.items() if isinstance(one, Parsed)}
    if library := release.files.get(WORKS):
        works = read_works(library, found.get("sources"))
        found |= {"sources": works} if isinstance(works, Parsed) else {}
    return {name: one.value for name, one in found.items()}


def register_rows(register: Model) -> dict[str, object]:
    """Each row of a register by what names it."""
    found: dict[str, object] = {}
    for rows in register.model_dump(mode="json").values():
        for row in rows if isinstance(rows, list) else ():
            key = next((str(row[name]) for name in NAMING if row.get(name)), "")
            again = sum(name == key or name.startswith(f"{key} (") for name in found)
            found[f"{key} ({again + 1})" if again else key] = row
    return found


def printed_rows(registers: Mapping[str, Model]) -> dict[str, str]:
    """
    Each text of each row of registers, by an address: `persons/ikeda#name`.

    It is as readers see it: without signs of Markdown, and what is cited is named.
    """
    rows = {name: register_rows(register) for name, register in registers.items()}
    every: dict[str, Any] = {key: row for one in rows.values() for key, row in one.items()}
    named = {key: row.get("title") or row.get("name") or key for key, row in every.items()}
    cited = partial(CITED.sub, lambda one: ", ".join(filter(None, (named.get(one[1]), one[2]))))
    return {
        f"{name}/{key}#{'/'.join(path)}": SIGNS.sub("", cited(text))
        for name, some in rows.items()
        for key, row in some.items()
        for path, text in strings(row)
        if UNSEEN.isdisjoint(path)
    }
