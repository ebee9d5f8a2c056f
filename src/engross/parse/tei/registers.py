"""Registers that the file holds: persons, terms, names, sources, index; from lists and records."""

import re
from collections.abc import Iterator

from lxml import etree

from engross.model.text import Body, Leaf, leaves
from engross.parse.tei.ids import normal
from engross.parse.tei.manuscripts import every
from engross.parse.tei.names import TEI, XML, name_of
from engross.parse.tei.reading import Reading, words
from engross.parse.tei.volume import (
    IndexLine,
    NameEntry,
    Part,
    Registers,
    SourceLine,
    TermEntry,
)
from engross.schema.registers import PersonEntry

INNER = re.compile(r",([”’\"])$")
"""The comma behind a name that ends with a quotation: `House, Edward “Colonel,”`."""
SUFFIX = re.compile(r"^(Jr|Sr|II|III|IV)\.?$")
NAMES = {"place": "placeName", "org": "orgName", "event": "eventName", "bibl": "title"}


def direct(name: str) -> str:
    """
    A name in reading order.

    >>> direct("Adenauer, Konrad"), direct("Smith, John, Jr."), direct("U Thant")
    ('Konrad Adenauer', 'John Smith, Jr.', 'U Thant')
    >>> direct("House, Edward “Colonel”")
    'Edward “Colonel” House'
    """
    parts = [part.strip() for part in name.strip(" ,;").split(",") if part.strip()]
    if len(parts) == 2 and not SUFFIX.match(parts[1]):
        return f"{parts[1]} {parts[0]}"
    if len(parts) == 3 and SUFFIX.match(parts[2]):
        return f"{parts[1]} {parts[0]}, {parts[2]}"
    return ", ".join(parts)


def escaped(text: str) -> str:
    """Plain text as Markdown that says the same."""
    return re.sub(r"([\\`*_\[\]{}<>#|~^$@])", r"\\\1", text)


def read(reading: Reading, text: etree._Element, parts: Iterator[Part]) -> Registers:
    """Collect the registers of one text; the lists stay parts of their sections as well."""
    persons = [*_listed_persons(reading, text), *_recorded_persons(reading, text)]
    sources: list[SourceLine] = []
    index: list[IndexLine] = []
    for part in parts:
        if part.kind == "sources":
            sources += _source_lines(part.body)
    for element in every(text, "list"):
        if element.get("type", "").strip() == "index" and not _inside(element, "list"):
            index += _index_lines(reading, element, 1)
    return Registers(
        persons=tuple({person.id: person for person in reversed(persons)}.values())[::-1],
        terms=tuple(_terms(reading, text)),
        names=tuple(_names(reading, text)),
        sources=tuple(sources),
        index=tuple(index),
    )


def _inside(element: etree._Element, name: str) -> bool:
    return any(name_of(above.tag) == name for above in element.iterancestors())


def _item(element: etree._Element) -> etree._Element | None:
    return next((a for a in element.iterancestors() if name_of(a.tag) == "item"), None)


def _rest(item: etree._Element | None, name: str) -> str:
    """What an item says after the name that it explains."""
    return words(item).removeprefix(name).lstrip(" ,;:").strip()


def _listed_persons(reading: Reading, text: etree._Element) -> Iterator[PersonEntry]:
    """`list/item//persName[@xml:id]`, as in FRUS."""
    for element in every(text, "persName"):
        item = _item(element)
        if element.get(f"{XML}id") is None or item is None:
            continue
        found = words(element).strip(" ,;")
        filed = INNER.sub(r"\1", found)
        if direct(filed).strip():
            yield PersonEntry(
                id=reading.ids.given(element),
                name=direct(filed),
                file_as=filed,
                text=escaped(_rest(item, found)),
            )


