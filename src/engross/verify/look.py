"""What the properties of a style sheet do to words: seen, hidden, cut, turned about, or others."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache
from itertools import chain
from typing import Any

import tinycss2  # type: ignore[import-untyped]  # has no types
import tinycss2.color4  # type: ignore[import-untyped]  # has no types

from engross.verify.plain import TABLES

SIGNS = re.compile(r"[?!\[\]{}\u27e8\u27e9\u2020]")
"""What a sheet may not add to a text, where it says something of the words beside it."""
LENGTH = re.compile(
    r"(?<![\w.#])([+-]?(?:\d++(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?)"
    r"(px|r?em|ex|ch|pt|pc|in|cm|mm|q|[sld]?v[whib]|%)?"
    r"(?![\w.])"
)
POINTS: Mapping[str, float] = TABLES["points"]
"""Roughly, for a page of 600 by 800 points; any other unit is six."""
AWAY, BEYOND = 150.0, 500.0
"""Points to the left of and above a page, and to the right of and below its edge, that hide."""
CRAMPED, TINY, FAINT = -2.5, 2.0, 0.1
"""Points between letters, and of letters, and opacity, from which on nobody reads them."""
CONTRAST = 1.3
"""The contrast of two colours, as WCAG counts it: with less, a letter is like its ground."""
HIDING = {name: re.compile(pattern) for name, pattern in TABLES["hiding"].items()}
"""By property: values that take words from sight, or put others in their place."""
SAME: Mapping[str, str] = TABLES["same"]
"""Properties that say the same as another, for our purpose."""
SIDES = ("top", "right", "bottom", "left")
FREE: Sequence[str] = TABLES["sight"]["free"]
"""Offsets of what stands where it stands."""
OFFSETS = (*SIDES, *FREE)
SIZES = ("height", "max-height", "width", "max-width")
MOVES = ("transform", "scale", "translate", "rotate")
COUNTERS = ("counter-reset", "counter-set", "counter-increment")
COLOURS = ("color", "background-color", "background-image", "text-fill-color")
INKS = (
    ("background-color", "ground"), ("background-image", "ground"), ("color", "color"),
    ("text-fill-color", "fill"),
)  # fmt: skip
INHERITS = (("list-style-type", "listed"), ("font-style", "slant"), ("font-weight", "weight"))
PAPERS, INKED = frozenset({"canvas", "field"}), frozenset({"canvastext", "fieldtext"})
"""Colours of the reader's own, for a light page."""
HIDES = {*HIDING, *MOVES} - {"visibility", "content"}
INHERITED: Sequence[str] = TABLES["sight"]["inherited"]
WATCHED = {*HIDING, *OFFSETS, *SIZES, *MOVES, *COUNTERS, *COLOURS, *INHERITED}
WATCHED |= {*TABLES["sight"]["watched"]}
MARKED: Mapping[str, str] = TABLES["marked"]
"""By element or class: the property that marks its words."""
PLAIN = re.compile(r"(?:normal|none|baseline|initial|inherit|unset|[1-4]00|0\w*|lighter)$")
"""Values that mark nothing."""
ODD = frozenset({"line-height"})
"""Properties that only some elements may not have."""
FUNCTION = re.compile(r"([a-z0-9]+)\(([^()]*)\)")
VARIABLE = re.compile(r"var\(\s*(--[\w-]+)\s*(?:,([^()]*))?\)")
VENDOR = re.compile(r"-(?:webkit|moz|epub)-")


@dataclass(frozen=True, slots=True)
class Declared:
    """A declaration."""

    name: str
    value: str
    important: bool


HIDDEN = Declared("display", "none", important=False)
"""What the attribute `hidden` means, unless a sheet says otherwise."""


@dataclass(frozen=True)
class Look:
    """How an element is shown."""

    hidden: str = ""
    """Why not; "" where it is."""
    invisible: bool = False
    color: tuple[float, ...] = (0.0, 0.0, 0.0, 1.0)
    fill: tuple[float, ...] | None = None
    """What letters are filled with, where that is not their colour."""
    ground: tuple[float, ...] = (1.0, 1.0, 1.0, 1.0)
    indent: float = 0.0
    size: float = 12.0
    """Points."""
    opacity: float = 1.0
    slant: str = "normal"
    weight: str = "normal"
    listed: str = ""
    """How the items of lists are counted."""
    custom: Mapping[str, str] = field(default_factory=dict)
    """The properties of the sheet's own making."""

    @cached_property
    def faint(self) -> str:
        """Why nobody sees what it shows; "" where it is seen."""
        if self.invisible:
            return "'visibility'"
        if not -AWAY < self.indent < BEYOND:
            return "'text-indent'"
        color = self.fill or self.color
        if color[3] * self.opacity < FAINT:
            return "a transparent colour"
        light, dark = sorted((_luminance(color), _luminance(self.ground)), reverse=True)
        return "the colour of its ground" if (light + 0.05) / (dark + 0.05) < CONTRAST else ""


