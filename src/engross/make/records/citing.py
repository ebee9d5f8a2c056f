"""
"Cite this edition": Chicago note and bibliography, and MLA, in a formatter of our own.

The citations name the version, and a document by its archival reference, which general styles have
no place for; so they are composed here and not by a CSL processor.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from engross.assemble.edition import DocumentContent, Section
from engross.language import Words
from engross.make.records.facts import Facts
from engross.schema.manifest import Person

STYLED = Words("en")
"""The words of the two styles, which are English whatever the edition's language is."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Words of a citation."""

    text: str
    italic: bool = False


@dataclass(frozen=True, slots=True)
class Citation:
    """One citation in one style."""

    style: str
    """`chicago-note`, `chicago-bibliography`, `mla`."""
    pieces: tuple[Piece, ...]

    @property
    def text(self) -> str:
        """Without its italics."""
        return "".join(piece.text for piece in self.pieces)


def cite_edition(facts: Facts) -> tuple[Citation, ...]:
    """The edition in the three styles."""
    return (
        Citation("chicago-note", (*_note_edition(facts), Piece("."))),
        Citation("chicago-bibliography", _bibliography(facts)),
        Citation("mla", _mla(facts)),
    )


def cite_document(facts: Facts, section: Section, paragraph: int = 0) -> Citation:
    """
    A document, or one of its paragraphs, as a Chicago note.

    Raises:
        TypeError: the section is no document.
    """
    content = section.content
    if not isinstance(content, DocumentContent):
        raise TypeError(f"{section.address} is no document")
    record = content.record
    place = day = ""
    if record.place:
        place = f"[{record.place.name}], " if record.place.supplied else f"{record.place.name}, "
    if record.dates.event:
        dates = record.dates
        day = f"{dates.display or STYLED.day(dates.event, dates.julian)}, "
    number = f"doc. {section.number}, " if section.number else ""
    archive = f"{content.citation}, " if content.citation else ""
    spot = f"¶ {paragraph}, " if paragraph else ""
    head = f"“{record.title.supplied},” {place}{day}"
    return Citation(
        "chicago-note",
        (
            Piece(f"{head}{archive}{spot}{number}in "),
            *_note_edition(facts),
            Piece("."),
        ),
    )


def _note_edition(facts: Facts) -> tuple[Piece, ...]:
    authors = _names([person.name for person in facts.people("aut")])
    lead = f"{authors}, " if authors else ""
    by = "".join(
        f", {word} {_names([person.name for person in facts.people(role)])}"
        for role, word in (("edt", "ed."), ("com", "comp."), ("trl", "trans."))
        if facts.people(role)
    )
    tail = f", {facts.address}" if facts.address else ""
    return _filled(
        Piece(lead),
        Piece(facts.title, italic=True),
        Piece(f"{by}, {facts.standing} ({_imprint(facts)}){tail}"),
    )


def _bibliography(facts: Facts) -> tuple[Piece, ...]:
    heads = facts.people("aut") or facts.people("edt") or facts.people("com")
    role = heads[0].role if heads else ""
    said = {"edt": ", ed." if len(heads) == 1 else ", eds.", "com": ", comp."}.get(role, "")
    lead = f"{_inverted(heads)}{said}".rstrip(".") + ". " if heads else ""
    by = "".join(
        f"{word} {_names([person.name for person in facts.people(other)])}. "
        for other, word in (("edt", "Edited by"), ("trl", "Translated by"))
        if facts.people(other) and other != role
    )
    tail = f" {facts.address}." if facts.address else ""
    return _filled(
        Piece(lead),
        Piece(facts.title, italic=True),
        Piece(f". {by}{_capital(facts.standing)}. {_imprint(facts)}.{tail}"),
    )


def _mla(facts: Facts) -> tuple[Piece, ...]:
    heads = facts.people("aut") or facts.people("edt")
    role = heads[0].role if heads else ""
    said = {"edt": ", editor" if len(heads) == 1 else ", editors"}.get(role, "")
    lead = f"{_inverted(heads)}{said}".rstrip(".") + ". " if heads else ""
    by = [
        f"{word} {_names([person.name for person in facts.people(other)])}"
        for other, word in (("edt", "edited by"), ("trl", "translated by"))
        if facts.people(other) and other != role
    ]
    publisher = [facts.manifest.publisher.name] if facts.manifest.publisher else []
    rest = [
        *by,
        facts.standing,
        *publisher,
        facts.year,
        *([facts.address] if facts.address else []),
    ]
    return _filled(
        Piece(lead), Piece(facts.title, italic=True), Piece(f". {_capital(', '.join(rest))}.")
    )


def _imprint(facts: Facts) -> str:
    publisher = facts.manifest.publisher
    if publisher is None:
        return facts.year
    place = f"{publisher.place}: " if publisher.place else ""
    return f"{place}{publisher.name}, {facts.year}"


def _filled(*pieces: Piece) -> tuple[Piece, ...]:
    return tuple(piece for piece in pieces if piece.text)


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _inverted(people: Sequence[Person]) -> str:
    """The first as a catalogue files it, the others as they are written."""
    return _names([people[0].file_as or people[0].name, *(one.name for one in people[1:])])


def _names(names: Sequence[str]) -> str:
    """
    Names in a row.

    >>> _names(["A", "B", "C"])
    'A, B, and C'
    """
    if len(names) < 3:
        return " and ".join(names)
    return f"{', '.join(names[:-1])}, and {names[-1]}"
