"""
Words that a style sheet takes from sight, found by resolving the cascade as a reader does.

The sheets of an EPUB or a web edition are applied to every element, each condition of media by
itself. What is drawn over something else only a picture tells, and is not looked for here.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import cssselect2  # type: ignore[import-untyped]  # has no types
import tinycss2  # type: ignore[import-untyped]  # has no types
import tinycss2.color3  # type: ignore[import-untyped]  # has no types
from lxml import etree

from engross.check.epub.opened import Opened
from engross.verify.plain import spaced
from engross.verify.report import Log

OPENING = re.compile(r":(?:target|focus-within|focus|hover|checked)(?![\w-])|\[open\]")
"""What a reader does to open what is folded."""
LENGTH = re.compile(r"(-?(?:\d++(?:\.\d+)?|\.\d+))(px|em|rem|ex|ch|pt|pc|in|cm|mm|vw|vh|%)?$")
POINTS = {
    "px": 0.75,
    "em": 12.0,
    "rem": 12.0,
    "ex": 6.0,
    "ch": 6.0,
    "pt": 1.0,
    "pc": 12.0,
    "in": 72.0,
    "cm": 28.35,
    "mm": 2.835,
    "vw": 6.0,
    "vh": 8.0,
    "%": 6.0,
    "": 0.75,
}
"""Roughly, for a page of 600 by 800 points."""
AWAY, BEYOND = 150.0, 500.0
"""Points to the left of and above a page, and to the right of and below its edge, that hide."""
CRAMPED = -6.0
"""Points between letters, from which on they cover each other."""
CONTRAST = 1.3
"""The contrast of two colours, as WCAG counts it: with less, a letter is like its ground."""
HIDING = {
    "display": re.compile(r"none$"),
    "visibility": re.compile(r"hidden$|collapse$"),
    "content-visibility": re.compile(r"hidden$"),
    "opacity": re.compile(r"0?\.?0\d*%?$"),
    "filter": re.compile(r".*opacity\(0?\.?0\d*%?\)"),
    "clip": re.compile(r"rect\((?:0(?:px)?[ ,]*|1px[ ,]*){4}\)$"),
    "clip-path": re.compile(r"(?:inset\(\s*(?:50|100)%|circle\(0|polygon\(0)"),
    "transform": re.compile(
        r".*(?:scale[xy]?\(\s*+0?\.?0*+\s*[,)]|translate(?:[xyz]|3d)?\(-?\d{3})"
    ),
    "unicode-bidi": re.compile(r"(?:isolate-)?(?:bidi-)?override$"),
    "-webkit-text-fill-color": re.compile(r"transparent$"),
    "font-size": re.compile(r"0(?:\.0+)?[a-z%]*$"),
    "zoom": re.compile(r"0(?:\.0+)?%?$"),
    "content": re.compile(r"(?!none$|normal$).*[^\W_]"),
}
"""By property: values that take words from sight, or put others in their place."""
OFFSETS = ("left", "right", "top", "bottom", "text-indent", "margin-left", "margin-top")
SIZES = ("height", "max-height", "width", "max-width")
AIDS = frozenset({"close", "backlink", "cite-this", "more"})
"""Classes of links that some screens need and others do not."""
WATCHED = {*HIDING, *OFFSETS, *SIZES, "position", "overflow", "color", "background-color"}
WATCHED |= {"background", "letter-spacing"}


Matchers = tuple[cssselect2.Matcher, cssselect2.Matcher]
"""One for rules that hold, one for those that hold when a reader opens something."""


@dataclass
class Look:
    """How an element is shown."""

    hidden: str = ""
    """Why not; "" where it is."""
    invisible: bool = False
    color: tuple[float, ...] = (0.0, 0.0, 0.0, 1.0)
    ground: tuple[float, ...] = (1.0, 1.0, 1.0, 1.0)
    indent: float = 0.0

    @cached_property
    def faint(self) -> str:
        """Why nobody sees what it shows; "" where it is seen."""
        if self.invisible:
            return "'visibility'"
        if not -AWAY < self.indent < BEYOND:
            return "'text-indent'"
        if self.color[3] < 0.1:
            return "a transparent colour"
        light, dark = sorted((_luminance(self.color), _luminance(self.ground)), reverse=True)
        return "the colour of its ground" if (light + 0.05) / (dark + 0.05) < CONTRAST else ""


@dataclass(frozen=True, slots=True)
class Declared:
    """A declaration."""

    name: str
    value: str
    important: bool


HIDDEN = Declared("display", "none", important=False)
"""What the attribute `hidden` means, unless a sheet says otherwise."""


@dataclass(slots=True)
class Sheets:
    """Rules of all sheets of an edition, by the condition of media that they hold under."""

    rules: dict[str, list[tuple[str, tuple[Declared, ...]]]] = field(default_factory=dict)
    compiled: dict[tuple[int, frozenset[str]], Matchers] = field(default_factory=dict)
    """The same as they are matched, by condition and properties."""

    def add(self, text: str) -> None:
        """Read a sheet."""
        self._rules(tinycss2.parse_stylesheet(text, True, True), "")

    def _rules(self, rules: Sequence[Any], media: str) -> None:
        for rule in rules:
            kind = getattr(rule, "type", "")
            if kind == "at-rule" and rule.lower_at_keyword in {"media", "supports", "layer"}:
                inner = tinycss2.parse_rule_list(rule.content or [], True, True)
                self._rules(inner, f"{media} {tinycss2.serialize(rule.prelude).strip()}".strip())
            elif kind == "qualified-rule":
                found = tuple(declarations(tinycss2.serialize(rule.content)))
                if found:
                    selector = tinycss2.serialize(rule.prelude)
                    self.rules.setdefault(media, []).append((selector, found))

    def conditions(self) -> Iterator[list[tuple[str, tuple[Declared, ...]]]]:
        """The rules without a condition, then those with each condition added."""
        plain = self.rules.get("", [])
        yield plain
        for media, rules in self.rules.items():
            # a condition that can only show more than the plain rules finds nothing new
            if media and any(_suspect(row) for _, rows in rules for row in rows):
                yield plain + rules


def declarations(text: str) -> Iterator[Declared]:
    """What a block or a style attribute says of the properties that matter here."""
    for row in tinycss2.parse_declaration_list(text, True, True):
        if row.type == "declaration" and row.lower_name in WATCHED:
            value = " ".join(tinycss2.serialize(row.value).lower().split())
            yield Declared(row.lower_name, value, bool(row.important))


def unseen(tree: etree._Element, sheets: Sheets) -> Iterator[tuple[etree._Element, str]]:
    """The elements of a page whose own words nobody sees, each once, with the reason."""
    told: set[etree._Element] = set()
    styles = {element.get("style", "") for element in tree.iter(etree.Element)}
    styled = [row for style in styles for row in declarations(style)]
    styled += [HIDDEN] if any(one.get("hidden") is not None for one in tree.iter()) else []
    for number, rules in enumerate(sheets.conditions()):
        bad = {row.name for _, rows in rules for row in rows if _suspect(row)}
        bad |= {row.name for row in styled if _suspect(row)}
        if not bad:
            continue
        bad |= {"position", "overflow", "background", "background-color", "color"}
        key = number, frozenset(bad)
        if key not in sheets.compiled:
            sheets.compiled[key] = _matchers(rules, bad)
        matcher, opening = sheets.compiled[key]
        for element, why in _walk(tree, matcher, opening):
            if told.isdisjoint((element, *element.iterancestors())) and _judged(element):
                told.add(element)
                yield element, why


def _judged(element: etree._Element) -> bool:
    """Whether an element is part of a section, and no help for finding one's way."""
    if AIDS & set(element.get("class", "").split()):
        return False
    return any(etree.QName(above).localname == "section" for above in element.iterancestors())


