"""
A unit on one endless page: its lines, where a page may end between them, and the notes they call.

Runs in a worker. Lengths are CSS pixels from the top of the galley.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from xml.etree.ElementTree import Element

from engross.make.typeset.engine import source, weasy
from engross.make.typeset.engine.weasy import boxes

KEEP = 2
"""Lines of a paragraph that stay together at the foot and at the head of a page."""
AVOID = ("avoid", "avoid-page")


@dataclass(slots=True)
class Strip:
    """What a page never divides: a line, a row of a table, a picture."""

    top: float
    bottom: float
    leaf: Element | None
    """The block whose line it is; None for what has no lines."""
    start: int
    """Characters of the leaf, white space aside, on earlier lines."""
    blocks: tuple[Element, ...]
    """The blocks that begin with this strip, outermost first."""
    justified: bool = False
    """Whether the line before it fills its measure; not so where a line break ends that line."""
    breakable: bool = True
    """Whether a page may begin with it."""
    divided: bool = False
    """Whether the line before it ends with a divided word."""
    notes: list[Element] = field(default_factory=list)
    """Those called in it, in order."""
    above: float = 0.0
    """Height of the column heads that a page repeats which begins with it."""


@dataclass(frozen=True, slots=True)
class NoteStrip:
    """A line of a note, or a row of a table in it."""

    size: int
    """Its characters, white space aside."""
    height: float
    """With the space before it."""
    whole: bool
    """Whether a page may end with it: not within a hyphenated word."""
    ends: bool
    """Whether its paragraph ends with it."""
    justified: bool


@dataclass(slots=True)
class Galley:
    """Everything that the breaking of pages needs to know."""

    strips: list[Strip]
    notes: dict[Element, list[NoteStrip]]
    boxes: dict[Element, Any]
    """The box of each note, for the cutting of long ones."""
    head: float
    """Where the text begins."""
    height: float
    """Of a page's text block."""
    rule: float
    """Height of what stands over the notes of a page: margin, rule and space."""
    same: dict[Element, Element] = field(default_factory=dict)
    """Of a copy: its elements, by those that were laid out."""


def galley(laid_out: Any, height: float) -> Galley | None:
    """Read an endless page; None where the engine did not keep it on one page."""
    if len(laid_out.pages) != 1:
        return None
    page = laid_out.pages[0]._page_box
    reader = _Reader()
    notes: dict[Element, list[NoteStrip]] = {}
    note_boxes: dict[Element, Any] = {}
    rule = 0.0
    for child in page.children:
        if isinstance(child, boxes.FootnoteAreaBox):
            inner = 0.0
            for box in child.children:
                notes[box.element] = list(_note_strips(box))
                note_boxes[box.element] = box
                inner += float(box.margin_height())
            rule = float(child.margin_height()) - inner
        elif not isinstance(child, boxes.MarginBox):
            reader.visit(child)
    reader.finish()
    if any(note not in notes for strip in reader.strips for note in strip.notes):
        return None
    return Galley(
        reader.strips, notes, note_boxes, float(page.content_box_y()), height, max(rule, 0.0)
    )