def declared(rows: Iterator[Any]) -> Iterator[Declared]:
    """What parsed declarations say of the properties that matter here, each for one of them."""
    for row in rows:
        if getattr(row, "type", "") != "declaration":
            continue
        own = row.name if row.name.startswith("--") else VENDOR.sub("", row.lower_name, count=1)
        value = " ".join(tinycss2.serialize(row.value).lower().split())
        for name, said in _plain(own, value):
            if name in WATCHED or name.startswith("--"):
                yield Declared(name, said, bool(row.important))


def _plain(name: str, value: str) -> Iterator[tuple[str, str]]:
    """A declaration as those of which it is short."""
    if name in {"margin-inline", "padding-inline"} and "(" not in value:
        said = value.split()
        yield from ((f"{name[:-6]}{side}", said[n]) for n, side in ((0, "left"), (-1, "right")))
    elif name in {"inset", "margin", "padding"}:
        said = value.split() if "(" not in value else [value]
        prefix = "" if name == "inset" else f"{name}-"
        for at, side in enumerate(SIDES):  # the left is as the right, the foot as the head
            yield (
                prefix + side,
                said[at if at < len(said) else (at - 2) * (at - 2 in range(len(said)))],
            )
    elif name == "font":
        if size := re.search(r"(?:^| )([\d.][^ /]*)", value):
            yield "font-size", size[1]
        yield "font-style", "italic" if re.search("italic|oblique", value) else "normal"
        yield "font-weight", "bold" if re.search("bold|[5-9]00", value) else "normal"
    elif name == "list-style" and not re.search("[\"']", value):
        yield "list-style-type", value.replace("inside", "").replace("outside", "").strip()
    else:
        yield SAME.get(name, name), value


def plain(row: Declared) -> bool:
    """Whether a declaration can take from words what marks them."""
    return row.name in MARKED.values() and PLAIN.match(row.value) is not None


def suspect(row: Declared) -> bool:
    """Whether a declaration can take words from sight at all."""
    if "var(" in row.value:
        return not row.name.startswith("--")
    if row.name == "content" and SIGNS.search(row.value):
        return True
    if row.name in COLOURS:
        return row.value not in {"inherit", "none", "currentcolor"}
    if row.name in OFFSETS:
        return _off(row.value)
    if row.name in {"letter-spacing", "word-spacing"}:
        return points(row.value) <= CRAMPED
    if row.name in SIZES:
        return _definite(row.name, row.value)
    if row.name in ODD:
        return True
    if row.name == "text-decoration":
        return "line-through" in row.value
    if row.name == "font-size":
        return points(row.value) < 9
    if row.name == "opacity":
        return number(row.value) < 1
    if row.name in COUNTERS:
        return "list-item" in row.value
    if row.name == "flex-direction":
        return "reverse" in row.value
    return row.name in {"text-overflow", "list-style-type", "direction", *MOVES} or bad(
        row.name, row.value
    )


def bad(name: str, value: str) -> bool:
    """Whether a value of a property hides words by itself."""
    if name in MOVES:
        return _turned(name, value)
    hiding = HIDING.get(name)
    return hiding is not None and hiding.match(value) is not None


def resolved(style: Mapping[str, str], above: Look) -> dict[str, str]:
    """A style with the values of its own properties put in."""
    if not any("var(" in value for value in style.values()):
        return dict(style)
    custom = {**above.custom, **{n: v for n, v in style.items() if n.startswith("--")}}
    found = dict(style)
    for name, value in style.items():
        for _ in range(8):
            if "var(" not in value:
                break
            value = VARIABLE.sub(lambda one: custom.get(one[1], one[2] or ""), value)
        found[name] = " ".join(value.split())
    return found


def look_of(style: Mapping[str, str], above: Look) -> Look:
    """How an element is shown that has a style, in one that is shown so."""
    values: dict[str, Any] = {}
    if own := {name: value for name, value in style.items() if name.startswith("--")}:
        values["custom"] = {**above.custom, **own}
    if "visibility" in style:
        values["invisible"] = bad("visibility", style["visibility"])
    if "text-indent" in style:
        values["indent"] = points(style["text-indent"])
    for name, key in INHERITS:
        if name in style:
            values[key] = style[name]
    size, opacity = above.size, above.opacity
    if "font-size" in style:
        values["size"] = size = _sized(style["font-size"], size)
    if "opacity" in style:
        values["opacity"] = opacity = opacity * number(style["opacity"])
    for name, key in INKS:
        found = _color(style[name], above.color) if name in style else None
        if found and (key != "ground" or found[3] > 0.5):
            values[key] = found
    why = above.hidden or next(
        (
            f"'{name}: {value}'"
            for name, value in style.items()
            if name in HIDES and bad(name, value)
        ),
        "",
    )
    for name, lost in (("opacity", opacity < FAINT), ("font-size", size < TINY)):
        if lost and name in style:
            why = why or f"'{name}: {style[name]}'"
    if why := why or _moved(style):
        values["hidden"] = why
    return replace(above, **values) if values else above


