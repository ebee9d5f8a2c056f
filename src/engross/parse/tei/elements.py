"""
What each element of TEI becomes: the tables that the reader, the report and the docs go by.

An element that stands in no table here but in TEI P5 is kept as text under a mark that names it;
one that stands in neither is kept as text and reported.
"""

import re
from importlib.resources import files

from lxml import etree

from engross.parse.tei.names import name_of


def named(words: str) -> frozenset[str]:
    """The names in a list that spaces separate."""
    return frozenset(words.split())


def _rows(name: str) -> list[list[str]]:
    """The words of each line of a table in this package."""
    text = files(__package__).joinpath(name).read_text("utf-8")
    return [line.split() for line in text.splitlines() if line and line[0] != "#"]


def kinds_of(table: str) -> dict[str, list[str]]:
    """A table of `tables.txt`: the elements of each kind, in order."""
    found: dict[str, list[str]] = {}
    for name, kind, *elements in _rows("tables.txt"):
        if name == table:
            found.setdefault(kind, []).extend(elements)
    return found


def _table(table: str) -> dict[str, str]:
    """What each element of a table becomes."""
    return {element: kind for kind, elements in kinds_of(table).items() for element in elements}


CLASSES: dict[str, frozenset[str]] = {
    name: frozenset(one for row in _rows("classes.txt") if row[0] == name for one in row[1:])
    for name in ("division", "paragraph", "leaf", "contextual", "listed", "apart")
}
"""What an element without rules of its own is on a page, by its class in TEI."""

LEAVES = {
    **_table("leaf"),
    **dict.fromkeys(CLASSES["paragraph"], "paragraph"),
    **{name: name.lower() for name in CLASSES["leaf"]},
}
"""Elements that hold running text, with the role of the leaf block."""

DIVISIONS = _table("division") | {name: name.lower() for name in CLASSES["division"]}
"""Elements that hold blocks, with the role of the division."""

CONTEXTUAL = (
    named("dateline signed salute byline affiliation docDate docAuthor docEdition bibl label")
    | CLASSES["contextual"]
)
"""Leaves where they stand among blocks, marks where they stand in running text."""

STRUCTURAL = frozenset(DIVISIONS) | {"item", "quote", "cit", "note", "figure", "cell"}

MARKS = _table("mark")
"""Elements inside running text, with the kind of mark."""

DEFAULT_ELEMENT = {kind: name for name, kinds in kinds_of("element").items() for kind in kinds}
"""The element of a mark that names no element of its own."""

POINTS = _table("point")
"""Elements that stand between two characters."""

PLAIN = CLASSES["division"] | CLASSES["paragraph"] | CLASSES["leaf"]
"""Blocks that are set plainly."""

STANDING = frozenset({"gap", "image"})
"""Points that are read by themselves; when others stand between blocks, they wait for the next."""

LISTED = CLASSES["listed"]
"""Elements of elements alone: a comma stands between two of them."""

APART = CLASSES["apart"]
"""Elements that a space divides, where the file has none between two of them."""

RENDITIONS = _table("rendition")
"""`hi/@rend`, with the kind of mark."""

VALUES = {
    (name, one): frozenset(known)
    for at, known in kinds_of("values").items()
    for name, one in [at.split("/@")]
} | {("hi", "rend"): frozenset(RENDITIONS)}
"""Values that are known; another is reported with the nearest of these."""

ROLES = {
    "ab": frozenset(LEAVES.values()) | named("marginal participants closer certification"),
    "div": frozenset(DIVISIONS.values()) | VALUES["div", "type"],
    "list": VALUES["list", "type"],
}
"""By element: values of `@type` that name its block; by another a sheet may know something else."""

DATA_LISTS = named("listPerson listPlace listOrg listBibl listEvent listWit standOff particDesc")
"""Registers that stand in the back matter as records; kept whole."""

DROPPED = {
    "binaryObject": "a picture or a sound as data, not text",
    "xhtml:script": "program code of a web page, not text",
    "xhtml:object": "player of a web page, not text",
    "xhtml:param": "setting of a web page's player, not text",
    "xhtml:style": "style sheet of a web page, not text",
    "frus:file": "pointer to a file",
    "frus:pdf": "pointer to a file",
}
"""Elements whose content is left out, with the reason that the report gives."""

P5 = frozenset(files(__package__).joinpath("p5.txt").read_text("utf-8").split())
"""Elements of TEI P5, and those of the FRUS name space that its volumes declare."""


def left_out(element: etree._Element) -> str:
    """Why an element's content is left out, by the table or its own style; "" where it is not."""
    if reason := DROPPED.get(name_of(element.tag), ""):
        return reason
    style = element.get("style")
    hidden = style and re.search(r"display:\s*none", style)
    return "hidden from readers by display:none" if hidden else ""


def line_of(element: etree._Element) -> int:
    """The line on which an element's tag ends, from 1; 0 if the parser does not know it."""
    line: object = element.sourceline
    return line if isinstance(line, int) else 0


def inner_text(element: etree._Element) -> str:
    """All characters below an element, as they stand."""
    return "".join(str(piece) for piece in element.itertext())
