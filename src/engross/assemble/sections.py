"""Sections in the order of the manifest: front, body and back, titles, openings."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from engross.assemble.citation import archival_citation, source_note
from engross.assemble.cite import expand_blocks, expand_note
from engross.assemble.document import Woven, beside, plates
from engross.assemble.edition import Colophon, DocumentContent, Section
from engross.assemble.registers import Expander
from engross.assemble.volume import (
    LONG,
    Matter,
    by_date,
    is_long,
    numbered,
    placed,
    run_on,
    running,
    with_contents,
)
from engross.catalog import finding
from engross.catalog.nearest import did_you_mean
from engross.language import Words
from engross.model.finding import Place
from engross.model.text import Body, Inline, Leaf, Mark, Note, Run, leaves
from engross.parse.book import Book, DocumentSource, ProseSource
from engross.parse.markdown import parse_inline, parse_markdown
from engross.parse.typography import marks_set
from engross.release.frozen import Context
from engross.revision.releases import numbers_kept
from engross.schema.document import DocumentRecord
from engross.schema.manifest import GENERATED, DocumentSection, OpeningSection, ProseSection

if TYPE_CHECKING:
    from engross.parse.volume import VolumeSource

SILENT = frozenset({"dedication", "epigraph"})
"""Roles of prose that has no heading, no folio and no line in the contents."""

DISPLAY = frozenset({"half-title", "title-page", "imprint"}) | SILENT
"""Pages that carry neither head nor folio."""

RECTO = frozenset({"half-title", "title-page", "contents", "index", "dedication"})
"""Sections that open on a right-hand page in a long work."""

UNLISTED = frozenset({"half-title", "title-page", "imprint", "contents"}) | SILENT
"""Sections that the contents do not name."""


@dataclass(slots=True)
class Planner:
    """Turns the manifest's entries into sections, one method a kind."""

    book: Book
    context: Context
    words: Words
    """Those of the edition's language."""
    woven: Mapping[str, Woven]
    expander: Expander
    contents_of: Mapping[str, Callable[[], object]]
    """How each generated section gets its content."""

    def sections(self) -> tuple[Section, ...]:
        """Every section, in reading order."""
        manifest = self.book.manifest
        entries = manifest.value.sections
        result: list[Section] = []
        if is_long(self.book) and "title-page" in entries and "half-title" not in entries:
            result.append(self.generated("half-title"))
        named = _named(entries)
        fixed: dict[str, Matter] = {}
        depth = 0
        for index, entry in enumerate(entries):
            match entry:
                case DocumentSection(tei=path) if path:
                    volume = next(v for v in self.book.volumes if v.file.path == path)
                    result += self.volume(volume)
                    if len(volume.texts) > 1:
                        fixed |= {text.entry.address: text.entry.matter for text in volume.texts}
                case DocumentSection(document=name) if name:
                    result.append(self.document(self._document(name), depth + 1))
                case DocumentSection(documents=names):
                    ordered = by_date([self._document(name) for name in names])
                    result += [self.document(document, depth + 1) for document in ordered]
                case OpeningSection(id=name, level=depth):
                    result.append(self.opening(self._prose(name), depth))
                case ProseSection(id=name):
                    result.append(self.prose(self._prose(name)))
                case "documents":
                    rest = [d for d in self.book.documents if d.id not in named and not d.heading]
                    result += [self.document(document, depth + 1) for document in by_date(rest)]
                case str() if entry in GENERATED:
                    result.append(self.generated(entry))
                case _:
                    self._unknown(str(entry), manifest.place("sections", index))
        for gone in self.book.withdrawn:
            at = gone.place([section.address for section in result])
            level = result[at - 1].level + (result[at - 1].role == "opening")
            called = gone.address, "withdrawn", gone.title, running(gone.short)
            result.insert(at, Section(*called, content=gone, level=level, number=gone.number))
        frozen = numbers_kept(self.book, self.context.earlier)
        made = numbered(placed(result, fixed), self.words, frozen.documents if frozen else {})
        if manifest.value.run_on:
            made = run_on(made)
        return with_contents(made, manifest.value, self.words)

    def volume(self, volume: "VolumeSource") -> Iterator[Section]:
        """All of a TEI file: its parts as prose and openings, its documents, in its order."""
        for text in volume.texts:
            entry = text.entry
            if text.record is not None:
                made = self.document(self._document(entry.address), entry.level)
                number = entry.number if len(self.book.documents) > 1 else ""
                yield replace(made, number=number)
            elif entry.matter == "body":
                yield self.opening(self._prose(entry.address), entry.level)
            else:
                made = self.prose(self._prose(entry.address))
                yield replace(made, level=entry.level, headnote=text.headnote)

    def opening(self, prose: ProseSource, level: int) -> Section:
        """The page that opens a chapter: a right-hand page."""
        return replace(self.prose(prose), role="opening", opening="recto", level=level)

    def document(self, document: DocumentSource, level: int = 1) -> Section:
        """A document: the editor's heading and notes around the text as corrected."""
        record, woven = document.record.value, self.woven[document.id]
        if document.in_tei:
            return self._from_tei(document, woven, level)
        body = self._body(woven, document.notes.path)
        spreads = record.original is not None and record.original.layout == "pages"
        content = DocumentContent(
            record=record,
            number="",
            heading=parse_inline(record.title.supplied),
            dateline=_dateline(record, self.words),
            source_note=source_note(record, self.words, _handwriting(document)),
            citation=archival_citation(record.source, self.words),
            headnote=self._headnote(record.headnote, document.record.path),
            facing=beside(document.original, body) if document.original else (),
            spreads=spreads,
            plates=plates(document.record, document.body),
        )
        return Section(
            address=document.id,
            kind="document",
            title=record.title.supplied,
            short_title=record.title.short or record.title.supplied,
            body=body,
            content=content,
            opening="verso" if spreads else "recto",
            language=self.book.manifest.value.language,
            level=level,
        )

    def _from_tei(self, document: DocumentSource, woven: Woven, level: int) -> Section:
        """A document that has head, dateline and source in its own text and notes."""
        record = document.record.value
        supplied = () if document.heading else parse_inline(record.title.supplied)
        return Section(
            address=document.id,
            kind="document",
            title=record.title.supplied,
            short_title=running(record.title.short or record.title.supplied),
            body=self._body(woven, document.received.path),
            content=DocumentContent(
                record, "", supplied, (), (), archival_citation(record.source, self.words)
            ),
            opening="recto",
            language=self.book.manifest.value.language,
            level=level,
        )

    def prose(self, prose: ProseSource) -> Section:
        """An editorial section; its first heading is its title."""
        woven = self.woven[prose.section.id]
        title = title_of(prose, self.words)
        role = prose.section.role
        if prose.section.by:
            self._known(prose)
        return Section(
            address=prose.section.id,
            kind="prose",
            title=title,
            short_title=running(title),
            role=role,
            by=prose.section.by,
            opening="recto" if role in RECTO and is_long(self.book) else "any",
            display=role in DISPLAY,
            in_contents=role not in UNLISTED,
            body=self._body(woven, prose.file.path),
            language=self.book.manifest.value.language,
        )

    def generated(self, name: str) -> Section:
        """A section that the program makes."""
        content = self.contents_of[name]() if name in self.contents_of else None
        title = self.words.titles()[name]
        return Section(
            address=name,
            kind=name,
            title=title,
            short_title=title,
            content=content,  # type: ignore[arg-type]  # each maker gives the content of its kind
            opening="recto" if name in RECTO and is_long(self.book) else "any",
            display=name in DISPLAY,
            in_contents=name not in UNLISTED,
            language=self.book.manifest.value.language,
        )

    def _body(self, woven: Woven, path: str) -> Body:
        blocks, findings = expand_blocks(woven.blocks, self.expander.targets, Place(path))
        notes: list[Note] = []
        say = self.expander.targets.citer.notes(woven.address)
        for note in woven.notes:
            expanded, more = expand_note(note, self.expander.targets, Place(path), say)
            notes.append(expanded)
            findings += more
        self.expander.findings += findings
        return Body(blocks, tuple(notes))

    def _headnote(self, text: str, path: str) -> Body | None:
        body = parse_markdown(text, path)
        blocks, findings = expand_blocks(body.blocks, self.expander.targets, Place(path))
        self.expander.findings += findings
        return replace(body, blocks=blocks) if text else None

    def _document(self, name: str) -> DocumentSource:
        return next(document for document in self.book.documents if document.id == name)

    def _prose(self, name: str) -> ProseSource:
        return next(prose for prose in self.book.prose if prose.section.id == name)

    def _known(self, prose: ProseSource) -> None:
        names = [person.name for person in self.book.manifest.value.people]
        by = prose.section.by
        if by in names:
            return
        hint = did_you_mean(by, names)
        message = f"'{by}' wrote '{prose.section.id}' and is not among the people{hint}"
        fix = f"add {{name: {by}, role: aui}} to people (aft: of an afterword), or correct the name"
        sections = self.book.manifest.value.sections
        place = self.book.manifest.place("sections", sections.index(prose.section), "by")
        self.expander.findings.append(finding("R021", place, message, fix))

    def _unknown(self, name: str, place: Place) -> None:
        hint = did_you_mean(name, GENERATED)
        message = f"'{name}' is no section that the program makes{hint}"
        fix = "use one of " + ", ".join(GENERATED) + "; or write {prose: FILE.md, id: NAME}"
        self.expander.findings.append(finding("R005", place, message, fix))


