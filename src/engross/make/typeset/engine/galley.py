"""
A unit on one endless page: its lines, where a page may end between them, and the notes they call.

Runs in a worker. Lengths are CSS pixels from the top of the galley.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from engross.make.typeset.engine import source, weasy
from engross.make.typeset.engine.plans import Plan
from engross.make.typeset.engine.weasy import Box, Document, boxes

ENDLESS = 9_000_000
"""Height of the page on which a unit is measured; where the text asks for a page there are more."""
KEEP = 2
"""Lines of a paragraph that stay together at the foot and at the head of a page."""
AVOID = ("avoid", "avoid-page")
HYPHENS = ("\u2010", "\u00ad")
LARGE = 0.5
"""The part of a page's height beyond which a row of a table may run over, line by line."""


@dataclass(slots=True)
class Strip:
    """What a page never divides: a line, a row of a table, a picture."""

    top: float
    bottom: float
    breakable: bool = True
    """Whether a page may begin with it."""
    forced: bool = False
    """Whether a page must."""
    divided: bool = False
    """Whether the line before it ends with a divided word."""
    figure: int = 0
    """Where a figure begins: its strips, the caption's among them; it may stand on a later page."""
    head: Box = None
    """The head of the table whose row it is, to be repeated where a page begins with it."""
    block: Element | None = None
    """The paragraph whose line it is."""
    plan: Plan | None = None
    """Where a paragraph begins: its plan, which knows by how many lines it can be longer."""
    notes: list[Element] = field(default_factory=list)
    """Those called in it, in order."""


@dataclass(frozen=True, slots=True)
class NoteStrip:
    """A line of a note, or a row of a table in it."""

    top: float
    bottom: float
    """With the space around it."""


@dataclass(slots=True)
class Galley:
    """Everything that the breaking of pages needs to know."""

    roots: list[Box]
    """The boxes of the text, page by endless page, one below the other."""
    strips: list[Strip]
    notes: dict[Element, list[NoteStrip]]
    boxes: dict[Element, Box]
    """The box of each note."""
    plans: dict[Element, tuple[Element, Plan]]
    """For each note a paragraph in it, and its plan."""
    area: Box
    """What holds the notes of a page; None where there are none."""
    head: float
    """Where the text begins."""
    height: float
    """Height of a page's text block."""
    rule: float
    """Height of what stands over the notes of a page: margin, rule and space."""


def galley(laid_out: Document, height: float) -> Galley | None:
    """Read the endless pages; None where they hold columns, which only pages can balance."""
    reader = _Reader(height)
    found = Galley([], reader.strips, {}, {}, {}, None, 0.0, height, 0.0)
    for number, page in enumerate(laid_out.pages):
        reader.begin(float(page._page_box.width))
        for child in page._page_box.children:
            if isinstance(child, boxes.MarginBox):
                continue
            child.translate(0, number * ENDLESS)
            if isinstance(child, boxes.FootnoteAreaBox):
                inner = 0.0
                for box in child.children:
                    found.notes[box.element] = list(_note_strips(box))
                    found.boxes[box.element] = box
                    for line in _all_lines(box):
                        if plan := getattr(line, "plan", None):
                            found.plans[box.element] = line.element, plan
                    inner += float(box.margin_height())
                found.rule = max(float(child.margin_height()) - inner, 0.0)
                found.area = child
            else:
                found.roots.append(child)
                reader.visit(child)
    found.head = float(laid_out.pages[0]._page_box.content_box_y())
    if reader.columns or any(n not in found.notes for s in reader.strips for n in s.notes):
        return None
    return found