def _suspect(row: Declared) -> bool:
    """Whether a declaration can take words from sight at all."""
    if row.name in HIDING:
        return _bad(row.name, row.value)
    if row.name in {"color", "background-color", "background"}:
        return row.value not in {"inherit", "none", "currentcolor"}
    if row.name in OFFSETS:
        return _off(row.value)
    if row.name == "letter-spacing":
        return _points(row.value) <= CRAMPED
    return row.name in SIZES and abs(_points(row.value)) < 2


def _matchers(rules: Sequence[tuple[str, tuple[Declared, ...]]], names: set[str]) -> Matchers:
    matcher, opening = cssselect2.Matcher(), cssselect2.Matcher()
    for text, declared in rules:
        rows = [row for row in declared if row.name in names]
        for one in (text.split(",") if "(" not in text else [text]) if rows else ():
            bare = OPENING.sub("", one)
            target = opening if bare != one else matcher
            try:
                selectors = cssselect2.compile_selector_list(bare)
            except cssselect2.SelectorError:
                continue  # no reader knows it either
            for selector in selectors:
                target.add_selector(selector, rows)
    return matcher, opening


def _walk(
    tree: etree._Element, matcher: cssselect2.Matcher, opening: cssselect2.Matcher
) -> Iterator[tuple[etree._Element, str]]:
    looks: dict[object, Look] = {}
    wrapper = cssselect2.ElementWrapper.from_html_root(tree)
    for here in wrapper.iter_subtree():
        element = here.etree_element
        if not isinstance(element.tag, str):
            continue
        style, pseudo = _style(here, matcher)
        above = looks.get(element.getparent(), Look())
        look = _look(style, above) if style else above
        if look.hidden and not above.hidden:
            open_, _ = _style(here, opening)
            shown = {name: value for name, value in open_.items() if not _bad(name, value)}
            if shown.keys() & style.keys():
                look.hidden = ""
        looks[element] = look
        for name, values in pseudo.items():
            bad = next((p for p, value in values.items() if _bad(p, value)), "")
            if bad and (name not in {"before", "after", "marker"} or bad == "content"):
                yield element, f"'{bad}: {values[bad]}' of ::{name}"
        if "content" in style and _bad("content", style["content"]):
            yield element, f"'content: {style['content']}'"
        elif (why := look.hidden or look.faint) and _own(element):
            yield element, why


