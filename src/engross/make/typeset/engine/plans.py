"""
Paragraphs as the engine has them, measured and planned. Runs in a worker.

A paragraph is measured once and all its lines are planned. The plan is remembered with the text and
its style, so that the planned pages get the very lines that the endless page had; what was cut from
a paragraph at a line's end finds its lines in the plan of the whole. What cannot be planned (text
from right to left, floats, forced breaks, images or boxes in its lines) has no plan.
"""

import re
from array import array
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib import resources
from itertools import accumulate
from typing import Any

import pyphen  # type: ignore[import-untyped]  # it has no types

from engross.make.typeset.engine.fit import Line, Place, Text, fit
from engross.make.typeset.engine.weasy import (
    FROM_UNITS,
    AnonymousStyle,
    boxes,
    create_layout,
    ffi,
    get_log_attrs,
    line_size,
    pango,
)

STYLE = (
    "direction",
    "font_family",
    "font_feature_settings",
    "font_kerning",
    "font_language_override",
    "font_size",
    "font_stretch",
    "font_style",
    "font_variant_alternates",
    "font_variant_caps",
    "font_variant_east_asian",
    "font_variant_ligatures",
    "font_variant_numeric",
    "font_variant_position",
    "font_variation_settings",
    "font_weight",
    "hyphenate_character",
    "hyphenate_limit_chars",
    "hyphenate_limit_zone",
    "hyphens",
    "lang",
    "letter_spacing",
    "line_height",
    "overflow_wrap",
    "tab_size",
    "text_decoration_line",
    "white_space",
    "word_break",
    "word_spacing",
)
"""Every property that the engine looks at when it divides a text; a test reads its source."""

LEAST = 30
"""Characters; what is shorter stands on one line."""
HEAD = 8
"""Characters, white space aside, by which the part of a paragraph is looked up."""
WIDE = re.compile(" |\u00a0".encode())
"""What is widened in a line."""
OTHER = re.compile(r"[^A-Za-z\u00c0-\u024f\u0370-\u03ff\u0400-\u052f]")
"""No line ends between two letters of these; a rule of UAX 14."""
WORD = re.compile(r"[^\W\d_]+")
JOINED = "-‐‑\u00ad"
"""A word with one of these at or in it is not divided by rule."""


@cache
def protrusions() -> dict[str, tuple[float, float]]:
    """How far each character may hang over the measure, left and right."""
    text = resources.files(__package__).joinpath("protrusions.tsv").read_text("utf-8")
    rows = (line.split("\t") for line in text.splitlines() if not line.startswith("# "))
    return {row[0]: (float(row[1]), float(row[2])) for row in rows if len(row) == 3}


@cache
def dictionary(language: str, left: int, right: int) -> Any:
    """Where words of a language are divided."""
    return pyphen.Pyphen(lang=language, left=left, right=right)


@dataclass(frozen=True, slots=True)
class Shaped:
    """A text of one style on one endless line."""

    x: tuple[float, ...]
    """Before each byte; one more for the end."""
    glyphs: tuple[int, ...]
    """Before each byte."""
    height: float
    baseline: float
    turned: bool


@dataclass(slots=True)
class Segment:
    """A text box of a paragraph and where it begins, in bytes."""

    start: int
    box: Any
    look: str


@dataclass(slots=True)
class Plan:
    """The lines of a paragraph."""

    lines: list[Line]
    bare: str
    """Its text without spaces."""
    starts: list[int]
    """Before each line: characters, white space aside."""
    ends: list[int]
    play: float
    """By how much a letter may be moved."""
    measure: float
    indent: float


class HardError(Exception):
    """A paragraph that the engine sets."""


