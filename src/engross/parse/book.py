"""Stage 2: every file of a book becomes a value, or findings."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TypeVar

from engross.catalog import finding, stop
from engross.model.finding import EngrossError, Finding, Place
from engross.model.source import SourceFile
from engross.model.text import Body, Inline, leaves
from engross.parse.facing import Facing, face
from engross.parse.load import Parsed, load
from engross.parse.markdown import parse_markdown
from engross.parse.tei import prove, read_tei
from engross.parse.transcript import prove_transcript
from engross.parse.volume import VolumeSource, settle
from engross.read import Sources, decode
from engross.schema.base import Model
from engross.schema.document import DocumentRecord
from engross.schema.ledger import Ledger
from engross.schema.manifest import DocumentSection, Manifest, OpeningSection, ProseSection
from engross.schema.notes import Notes
from engross.schema.registers import Abbreviations, Chronology, Index, Persons
from engross.schema.registers import Sources as SourceRegister
from engross.schema.signoffs import SignOffs

M = TypeVar("M", bound=Model)

REGISTERS: dict[str, type[Model]] = {
    "corrections.yaml": Ledger,
    "sources.yaml": SourceRegister,
    "persons.yaml": Persons,
    "chronology.yaml": Chronology,
    "abbreviations.yaml": Abbreviations,
    "index.yaml": Index,
}
"""Files of fixed names at a book's top; each may be absent."""

_HTML = re.compile(r"</?[A-Za-z][^<>]*>|<!--")


@dataclass(frozen=True, slots=True)
class OriginalSource:
    """The text that a document translates, proved against what was received."""

    body: Body
    rows: tuple[Facing, ...]
    """Which of its blocks face which of the transcript, in order."""
    received: SourceFile
    file: SourceFile


@dataclass(frozen=True, slots=True)
class DocumentSource:
    """A document as its folder gives it."""

    id: str
    record: Parsed[DocumentRecord]
    body: Body
    """The frozen transcript: received text, before any correction."""
    notes: Parsed[Notes]
    received: SourceFile
    transcript: SourceFile
    """Of a document in a TEI file both are that file, and the notes stand in `body`."""
    heading: str = ""
    """The block that is the document's own head, where the editors give none."""
    original: OriginalSource | None = None
    """What the transcript translates, where it is printed beside it."""

    @property
    def texts(self) -> dict[str, str]:
        """The frozen text of each leaf block, in order: what anchors refer to."""
        return {leaf.id: leaf.text for leaf in leaves(self.body.blocks)}


@dataclass(frozen=True, slots=True)
class ProseSource:
    """A section written by the editors."""

    section: ProseSection
    body: Body
    file: SourceFile

    @property
    def texts(self) -> dict[str, str]:
        """The text of each leaf block as the file has it."""
        return {leaf.id: leaf.text for leaf in leaves(self.body.blocks)}


@dataclass(frozen=True, slots=True)
class Book:
    """A book, parsed: no number, no anchor placed, nothing in order yet but the sections."""

    manifest: Parsed[Manifest]
    documents: tuple[DocumentSource, ...]
    prose: tuple[ProseSource, ...]
    ledger: Parsed[Ledger] | None
    sources: Parsed[SourceRegister] | None
    persons: Parsed[Persons] | None
    chronology: Parsed[Chronology] | None
    abbreviations: Parsed[Abbreviations] | None
    index: Parsed[Index] | None
    signoffs: Parsed[SignOffs] | None = None
    findings: tuple[Finding, ...] = ()
    """Warnings: what does not stop the stage."""
    volumes: tuple[VolumeSource, ...] = ()
    """TEI files; their documents and parts are among `documents` and `prose`, too."""


def parse(sources: Sources) -> Book:
    """
    Read every file that the manifest names into values.

    Raises:
        EngrossError: with the findings of all files, not only the first.
    """
    reader = _Reader(sources)
    manifest = reader.file(Manifest, "manifest.yaml", required=True)
    if manifest is None:
        reader.rest()
        raise stop(reader.findings)
    documents = [
        reader.document(name, Place(manifest.path, *_at(manifest, index, key)))
        for name, index, key in _named(manifest.value, sources)
    ]
    prose = [
        reader.prose(section, Place(manifest.path, *_at(manifest, index, "prose")))
        for index, section in enumerate(manifest.value.sections)
        if isinstance(section, ProseSection)
    ]
    prose += [
        reader.opening(section, Place(manifest.path, *_at(manifest, index, "prose")))
        for index, section in enumerate(manifest.value.sections)
        if isinstance(section, OpeningSection)
    ]
    volumes = [
        reader.volume(section.tei, Place(manifest.path, *_at(manifest, index, "tei")), manifest)
        for index, section in enumerate(manifest.value.sections)
        if isinstance(section, DocumentSection) and section.tei
    ]
    read = tuple(volume for volume in volumes if volume)
    book = Book(
        manifest,
        tuple(document for document in documents if document) + _documents(read),
        tuple(section for section in prose if section) + _parts(read),
        reader.file(Ledger, "corrections.yaml"),
        reader.file(SourceRegister, "sources.yaml"),
        reader.file(Persons, "persons.yaml"),
        reader.file(Chronology, "chronology.yaml"),
        reader.file(Abbreviations, "abbreviations.yaml"),
        reader.file(Index, "index.yaml"),
        reader.file(SignOffs, "signoffs.yaml"),
        tuple(reader.findings),
        read,
    )
    if any(found.is_error for found in reader.findings):
        raise stop(reader.findings)
    return book


