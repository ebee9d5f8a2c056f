"""The order of a volume: documents by date, numbers, levels, running heads, front and back."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Literal

from engross.assemble.edition import Contents, ContentsEntry, DocumentContent, Section
from engross.language import Words
from engross.model.edtf import key
from engross.model.text import Leaf, figures, leaves
from engross.parse.book import Book, DocumentSource
from engross.release.frozen import of_documents
from engross.schema.document import DocumentRecord
from engross.schema.manifest import Manifest

if TYPE_CHECKING:
    from engross.parse.tei import TeiVolume

LONG = 12
"""Documents: a work with more is long."""
HEAD = 52
"""Characters that a running head holds."""
CHAPTER = 300_000
"""Characters, about 130 pages, that are laid out in one piece where documents run on."""
Matter = Literal["front", "body", "back"]


def by_date(documents: Sequence[DocumentSource]) -> list[DocumentSource]:
    """
    The order of the events; a month without a day follows the dated documents of that month.

    Documents of one day stand as they are given; one with `after` directly behind that other.
    """
    order = sorted(documents, key=lambda d: key(d.record.value.dates.event))
    moved = [document for document in order if document.record.value.after]
    for document in moved:
        goal = next((d for d in order if d.id == document.record.value.after), None)
        if goal is not None and goal is not document:
            order.remove(document)
            order.insert(order.index(goal) + 1, document)
    return order


def is_long(book: Book) -> bool:
    """Whether the work has a half-title and a front in roman numbers."""
    form = book.manifest.value.form
    return form == "long" or (form is None and len(book.documents) > LONG)


def running(title: str) -> str:
    """
    A title as a running head has it, cut between words.

    >>> running("United States national security policy: estimates of threats to the nation")
    'United States national security policy: estimates…'
    """
    if len(title) <= HEAD:
        return title
    end = title.rfind(" ", 0, HEAD)
    return title[: end if end > 0 else HEAD - 1].rstrip(",;:. ") + "…"


def numbered(sections: Sequence[Section], words: Words, frozen: Mapping[str, str]) -> list[Section]:
    """
    Number the documents of a volume from 1, but those that have a number or were released with one.

    A single document has none.
    """
    own = {one.address: one.number for one in sections if one.kind == "document"}
    if len(own) < 2 and not frozen:
        return list(sections)
    result: list[Section] = []
    numbers = of_documents(own, frozen)
    for section in sections:
        if section.kind != "document":
            result.append(section)
            continue
        number = numbers[section.address]
        title = section.title if section.title.startswith(number) else f"{number}. {section.title}"
        content = section.content
        assert isinstance(content, DocumentContent)
        own_head = section.body and any(
            getattr(block, "text", "").startswith(f"{number}.") for block in section.body.blocks[:3]
        )
        result.append(
            replace(
                section,
                number=number,
                title=title,
                head=_head(number, content.record, words),
                opening="any",
                content=replace(content, number="" if own_head else number),
            )
        )
    return result


def _head(number: str, record: DocumentRecord, words: Words) -> str:
    """`Document 12, 14 September 1961`; nothing where the day is not known."""
    day = record.dates.display or words.day(record.dates.event, record.dates.julian)
    return running(f"{words.say('document', number=number)}, {day}") if day else ""


def placed(sections: Sequence[Section], fixed: Mapping[str, Matter]) -> list[Section]:
    """
    Say of each section whether it is front, body or back.

    Everything before the first opening or document is front matter, everything behind the last
    document is back, but where a TEI file says it itself.
    """
    body = [
        index
        for index, section in enumerate(sections)
        if fixed.get(section.address, "body") == "body"
        and (section.kind in {"document", "withdrawn"} or section.role == "opening")
    ]
    if not body:
        return list(sections)
    result = []
    for index, section in enumerate(sections):
        matter: Matter = "front" if index < body[0] else "back" if index > body[-1] else "body"
        result.append(replace(section, matter=fixed.get(section.address, matter)))
    return result


def run_on(sections: Sequence[Section]) -> list[Section]:
    """
    Let each document follow the opening or the document before it on the same page.

    A chapter is laid out in one piece. Where it would be longer than `CHAPTER`, a document begins a
    page, so that a correction never costs more than that.
    """
    result: list[Section] = []
    length = 0
    for section in sections:
        before = result[-1] if result else None
        size = _length(section)
        follows = (
            before is not None
            and section.kind == "document"
            and (before.kind == "document" or before.role == "opening")
            and before.matter == section.matter
            and "verso" not in {before.opening, section.opening}
            and length + size <= CHAPTER
        )
        length = length + size if follows else size
        result.append(replace(section, runs_on=True, opening="any") if follows else section)
    return result


def _length(section: Section) -> int:
    """Characters of a section's text and notes."""
    if section.body is None:
        return 0
    notes = sum(len(leaf.text) for note in section.body.notes for leaf in leaves(note.blocks))
    return notes + sum(len(leaf.text) for leaf in leaves(section.body.blocks))


def with_contents(
    sections: Sequence[Section], manifest: Manifest, words: Words
) -> tuple[Section, ...]:
    """
    Fill the contents and the lists of documents and of figures, which need all other sections.

    Where there are chapters and a list of documents, the contents stop at the chapters.
    """
    listing = "documents-list" in manifest.sections
    chapters = any(section.role == "opening" for section in sections)
    short = chapters and listing
    entries = tuple(
        ContentsEntry(
            section.address, section.title, section.level, "" if listing else day_of(section, words)
        )
        for section in sections
        if section.in_contents and not (short and section.kind == "document")
    )
    listed = tuple(
        ContentsEntry(section.address, section.title, day=day_of(section, words))
        for section in sections
        if section.kind == "document"
    )
    shown = tuple(
        ContentsEntry(address, caption.text)
        for section in sections
        for address, caption in _captions(section)
    )
    made = {
        "contents": Contents(entries),
        "documents-list": Contents(listed),
        "list-of-figures": Contents(shown),
    }
    return tuple(
        replace(section, content=made[section.kind]) if section.kind in made else section
        for section in sections
    )


def _captions(section: Section) -> Iterator[tuple[str, Leaf]]:
    """The captions of the pictures in a text, then those of its leaves, with their addresses."""
    plates = section.content.plates if isinstance(section.content, DocumentContent) else None
    for part, body in (("", section.body), ("/plates", plates)):
        for one in figures(body.blocks if body else ()):
            if one.caption and one.caption.text:
                yield f"{section.address}{part}#{one.caption.id}", one.caption


def day_of(section: Section, words: Words) -> str:
    """The day of a document, unless its title says it."""
    if not isinstance(section.content, DocumentContent):
        return ""
    dates = section.content.record.dates
    day = dates.display or words.day(dates.event, dates.julian)
    return "" if day in section.title else day


def coverage(volume: "TeiVolume") -> str:
    """
    The account of a TEI file: each element, each text that was left out, each remark in it.

    Lines are those of the file.
    """
    rows = [volume.coverage.table(), ""]
    rows.append(f"{len(volume.documents)} documents, {volume.notes} notes")
    rows += [
        f"line {drop.line}: <{drop.element}> left out ({drop.reason}): {drop.text}"
        for drop in volume.coverage.drops
    ]
    rows += [f"line {line}: {text}" for line, text in volume.coverage.remarks]
    rows += [str(found) for found in volume.findings]
    return "\n".join(rows) + "\n"
