"""Elements that stand between two characters."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lxml import etree

from engross.parse.tei.elements import inner_text
from engross.parse.tei.ids import normal
from engross.parse.tei.names import name_of
from engross.parse.tei.reading import folded

if TYPE_CHECKING:
    from engross.parse.tei.open import Open


def read(flow: Open, element: etree._Element, kind: str) -> None:
    """Put the point down with its facts; text inside it becomes one of them."""
    reading = flow.reading
    name = name_of(element.tag)
    facts: list[tuple[str, str]] = []
    own = "n"
    if kind == "break":
        unit = element.get("unit") or (
            "leaf" if element.get("type") in ("leaf", "folio") else "page"
        )
        facts += [("unit", unit), ("label", element.get("n", ""))]
        if element.get("n") and not reading.ids.given(element):
            facts.append(("id", reading.ids.free(normal(f"page-{element.get('n')}"))))
        facts.append(("certainty", element.get("cert") or "high"))
    elif kind == "image":
        path = reading.picture(element.get("url", ""))
        facts += [("path", path), ("alt", path.rpartition("/")[2])]
    else:
        own = ""
    if kind not in ("break", "column", "gathering", "milestone", "line", "gap", "space", "anchor"):
        facts.append(("element", name))
    if len(element) or (element.text or "").strip(" \t\r\n"):
        facts.append(("text", folded(inner_text(element))))
        for below in element.iterdescendants(etree.Element):
            reading.account(below, "text")
    taken = {own, *dict(facts)}
    facts += [pair for pair in reading.attributes(element) if pair[0] not in taken]
    flow.point(kind, tuple(facts))
