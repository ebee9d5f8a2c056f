"""Readings of several witnesses: one in the text, the others in a note of a series of letters."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from lxml import etree

from engross.model.lists import numeral
from engross.model.text import Leaf, Mark, Note, Run
from engross.parse.tei import marks
from engross.parse.tei.fold import stand_in
from engross.parse.tei.names import name_of
from engross.parse.tei.reading import Scope

if TYPE_CHECKING:
    from engross.parse.tei.open import Open

INSIDE = frozenset({"lem", "rdg", "rdgGrp", "wit", "witDetail", "note"})


def is_regular(element: etree._Element) -> bool:
    """Whether an `app` or a group in it holds what TEI puts there, and no words of its own."""
    within = [child.tail for child in element]
    if any(text and text.strip(" \t\r\n") for text in (element.text, *within)):
        return False
    return all(
        name_of(child.tag) in INSIDE and (name_of(child.tag) != "rdgGrp" or is_regular(child))
        for child in element.iterchildren(etree.Element)
    )


def read(flow: Open, element: etree._Element) -> None:
    """
    Read an `app`: its lemma stands in the text, else its first reading, which is reported.

    The other readings, each with its witnesses, are a note there; notes on the entry follow.
    """
    reading = flow.reading
    reading.account(element, "mapped")
    children = list(_children(flow, element))
    readings = [child for child in children if name_of(child.tag) not in ("note", "app")]
    lemma = next((child for child in readings if name_of(child.tag) == "lem"), None)
    first = next((child for child in readings if name_of(child.tag) == "rdg"), None)
    shown = lemma if lemma is not None else first
    if shown is not None:
        marks.reading(flow, element, shown)
    rest = [child for child in readings if child is not shown]
    if lemma is None and rest:
        reading.report(
            "I022",
            element,
            "an <app> has no <lem>: its first reading stands in the text",
            "leave it, or name the reading of the edition in <lem>",
        )
    if rest:
        flow.point("note", (("id", _note(flow, rest)),))
    for child in children:
        if name_of(child.tag) == "note":
            flow.note(child)


def _children(flow: Open, element: etree._Element) -> Iterator[etree._Element]:
    """Readings, those of groups included, and notes; text between them is only layout."""
    for child in element.iterchildren(etree.Element):
        if name_of(child.tag) == "rdgGrp":
            flow.reading.account(child, "mapped")
            yield from _children(flow, child)
        elif not flow.reading.drop(child):
            yield child


def _note(flow: Open, readings: Sequence[etree._Element]) -> str:
    """Put the readings into a note of the scope; gives its id."""
    reading, scope = flow.reading, flow.scope
    identifier = reading.derived(scope, "variant")
    place = len(scope.notes)
    scope.notes.append(None)
    inner = type(flow)(reading, Scope(identifier, scope.notes, in_note=True))
    for number, one in enumerate(readings):
        if number:
            apart = "; " if name_of(one.tag) in ("lem", "rdg") else " "
            inner.content.append(Run(apart, (stand_in("reading"),)))
        marks.reading(inner, None, one)
        witnesses = " ".join(part.rpartition("#")[2] for part in one.get("wit", "").split())
        if witnesses:
            inner.content.append(Run(f" {witnesses}", (stand_in("witness"), Mark("emphasis"))))
    inner.flush()
    scope.notes[place] = Note(
        identifier,
        "editor",
        tuple(inner.blocks) or (Leaf("p-001", "paragraph", tuple(inner.scope.pending)),),
        label=numeral(scope.derived["variant"], "lower-alpha"),
        kind="textual",
    )
    return identifier