class Composer:
    """Plans of one unit."""

    def __init__(self) -> None:
        self.plans: dict[Any, Plan | None] = {}
        self.heads: dict[str, list[tuple[Plan, int]]] = {}
        self.shaped: dict[tuple[str, str], Shaped] = {}
        self.pieces: dict[tuple[str, str], tuple[float, float, float, int]] = {}
        self.looks: dict[int, tuple[Any, str]] = {}
        self.line: Any = None
        """The line that the engine is handed."""

    def look(self, style: Any) -> str:
        """What the division and the shapes of a text depend on, of its style."""
        known = self.looks.get(id(style))
        if known is None or known[0] is not style:
            if isinstance(style, AnonymousStyle):  # all but the decoration is its parent's
                found = f"{self.look(style.parent_style)} {style['text_decoration_line']}"
            else:
                found = str([style[name] for name in STYLE])
            known = self.looks[id(style)] = (style, found)
        return known[1]

    # ---- measuring

    def shape(self, text: str, look: str, style: Any, context: Any) -> Shaped:
        """The places of a text, measured once."""
        key = (text, look)
        if key not in self.shaped:
            self.shaped[key] = shape(text, style, context)
        return self.shaped[key]

    def width(self, text: str, look: str, style: Any, context: Any) -> float:
        """The width of a text."""
        return self.shape(text, look, style, context).x[-1]

    def piece(
        self, text: str, look: str, style: Any, context: Any
    ) -> tuple[float, float, float, int]:
        """Width, height, base line and glyphs of a text as it stands on a line."""
        key = (text, look)
        found = self.pieces.get(key)
        if found is None:
            layout = create_layout(text, style, context, None, 0)
            line, _ = layout.get_first_line()
            width, height = line_size(line, style)
            baseline = pango.pango_layout_get_baseline(layout.layout) * FROM_UNITS
            glyphs = 0
            run = line.runs[0]
            while run != ffi.NULL:
                glyphs += run.data.glyphs.num_glyphs
                run = run.next
            found = self.pieces[key] = (width, height, baseline, glyphs)
        return found

    # ---- planning

    def plan(
        self, box: Any, context: Any, measure: float, indent: float
    ) -> tuple[Plan | None, list[Segment], dict[int, tuple[int, int]]]:
        """The lines of a paragraph, None where it is the engine's; its texts; and its boxes."""
        segments: list[Segment] = []
        gaps: list[tuple[int, float]] = []
        spans: dict[int, tuple[int, int]] = {}
        try:
            gather(box, self, segments, gaps, spans, 0)
        except HardError:
            return None, segments, spans
        if not segments:
            return None, segments, spans
        key = (
            round(measure, 3),
            round(indent, 3),
            tuple((one.box.text, one.look) for one in segments),
            tuple(gaps),
        )
        if key in self.plans:
            return self.plans[key], segments, spans
        text = "".join(one.box.text for one in segments)
        plan = self.part(text, measure, indent) or self.new(
            box, segments, gaps, text, context, measure, indent
        )
        self.plans[key] = plan
        return plan, segments, spans

    def part(self, text: str, measure: float, indent: float) -> Plan | None:
        """The lines of what was cut from a paragraph that is planned."""
        bare = text.replace(" ", "")
        for whole, number in self.heads.get(bare[:HEAD], ()):
            begin = whole.starts[number]
            stop = begin + len(bare)
            if whole.measure != round(measure, 3) or stop not in whole.ends[number:]:
                continue
            if indent != (0 if number else whole.indent):
                continue
            if (stop == len(whole.bare) and number == 0) or whole.bare[begin:stop] != bare:
                continue
            last = whole.ends.index(stop, number)
            places, at = [], 0
            for character in text:
                if character != " ":
                    places.append(at)
                at += len(character.encode())
            places.append(at)
            lines = []
            for index in range(number, last + 1):
                line = whole.lines[index]
                first, end = whole.starts[index] - begin, whole.ends[index] - begin
                tail = places[end - 1] + len(bare[end - 1].encode())
                lines.append(replace(line, start=places[first], end=tail, next=places[end]))
            return Plan(
                lines,
                bare,
                [whole.starts[n] - begin for n in range(number, last + 1)],
                [whole.ends[n] - begin for n in range(number, last + 1)],
                whole.play,
                whole.measure,
                indent,
            )
        return None

    def new(
        self,
        box: Any,
        segments: list[Segment],
        gaps: list[tuple[int, float]],
        text: str,
        context: Any,
        measure: float,
        indent: float,
    ) -> Plan | None:
        """Plan a paragraph."""
        if len(text) < LEAST:
            return None
        play = token(box.style, "__letter_play", 0.0) * box.style["font_size"]
        try:
            measured = self.measure(segments, gaps, text, context)
            places = self.places(
                segments, text, context, token(box.style, "__optical_margins", 0.0)
            )
        except HardError:
            return None
        start = len(text) - len(text.lstrip(" "))
        lines = fit(measured, places, measure, indent, play, start)
        if lines is None:
            return None
        encoded = text.encode()
        starts = [len(encoded[: line.start].decode().replace(" ", "")) for line in lines]
        ends = [len(encoded[: line.end].decode().replace(" ", "")) for line in lines]
        bare = text.replace(" ", "")
        plan = Plan(lines, bare, starts, ends, play, round(measure, 3), indent)
        for number, begin in enumerate(starts):
            self.heads.setdefault(plan.bare[begin : begin + HEAD], []).append((plan, number))
        return plan

    def measure(
        self, segments: list[Segment], gaps: list[tuple[int, float]], text: str, context: Any
    ) -> Text:
        """Sums up to each byte of a paragraph."""
        x: list[float] = [0.0]
        glyphs = [0]
        waiting = sorted(gaps)
        for one in segments:
            while waiting and waiting[0][0] <= one.start:
                x[-1] += waiting.pop(0)[1]
            shaped = self.shape(one.box.text, one.look, one.box.style, context)
            if shaped.turned:
                raise HardError("right to left")
            base, count = x[-1], glyphs[-1]
            x += [base + value for value in shaped.x[1:]]
            glyphs += [count + value for value in shaped.glyphs[1:]]
        spaces, widths = [0], [0.0]
        count, total, at = 0, 0.0, 0
        encoded = text.encode()
        for match in WIDE.finditer(encoded):
            first, stop = match.span()
            spaces += [count] * (first - at)
            widths += [total] * (first - at)
            count += 1
            total += x[stop] - x[first]
            spaces += [count] * (stop - first)
            widths += [total] * (stop - first)
            at = stop
        spaces += [count] * (len(encoded) - at)
        widths += [total] * (len(encoded) - at)
        return Text(x, spaces, widths, glyphs)

    def places(
        self, segments: list[Segment], text: str, context: Any, margins: float
    ) -> list[Place]:
        """Where its lines may end."""
        first = segments[0]
        if text.isascii():
            bytes_at: Sequence[int] = range(len(text) + 1)
        else:
            bytes_at = [0, *accumulate(len(character.encode()) for character in text)]
        owner: list[Segment] = []
        for one in segments:
            owner += [one] * len(one.box.text)
        calls = {
            one.start for one in segments if (one.box.element_tag or "").endswith("::footnote-call")
        }
        hang = protrusions() if margins else {}

        def over(character: str, one: Segment, side: int) -> float:
            if character not in hang or not hang[character][side]:
                return 0.0
            return (
                margins
                * hang[character][side]
                * self.width(character, one.look, one.box.style, context)
            )

        found: list[Place] = []
        attrs = get_log_attrs(text, first.box.style["lang"])
        length = len(text)
        solid = 0
        if (first.box.element_tag or "").endswith("::marker"):
            solid = len(first.box.text)
        last_word = text.rstrip(" ").rfind(" ") + 1
        candidates = {n + k for n in map(re.Match.start, OTHER.finditer(text)) for k in (0, 1)}
        for n in sorted(candidates):
            if not solid < n < length:
                continue
            attr = attrs[n]
            if not attr.is_line_break:
                continue
            if attr.is_mandatory_break:
                raise HardError("forced break")
            end = n
            while end and text[end - 1] == " ":
                end -= 1
            if end == 0:
                continue
            if end == n and bytes_at[n] in calls:
                continue
            one, mark = owner[end - 1], text[end - 1]
            hyphen = 0.0
            if mark == "\u00ad":
                if one.box.style["hyphens"] == "none":
                    continue
                sign = one.box.style["hyphenate_character"]
                hyphen, mark = self.width(sign, one.look, one.box.style, context), sign[-1:]
            follows = n
            while follows < length and text[follows] == " ":
                follows += 1
            if follows >= length:
                continue
            found.append(
                Place(
                    bytes_at[end],
                    bytes_at[follows],
                    hyphen,
                    mark in "-\u2010",
                    over(mark, one, 1),
                    over(text[follows], owner[follows], 0),
                )
            )
        offset = 0
        for one in segments:
            style = one.box.style
            words = one.box.text
            language = (
                style["hyphens"] == "auto"
                and style["lang"]
                and pyphen.language_fallback(style["lang"])
            )
            if language and one.start not in calls:
                total, left, right = style["hyphenate_limit_chars"]
                book = dictionary(language, left, right)
                sign = style["hyphenate_character"]
                hyphen = self.width(sign, one.look, style, context)
                for match in WORD.finditer(words):
                    begin, stop = offset + match.start(), offset + match.end()
                    if stop - begin < total or begin >= last_word:
                        continue
                    if (begin and (text[begin - 1] in JOINED or text[begin - 1].isalpha())) or (
                        stop < length and (text[stop] in JOINED or text[stop].isalpha())
                    ):
                        continue
                    for place in book.positions(match.group()):
                        n = begin + place
                        found.append(
                            Place(
                                bytes_at[n],
                                bytes_at[n],
                                hyphen,
                                True,
                                over(sign[-1:], one, 1),
                                over(text[n], one, 0),
                            )
                        )
            offset += len(words)
        found.sort(key=lambda place: (place.end, place.next))
        end = len(text.rstrip(" "))
        found.append(Place(bytes_at[end], bytes_at[length]))
        return found


