"""Manuscript descriptions and correspondence: `msDesc`, `handNote`, `stamp`, `correspDesc`."""

from collections.abc import Iterable

from lxml import etree

from engross.parse.tei import dates
from engross.parse.tei.ids import normal
from engross.parse.tei.names import TEI, XML, name_of
from engross.parse.tei.reading import words
from engross.parse.tei.volume import (
    Agent,
    CorrespondenceAction,
    HandFact,
    Manuscript,
)


def every(element: etree._Element, name: str) -> Iterable[etree._Element]:
    """All elements of that name below, in either name space."""
    return element.iter(f"{{{TEI}}}{name}", name)


def first(element: etree._Element, name: str) -> etree._Element | None:
    """The first element of that name below, or None."""
    return next(iter(every(element, name)), None)


def key_of(element: etree._Element) -> str:
    """The register id that the element points to."""
    pointer = element.get("ref") or element.get("corresp") or element.get("key") or ""
    return normal(pointer.split()[0].removeprefix("#")) if pointer.strip() else ""


def agent(element: etree._Element, role: str) -> Agent:
    """A name with its part and its key."""
    return Agent(role, words(element), key_of(element))


def manuscripts(header: etree._Element) -> tuple[Manuscript, ...]:
    """Every witness that the header describes."""
    return tuple(_manuscript(number, ms) for number, ms in enumerate(every(header, "msDesc"), 1))


def _manuscript(number: int, ms: etree._Element) -> Manuscript:
    above = ms.getparent()
    witness = above if above is not None and name_of(above.tag) == "witness" else None
    kind = first(witness if witness is not None else ms, "objectType")
    identifier = first(ms, "msIdentifier")
    form = first(ms, "objectDesc")

    def fact(name: str) -> str:
        return words(first(identifier, name)) if identifier is not None else ""

    return Manuscript(
        object_type=(kind.get("corresp") or words(kind)) if kind is not None else "",
        country=fact("country"),
        settlement=fact("settlement"),
        repository=fact("repository") or fact("institution"),
        collection=fact("collection"),
        shelfmark=fact("idno"),
        form=form.get("form", "") if form is not None else "",
        hands=tuple(_hand(n, note, number) for n, note in enumerate(every(ms, "handNote"), 1)),
    )


def _hand(number: int, note: etree._Element, witness: int) -> HandFact:
    own = note.get(f"{XML}id")
    scribe = note.get("corresp") or note.get("scribe") or note.get("scribeRef") or ""
    return HandFact(
        id=normal(own) if own else f"hand-{witness}-{number}",
        scribe=normal(scribe.removeprefix("#")) if scribe else "",
        medium=note.get("medium", ""),
        style=note.get("style") or note.get("script") or "",
        text=words(note),
    )


def actions(header: etree._Element) -> tuple[CorrespondenceAction, ...]:
    """Who sent and who received, when and where."""
    result = []
    for action in every(header, "correspAction"):
        children = list(action.iterchildren(etree.Element))
        date = next((child for child in children if name_of(child.tag) == "date"), None)
        result.append(
            CorrespondenceAction(
                kind=action.get("type", ""),
                agents=tuple(
                    agent(child, name_of(child.tag))
                    for child in children
                    if name_of(child.tag) in ("persName", "orgName", "name")
                ),
                places=tuple(
                    agent(child, "place")
                    for child in children
                    if name_of(child.tag) in ("placeName", "settlement")
                ),
                day=dates.first_day(date),
            )
        )
    return tuple(result)
