"""Read one file of a book, or one folder, and keep what is found on the way."""

import posixpath
from collections.abc import Callable
from dataclasses import replace
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, TypeVar

from engross.catalog import finding
from engross.catalog.nearest import did_you_mean
from engross.language import Catalogue, own_catalogue, primary
from engross.model.finding import EngrossError, Finding, Place
from engross.model.forms import Style
from engross.model.source import SourceFile
from engross.model.text import Body
from engross.parse.book import DocumentSource, OriginalSource, ProseSource
from engross.parse.csl import WORKS, read_works, style_of
from engross.parse.facing import face
from engross.parse.ledger import ledger_files, read_ledger
from engross.parse.load import Parsed, load
from engross.parse.markdown import parse_markdown
from engross.parse.prose import (
    noted_findings,
    placed_findings,
    prose_findings,
    transcript_findings,
)
from engross.parse.transcript import prove_notes, prove_read_from, prove_transcript
from engross.read import Sources, decode
from engross.schema.base import Model
from engross.schema.document import DocumentRecord, Received
from engross.schema.ledger import Ledger
from engross.schema.manifest import Manifest, OpeningSection, ProseSection
from engross.schema.notes import Notes
from engross.schema.registers import REGISTERS
from engross.schema.registers import Sources as SourceRegister

if TYPE_CHECKING:
    from engross.parse.volume import VolumeSource

M = TypeVar("M", bound=Model)

WORDS = (
    "keep keys and names in braces as 'engross new --language sv' writes them into a words/sv.po"
)
"""How a fault of a book's own words is fixed."""

OWN_STYLES = ("chicago-notes", "chicago-author-date")
"""Citation styles without a file: the house's own, and pandoc's."""

BIBLIOGRAPHY = "sources.bib"

PICTURES = ("jpg", "jpeg", "png", "svg")
"""Endings of pictures that a book may hold."""