def covers(style: Mapping[str, str]) -> bool:
    """Whether what a sheet adds lies over the whole of its element."""
    color = _color(style.get("background-color", ""), (0, 0, 0, 1))
    placed = style.get("position") in {"absolute", "fixed"} and all(one in style for one in SIDES)
    whole = re.compile(r"(?:9\d|\d{3})(?:%|[sld]?v[whib])$")
    placed = placed or all(whole.match(style.get(one, "")) for one in ("width", "height"))
    placed = placed or points(style.get("margin-top", "")) < -AWAY
    return placed and color is not None and color[3] > 0.5


@lru_cache(maxsize=512)
def points(value: str) -> float:
    """A length, in points; of several that are reckoned with, the farthest."""
    found = [float(one) * POINTS.get(unit, 6.0) for one, unit in LENGTH.findall(value)]
    return (min if value.startswith("min(") else max)(found, key=abs, default=0.0)


def number(value: str) -> float:
    """The first number or percentage of a value; 1 for none."""
    found = re.search(r"(-?[\d.]+(?:e-?\d+)?)(%?)", value)
    return float(found[1]) / (100 if found[2] else 1) if found else 1.0


def _sized(value: str, above: float) -> float:
    found = re.fullmatch(r"([\d.]+)(em|%)", value)
    if found:
        return float(found[1]) * above / (100 if found[2] == "%" else 1)
    return points(value) if re.search(r"\d", value) else above


def _turned(name: str, value: str) -> bool:
    """Whether words are moved away, made small, mirrored or seen from their edge."""
    if name in {"scale", "translate", "rotate"}:
        value = f"{name}{value[:1] if value[:1] in 'xy' else ''}({', '.join(value.split())})"
    for kind, said in FUNCTION.findall(value.replace("calc", "")):
        rows = said.split(",")
        if kind.startswith("scale") and any(number(one) < 0.2 for one in rows):
            return True
        if kind.startswith("translate") and (any(map(_off, rows)) or re.search(r"\d{3}%", said)):
            return True
        if kind.startswith(("matrix", "rotatex", "rotatey", "rotate3d")):
            return True
        if kind.startswith("skew") and any(abs(number(one)) > 60 for one in rows):
            return True
    return False


def _moved(style: Mapping[str, str]) -> str:
    """Whether an element stands off the page, or has no room for all its words."""
    placed = style.get("position") in {"absolute", "fixed", "relative"}
    cut = style.get("overflow", "").startswith(("hidden", "clip"))
    one_line = style.get("white-space", "").startswith(("nowrap", "pre")) and cut
    set_ = [name for name in OFFSETS if name in style]
    away = [name for name in set_ if (placed or name in FREE) and _off(style[name])]
    small = [
        name
        for name in SIZES
        if cut
        and _definite(name, style.get(name, ""))
        and (name.endswith("height") or one_line or abs(points(style[name])) < TINY)
    ]
    short = ["text-overflow"] if cut and style.get("text-overflow", "clip") != "clip" else []
    for name in chain(away, small, short):
        return f"'{name}: {style[name]}'"
    spacing = ("letter-spacing", "word-spacing")
    close = [name for name in spacing if points(style.get(name, "")) <= CRAMPED]
    return f"'{close[0]}: {style[close[0]]}'" if close else ""


def _definite(name: str, value: str) -> bool:
    """Whether a size does not go with the words in it."""
    other = "%" if name.endswith("height") else r"%|v[whib]"
    return bool(re.search(r"\d", value)) and not re.search(other, value)


def _off(value: str) -> bool:
    return not -AWAY < points(value) < BEYOND


def _luminance(color: tuple[float, ...]) -> float:
    red, green, blue = (
        c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in color[:3]
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@lru_cache(maxsize=512)
def _color(value: str, current: tuple[float, ...]) -> tuple[float, ...] | None:
    """The first colour of a value; None for none, and for what changes with the reader."""
    for token in tinycss2.parse_component_value_list(value):
        found = tinycss2.color4.parse_color(token)
        if found == "currentcolor":
            return current
        name = getattr(token, "lower_value", "")
        if name in PAPERS or name in INKED:
            return (*[float(name in PAPERS)] * 3, 1.0)
        if found is None:  # of gradients and mixtures the first one tells enough
            inner = tinycss2.serialize(getattr(token, "arguments", []))
            if inner and (first := _color(inner, current)):
                return first
            continue
        try:
            parts = found.to("srgb").coordinates
        except NotImplementedError:
            parts = found.coordinates
            if found.space.startswith(("ok", "la", "lc")):  # of these the lightness is enough
                parts = [(parts[0] or 0.0) / (1 if found.space.startswith("ok") else 100)] * 3
        return (*(min(1.0, max(0.0, part or 0.0)) for part in parts), found.alpha)
    return None