def token(style: Any, name: str, default: float) -> float:
    """A number among the house's tokens."""
    for value in style[name] or ():
        if getattr(value, "type", "") == "number":
            return float(value.value)
    return default


def shape(text: str, style: Any, context: Any) -> Shaped:
    """Measure a text on one endless line."""
    layout = create_layout(text, style, context, None, 0)
    line, _ = layout.get_first_line()
    size = len(text.encode())
    x: list[float] = [-1.0] * (size + 1)
    marks = [0] * (size + 1)
    at, turned = 0.0, False
    run = line.runs[0]
    while run != ffi.NULL:
        item = run.data
        run = run.next
        glyphs = item.glyphs
        count = glyphs.num_glyphs
        if item.item.analysis.level % 2:
            turned = True
            break
        infos = array("i")
        infos.frombytes(ffi.buffer(glyphs.glyphs, count * 20))
        clusters = array("i")
        clusters.frombytes(ffi.buffer(glyphs.log_clusters, count * 4))
        base = item.item.offset
        for width, cluster in zip(infos[1::5], clusters, strict=True):
            place = base + cluster
            if x[place] < 0:
                x[place] = at
            marks[place] += 1
            at += width * FROM_UNITS
    x[size] = at
    # Within a cluster (a ligature, a letter of several bytes) the place is shared out evenly.
    known = 0
    for n in range(1, size + 1):
        if x[n] < 0:
            continue
        for between in range(known + 1, n):
            x[between] = x[known] + (x[n] - x[known]) * (between - known) / (n - known)
        known = n
    if x[0] < 0:
        x[0] = 0.0
    total, sums = 0, [0]
    for n in range(size):
        total += marks[n]
        sums.append(total)
    _, height = line_size(line, style)
    baseline = pango.pango_layout_get_baseline(layout.layout) * FROM_UNITS
    return Shaped(tuple(x), tuple(sums), height, baseline, turned)


