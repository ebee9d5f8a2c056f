"""Which sections an edition has, in which order, and what each is called: from the evidence."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from engross.language import Words
from engross.model.edtf import key
from engross.model.text import leaves
from engross.parse.book import Book, DocumentSource, ProseSource
from engross.schema.manifest import DocumentSection, OpeningSection, ProseSection
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
    """Its short title: running heads and references say it."""
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


def plan(book: Book) -> list[Planned]:
    """Every section, in reading order."""
    found = list(_planned(book))
    documents = [one for one in found if one.kind == "document"]
    if len(documents) < 2:  # a single one has no number, whatever its file says
        return [replace(one, number="") for one in found]
    numbers = {one.address: one.number or str(n) for n, one in enumerate(documents, 1)}
    return [_numbered(one, numbers[one.address]) if one in documents else one for one in found]


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
            (f"has the running head '{section.head}'", section.head == one.head),
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
                            yield _document(documents[address], text.entry.number)
                        else:
                            opening = text.entry.matter == "body"
                            yield replace(_prose(prose[address], words), opening=opening)
            case DocumentSection(document=name) if name:
                yield _document(documents[name])
            case DocumentSection(documents=names):
                yield from map(_document, in_order([documents[name] for name in names]))
            case OpeningSection(id=name):
                yield replace(_prose(prose[name], words), opening=True)
            case ProseSection(id=name):
                yield _prose(prose[name], words)
            case "documents":
                rest = [d for d in book.documents if d.id not in named and not d.heading]
                yield from map(_document, in_order(rest))
            case str():
                yield Planned(entry, entry, own[entry], own[entry])


def _document(document: DocumentSource, number: str = "") -> Planned:
    title = document.record.value.title
    head = title.short or title.supplied
    own = document.transcript is document.received
    return Planned(document.id, "document", title.supplied, _cut(head) if own else head, number)


def _prose(prose: ProseSource, words: Words) -> Planned:
    title, role = heading_of(prose, words), prose.section.role
    by = f"{role}|{prose.section.by}" if prose.section.by else ""
    silent = role in SILENT
    return Planned(prose.section.id, "prose", title, _cut(title), silent=silent, by=by)


def _cut(title: str) -> str:
    """A title as a running head has room for it: whole words."""
    if len(title) <= HEAD:
        return title
    return title[: title.rindex(" ", 0, HEAD)].rstrip(",;:. ") + "…"


def _numbered(one: Planned, number: str) -> Planned:
    title = one.title if one.title.startswith(number) else f"{number}. {one.title}"
    return replace(one, number=number, title=title)
