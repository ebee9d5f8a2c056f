"""
"Cite this edition": Chicago note and bibliography, and MLA, in a formatter of our own.

The citations name the version, and a document by its archival reference, which general styles have
no place for; so they are composed here and not by a CSL processor.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from engross.assemble.edition import DocumentContent, Section
from engross.language import Words
from engross.make.records.facts import Facts, capital

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


BIBLIOGRAPHY = {"edt": (", ed.", ", eds."), "com": (", comp.", ", comp.")}
MLA = {"edt": (", editor", ", editors")}
"""What stands behind one head of an entry, and behind several, by role."""


def _bibliography(facts: Facts) -> tuple[Piece, ...]:
    lead, others = _heads(facts, BIBLIOGRAPHY)
    by = "".join(f"{capital(words)}. " for words in others)
    tail = f" {facts.address}." if facts.address else ""
    return _filled(
        Piece(lead),
        Piece(facts.title, italic=True),
        Piece(f". {by}{capital(facts.standing)}. {_imprint(facts)}.{tail}"),
    )


def _mla(facts: Facts) -> tuple[Piece, ...]:
    lead, others = _heads(facts, MLA)
    publisher = facts.manifest.publisher.name if facts.manifest.publisher else ""
    rest = [*others, facts.standing, publisher, facts.year, facts.address]
    return _filled(
        Piece(lead),
        Piece(facts.title, italic=True),
        Piece(f". {capital(', '.join(filter(None, rest)))}."),
    )


def _heads(facts: Facts, said: Mapping[str, tuple[str, str]]) -> tuple[str, list[str]]:
    """What an entry begins with, and who else is named: `edited by A`, `translated by B`."""
    heads = next(filter(None, (facts.people(role) for role in ("aut", *said))), ())
    role = heads[0].role if heads else ""
    ends = said.get(role, ("", ""))[len(heads) > 1]
    others = [
        f"{words} {_names([person.name for person in facts.people(other)])}"
        for other, words in (("edt", "edited by"), ("trl", "translated by"))
        if facts.people(other) and other != role
    ]
    # The first as a catalogue files it, the others as they are written.
    named = [one.name if number else one.file_as or one.name for number, one in enumerate(heads)]
    return f"{_names(named)}{ends}".rstrip(".") + ". " if heads else "", others


def _imprint(facts: Facts) -> str:
    publisher = facts.manifest.publisher
    if publisher is None:
        return facts.year
    place = f"{publisher.place}: " if publisher.place else ""
    return f"{place}{publisher.name}, {facts.year}"


def _filled(*pieces: Piece) -> tuple[Piece, ...]:
    return tuple(piece for piece in pieces if piece.text)


def _names(names: Sequence[str]) -> str:
    """
    Names in a row.

    >>> _names(["A", "B", "C"])
    'A, B, and C'
    """
    if len(names) < 3:
        return " and ".join(names)
    return f"{', '.join(names[:-1])}, and {names[-1]}"