class _Reader:
    """Collects the strips in one walk."""

    def __init__(self) -> None:
        self.strips: list[Strip] = []
        self.opening: list[Element] = []
        self.tops: list[float] = []
        self.heads = 0.0
        """Height of the column heads of the table in work."""
        self.sticky = False
        """Whether the last block keeps the next one with it."""

    def visit(self, box: Any) -> None:
        if isinstance(box, weasy.AbsolutePlaceholder) or not box.is_in_normal_flow():
            return
        if isinstance(box, boxes.LineBox):
            self._line(box)
            return
        style = box.style
        first = len(self.strips)
        own = box.element is not None and box.element_tag == box.element.tag
        if own:
            self.opening.append(box.element)
        if style["break_before"] in AVOID:
            self.sticky = True
        self.tops.append(float(box.border_box_y()))
        lines = [
            child for child in getattr(box, "children", ()) if isinstance(child, boxes.LineBox)
        ]
        atomic = isinstance(
            box,
            boxes.TableRowBox | boxes.FlexContainerBox | boxes.GridContainerBox | boxes.ReplacedBox,
        )
        if atomic:
            self._whole(box)
        elif lines:
            self._leaf(box, lines)
        else:
            for child in getattr(box, "children", ()):
                self.visit(child)
        if isinstance(box, boxes.TableRowGroupBox) and not box.is_header:
            for strip in self.strips[first:]:
                strip.above = self.heads
        elif isinstance(box, boxes.TableRowGroupBox):
            self.heads = float(box.height)
        elif isinstance(box, boxes.TableBox):
            self.heads = 0.0
        if self.tops and len(self.strips) == first:
            self.tops.pop()
        if own and self.opening and self.opening[-1] is box.element:
            self.opening.pop()
        if len(self.strips) > first:
            last = self.strips[-1]
            last.bottom = max(last.bottom, float(box.border_box_y() + box.border_height()))
            if style["break_inside"] in AVOID:
                for strip in self.strips[first + 1 :]:
                    strip.breakable = False
            if style["break_after"] in AVOID:
                self.sticky = True

    def _leaf(self, box: Any, lines: list[Any]) -> None:
        start = 0
        justified = box.style["text_align_all"] == "justify"
        hyphenated = broken = divided = False
        for number, line in enumerate(lines):
            self._add(line.position_y, line.position_y + line.height, box.element, start)
            strip = self.strips[-1]
            strip.justified = justified and not broken
            strip.divided = divided
            if number and (number < KEEP or len(lines) - number < KEEP or hyphenated):
                strip.breakable = False
            content = ""
            for text in _texts(line):
                if "::" not in text.element_tag:
                    content += text.text
            start += len(source.bare(content))
            hyphenated = content.rstrip().endswith(("\u2010", "\u00ad"))
            # The cut of a planned paragraph keeps its hyphen; it is only unwelcome there.
            divided, hyphenated = hyphenated, hyphenated and not getattr(line, "planned", False)
            broken = _broken(line)
            strip.notes += _calls(line)

    def _line(self, line: Any) -> None:
        """A line that stands in no block of its own."""
        self._add(line.position_y, line.position_y + line.height, None, 0)
        self.strips[-1].breakable = False
        self.strips[-1].notes += _calls(line)

    def _whole(self, box: Any) -> None:
        top = box.border_box_y()
        self._add(top, top + box.border_height(), None, 0)
        self.strips[-1].notes += _calls(box)

    def _add(self, top: float, bottom: float, leaf: Element | None, start: int) -> None:
        top = min([float(top), *self.tops])
        strip = Strip(top, float(bottom), leaf, start, tuple(self.opening))
        if self.sticky or not (self.opening or start):
            strip.breakable = bool(start) and not self.sticky
        self.sticky = False
        self.opening = []
        self.tops = []
        self.strips.append(strip)

    def finish(self) -> None:
        """The first strip begins the first page."""
        if self.strips:
            self.strips[0].breakable = True


def _broken(box: Any) -> bool:
    """Whether a line ends because the text says so."""
    return any(
        child.element_tag == "br" or _broken(child) for child in getattr(box, "children", ())
    )


def _calls(box: Any) -> Iterator[Element]:
    for child in getattr(box, "children", ()):
        if isinstance(child, weasy.AbsolutePlaceholder):
            continue
        if child.element_tag is not None and child.element_tag.endswith("::footnote-call"):
            yield child.element
        else:
            yield from _calls(child)


def _note_strips(box: Any) -> Iterator[NoteStrip]:
    """The lines of a note with the height that each adds."""
    rows = list(_rows(box))
    at = float(box.position_y)
    for index, (size, bottom, whole, ends, justified) in enumerate(rows):
        if index + 1 == len(rows):
            bottom = float(box.position_y + box.margin_height())
        yield NoteStrip(size, bottom - at, whole, ends, justified)
        at = bottom


def _rows(box: Any) -> Iterator[tuple[int, float, bool, bool, bool]]:
    if isinstance(box, weasy.AbsolutePlaceholder):
        return
    if isinstance(box, boxes.TableRowBox):
        size = len(source.bare("".join(t.text for t in _texts(box) if "::" not in t.element_tag)))
        yield size, float(box.position_y + box.height), True, True, False
        return
    children = list(getattr(box, "children", ()))
    for index, child in enumerate(children):
        if not isinstance(child, boxes.LineBox):
            yield from _rows(child)
            continue
        content = "".join(t.text for t in _texts(child) if "::" not in t.element_tag)
        following = children[index + 1] if index + 1 < len(children) else None
        yield (
            len(source.bare(content)),
            float(child.position_y + child.height),
            getattr(child, "planned", False) or not content.rstrip().endswith(("\u2010", "\u00ad")),
            not isinstance(following, boxes.LineBox),
            child.style["text_align_all"] == "justify" and not _broken(child),
        )


def _texts(box: Any) -> Iterator[Any]:
    for child in getattr(box, "children", ()):
        if isinstance(child, weasy.AbsolutePlaceholder):
            continue
        if child.element_tag is not None and child.element_tag.endswith("::footnote-call"):
            continue
        if isinstance(child, boxes.TextBox):
            yield child
        else:
            yield from _texts(child)