class Reader:
    """Collects findings while the files are read."""

    def __init__(self, sources: Sources) -> None:
        self.sources = sources
        self.findings: list[Finding] = []
        self.anew: set[str] = set()
        """Blocks that the ledger sets otherwise than they were received: `yamada#p-007`."""

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

    def ledger(self) -> Parsed[Ledger] | None:
        """The ledger, in one file or in many; None where there is none, or it has findings."""
        paths = ledger_files(self.sources)
        files = [self._bytes(path, Place("manifest.yaml")) for path in paths]
        found = [file for file in files if file is not None]
        if not files or len(found) < len(files):
            return None
        loaded = read_ledger(found)
        if isinstance(loaded, Parsed):
            self.findings += loaded.findings
            for entry in loaded.value.corrections:
                if entry.kind == "typography" and entry.status == "verified":
                    self.anew.add(f"{entry.at.address}#{entry.at.block}")
                if entry.renewed and self.sources.exists(entry.renewed.kept):
                    self._bytes(entry.renewed.kept, Place(loaded.path))  # it stays evidence
            return loaded
        self.findings += loaded
        return None

    def words(self, language: str) -> Catalogue | None:
        """The words that the book brings in its language; None where it brings none."""
        path = f"words/{primary(language)}.po"
        file = self._bytes(path, Place("manifest.yaml")) if self.sources.exists(path) else None
        if file is None:
            return None
        own, faults = own_catalogue(language, file.content)
        self.findings += [
            finding("M026", Place(path, line, 1 if line else 0), f"{path}: {said}", WORDS)
            for line, said in faults
        ]
        return own

    def works(self) -> Parsed[SourceRegister] | None:
        """The sources: their register, and a library beside it or in its place."""
        own = self.file(SourceRegister, "sources.yaml")
        library = self._bytes(WORKS, Place(WORKS)) if self.sources.exists(WORKS) else None
        if self.sources.exists(BIBLIOGRAPHY):
            message = f"{BIBLIOGRAPHY} is not read: a book keeps its sources in YAML or CSL-JSON"
            fix = f"type: engross sources {BIBLIOGRAPHY}; then remove it, or give it another name"
            self.findings.append(finding("R023", Place(BIBLIOGRAPHY), message, fix))
        if library is None:
            return own
        found = read_works(library, own)
        if isinstance(found, Parsed):
            return found
        self.findings += found
        return None

    def style(self, manifest: Parsed[Manifest]) -> Style | None:
        """The style of the citations; None for the house's own, or where it has a finding."""
        name, place = manifest.value.citations.style, manifest.place("citations", "style")
        if name in OWN_STYLES:
            return Style(name, b"", notes=False) if name != OWN_STYLES[0] else None
        path = name if name.endswith(".csl") else f"styles/{name}.csl"
        if not self.sources.exists(path):
            have = [PurePosixPath(one).stem for one in self.sources.find("styles/*.csl")]
            known = [*OWN_STYLES, *have]
            message = f"the citation style '{name}' is not in the book{did_you_mean(name, known)}"
            fix = f"save the style as {path} (zotero.org/styles has most), or use {OWN_STYLES[0]}"
            self.findings.append(finding("R022", place, message, fix))
            return None
        file = self._bytes(path, place)
        found = style_of(name, file.content) if file else None
        if not isinstance(found, str):
            return found
        fix = "take a complete style, as zotero.org/styles has them"
        self.findings.append(finding("R022", Place(path), f"{path} {found}", fix))
        return None

    def rest(self) -> None:
        """What can be read without a manifest, so that its faults are told with the manifest's."""
        self.ledger()
        for name, model in REGISTERS.items():
            self.file(model, f"{name}.yaml")
        for path in self.sources.find("documents/*/document.yaml"):
            self.file(DocumentRecord, path)
        for path in self.sources.find("documents/*/notes.yaml"):
            self.file(Notes, path)

    def document(self, name: str, asked: Place) -> DocumentSource | None:
        """A folder of `documents/`, its transcript proved; `asked`: who names it."""
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
        self.findings += noted_findings(notes)
        named = record.value.received
        received = self._bytes(f"{folder}/{named.file}", record.place("received", "file"))
        text = self._text(transcript)
        if received is None or text is None:
            return None
        body = self._proved(text, transcript, received, record, "received")
        evidence = decode(received)[0]
        if evidence is not None and named.format == "markdown" and "[^" in evidence:
            self.findings += prove_notes(evidence, named, notes.value.notes, notes.path)
        for path in self.sources.find(f"{folder}/earlier/*"):
            self._bytes(path, Place(path))  # what was before a slip was taken over stays evidence
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
        self.findings += transcript_findings(body, text, transcript.path)
        self.findings += placed_findings(body, record)
        evidence, faults = decode(received)
        # What the transcript is warned of is not told again of the file that it keeps to.
        self.findings += [found for found in faults if found.is_error]
        if not body.blocks:
            self._empty(transcript.path)
        elif evidence is not None:
            anew = self.anew if path[0] == "received" else set()
            proved = prove_transcript(
                body, evidence, named, transcript.path, record.place(*path), anew
            )
            if received.sha256 != named.sha256:  # then it was not the transcript that was changed
                proved = [replace(one, fix=one.fix.partition("; engross")[0]) for one in proved]
            self.findings += proved
            self._read_from(evidence, named, record, *path)
        return body

    def _read_from(
        self, evidence: str, received: Received, record: Parsed[DocumentRecord], *path: str
    ) -> None:
        """Account for every word of the file that a received text was read from."""
        named = received.read_from
        if named is None:
            return
        at = (*path, "read_from")
        folder = PurePosixPath(record.path).parent
        file = self._bytes(f"{folder}/{named.file}", record.place(*at, "file"))
        if file is None:
            return
        self._unchanged(
            file, named.sha256, record.place(*at, "sha256"), "restore the file as it was received"
        )
        self.findings += prove_read_from(file, evidence, named, record.place(*at))

    def _unchanged(self, file: SourceFile, sha256: str, place: Place, fix: str) -> None:
        if file.sha256 != sha256:
            name, what = PurePosixPath(file.path).name, "the evidence was edited"
            unix = file.content.replace(b"\r\n", b"\n")
            if any(
                SourceFile.of("", text).sha256 == sha256
                for text in (unix, unix.replace(b"\n", b"\r\n"))
            ):
                what = "only the ends of its lines were changed, as git or an editor does it"
                fix = f"restore the file, and keep git from it: '{name} -text' in .gitattributes"
            message = (
                f"{name} has the SHA-256 {file.sha256[:12]}…, "
                f"document.yaml records {sha256[:12]}…: {what}"
            )
            self.findings.append(finding("T001", place, message, fix))

    def _original(
        self, folder: str, record: Parsed[DocumentRecord], transcript: Body
    ) -> OriginalSource | None:
        """The text that the transcript translates, proved and set beside it."""
        asked = record.value.original
        if asked is None:
            return None
        if not record.value.source_language:
            message = "the original is to be printed, and nobody says in which language it is"
            self.findings.append(finding("T014", record.place("original"), message))
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
            if file is None or file.sha256 == plate.sha256:
                continue
            enter = f"sha256: {file.sha256}"
            if plate.sha256:
                command = f"engross plate BOOK {file.path} --document {record.value.id}"
                fix = (
                    f"restore the picture; if it is the one meant, type {command}, or write {enter}"
                )
                at = record.place("plates", index, "sha256")
                self._unchanged(file, plate.sha256, at, fix)
            else:
                message = f"'plates.{index}.sha256' is missing"
                at = record.place("plates", index)
                fix = f"write its digest, or type engross freeze: {enter}"
                self.findings.append(finding("M012", at, message, fix))

    def volume(self, path: str, asked: Place, manifest: Manifest) -> "VolumeSource | None":
        """A TEI file, proved against itself."""
        # Here, since most books have none.
        from engross.parse.tei import prove, read_tei
        from engross.parse.volume import replaced, settle

        file = self._bytes(path, asked)
        if file is None:
            return None
        try:
            read = read_tei(file, self._pictures(path))
        except EngrossError as error:
            self.findings += error.findings
            return None
        clear = manifest.conventions == "clear-text"
        told = (one for one in read.findings if not (clear and one.code == "I023"))
        self.findings += [*told, *prove(read, file)]
        self.findings += [
            finding(
                "I024",
                Place(path, part.line),
                f"the file's own {part.title or part.kind!r} is left out: the section {name!r} "
                "stands for it",
                f"take '{name}' out of sections to print that of the file",
            )
            for part, name in replaced(read, manifest.sections).values()
        ]
        return settle(read, file, manifest.language, manifest.sections, clear=clear)

    def _pictures(self, volume: str) -> Callable[[str], str]:
        """
        The picture of the book that an address in a TEI file means; "" where there is none.

        Beside the file or in the book, by its path or its name alone, with its ending or without.
        """
        have = {
            path: path
            for level in ("*", "*/*", "*/*/*")
            for kind in PICTURES
            for path in self.sources.find(f"{level}.{kind}")
        }
        named = {path.rpartition("/")[2]: path for path in reversed(have)}

        def found(address: str) -> str:
            name = address.rpartition("/")[2]
            beside = posixpath.normpath(posixpath.join(posixpath.dirname(volume), address))
            for ending in ("", *(f".{kind}" for kind in PICTURES)):
                for known, one in ((have, beside), (have, address), (named, name)):
                    if one + ending in known:
                        return known[one + ending]
            return ""

        return found

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
        """A file of the editors' own words."""
        file = self._bytes(section.prose, asked)
        text = self._text(file) if file else None
        if file is None or text is None:
            return None
        body = parse_markdown(text, file.path)
        if not body.blocks:
            self._empty(file.path)
        self.findings += prose_findings(body, text, file.path)
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
        message = f"{PurePosixPath(path).name} holds no text"
        self.findings.append(finding("T006", Place(path), message))
