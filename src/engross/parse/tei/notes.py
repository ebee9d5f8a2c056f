"""Notes: what kind they are, and their blocks."""

import re
from dataclasses import replace

from lxml import etree

from engross.model.text import Leaf, Note, leaves
from engross.parse.tei.elements import line_of
from engross.parse.tei.open import Open
from engross.parse.tei.order import in_order, place_rest
from engross.parse.tei.reading import Scope

AUTHOR = re.compile(r"\[footnote in (the )?(source text|original)\.?\]", re.IGNORECASE)
KINDS = {"summary": "summary", "textual": "textual", "textConst": "textual", "author": "author"}


def kind_of(element: etree._Element, text: str) -> str:
    """`source`, `summary`, `textual`, `author` or `explanatory`."""
    given = element.get("type", "")
    if given == "source" or element.get("n") == "0" or re.match(r"sources?:", text, re.IGNORECASE):
        return "source"
    if given in KINDS:
        return KINDS[given]
    return "author" if AUTHOR.search(text) else "explanatory"


def read(outer: Open, element: etree._Element) -> str:
    """Read a note into the scope's notes, in the order of the calls; gives its id."""
    reading, scope = outer.reading, outer.scope
    reading.account(element, "mapped")
    identifier = reading.ids.given(element) or reading.derived(scope, "note")
    reading.value(element, "type")
    place = len(scope.notes)
    scope.notes.append(None)
    inner = Scope(identifier, scope.notes, in_note=True)
    flow = type(outer)(reading, inner)
    flow.frame.line = line_of(element)
    flow.walk(element)
    flow.flush()
    blocks = in_order(place_rest(tuple(flow.blocks), inner.pending))
    if not blocks:  # its number leads here, and back
        blocks = (Leaf(inner.next_leaf(), "paragraph", ()),)
    text = " ".join(leaf.text for leaf in leaves(blocks))
    kind = kind_of(element, text)
    resp = element.get("resp", "")
    note = Note(
        id=identifier,
        origin="source" if kind == "author" else "editor",
        blocks=blocks,
        label=element.get("n", ""),
        resp=resp.removeprefix("#"),
        kind=kind,
        attributes=reading.attributes(element, "id", "resp"),
    )
    if element.get("type") == "translator":
        note = replace(note, origin="translator")
    scope.notes[place] = note
    return identifier
