"""Sections in the order of the manifest: front, body and back, titles, openings."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from engross.assemble.citation import archival_citation, source_note, written_date
from engross.assemble.cite import expand_blocks, expand_note
from engross.assemble.context import Context
from engross.assemble.document import Woven
from engross.assemble.edition import (
    Colophon,
    Contents,
    ContentsEntry,
    DocumentContent,
    Section,
)
from engross.assemble.registers import Expander
from engross.catalog import finding
from engross.model.finding import Place
from engross.model.text import Body, Inline, Leaf, Mark, Note, Run, leaves
from engross.parse.book import Book, DocumentSource, ProseSource
from engross.parse.markdown import parse_inline, parse_markdown
from engross.schema.document import DocumentRecord
from engross.schema.manifest import GENERATED, DocumentSection, ProseSection

TITLES = {
    "title-page": "Title page",
    "imprint": "Imprint",
    "contents": "Contents",
    "readings": "Readings",
    "persons": "Persons",
    "chronology": "Chronology",
    "abbreviations": "Abbreviations",
    "sources": "Sources",
    "index": "Index",
    "corrections": "Corrections to this edition",
    "colophon": "Colophon",
}

DISPLAY = frozenset({"title-page", "imprint"})
"""Pages that carry neither head nor folio."""

UNLISTED = frozenset({"title-page", "imprint", "contents"})
"""Sections that the contents do not name."""


@dataclass(slots=True)
class Planner:
    """Turns the manifest's entries into sections, one method a kind."""

    book: Book
    context: Context
    woven: Mapping[str, Woven]
    expander: Expander
    contents_of: Mapping[str, Callable[[], object]]
    """How each generated section gets its content."""

    def sections(self) -> tuple[Section, ...]:
        """Every section, in reading order."""
        manifest = self.book.manifest
        result: list[Section] = []
        for index, entry in enumerate(manifest.value.sections):
            match entry:
                case DocumentSection(document=name) if name:
                    result.append(self.document(self._document(name)))
                case ProseSection(id=name):
                    result.append(self.prose(self._prose(name)))
                case "documents":
                    ordered = sorted(
                        self.book.documents, key=lambda d: d.record.value.dates.event.ljust(10, "~")
                    )
                    result += [self.document(document) for document in ordered]
                case str() if entry in GENERATED:
                    result.append(self.generated(entry))
                case _:
                    self._unknown(str(entry), manifest.place("sections", index))
        return with_contents(place_matter(result))

    def document(self, document: DocumentSource) -> Section:
        """A document: the editor's heading and notes around the text as corrected."""
        record, woven = document.record.value, self.woven[document.id]
        content = DocumentContent(
            record=record,
            number="",
            heading=parse_inline(record.title.supplied),
            dateline=_dateline(record),
            source_note=source_note(record, _handwriting(document)),
            citation=archival_citation(record.source),
            headnote=parse_markdown(record.headnote, document.record.path)
            if record.headnote
            else None,
        )
        return Section(
            address=document.id,
            kind="document",
            title=record.title.supplied,
            short_title=record.title.short or record.title.supplied,
            body=self._body(woven, document.notes.path),
            content=content,
            opening="recto",
            language=record.language,
        )

    def prose(self, prose: ProseSource) -> Section:
        """An editorial section; its first heading is its title."""
        woven = self.woven[prose.section.id]
        title = prose.section.title or title_of(prose)
        return Section(
            address=prose.section.id,
            kind="prose",
            title=title,
            short_title=title,
            role=prose.section.role,
            body=self._body(woven, prose.file.path),
            language=self.book.manifest.value.language,
        )

    def generated(self, name: str) -> Section:
        """A section that the program makes."""
        content = self.contents_of[name]() if name in self.contents_of else None
        return Section(
            address=name,
            kind=name,
            title=TITLES[name],
            short_title=TITLES[name],
            content=content,  # type: ignore[arg-type]  # each maker gives the content of its kind
            display=name in DISPLAY,
            in_contents=name not in UNLISTED,
            language=self.book.manifest.value.language,
        )

    def _body(self, woven: Woven, path: str) -> Body:
        blocks, findings = expand_blocks(woven.blocks, self.expander.targets, Place(path))
        notes: list[Note] = []
        for note in woven.notes:
            expanded, more = expand_note(note, self.expander.targets, Place(path))
            notes.append(expanded)
            findings += more
        self.expander.findings += findings
        return Body(blocks, tuple(notes))

    def _document(self, name: str) -> DocumentSource:
        return next(document for document in self.book.documents if document.id == name)

    def _prose(self, name: str) -> ProseSource:
        return next(prose for prose in self.book.prose if prose.section.id == name)

    def _unknown(self, name: str, place: Place) -> None:
        from rapidfuzz import process

        close = process.extractOne(name, GENERATED, score_cutoff=60)
        hint = f"; did you mean {close[0]}?" if close else ""
        self.expander.findings.append(
            finding(
                "R005",
                place,
                f"'{name}' is no section that the program makes{hint}",
                "use one of " + ", ".join(GENERATED) + "; or write {prose: FILE.md, id: NAME}",
            )
        )


