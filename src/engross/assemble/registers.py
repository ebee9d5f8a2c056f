"""Registers become sections: persons with their paragraphs, events, sources in groups."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from engross.assemble.cite import Targets, expand, unknown_key
from engross.assemble.document import Woven
from engross.assemble.edition import (
    AbbreviationContent,
    Abbreviations,
    Chronology,
    EventContent,
    PersonContent,
    Persons,
    ReadingEntry,
    Readings,
    SourceContent,
    SourceGroup,
    SourcesContent,
)
from engross.language import Words
from engross.model.edtf import key, plain
from engross.model.finding import Finding, Place
from engross.model.text import Inline, Run, leaves
from engross.parse.book import Book
from engross.parse.citer import Citer
from engross.parse.markdown import parse_inline

GROUPS = ("archival", "treaty", "published", "digital", "literature")
"""The categories of the section Sources, in the order of their headings."""


@dataclass(slots=True)
class Expander:
    """Reads Markdown of a register and expands its citations, collecting findings."""

    targets: Targets
    words: Words
    """Those of the edition's language."""
    findings: list[Finding] = field(default_factory=list)

    def inline(self, text: str, place: Place) -> tuple[Inline, ...]:
        """One paragraph of prose."""
        content, unknown = expand(parse_inline(text), self.targets)
        self.findings += [unknown_key(key, self.targets, place) for key in unknown]
        return content


def persons(book: Book, woven: Sequence[Woven], expander: Expander) -> Persons:
    """
    Each person with the paragraphs that name one of the person's `in_text` forms.

    They stand in the order of the edition's language, by `file_as`, else by the name; those of a
    TEI file as the file has them.
    """
    register = book.persons
    if register is None:
        return Persons(tuple(_of_volumes(book, woven)))
    found = [
        PersonContent(
            person,
            expander.inline(person.text, register.place("persons", index, "text")),
            _mentions(person.in_text, woven),
        )
        for index, person in enumerate(register.value.persons)
    ]
    ordered = expander.words.sorted(found, lambda one: one.entry.filed)
    return Persons(ordered)


def chronology(book: Book, expander: Expander) -> Chronology:
    """The events in the order of their dates; those of one day as the file has them."""
    register = book.chronology
    if register is None:
        return Chronology(())
    events = [
        EventContent(
            plain(event.date),
            event.display or expander.words.day(event.date),
            expander.inline(event.text, register.place("events", index, "text")),
            event.document or "",
        )
        for index, event in enumerate(register.value.events)
    ]
    order = sorted(range(len(events)), key=lambda n: key(register.value.events[n].date))
    return Chronology(tuple(events[n] for n in order))


def abbreviations(book: Book, words: Words) -> Abbreviations:
    """Sorted by the abbreviation in the order of the language."""
    if book.abbreviations is None:
        return Abbreviations(())
    rows = words.sorted(book.abbreviations.value.abbreviations, lambda row: row.filed)
    return Abbreviations(
        tuple(AbbreviationContent(row.abbr, row.expansion, row.language) for row in rows)
    )


def sources(citer: Citer) -> SourcesContent:
    """The bibliography under its headings, each group sorted by what an entry begins with."""
    groups = []
    items, words = citer.items, citer.words
    for category in GROUPS:
        entries = tuple(
            SourceContent(key, form, items[key].title_short or items[key].title)
            for key, form in citer.entries().items()
            if items[key].category == category
        )
        if entries:  # a style has put them in its own order
            ordered = entries
            if not citer.forms:
                ordered = words.sorted(
                    entries,
                    lambda one: (
                        items[one.id].sort
                        or "".join(getattr(item, "text", "") for item in one.text)
                    ),
                )
            groups.append(SourceGroup(words.say(f"sources-{category}"), ordered))
    return SourcesContent(tuple(groups))


def readings(
    woven: Sequence[Woven], documents: Mapping[str, Mapping[str, str]], expander: Expander
) -> Readings:
    """The slips of the translation, in the order of the text."""
    return Readings(
        tuple(
            ReadingEntry(
                reading.id,
                text.address,
                (block := standing_block(span.block, text)),
                text.paragraphs.get(block, 0),
                documents[text.address][span.block][span.start : span.end],
                reading.probably,
                expander.inline(reading.comment, Place()) if reading.comment else (),
            )
            for text in woven
            for reading, span in text.readings
        )
    )


def standing_block(block: str, text: Woven) -> str:
    """The block that holds a frozen block's words now: itself, or the one it was joined to."""
    joined = [edit.span.block for edit in text.edits if edit.join]
    present = {leaf.id for leaf in leaves(text.blocks)}
    while block not in present:
        before = f"p-{int(block[2:]) - 1:03d}"
        if before not in joined and before not in present:
            break
        block = before
    return block


def _of_volumes(book: Book, woven: Sequence[Woven]) -> Iterator[PersonContent]:
    """The persons of TEI files, each with the places that point to it."""
    places: dict[str, dict[tuple[str, int], None]] = {}
    for text in woven:
        inside = (*text.blocks, *(block for note in text.notes for block in note.blocks))
        for leaf in leaves(inside):
            where = (text.address, leaf.number if len(woven) == 1 else 0)
            for item in leaf.content:
                for mark in item.marks:
                    if mark.kind == "person":
                        key = mark.get("who").partition(" ")[0]
                        places.setdefault(key, {})[where] = None
    for volume in book.volumes:
        for person in volume.volume.persons:
            found = places.get(person.id, {})
            named = tuple(place for place in found if place[1]) or tuple(found)
            yield PersonContent(person, (Run(person.text),) if person.text else (), named)


def _mentions(names: Sequence[str], woven: Sequence[Woven]) -> tuple[tuple[str, int], ...]:
    """Each paragraph that says a name; in a volume each document, once."""
    if len(woven) > 1:
        return tuple(
            (text.address, 0)
            for text in woven
            if any(name in leaf.text for leaf in leaves(text.blocks) for name in names)
        )
    return tuple(
        (text.address, leaf.number)
        for text in woven
        for leaf in leaves(text.blocks)
        if leaf.number and any(name in leaf.text for name in names)
    )