def _named(entries: Sequence[object]) -> set[str]:
    """The documents that the manifest names one by one."""
    found: set[str] = set()
    for entry in entries:
        if isinstance(entry, DocumentSection):
            found |= {entry.document or "", *entry.documents}
    return found


def title_of(prose: ProseSource, words: Words) -> str:
    """The title of a prose section: the manifest's, its first heading, its role, else its id."""
    first = next(iter(leaves(prose.body.blocks)), None)
    heading = first.text if first and first.role == "heading" else ""
    part = f"part-{prose.section.role}"
    named = words.say(part) if words.has(part) else prose.section.id
    return prose.section.title or heading or named


def colophon(
    book: Book,
    context: Context,
    words: Words,
    corrected: int,
    not_reviewed: tuple[str, ...] = (),
) -> Colophon:
    """Facts that this build knows, a line each."""
    manifest = book.manifest.value
    state = "colophon-released" if context.released else "colophon-draft"
    date = words.day(context.day or manifest.date)
    lines = [
        words.say(state, version=manifest.version, date=date),
        words.say("colophon-inputs", digest=context.digest[:12]),
        *_received(book, words),
        words.say("colophon-corrections", count=corrected)
        if corrected
        else words.say("corrections-none"),
    ]
    if context.fonts:
        lines.append(words.say("colophon-faces", names=words.listed(context.fonts)))
    if context.engine:
        lines.append(words.say("colophon-engine", engine=words.listed(context.engine)))
    return Colophon(tuple(lines), not_reviewed)