def gather(
    box: Any,
    composer: Composer,
    segments: list[Segment],
    gaps: list[tuple[int, float]],
    spans: dict[int, tuple[int, int]],
    size: int,
) -> int:
    """
    Collect the texts of a paragraph in order, and the widths of what stands around them.

    `spans` gets the first and the last byte of every child; it stays without the key 0 where the
    lines hold nothing but text.

    Raises:
        HardError: something stands in its lines that is no text.
    """
    for child in box.children:
        if isinstance(child, boxes.TextBox):
            style = (
                child.style.parent_style if isinstance(child.style, AnonymousStyle) else child.style
            )
            marker = (child.element_tag or "").endswith("::marker")
            if not marker and (
                style["white_space"] not in ("normal", "pre-line")
                or "\n" in child.text
                or "\t" in child.text
            ):
                raise HardError(f"white space {style['white_space']} {child.text[:20]!r}")
            if style["font_size"] == 0 or style["direction"] != "ltr":
                raise HardError("style")
            spans[id(child)] = (size, size + len(child.text.encode()))
            if child.text:
                segments.append(Segment(size, child, composer.look(child.style)))
                size += len(child.text.encode())
        elif not child.is_in_normal_flow():
            spans[0] = (0, 0)
            if child.is_floated():
                raise HardError("float")
        elif isinstance(child, boxes.InlineBox) and type(child) in (boxes.InlineBox, boxes.LineBox):
            if child.style["position"] != "static" or child.is_leader:
                spans[0] = (0, 0)
            left = sides(child, "left")
            if left:
                gaps.append((size, left))
            begin = size
            size = gather(child, composer, segments, gaps, spans, size)
            spans[id(child)] = (begin, size)
            right = sides(child, "right")
            if right:
                gaps.append((size, right))
        else:
            raise HardError(type(child).__name__)
    return size


def sides(box: Any, side: str) -> float:
    """What stands beside the words of an inline box."""
    style = box.style
    total = 0.0
    for name in (f"margin_{side}", f"padding_{side}", f"border_{side}_width"):
        value = style[name]
        if value == "auto":
            continue
        if getattr(value, "unit", "px") not in ("px", None):
            raise HardError("padding")
        total += float(getattr(value, "value", value))
    return total
