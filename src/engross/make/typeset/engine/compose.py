"""
Hand the engine its paragraphs line by line as they are planned. Runs in a worker.

The engine looks for the end of one line after another. Here it is handed each line as it is to be:
it searches for nothing, and the text is shaped again only when it is drawn. What has no plan, or
stands beside floats, is left to the engine.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from engross.make.typeset.engine.fit import share
from engross.make.typeset.engine.metrics import Metrics
from engross.make.typeset.engine.plans import Paragraph, Plan, Planner
from engross.make.typeset.engine.weasy import (
    Box,
    Context,
    Layout,
    boxes,
    create_layout,
    inline,
    patch,
)


class Resume(dict[int, None]):
    """Where the engine is to go on: the number of a planned line."""


Skip = Resume | dict[int, object] | None
"""The same as the engine has it, or a planned line's."""


@contextmanager
def composed() -> Iterator[Planner]:
    """Set paragraphs whole."""
    planner = Planner(Metrics())

    def iter_line_boxes(
        context: Context, box: Box, y: float, bottom: float, skip: Skip, within: Box, *rest: Any
    ) -> Iterator[tuple[Box, Resume | None]]:
        *_, first_letter, first_line = rest
        number, paragraph, plan = 0, None, None
        if isinstance(skip, Resume):
            (number,) = skip
        beside = any(
            float(one.position_y + one.margin_height()) > y for one in context.excluded_shapes or ()
        )
        if isinstance(skip, Resume) or not (skip or beside or first_letter or first_line):
            inline.resolve_percentages(box, within)
            inline.resolve_one_percentage(box, "text_indent", within.width)
            paragraph, plan = planner.plan(box, context, within.width, float(box.text_indent))
        elif not skip:
            planner.unplanned(box, "a float or a first letter beside them")
        if paragraph is None or plan is None:
            yield from by_engine(context, box, y, bottom, skip, within, *rest)
            return
        setter = Setter(planner.metrics, context, within, paragraph, plan)
        for at in range(number, len(plan.lines)):
            if at:
                box.text_indent = 0
            line = setter.line(box, at, y)
            line.plan = plan
            y = line.position_y + line.height
            yield line, None if at + 1 == len(plan.lines) else Resume({at + 1: None})

    by_engine = patch("iter_line_boxes", iter_line_boxes)
    try:
        yield planner
    finally:
        patch("iter_line_boxes", by_engine)


