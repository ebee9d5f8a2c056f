"""
Paragraphs as the engine has them: gathered, measured and planned. Runs in a worker.

What cannot be planned (text from right to left, floats, images or boxes in its lines) has no plan,
and the engine sets it.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache, cached_property
from importlib import resources
from xml.etree.ElementTree import Element

from engross.make.typeset.engine.fit import Line, Measure, Text, balanced, fit
from engross.make.typeset.engine.metrics import Metrics
from engross.make.typeset.engine.places import Places, Segment, exceptions
from engross.make.typeset.engine.weasy import AnonymousStyle, Box, Context, Style, boxes

FEWEST = 3
"""Lines of a paragraph that may be a line longer or shorter."""
LEAST = 30
"""Characters; what is shorter stands on one line."""
LEFTWARD = "text from right to left"
ALIGNED = ("justify", "start", "left")
COLLAPSING = ("normal", "pre-line")


@cache
def protrusions() -> dict[str, tuple[float, float]]:
    """How far each character may hang over the measure, left and right, in parts of its width."""
    text = resources.files(__package__).joinpath("protrusions.tsv").read_text("utf-8")
    rows = (line.split("\t") for line in text.splitlines() if not line.startswith("# "))
    return {row[0]: (float(row[1]), float(row[2])) for row in rows if len(row) == 3}


@dataclass(frozen=True)
class Plan:
    """The lines of a paragraph."""

    lines: list[Line]
    play: float
    """Pixels by which a letter may be moved."""
    scale: float
    """The part of itself by which a glyph may be wider or narrower."""
    ragged: bool
    to: Callable[[int], list[Line] | None]
    """The lines where it is so many longer or shorter, and well set."""

    @cached_property
    def able(self) -> frozenset[int]:
        """By how many lines it can be longer or shorter and still be well set: of -1 and 1."""
        steps = (-1, 1) if len(self.lines) >= FEWEST and not self.ragged else ()
        return frozenset(step for step in steps if self.to(step) is not None)


class HardError(Exception):
    """A paragraph that the engine sets."""


@dataclass(slots=True)
class Paragraph:
    """The texts of a paragraph in order, and what stands around them."""

    segments: list[Segment] = field(default_factory=list)
    gaps: list[tuple[int, float]] = field(default_factory=list)
    """Widths beside the words, and the byte before which each stands."""
    spans: dict[int, tuple[int, int]] = field(default_factory=dict)
    """The first and the last byte of every box in it."""
    size: int = 0

    def gather(self, box: Box) -> None:
        """
        Collect what a box holds.

        Raises:
            HardError: something stands in its lines that is no text.
        """
        for child in box.children:
            begin = self.size
            if isinstance(child, boxes.TextBox):
                self._text(child)
            elif type(child) in (boxes.InlineBox, boxes.LineBox):
                style = child.style
                if style["position"] != "static" or child.is_leader or child.is_floated():
                    raise HardError("a float or a leader in them")
                self.gaps.append((begin, _sides(child, "left")))
                self.gather(child)
                self.gaps.append((self.size, _sides(child, "right")))
            else:
                picture = isinstance(child, boxes.ReplacedBox)
                raise HardError("a picture in them" if picture else "a box in them")
            self.spans[id(child)] = (begin, self.size)

    def _text(self, box: Box) -> None:
        style = box.style.parent_style if isinstance(box.style, AnonymousStyle) else box.style
        marker = (box.element_tag or "").endswith("::marker")
        broken = "\t" in box.text or ("\n" in box.text and box.text != "\n")
        if not marker and (style["white_space"] not in COLLAPSING or broken):
            raise HardError  # its lines are as they are wanted
        if style["font_size"] == 0 or style["direction"] != "ltr":
            raise HardError(LEFTWARD)
        if box.text:
            self.segments.append(Segment(self.size, box))
            self.size += len(box.text.encode())


class Planner:
    """Plans of one unit; a paragraph that comes again is planned once."""

    def __init__(self, metrics: Metrics) -> None:
        self.metrics = metrics
        self.plans: dict[object, Plan | None] = {}
        self.changed: dict[Element, int] = {}
        """Paragraphs that are to be a line longer or shorter."""
        self.hard: dict[str, None] = {}
        """Why justified paragraphs have no plan, in the order met."""

    def plan(
        self, box: Box, context: Context, measure: float, indent: float
    ) -> tuple[Paragraph, Plan | None]:
        """The texts of a paragraph and its lines; no lines where it is the engine's."""
        paragraph = Paragraph()
        style = box.style
        even = bool(token(style, "__balanced")) and style["text_align_all"] == "center"
        if not (even or style["text_align_all"] in ALIGNED) or box.is_leader:
            return paragraph, None
        try:
            if style["direction"] != "ltr":
                raise HardError(LEFTWARD)
            paragraph.gather(box)
        except HardError as error:
            self.unplanned(box, str(error))
            return paragraph, None
        texts = tuple(
            (one.box.text, self.metrics.look(one.box.style)) for one in paragraph.segments
        )
        align = (style["text_align_all"], style["text_align_last"])
        more = self.changed.get(box.element, 0)
        key = (round(measure, 3), round(indent, 3), texts, tuple(paragraph.gaps), align, more)
        if key not in self.plans:
            self.plans[key] = self._new(box, paragraph, context, (measure, indent, more))
        return paragraph, self.plans[key]

    def unplanned(self, box: Box, why: str) -> None:
        """Keep why a paragraph is the engine's; a short or ragged one loses nothing by it."""
        texts = (one.text for one in box.descendants() if isinstance(one, boxes.TextBox))
        if why and box.style["text_align_all"] == "justify" and sum(map(len, texts)) >= LEAST:
            self.hard[why] = None

    def _new(
        self, box: Box, paragraph: Paragraph, context: Context, room: tuple[float, float, int]
    ) -> Plan | None:
        style = box.style
        text = "".join(one.box.text for one in paragraph.segments)
        if len(text) < LEAST:
            return None
        ragged = style["text_align_all"] != "justify"
        width, indent, more = room
        play = 0.0 if ragged else token(style, "__letter_play") * style["font_size"]
        measure = Measure(width, indent, play, token(style, "__glyph_play"), ragged)
        measured = self._measure(paragraph, text, context)
        if measured is None:
            self.unplanned(box, LEFTWARD)
            return None
        hang = 0.0 if ragged else token(style, "__optical_margins")
        divided = exceptions(words(style, "__divided_words"))
        search = Places(
            paragraph.segments, text, context, self.metrics, hang, protrusions(), divided
        )
        found = search.found()
        start = len(text) - len(text.lstrip(" "))
        even = ragged and token(style, "__balanced")
        lines = (balanced if even else fit)(measured, found, measure, start)
        if lines is None:
            self.unplanned(box, "a word wider than the measure")
            return None
        count = len(lines)

        def to(step: int) -> list[Line] | None:
            return fit(measured, found, measure, start, count + step)

        return Plan((more and to(more)) or lines, play, measure.scale, ragged, to)

    def _measure(self, paragraph: Paragraph, text: str, context: Context) -> Text | None:
        """Sums up to each byte of a paragraph; None where it runs from right to left."""
        x: list[float] = [0.0]
        glyphs = [0]
        waiting = sorted(paragraph.gaps)
        for one in paragraph.segments:
            while waiting and waiting[0][0] <= one.start:
                x[-1] += waiting.pop(0)[1]
            shaped = self.metrics.shape(one.box.text, one.box.style, context)
            if shaped.turned:
                return None
            base, count = x[-1], glyphs[-1]
            x += [base + value for value in shaped.x[1:]]
            glyphs += [count + value for value in shaped.glyphs[1:]]
        widths = [0.0]
        for character in text:
            at, size = len(widths) - 1, len(character.encode())
            more = x[at + size] - x[at] if character in " \u00a0" else 0.0
            widths += [widths[-1]] * (size - 1) + [widths[-1] + more]
        return Text(x, widths, glyphs)


def token(style: Style, name: str) -> float:
    """A number among the house's tokens, without its unit; 0 where it has none of this name."""
    for value in style[name] or ():
        if getattr(value, "type", "") in ("number", "dimension"):
            return float(value.value)
    return 0.0


def words(style: Style, name: str) -> str:
    """The words of a string among the house's tokens; none where it has none of this name."""
    values = style[name] or ()
    return " ".join(value.value for value in values if getattr(value, "type", "") == "string")


def _sides(box: Box, side: str) -> float:
    """What stands beside the words of an inline box."""
    total = 0.0
    for name in (f"margin_{side}", f"padding_{side}", f"border_{side}_width"):
        value = box.style[name]
        if value == "auto":
            continue
        if getattr(value, "unit", "px") not in ("px", None):
            raise HardError("space beside words that depends on the measure")
        total += float(getattr(value, "value", value))
    return total