def _own(element: etree._Element) -> bool:
    """Whether an element has words besides those of the elements in it."""
    return any((w or "").strip() for w in (element.text, *(child.tail for child in element)))


def _style(
    here: cssselect2.ElementWrapper, matcher: cssselect2.Matcher
) -> tuple[dict[str, str], dict[str, dict[str, str]]]:
    """What the cascade gives an element, and its pseudo-elements by name."""
    rows: dict[str, list[tuple[tuple[object, ...], Declared]]] = {}
    for specificity, order, pseudo, declared in matcher.match(here):
        for row in declared:
            key = (row.important, 0, specificity, order)
            rows.setdefault(pseudo or "", []).append((key, row))
    if here.etree_element.get("hidden") is not None:
        rows.setdefault("", []).append(((False, -1, (0, 0, 0), 0), HIDDEN))
    for row in declarations(here.etree_element.get("style", "")):
        rows.setdefault("", []).append(((row.important, 1, (0, 0, 0), 0), row))
    found = {
        name: {row.name: row.value for _, row in sorted(mine, key=lambda pair: pair[0])}
        for name, mine in rows.items()
    }
    return found.pop("", {}), found


def _bad(name: str, value: str) -> bool:
    hiding = HIDING.get(name)
    return hiding is not None and hiding.match(value) is not None


def _look(style: Mapping[str, str], above: Look) -> Look:
    look = Look(above.hidden, above.invisible, above.color, above.ground, above.indent)
    if "visibility" in style:
        look.invisible = _bad("visibility", style["visibility"])
    if "text-indent" in style:
        look.indent = _points(style["text-indent"])
    for name in ("background-color", "background"):
        if name in style and (color := _color(style[name], look.color)):
            look.ground = color if color[3] > 0.5 else look.ground
    if "color" in style and (color := _color(style["color"], look.color)):
        look.color = color
    for name, value in style.items():
        if name not in {"visibility", "content"} and _bad(name, value):
            look.hidden = look.hidden or f"'{name}: {value}'"
    if why := _moved(style):
        look.hidden = look.hidden or why
    return look


def _moved(style: Mapping[str, str]) -> str:
    """Whether an element stands off the page, or has no room."""
    placed = style.get("position") in {"absolute", "fixed", "relative"}
    for name in OFFSETS:
        if _off(style.get(name, "")) and (
            placed or name in {"text-indent", "margin-left", "margin-top"}
        ):
            return f"'{name}: {style[name]}'"
    cut = style.get("overflow", "").startswith(("hidden", "clip"))
    for name in SIZES:
        if cut and name in style and LENGTH.match(style[name]) and abs(_points(style[name])) < 2:
            return f"'{name}: {style[name]}'"
    spacing = style.get("letter-spacing", "")
    return f"'letter-spacing: {spacing}'" if _points(spacing) <= CRAMPED else ""


def _off(value: str) -> bool:
    return not -AWAY < _points(value) < BEYOND


def _luminance(color: tuple[float, ...]) -> float:
    red, green, blue = (
        c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in color[:3]
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _color(value: str, current: tuple[float, ...]) -> tuple[float, ...] | None:
    for token in tinycss2.parse_component_value_list(value):
        found = tinycss2.color3.parse_color(token)
        if found == "currentColor":
            return current
        if found is not None:
            return tuple(found)
    return None


def _points(value: str) -> float:
    found = LENGTH.match(value)
    return float(found[1]) * POINTS[found[2] or ""] if found else 0.0


def prove_seen(book: Opened, log: Log) -> None:
    """Look for words that an EPUB or a web edition hides, or shows otherwise."""
    since, sheets = len(log.findings), Sheets()
    for text in book.sheets:
        sheets.add(text)
    for name, document in book.documents.items():
        for element, why in unseen(document.root, sheets):
            message = f"{name}: '{tell(element)}' is not seen as it reads, by {why}"
            log.fault("P009", message, "look at the style sheets, the book's own first")
    log.check("visible", len(book.documents), "files", since)


def tell(element: etree._Element) -> str:
    """The first words of an element, for a message."""
    return spaced("".join(map(str, element.itertext())))[:40]