class _Reader:
    """Collects the strips in one walk."""

    def __init__(self, height: float) -> None:
        self.large, self.room = LARGE * height, 0.0
        self.strips: list[Strip] = []
        self.tops: list[float] = []
        self.sticky = self.forced = self.columns = False
        """Sticky: the last block keeps the next one with it. Forced: a page begins."""
        self.heads: list[Box] = []

    def begin(self, width: float) -> None:
        """Another endless page, so wide."""
        self.forced, self.sticky, self.tops, self.room = True, False, [], width

    def visit(self, box: Box) -> None:
        if isinstance(box, weasy.AbsolutePlaceholder) or not box.is_in_normal_flow():
            return
        first = len(self.strips)
        style = box.style
        self.columns |= style["column_count"] != "auto" or style["column_width"] != "auto"
        if style["break_before"] in AVOID:
            self.sticky = True
        self.tops.append(float(box.border_box_y()))
        head = _head(box)
        self.heads += [head] if head else []
        children = list(getattr(box, "children", ()))
        lines = [child for child in children if isinstance(child, boxes.LineBox)]
        if isinstance(box, boxes.LineBox):
            self._lines(None, [box])
        elif lines:
            self._lines(box.element, lines)
        elif isinstance(box, boxes.TableRowBox) and box.border_height() > self.large:
            self._row(box)
        elif is_turned(box):
            self._turned(box)
        elif isinstance(box, boxes.TableRowBox) or (is_solid(box) and box.border_height()):
            self._add(box.border_box_y(), box.border_box_y() + box.border_height())
            self.strips[-1].notes += _calls(box)
        else:
            for child in children:
                self.visit(child)
        if head:
            self.heads.pop()
        if self.tops and len(self.strips) == first:
            self.tops.pop()
        if len(self.strips) > first:
            self._close(box, first)

    def _close(self, box: Box, first: int) -> None:
        """A block ends: what it says of the pages that it stands on."""
        strips = self.strips[first:]
        bottom = float(box.border_box_y() + box.border_height())
        if bottom % ENDLESS < ENDLESS / 2:  # else it was stretched to the end of its endless page
            strips[-1].bottom = max(strips[-1].bottom, bottom)
        head = getattr(box, "is_header", False)  # it stands whole over each part of a table
        whole = box.style["break_inside"] in AVOID and not isinstance(box, boxes.TableRowBox)
        if head or whole:
            for strip in strips[1:]:
                strip.breakable = False
        if head or box.style["break_after"] in AVOID:
            self.sticky = True
        if box.element is not None and box.element.tag == "figure" and not strips[0].forced:
            for strip in strips[1:]:
                strip.breakable = False
            strips[0].figure = len(strips)

    def _lines(self, element: Element | None, lines: list[Box]) -> None:
        divided = False
        for number, line in enumerate(lines):
            self._add(line.position_y, line.position_y + line.height)
            strip = self.strips[-1]
            strip.block, strip.divided = element, divided
            strip.plan = None if number else getattr(line, "plan", None)
            if number and (number < KEEP or len(lines) - number < KEEP):
                strip.breakable = False
            divided = _words(line).rstrip().endswith(HYPHENS)
            strip.notes += _calls(line)

    def _row(self, row: Box) -> None:
        """A row of a page and more: pages end where the lines of all its cells do."""
        lines = sorted(
            ((float(x.position_y), float(x.position_y + x.height), x) for x in _all_lines(row)),
            key=lambda found: found[:2],
        )
        for number, (top, bottom, line) in enumerate(lines):
            if number and top < self.strips[-1].bottom - 0.5:
                self.strips[-1].bottom = max(self.strips[-1].bottom, bottom)
            else:
                self._add(top, bottom)
            self.strips[-1].notes += _calls(line)

    def _turned(self, box: Box) -> None:
        """A turned table, as many rows of it on each page as are no higher than that is wide."""
        table = next(one for one in box.descendants() if isinstance(one, boxes.TableBox))
        box.head = _head(table)
        if box.head:
            box.head.unplaced = box.head.deepcopy()
        top, before = float(box.border_box_y()), 0.0
        self._add(top, top + extent(box))
        for row in (row for group in table.children for row in group.children):
            if row.position_y + row.height - top + before > self.room and top < row.position_y:
                top, before = float(row.position_y), float(box.head.height) if box.head else 0.0
                self.forced = True
                self._add(top, top + extent(box))
            self.strips[-1].notes += _calls(row)

    def _add(self, top: float, bottom: float) -> None:
        strip = Strip(min([float(top), *self.tops]), float(bottom))
        strip.breakable, strip.forced = not self.sticky or self.forced, self.forced
        strip.head = self.heads[-1] if self.heads else None
        self.sticky = self.forced = False
        self.tops = []
        self.strips.append(strip)


def is_solid(box: Box) -> bool:
    """Whether a box stands on one page as a whole."""
    kinds = boxes.LineBox | boxes.FlexContainerBox | boxes.GridContainerBox | boxes.ReplacedBox
    return isinstance(box, kinds) or not getattr(box, "children", ())


def is_turned(box: Box) -> bool:
    """Whether it is a table that reads from the foot of its page to the head."""
    marked = box.element is not None and "turned" in source.classes(box.element)
    return marked and bool(box.style["transform"])


def extent(box: Box) -> float:
    """The height on its page of what is turned: the width of what it holds."""
    return max(float(child.margin_width()) for child in box.children)


def _head(box: Box) -> Box:
    """The rows that stand over each part of a table."""
    if not isinstance(box, boxes.TableBox) or not box.children:
        return None
    return box.children[0] if box.children[0].is_header else None


def _all_lines(box: Box) -> list[Box]:
    return [one for one in box.descendants() if isinstance(one, boxes.LineBox)]


def _calls(box: Box) -> Iterable[Element]:
    return dict.fromkeys(one.element for one in box.descendants() if _is_call(one))


def _is_call(box: Box) -> bool:
    return (box.element_tag or "").endswith("::footnote-call")


def _words(line: Box) -> str:
    """The words of a line, calls aside."""
    texts = (one for one in line.descendants() if isinstance(one, boxes.TextBox))
    return "".join(one.text for one in texts if not _is_call(one))


def _note_strips(box: Box) -> Iterator[NoteStrip]:
    """The lines of a note, with the space around each."""
    bottoms = list(_bottoms(box))
    bottoms[-1:] = [float(box.position_y + box.margin_height())]
    at = float(box.position_y)
    for bottom in bottoms:
        yield NoteStrip(at, bottom)
        at = bottom


def _bottoms(box: Box) -> Iterator[float]:
    for child in getattr(box, "children", ()):
        if isinstance(child, boxes.LineBox | boxes.TableRowBox):
            if child.height:  # else it holds nothing
                yield float(child.position_y + child.height)
        elif not isinstance(child, weasy.AbsolutePlaceholder):
            yield from _bottoms(child)