def _recorded_persons(reading: Reading, text: etree._Element) -> Iterator[PersonEntry]:
    """`listPerson/person`."""
    for element in every(text, "person"):
        named = element.find(f"{{{TEI}}}persName")
        if named is None:
            continue
        parts = {name_of(part.tag): words(part) for part in named.iterchildren(etree.Element)}
        family, given = parts.get("surname", ""), parts.get("forename", "")
        name = " ".join(part for part in (given, family) if part) or words(named)
        if not name.strip():
            continue
        years = [_year(element, which) for which in ("birth", "death")]
        authority = next((words(idno) for idno in element.iterfind(f"{{{TEI}}}idno")), "")
        yield PersonEntry(
            id=reading.ids.given(element) or reading.ids.free(normal(name)),
            name=name,
            file_as=", ".join(part for part in (family, given) if part) or name,
            life="–".join(years) if all(years) else "",
            text=escaped("; ".join(words(o) for o in element.iterfind(f"{{{TEI}}}occupation"))),
            authority=authority,
        )


def _year(person: etree._Element, which: str) -> str:
    date = person.find(f"{{{TEI}}}{which}/{{{TEI}}}date")
    match = re.match(r"\d{4}", date.get("when", "")) if date is not None else None
    return match.group() if match else ""


def _terms(reading: Reading, text: etree._Element) -> Iterator[TermEntry]:
    """`list/item//term[@xml:id]`, with the words after it."""
    for element in every(text, "term"):
        item = _item(element)
        abbr = words(element).strip(" ,;")
        if element.get(f"{XML}id") is not None and item is not None and abbr:
            yield TermEntry(reading.ids.given(element), abbr, _rest(item, abbr))


def _names(reading: Reading, text: etree._Element) -> Iterator[NameEntry]:
    """Records of places, organisations, events and works."""
    for kind, tag in NAMES.items():
        for element in every(text, kind):
            if element.get(f"{XML}id") is None:
                continue
            names = [words(child) for child in element.iterchildren(etree.Element)
                     if name_of(child.tag) == tag]  # fmt: skip
            links = tuple(words(idno) for idno in element.iterfind(f"{{{TEI}}}idno") if words(idno))
            kind_word = {"org": "organisation", "bibl": "work"}.get(kind, kind)
            others = "; ".join(
                words(child)
                for child in element.iterchildren(etree.Element)
                if kind == "bibl" and name_of(child.tag) != tag and words(child)
            )
            if names and names[0]:
                yield NameEntry(reading.ids.given(element), kind_word, names[0], others, links)


def _source_lines(body: Body) -> Iterator[SourceLine]:
    for leaf in leaves(body.blocks):
        strong = bool(leaf.content) and all(
            any(mark.kind == "strong" for mark in item.marks) for item in leaf.content
        )
        rend = leaf.get("rend")
        heading = leaf.role == "heading" or strong or rend.startswith(("section", "sourcehead"))
        level = 3 if rend == "sourceparagraphfullindent" else 1 if _is_title(leaf) else 2
        if leaf.text:
            yield SourceLine(leaf.text, heading, level)


def _is_title(leaf: Leaf) -> bool:
    return leaf.role == "heading" or leaf.get("rend").startswith("sectiontitle")


def _index_lines(reading: Reading, element: etree._Element, level: int) -> Iterator[IndexLine]:
    for item in element.iterchildren(f"{{{TEI}}}item", "item"):
        nested = [child for child in item.iterdescendants() if isinstance(child.tag, str)
                  and name_of(child.tag) == "list"]  # fmt: skip
        own = " ".join("".join(_outside(item)).split())
        heading = re.split(r",? ?(?=\d{1,9}\b|\Z)", own, maxsplit=1)[0].strip(" ,:;")
        targets = tuple(
            ref.get("target", "")
            for ref in every(item, "ref")
            if ref.get("target") and not any(ref in _below(one) for one in nested)
        )
        yield IndexLine(heading, level, targets)
        for one in nested:
            if next((a for a in one.iterancestors() if name_of(a.tag) == "item"), None) is item:
                yield from _index_lines(reading, one, level + 1)


def _below(element: etree._Element) -> set[etree._Element]:
    return set(element.iterdescendants())


def _outside(item: etree._Element) -> Iterator[str]:
    """The text of an item without that of the lists in it."""
    yield item.text or ""
    for child in item:
        if isinstance(child.tag, str) and name_of(child.tag) != "list":
            yield from _outside(child)
        yield child.tail or ""
