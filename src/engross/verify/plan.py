"""Which sections an edition has, in which order, and what each is called: from the evidence."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from engross.language import Words
from engross.model.edtf import key
from engross.model.text import leaves
from engross.parse.book import Book, DocumentSource, ProseSource
from engross.release.frozen import of_documents
from engross.schema.manifest import DocumentSection, OpeningSection, ProseSection
from engross.verify.around import dated
from engross.verify.furniture import Section
from engross.verify.report import Log

DISPLAY = frozenset({"half-title", "title-page", "imprint"})
SILENT = frozenset({"dedication", "epigraph"})
"""Roles of prose that has neither heading nor folio."""
HEAD = 52
"""Characters of a running head."""
LONG = 12
"""Documents: an edition with more has a half-title."""


@dataclass(frozen=True, slots=True)
class Planned:
    """A section as the evidence plans it."""

    address: str
    kind: str
    title: str
    head: str
    """What its right pages say: the short title, of a document in a volume number and day."""
    short: str = ""
    """The short title of such a one: releases before said it."""
    day: str = ""
    number: str = ""
    opening: bool = False
    silent: bool = False
    """Whether it is a page without heading, folio and line in the contents."""
    by: str = ""
    """Who wrote it, and as what: `foreword|A Name`."""

    @property
    def bare(self) -> bool:
        """Whether it carries neither head nor folio."""
        return self.silent or self.kind in DISPLAY


def plan(book: Book, frozen: Mapping[str, str]) -> list[Planned]:
    """Every section, in reading order; documents have the numbers that a release printed."""
    found = list(_planned(book))
    for gone in book.withdrawn:
        head = _cut(gone.short)
        own = Planned(gone.address, "withdrawn", gone.title, head, gone.short, number=gone.number)
        found.insert(gone.place([one.address for one in found]), own)
    documents = [one for one in found if one.kind == "document"]
    if len(documents) < 2 and not frozen:  # a single one has none, whatever its file says
        return [replace(one, number="") for one in found]
    numbers = of_documents({one.address: one.number for one in documents}, frozen)
    words = book.words
    return [
        _numbered(one, numbers[one.address], words) if one in documents else one for one in found
    ]


def prove_plan(sections: tuple[Section, ...], wanted: list[Planned], log: Log) -> None:
    """The sections that were made are those, under these names."""
    given = [section.address for section in sections]
    if given != [one.address for one in wanted]:
        planned = ", ".join(one.address for one in wanted)
        log.fault("P003", f"the sections are {', '.join(given)}; the evidence has {planned}")
        return
    for section, one in zip(sections, wanted, strict=True):
        for what, right in (
            (f"is called '{section.title}' instead of '{one.title}'", section.title == one.title),
            (
                f"has the running head '{section.head}'",
                section.head == one.head or (one.short and section.head == one.short),
            ),
            (f"is a section '{section.kind}'", section.kind == one.kind),
            ("has head and folio, or none, against its kind", section.display == one.bare),
        ):
            if not right:
                log.fault("P006", f"{one.address} {what}")


def heading_of(prose: ProseSource, words: Words) -> str:
    """The title of prose: what the manifest says, its first heading, its role, or its id."""
    first = next(iter(leaves(prose.body.blocks)), None)
    heading = first.text if first and first.role == "heading" else ""
    part = f"part-{prose.section.role}"
    named = words.say(part) if words.has(part) else prose.section.id
    return prose.section.title or heading or named


def in_order(documents: list[DocumentSource]) -> list[DocumentSource]:
    """By the day of the event; what has `after` stands behind that other document."""
    order = sorted(documents, key=lambda one: key(one.record.value.dates.event))
    for document in [one for one in order if one.record.value.after]:
        goal = next((one for one in order if one.id == document.record.value.after), document)
        if goal is not document:
            order.remove(document)
            order.insert(order.index(goal) + 1, document)
    return order


def _planned(book: Book) -> Iterator[Planned]:
    manifest = book.manifest.value
    documents = {document.id: document for document in book.documents}
    prose = {one.section.id: one for one in book.prose}
    own, words = book.words.titles(), book.words
    entries = manifest.sections
    long = manifest.form == "long" or (manifest.form is None and len(documents) > LONG)
    if long and "title-page" in entries and "half-title" not in entries:
        yield Planned("half-title", "half-title", own["half-title"], own["half-title"])
    named = {
        name
        for entry in entries
        if isinstance(entry, DocumentSection)
        for name in (entry.document, *entry.documents)
    }
    for entry in entries:
        match entry:
            case DocumentSection(tei=path) if path:
                for volume in book.volumes:
                    if volume.file.path != path:
                        continue
                    for text in volume.texts:
                        address = text.entry.address
                        if text.record is not None:
                            yield _document(documents[address], words, text.entry.number)
                        else:
                            opening = text.entry.matter == "body"
                            yield replace(_prose(prose[address], words), opening=opening)
            case DocumentSection(document=name) if name:
                yield _document(documents[name], words)
            case DocumentSection(documents=names):
                for one in in_order([documents[name] for name in names]):
                    yield _document(one, words)
            case OpeningSection(id=name):
                yield replace(_prose(prose[name], words), opening=True)
            case ProseSection(id=name):
                yield _prose(prose[name], words)
            case "documents":
                rest = [d for d in book.documents if d.id not in named and not d.heading]
                for one in in_order(rest):
                    yield _document(one, words)
            case str():
                yield Planned(entry, entry, own[entry], own[entry])


def _document(document: DocumentSource, words: Words, number: str = "") -> Planned:
    day = dated(document.record.value.dates, words)
    title = document.record.value.title
    head = title.short or title.supplied
    own = document.in_tei
    head = _cut(head) if own else head
    return Planned(document.id, "document", title.supplied, head, number=number, day=day)


def _prose(prose: ProseSource, words: Words) -> Planned:
    title, role = heading_of(prose, words), prose.section.role
    by = f"{role}|{prose.section.by}" if prose.section.by else ""
    silent = role in SILENT
    return Planned(prose.section.id, "prose", title, _cut(title), silent=silent, by=by)


def _cut(title: str) -> str:
    """A title as a running head has room for it: whole words, where a space divides them."""
    if len(title) <= HEAD:
        return title
    end = title.rfind(" ", 0, HEAD)
    return title[: end if end > 0 else HEAD - 1].rstrip(",;:. ") + "…"


def _numbered(one: Planned, number: str, words: Words) -> Planned:
    title = one.title if one.title.startswith(number) else f"{number}. {one.title}"
    head = _cut(f"{words.say('document', number=number)}, {one.day}") if one.day else one.head
    return replace(one, number=number, title=title, head=head, short=one.head)