def _received(book: Book, words: Words) -> list[str]:
    """The digest of each text as it was received; of many, what the receipt says."""
    own = [d for d in book.documents if not d.in_tei]
    originals = [
        words.say(
            "colophon-original",
            title=document.record.value.title.short or document.id,
            digest=document.original.received.sha256[:12],
        )
        for document in own
        if document.original
    ]
    lines = [
        words.say(
            "colophon-received",
            title=document.record.value.title.short or document.id,
            digest=document.received.sha256[:12],
        )
        for document in own
    ]
    if len(own) > LONG:
        lines = [words.say("colophon-received-many", count=len(own))]
    files = [
        words.say("colophon-file", path=volume.file.path, digest=volume.file.sha256[:12])
        for volume in book.volumes
    ]
    marks = [
        words.say("colophon-marks", title=one.record.value.title.short or one.id, count=count)
        for one in own
        if book.manifest.value.apostrophes == "typographic" and (count := marks_set(one))
    ]
    return lines + originals + files + marks


def _dateline(record: DocumentRecord, words: Words) -> tuple[Inline, ...]:
    """Place and day in the editor's voice, where they are known; a supplied place in brackets."""
    dates = record.dates
    day = dates.display or words.day(dates.event, dates.julian)
    if record.place is None:
        return (Run(day),) if day else ()
    rest = f", {day}" if day else ""
    if record.place.supplied:
        place = Run(f"[{record.place.name}]", (Mark("supplied"),))
        return (place, Run(rest)) if rest else (place,)
    return (Run(f"{record.place.name}{rest}"),)


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