def place_matter(sections: Sequence[Section]) -> list[Section]:
    """Everything before the first document is front matter, everything after the last is back."""
    documents = [index for index, section in enumerate(sections) if section.kind == "document"]
    if not documents:
        return list(sections)
    matter: list[Literal["front", "body", "back"]] = [
        "front" if index < documents[0] else "back" if index > documents[-1] else "body"
        for index in range(len(sections))
    ]
    return [replace(section, matter=kind) for section, kind in zip(sections, matter, strict=True)]


def with_contents(sections: Sequence[Section]) -> tuple[Section, ...]:
    """Fill the section Contents, which needs all others."""
    entries = tuple(
        ContentsEntry(section.address, section.title, section.level)
        for section in sections
        if section.in_contents
    )
    return tuple(
        replace(section, content=Contents(entries)) if section.kind == "contents" else section
        for section in sections
    )


def title_of(prose: ProseSource) -> str:
    """The first heading of a prose section, else its id."""
    first = next(iter(leaves(prose.body.blocks)), None)
    return first.text if first and first.role == "heading" else prose.section.id


def colophon(
    book: Book, context: Context, corrected: int, not_reviewed: tuple[str, ...] = ()
) -> Colophon:
    """Facts that this build knows, a line each."""
    manifest = book.manifest.value
    state = (
        f"released {written_date(context.day or manifest.date)}"
        if context.released
        else "a draft that has not been released"
    )
    lines = [
        f"Version {manifest.version}, {state}.",
        f"Digest of the inputs (SHA-256): {context.digest[:12]}.",
        *(
            f"Received text of “{document.record.value.title.short or document.id}”: SHA-256 "
            f"{document.received.sha256[:12]}."
            for document in book.documents
        ),
    ]
    count = "1 correction" if corrected == 1 else f"{corrected} corrections"
    lines.append(f"{count} to the received text, listed in this edition.")
    if context.fonts:
        lines.append(f"Set in {' and '.join(context.fonts)}.")
    if context.engine:
        lines.append(f"Made with {context.engine}.")
    return Colophon(tuple(lines), not_reviewed)


def _dateline(record: DocumentRecord) -> tuple[Inline, ...]:
    """Place and day in the editor's voice; a supplied place stands in brackets."""
    date = Run(written_date(record.dates.event))
    if record.place is None:
        return (date,)
    if record.place.supplied:
        return (Run(f"[{record.place.name}]", (Mark("supplied"),)), Run(", "), date)
    return (Run(f"{record.place.name}, "), date)


def _handwriting(document: DocumentSource) -> tuple[tuple[str, str], ...]:
    """Leaf and words of each handwritten remark in the transcript."""
    return tuple(
        (leaf.get("leaf"), _italic_words(leaf) or leaf.text)
        for leaf in leaves(document.body.blocks)
        if leaf.role == "marginal" and leaf.get("hand")
    )


def _italic_words(leaf: Leaf) -> str:
    return "".join(
        item.text
        for item in leaf.content
        if isinstance(item, Run) and any(mark.kind == "emphasis" for mark in item.marks)
    )