def _named(manifest: Manifest, sources: Sources) -> Iterator[tuple[str, int, str]]:
    """The folders of documents that a manifest asks for, each once, with the entry that does."""
    rows: list[tuple[str, int, str]] = []
    rest = -1
    for index, section in enumerate(manifest.sections):
        if isinstance(section, DocumentSection):
            rows += [(section.document, index, "document")] if section.document else []
            rows += [(name, index, "documents") for name in section.documents]
        elif section == "documents":
            rest = index
    if rest >= 0:
        folders = [path.split("/")[1] for path in sources.find("documents/*/document.yaml")]
        rows += [(name, rest, "") for name in folders]
    seen: set[str] = set()
    for name, index, key in rows:
        if name not in seen:
            seen.add(name)
            yield name, index, key


def _documents(volumes: Sequence[VolumeSource]) -> tuple[DocumentSource, ...]:
    return tuple(
        DocumentSource(
            text.entry.address,
            Parsed(text.record, volume.file.path),
            text.body,
            Parsed(Notes(), volume.file.path),
            volume.file,
            volume.file,
            text.heading,
        )
        for volume in volumes
        for text in volume.texts
        if text.record is not None
    )


def _parts(volumes: Sequence[VolumeSource]) -> tuple[ProseSource, ...]:
    return tuple(
        ProseSource(
            ProseSection(prose=volume.file.path, id=text.entry.address, title=text.entry.title),
            text.body,
            volume.file,
        )
        for volume in volumes
        for text in volume.texts
        if text.record is None
    )


def _at(manifest: Parsed[Manifest], index: int, key: str) -> tuple[int, int]:
    place = manifest.place("sections", index, key)
    return place.line, place.column


