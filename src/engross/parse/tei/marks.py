"""Elements inside running text: marks on the runs between their tags."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lxml import etree

from engross.model.text import Attributes, Mark, Point, Run
from engross.parse.tei import links, renditions
from engross.parse.tei.elements import DEFAULT_ELEMENT, MARKS, P5, RENDITIONS, inner_text
from engross.parse.tei.fold import stand_in
from engross.parse.tei.names import name_of
from engross.parse.tei.reading import folded

if TYPE_CHECKING:
    from engross.parse.tei.open import Open

ALTERNATIVES = {
    "sic": ("corr", "sic", "corr"),
    "orig": ("reg", "original", "regular"),
    "abbr": ("expan", "abbreviation", "expansion"),
}
"""The reading of the document, the one beside it in a `choice`, the mark, and its attribute."""

GLYPHS = {"#dots": ".", "#kaufmannsund": "&", "#gemination-m": "m", "#gemination-n": "n"}
"""Characters that an empty `c` stands for, by its rendition; `n` says how many."""

NAMES = {"person": "person", "place": "place", "org": "organisation", "work": "work"}
NAMES |= {"event": "event"}


def kind_of(flow: Open, element: etree._Element, name: str) -> tuple[str, Attributes]:
    """The mark's kind, and what is worked out from the element's attributes."""
    reading = flow.reading
    if name == "hi":
        rend = reading.value(element, "rend")
        plain = "rend" if rend or element.get("rendition") or element.get("style") else "emphasis"
        return next(iter(renditions.of_words(reading, element)), RENDITIONS.get(rend, plain)), ()
    if name == "rs":
        key = links.keys(reading, element)
        kind = NAMES.get(element.get("type", ""), "name")
        return kind, (("key", key),) if key else ()
    if name in ("ref", "ptr"):
        return links.reference(reading, element)
    kind = MARKS[name]
    if kind in ("person", "place", "organisation", "term", "name"):
        key = links.keys(reading, element)
        return kind, (("key", key),) if key else ()
    return kind, ()


def read(flow: Open, element: etree._Element) -> None:
    """Read an element inside running text."""
    reading = flow.reading
    name = name_of(element.tag)
    astray = name in ("ruby", "rt") and not _readable(
        element if name == "ruby" else element.getparent()
    )
    if name not in MARKS or astray:
        flow.leave(element)
        mark = Mark("element", (("element", name), *reading.attributes(element, "element")))
    else:
        reading.account(element, "mapped")
        kind, worked = kind_of(flow, element, name)
        own = reading.attributes(element, *dict(worked))
        named = () if DEFAULT_ELEMENT.get(kind) == name else (("element", name),)
        mark = Mark(kind, (*worked, *named, *own))
    said = {mark.kind} | ({"strike"} if mark.kind == "deleted" else set())
    kinds = tuple(one for one in renditions.of_words(reading, element) if one not in said)
    _inside(flow, element, mark, *renditions.further(kinds), glyph=name in ("c", "g"))


def _readable(ruby: etree._Element | None) -> bool:
    """Whether letters have a reading that can stand above them, and at most one to stand below."""
    if ruby is None or name_of(ruby.tag) != "ruby":
        return False
    names = ["rb"] if (ruby.text or "").strip() else []
    names += [name_of(child.tag) for child in ruby.iterchildren(etree.Element)]
    return re.fullmatch(r"(rb )+rt (rt )?", "".join(f"{one} " for one in names)) is not None


def _inside(
    flow: Open, element: etree._Element, mark: Mark, *further: Mark, glyph: bool = False
) -> None:
    """Read what stands between the tags under the mark; an empty element becomes a point."""
    depth = len(flow.marks)
    before = flow.content[-1] if flow.content else None
    if before is not None and len(before.marks) > depth and before.marks[depth] == mark:
        mark = Mark(mark.kind, (*mark.attributes, ("again", "yes")))
        # neighbours with equal marks would be taken for one element
    flow.marks += (mark, *further)
    blocks, count = len(flow.blocks), len(flow.content)
    flow.walk(element, inline=True)
    del flow.marks[depth:]
    if len(flow.blocks) == blocks and not any(
        isinstance(item, Point) or item.text.strip(" \t\r\n") for item in flow.content[count:]
    ):
        space = [item for item in flow.content[count:] if isinstance(item, Run)]
        del flow.content[count:]
        if glyph and not space and _stand(flow, element, mark):
            return
        flow.point(mark.kind, mark.attributes)
        if space:
            outer = [n for n, above in enumerate(flow.marks) if above.kind == "substitution"]
            flow.content.append(Run(" ", tuple(flow.marks[: outer[0]] if outer else flow.marks)))


def _stand(flow: Open, element: etree._Element, mark: Mark) -> bool:
    """Put in the character that an empty `c` or `g` stands for, if we know it."""
    sign = GLYPHS.get(element.get("rendition", "") or element.get("ref", ""))
    if sign is None:
        return False
    number = element.get("n", "1")
    text = sign * (int(number) if number.isdigit() and 0 < int(number) < 100 else 1)
    flow.content.append(Run(text, (*flow.marks, mark, stand_in("glyph"))))
    return True


def reading(flow: Open, above: etree._Element | None, element: etree._Element) -> None:
    """Read one reading of an `app`; `above` is that element where the reading is in the text."""
    flow.reading.account(element, "mapped")
    entry = Mark("element", (("element", "app"),))
    flow.marks += (entry,) if above is not None else ()
    name = name_of(element.tag)
    _inside(flow, element, Mark("element", (("element", name), *flow.reading.attributes(element))))
    if above is not None:
        flow.marks.pop()


def choice(flow: Open, element: etree._Element) -> None:
    """
    Read a `choice`: the document's own reading stands, the other is an attribute of its mark.

    Sic before corr, orig before reg, abbr before expan; of other children the first stands.
    """
    reading = flow.reading
    reading.account(element, "mapped")
    children = list(element.iterchildren(etree.Element))
    by_name = {name_of(child.tag): child for child in reversed(children)}
    shown = next((by_name[name] for name in ALTERNATIVES if name in by_name), None)
    if shown is None:
        if not children:
            return
        shown = children[0]
    name = name_of(shown.tag)
    other, kind, attribute = ALTERNATIVES.get(name, ("", MARKS.get(name, "element"), ""))
    facts: list[tuple[str, str]] = [("element", "choice")]
    for child in children:
        if child is shown:
            continue
        tag = name_of(child.tag)
        key = attribute if tag == other and attribute not in dict(facts) else f"or-{tag}"
        while key in dict(facts):
            key += "-again"
        facts.append((key, folded(inner_text(child))))
        facts.extend(
            (fact, value)
            for fact, value in reading.attributes(child, "id")
            if fact in ("resp", "cert", "source", "type") and fact not in dict(facts)
        )
        reading.account(child, "mapped")
        for below in child.iterdescendants(etree.Element):
            reading.account(below, "text")
        reading.report(
            "I023",
            element,
            f"of each <choice> with <{tag}> the other reading is printed",
            "set conventions: clear-text for the editors' readings",
        )
    reading.account(shown, "mapped" if name in MARKS else "text")
    if name not in P5:
        reading.unknown(shown)
    extra = tuple(pair for pair in reading.attributes(shown) if pair[0] not in dict(facts))
    _inside(flow, shown, Mark(kind, (*facts, ("shown", name), *extra)))
