"""The persons that the file lists, in lists and in records."""

import re
from collections.abc import Iterator

from lxml import etree

from engross.parse.tei.ids import normal
from engross.parse.tei.manuscripts import every
from engross.parse.tei.names import TEI, XML, name_of
from engross.parse.tei.reading import Reading, words
from engross.schema.registers import PersonEntry

INNER = re.compile(r",([”’\"])$")
"""The comma behind a name that ends with a quotation: `House, Edward “Colonel,”`."""
SUFFIX = re.compile(r"^(Jr|Sr|II|III|IV)\.?$")


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


def read(reading: Reading, text: etree._Element) -> tuple[PersonEntry, ...]:
    """The persons of one text, each once; the lists stay parts of their sections as well."""
    persons = [*_listed_persons(reading, text), *_recorded_persons(reading, text)]
    return tuple({person.id: person for person in reversed(persons)}.values())[::-1]


def _listed_persons(reading: Reading, text: etree._Element) -> Iterator[PersonEntry]:
    """`list/item//persName[@xml:id]`, as in FRUS."""
    for element in every(text, "persName"):
        item = next((a for a in element.iterancestors() if name_of(a.tag) == "item"), None)
        if element.get(f"{XML}id") is None or item is None:
            continue
        found = words(element).strip(" ,;")
        filed = INNER.sub(r"\1", found)
        if direct(filed).strip():
            yield PersonEntry(
                id=reading.ids.given(element),
                name=direct(filed),
                file_as=filed,
                text=escaped(words(item).removeprefix(found).lstrip(" ,;:").strip()),
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