class _Reader:
    """Collects findings while the files are read."""

    def __init__(self, sources: Sources) -> None:
        self.sources = sources
        self.findings: list[Finding] = []

    def file(self, model: type[M], path: str, *, required: bool = False) -> Parsed[M] | None:
        """A YAML file as its model; None where it is absent and may be, or has findings."""
        if not required and not self.sources.exists(path):
            return None
        file = self._bytes(path, Place("manifest.yaml"))
        if file is None:
            return None
        loaded = load(model, file)
        if isinstance(loaded, Parsed):
            self.findings += loaded.findings
            return loaded
        self.findings += loaded
        return None

    def rest(self) -> None:
        """What can be read without a manifest, so that its faults are told with the manifest's."""
        for path, model in REGISTERS.items():
            self.file(model, path)
        for path in self.sources.find("documents/*/document.yaml"):
            self.file(DocumentRecord, path)
        for path in self.sources.find("documents/*/notes.yaml"):
            self.file(Notes, path)

    def document(self, name: str, asked: Place) -> DocumentSource | None:
        folder = f"documents/{name}"
        if not self.sources.exists(f"{folder}/document.yaml"):
            self._bytes(f"{folder}/document.yaml", asked)
            return None
        record = self.file(DocumentRecord, f"{folder}/document.yaml", required=True)
        transcript = self._bytes(f"{folder}/transcript.md", asked)
        notes = self.file(Notes, f"{folder}/notes.yaml")
        if record is None or transcript is None:
            return None
        if notes is None:
            notes = Parsed(Notes(), f"{folder}/notes.yaml", {})
        named = record.value.received
        received = self._bytes(f"{folder}/{named.file}", record.place("received", "file"))
        text = self._text(transcript)
        if received is None or text is None:
            return None
        body = self._proved(text, transcript, received, record, "received")
        original = self._original(folder, record, body)
        self._plates(folder, record)
        return DocumentSource(name, record, body, notes, received, transcript, original=original)

    def _proved(
        self,
        text: str,
        transcript: SourceFile,
        received: SourceFile,
        record: Parsed[DocumentRecord],
        *path: str,
    ) -> Body:
        """A transcript, after the proof that it says what was received; `path`: of that field."""
        named = record.value.received
        if path[0] == "original" and record.value.original:
            named = record.value.original.received
        self._unchanged(
            received,
            named.sha256,
            record.place(*path, "sha256"),
            "restore the received file; a change of the text is an entry of corrections.yaml",
        )
        body = parse_markdown(text, transcript.path, dialect="transcript")
        evidence = self._text(received)
        if not body.blocks:
            self._empty(transcript.path)
        elif evidence is not None:
            self.findings += prove_transcript(
                body, evidence, named, transcript.path, record.place(*path)
            )
        return body

    def _unchanged(self, file: SourceFile, sha256: str, place: Place, fix: str) -> None:
        if file.sha256 != sha256:
            self.findings.append(
                finding(
                    "T001",
                    place,
                    f"{PurePosixPath(file.path).name} has the SHA-256 {file.sha256[:12]}…, "
                    f"document.yaml records {sha256[:12]}…: the evidence was edited",
                    fix,
                )
            )

    def _original(
        self, folder: str, record: Parsed[DocumentRecord], transcript: Body
    ) -> OriginalSource | None:
        """The text that the transcript translates, proved and set beside it."""
        asked = record.value.original
        if asked is None:
            return None
        if not record.value.source_language:
            self.findings.append(
                finding(
                    "T014",
                    record.place("original"),
                    "the original is to be printed, and nobody says in which language it is",
                    "add source_language to document.yaml, for instance ru",
                )
            )
        file = self._bytes(f"{folder}/{asked.file}", record.place("original", "file"))
        received = self._bytes(
            f"{folder}/{asked.received.file}", record.place("original", "received", "file")
        )
        text = self._text(file) if file else None
        if file is None or received is None or text is None:
            return None
        body = self._proved(text, file, received, record, "original", "received")
        if not body.blocks:
            return None
        rows, faults = face(body, transcript, asked.facing, file.path, record.place("original"))
        self.findings += faults
        return OriginalSource(body, rows, received, file)

    def _plates(self, folder: str, record: Parsed[DocumentRecord]) -> None:
        """The pictures of the leaves: evidence, too."""
        for index, plate in enumerate(record.value.plates):
            file = self._bytes(f"{folder}/{plate.file}", record.place("plates", index, "file"))
            if file is not None:
                self._unchanged(
                    file,
                    plate.sha256,
                    record.place("plates", index, "sha256"),
                    "restore the picture, or record the digest of the one that was meant",
                )

    def volume(self, path: str, asked: Place, manifest: Parsed[Manifest]) -> VolumeSource | None:
        """A TEI file, proved against itself."""
        file = self._bytes(path, asked)
        if file is None:
            return None
        try:
            read = read_tei(file)
        except EngrossError as error:
            self.findings += error.findings
            return None
        self.findings += [*read.findings, *prove(read, file)]
        return settle(read, file, manifest.value.language)

    def opening(self, section: OpeningSection, asked: Place) -> ProseSource | None:
        """The page of a chapter: its words, or none but the title."""
        own = ProseSection(
            prose=section.prose or "manifest.yaml", id=section.id, title=section.opening
        )
        if section.prose:
            return self.prose(own, asked)
        file = self._bytes("manifest.yaml", asked)
        return ProseSource(own, Body(()), file) if file else None

    def prose(self, section: ProseSection, asked: Place) -> ProseSource | None:
        file = self._bytes(section.prose, asked)
        text = self._text(file) if file else None
        if file is None or text is None:
            return None
        body = parse_markdown(text, file.path)
        if not body.blocks:
            self._empty(file.path)
        self.findings += _prose_findings(body, text, file.path)
        return ProseSource(section, body, file)

    def _bytes(self, path: str, asked: Place) -> SourceFile | None:
        match self.sources.file(path, asked):
            case Finding() as found:
                self.findings.append(found)
                return None
            case file:
                return file

    def _text(self, file: SourceFile) -> str | None:
        text, findings = decode(file)
        self.findings += findings
        return text

    def _empty(self, path: str) -> None:
        self.findings.append(
            finding(
                "T006",
                Place(path),
                f"{PurePosixPath(path).name} holds no text",
                "add the text, or take the section out of manifest.yaml",
            )
        )


def _prose_findings(body: Body, text: str, path: str) -> Iterator[Finding]:
    yield from _links(body, path)
    defined = {note.id for note in body.notes}
    lines = text.split("\n")
    for number, line in enumerate(lines, 1):
        start = 0
        while (at := line.find("[^", start)) >= 0:
            end = line.find("]", at)
            start = at + 2
            label = line[at + 2 : end].lower()
            identity = f"n-{label}" if label[:1].isdigit() else label
            if end > 0 and identity not in defined:
                yield finding(
                    "T007",
                    Place(path, number, at + 1),
                    f"footnote [^{label}] has a call or a definition, but not both",
                    "write the missing one, or remove the other",
                )


def _links(body: Body, path: str) -> Iterator[Finding]:
    blocks = [*body.blocks, *(block for note in body.notes for block in note.blocks)]
    for leaf in leaves(tuple(blocks)):
        place = Place(path, leaf.origin.line)
        yield from link_findings(leaf.content, place)
        if markup := _HTML.search(leaf.text):
            yield finding(
                "T010",
                place,
                f"{markup[0]} is printed as it stands: HTML means nothing here",
                "write it as Markdown, or leave it where the signs themselves are meant",
            )


def link_findings(content: tuple[Inline, ...], place: Place) -> Iterator[Finding]:
    """Refuse every link that does not lead to the web, to a mailbox or within the book."""
    for item in content:
        for mark in item.marks:
            href = mark.get("href")
            scheme, colon, _ = href.partition(":")
            if mark.kind == "link" and colon and scheme.lower() not in {"http", "https", "mailto"}:
                yield finding(
                    "T008",
                    place,
                    f"link to {scheme}: is refused",
                    "link to http, https, mailto or a place within the book",
                )