class Setter:
    """Makes the line boxes of one paragraph, as the engine's `get_next_linebox` would."""

    def __init__(
        self, metrics: Metrics, context: Context, within: Box, paragraph: Paragraph, plan: Plan
    ) -> None:
        self.metrics, self.context, self.within = metrics, context, within
        self.paragraph, self.plan = paragraph, plan

    def line(self, box: Box, number: int, y: float) -> Box:
        """The line of this number, from the height `y` on."""
        self.planned = self.plan.lines[number]
        self.begin = self.plan.lines[number - 1].next if number else 0
        self.last = number + 1 == len(self.plan.lines)
        x = float(self.within.content_box_x())
        box.position_x, box.position_y = x, y
        line = box.copy_with_children([])
        children, end = self._fill(box, x + box.text_indent)
        line.children = tuple(children)
        line.width = end - line.content_box_x()
        inline._adjust_line_height(line)
        moved = self._align(line)
        bottom, top = inline.line_box_verticality(line)
        line.baseline = -top
        line.position_y = top
        line.height = bottom - top
        line.margin_top = line.margin_bottom = 0
        line.translate(moved, y - top)
        line.position_y = y
        box.width, box.height = line.width, line.height
        return line

    def _fill(self, parent: Box, x: float) -> tuple[list[Box], float]:
        children = []
        planned, begin = self.planned, self.begin
        for child in parent.children:
            first, stop = self.paragraph.spans[id(child)]
            if first == stop:
                if not (begin <= first < planned.next or (self.last and first >= begin)):
                    continue
            elif first >= planned.next or stop <= begin:
                continue
            if not hasattr(child, "margin_left"):
                inline.resolve_percentages(child, self.within)
                for name in ("margin_left", "margin_right"):
                    if getattr(child, name) == "auto":
                        setattr(child, name, 0)
            if isinstance(child, boxes.TextBox):
                a, b = max(first, planned.start), min(stop, planned.end)
                if a >= b:
                    continue
                new = self._text(child, a - first, b - first, planned.hyphen and b == planned.end)
                new.position_x = x
                x += new.width
            else:
                new = child.copy_with_children([])
                closes = stop <= planned.next or self.last
                new.remove_decoration(start=first < begin, end=not closes)
                new.position_x = x
                inner, end = self._fill(child, new.content_box_x())
                new.children = tuple(inner)
                new.width = end - new.content_box_x()
                inline._adjust_line_height(new)
                x += new.margin_width()
            children.append(new)
        return children, x

    def _text(self, box: Box, start: int, stop: int, hyphen: bool) -> Box:
        """Some bytes of a text as a box of a line, as wide as they were measured with the rest."""
        style, text = box.style, box.text.encode()[start:stop].decode()
        text += style["hyphenate_character"] if hyphen else ""
        piece = self.metrics.shape(box.text, style, self.context)
        if hyphen or piece.mixed:
            piece = self.metrics.shape(text, style, self.context)
            start, stop = 0, -1
        new = box.copy_with_text(text)
        new.width, new.height = piece.x[stop] - piece.x[start], piece.height
        if style["text_decoration_line"] != "none":
            layout = create_layout(text, style, self.context, None, 0)
            layout.deactivate()
        else:
            layout = Layout.__new__(Layout)
            layout.justification_spacing = 0
            layout.max_width = None
            layout.text = text
            layout.first_line_direction = 0
            layout.bare = True
        new.pango_layout = layout
        glyphs = piece.glyphs[stop] - piece.glyphs[start]
        new.glyph_count = 0 if style["letter_spacing"] != "normal" else glyphs
        leading = (inline.strut(style)[0] - piece.height) / 2
        new.margin_top = new.margin_bottom = leading
        new.baseline = piece.baseline + leading
        return new

    def _align(self, line: Box) -> float:
        """Fill the measure with the line; how far it is moved as a whole."""
        planned, plan = self.planned, self.plan
        if plan.ragged:
            centred = line.style["text_align_all"] == "center"
            return float(self.within.width - line.width) / 2 if centred else 0.0
        full = not planned.last or line.style["text_align_last"] == "justify"
        spare = self.within.width + planned.left - line.width + (planned.right if full else 0.0)
        if not full and spare >= 0:
            return -planned.left
        texts = [box for box in line.descendants() if isinstance(box, boxes.TextBox)]
        spaces = inline.count_expandable_spaces(line)
        wide = sum(
            self.metrics.shape(" ", box.style, self.context).x[-1]
            * inline.count_expandable_spaces(box)
            for box in texts
        )
        glyphs = max(sum(box.glyph_count for box in texts) - 1, 0)
        width = sum(box.width for box in texts)
        letters, wider = share(spare, glyphs * plan.play, width * plan.scale, wide)
        self.space = (spare - letters - wider) / spaces if spaces else 0.0
        self.letter = letters / glyphs if glyphs else 0.0
        self.wider = wider / width if width else 0.0
        self._move(line, 0.0)
        return -planned.left

    def _move(self, box: Box, moved: float) -> float:
        """Widen a box of the line; how far what follows is moved."""
        if isinstance(box, boxes.TextBox):
            box.position_x += moved
            letter = self.letter if box.glyph_count else 0.0
            more = self.space * inline.count_expandable_spaces(box) + letter * box.glyph_count
            more += self.wider * box.width
            # The page's operators for letters and spaces work before the glyphs are widened.
            box.letter, box.wider = letter / (1 + self.wider), self.wider
            box.justification_spacing = self.space / (1 + self.wider)
            if not getattr(box.pango_layout, "bare", False):
                box.pango_layout.justification_spacing = box.justification_spacing
            box.width += more
            return float(moved + more)
        if isinstance(box, boxes.LineBox | boxes.InlineBox):
            box.position_x += moved
            before = moved
            for child in box.children:
                moved = self._move(child, moved)
            box.width += moved - before
            return moved
        box.translate(moved, 0)
        return moved
