"""
Long notes, set in pieces of whole lines. Runs in a worker.

The engine never breaks a note: one that does not fit moves to the next page, and one longer than a
page runs off the paper. So a long note is laid out once on an endless page, its lines are read,
and it is put back as a chain of notes of two or three lines each, which the engine carries over
pages in their order. Only the first has a call and a number; a piece that does not end its
paragraph fills its last line, so the chain looks like one note. Table rows stay whole.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from xml.etree.ElementTree import Element

from engross.make.typeset.engine import source, weasy
from engross.make.typeset.engine.weasy import boxes

LONG = 900
"""Characters, white space aside, over which a note is set in pieces: about a dozen lines."""
LINES = 2
ENDLESS = 190_000
"""Height in pixels of the page on which long notes are measured."""

CONTINUED = """
.note-continued::footnote-call { content: "" !important; padding: 0 !important; }
.note-continued::footnote-marker {
  content: "" !important; padding: 0 !important; margin: 0 !important;
}
.note-continued {
  counter-increment: footnote -1; margin-top: 0 !important; padding-top: 0 !important;
  border-top: none !important;
}
.note-more {
  margin-bottom: 0 !important; padding-bottom: 0 !important; border-bottom: none !important;
}
.note-continued .continued { text-indent: 0 !important; margin-top: 0 !important; }
.note-continued .continued::before { content: none !important; }
.note-filled { text-align-last: justify; }
"""
"""The engine's own rules for pieces; they come after a house's."""


@dataclass(slots=True)
class Strip:
    """A line of a measured note, or a row of a table: what a piece consists of."""

    size: int
    """Its characters, white space and hyphens aside."""
    lines: int
    ends: bool
    """Whether its block ends with it; a piece ends here too."""
    whole: bool
    """Whether a piece may end here: not in the middle of a hyphenated word."""
    justified: bool


@dataclass(slots=True)
class Piece:
    """A run of strips."""

    size: int = 0
    lines: int = 0
    filled: bool = False
    parts: list[Strip] = field(default_factory=list)


def split(shop: weasy.Shop, root: Element, classes: str) -> None:
    """Replace each long note in the tree by its pieces."""
    long = [
        element
        for element in root.iter()
        if source.is_note(element) and len(source.bare("".join(element.itertext()))) > LONG
    ]
    if not long:
        return
    above = {child: parent for parent in root.iter() for child in parent}
    measured = measure(shop, root, classes)
    for number, note in enumerate(long):
        box = measured.get(note)
        if box is None:
            continue
        pieces = gather(list(strips(box)))
        if sum(piece.size for piece in pieces) != len(source.bare("".join(note.itertext()))):
            continue  # set it whole; if it does not fit, the loss is found and reported
        replace(above[note], note, pieces, Cutter(box, number))


def measure(shop: weasy.Shop, root: Element, classes: str) -> dict[Element, Any]:
    """The boxes of all notes, laid out in full."""
    width, _ = shop.geometry(classes)
    endless = shop.sheet(f"@page {{ size: {width}px {ENDLESS}px }}")
    found: dict[Element, Any] = {}
    for page in shop.render(root, [endless]).pages:
        for area in page._page_box.children:
            if isinstance(area, boxes.FootnoteAreaBox):
                for box in area.children:
                    found.setdefault(box.element, box)
    return found


def strips(box: Any) -> Iterator[Strip]:
    """The lines of a note, rows of its tables as one."""
    if isinstance(box, weasy.AbsolutePlaceholder):
        box = box._box
    if isinstance(box, boxes.TableRowBox):
        inner = [strip for cell in box.children for strip in strips(cell)]
        height = max((sum(s.lines for s in strips(cell)) for cell in box.children), default=1)
        yield Strip(sum(strip.size for strip in inner), height, True, True, False)
        return
    children = list(getattr(box, "children", ()))
    for index, child in enumerate(children):
        if not isinstance(child, boxes.LineBox):
            yield from strips(child)
            continue
        words = [text for text in texts(child) if "::" not in text.element_tag]
        content = "".join(text.text for text in words)
        following = children[index + 1] if index + 1 < len(children) else None
        yield Strip(
            len(source.bare(content)),
            1,
            not isinstance(following, boxes.LineBox),
            not content.rstrip().endswith(("\u2010", "\u00ad")),
            child.style["text_align_all"] == "justify",
        )


def texts(box: Any) -> Iterator[Any]:
    """All text boxes below a box, in order."""
    for child in box.children:
        if isinstance(child, boxes.TextBox):
            yield child
        elif hasattr(child, "children"):
            yield from texts(child)


def gather(rows: list[Strip]) -> list[Piece]:
    """Pieces of two or three lines; no paragraph leaves one line behind."""
    pieces = [Piece()]
    for index, strip in enumerate(rows):
        piece = pieces[-1]
        piece.size += strip.size
        piece.lines += strip.lines
        last_alone = index + 1 < len(rows) and not strip.ends and rows[index + 1].ends
        if strip.ends or (piece.lines >= LINES and strip.whole and not last_alone):
            piece.filled = strip.justified and not strip.ends
            pieces.append(Piece())
    return [piece for piece in pieces if piece.size]


class Cutter:
    """Copies a note's elements between two characters, as they were laid out."""

    def __init__(
        self, box: Any, number: int, same: Mapping[Element, Element] | None = None
    ) -> None:
        """`same` leads from the elements that were laid out to those that are cut."""
        self.number = number
        self.same = same or {}
        self.boxes: dict[Element, Any] = {}
        self.names: dict[Element, str] = {}
        self._look(box)

    def _look(self, box: Any) -> None:
        for child in getattr(box, "children", ()):
            if child.element is not None and child.element_tag == child.element.tag:
                self.boxes.setdefault(self.same.get(child.element, child.element), child)
            self._look(child)

    def cut(self, note: Element, start: int, stop: int) -> Element:
        """The note with the characters from `start` to before `stop` alone."""
        self.at, self.start, self.stop, self.begun = 0, start, stop, False
        copy = self._copy(note, top=True)
        assert copy is not None
        return copy

    def _copy(self, element: Element, top: bool = False) -> Element | None:
        copy = Element(element.tag, dict(element.attrib))
        began = self.at
        copy.text = self._words(element.text or "")
        last: Element | None = None
        kept = bool(copy.text.strip())
        for child in element:
            twin = self._copy(child)
            if twin is not None:
                copy.append(twin)
                last, kept = twin, True
            tail = self._words(child.tail or "")
            kept = kept or bool(tail.strip())
            if last is not None:
                last.tail = (last.tail or "") + tail
            else:
                copy.text += tail
        empty = self.at == began and self.start <= began < self.stop
        if not (kept or top or empty):
            return None
        if not top:
            self._dress(element, copy, began)
        return copy

    def _words(self, text: str) -> str:
        """The part of a text that lies between the two characters."""
        found = []
        for character in text:
            solid = bool(source.bare(character))
            if self.start <= self.at < self.stop and (solid or self.begun):
                found.append(character)
                self.begun = True
            self.at += solid
        return "".join(found)

    def _dress(self, element: Element, copy: Element, began: int) -> None:
        """Keep what neighbours gave an element: its kind of box, indent and width."""
        copy.set("data-same", self.names.setdefault(element, f"{self.number}.{len(self.names)}"))
        if began < self.start:
            copy.set("class", f"{element.get('class', '')} continued".strip())
            copy.attrib.pop("id", None)
        box = self.boxes.get(element)
        if box is None or self.start == 0:
            return
        rules = [element.get("style", "").rstrip("; ")]
        if isinstance(box, boxes.TableCellBox):
            rules.append(f"width: {box.width + 1:.3f}px")
        elif isinstance(box, boxes.BlockBox) and not isinstance(box, boxes.TableBox):
            if not box.is_table_wrapper:
                indent = box.style["text_indent"]
                rules.append(f"display: block; text-indent: {indent.value}{indent.unit or ''}")
        elif isinstance(box, boxes.InlineBox):
            rules.append("display: inline")
        copy.set("style", "; ".join(rule for rule in rules if rule))


def replace(parent: Element, note: Element, pieces: list[Piece], cutter: Cutter) -> None:
    """Put the pieces where the note was; the words after the note follow the last one."""
    key = source.note_key(note)
    at = list(parent).index(note)
    parent.remove(note)
    start = 0
    for index, piece in enumerate(pieces):
        part = cutter.cut(note, start, start + piece.size)
        classes = note.get("class", "").split()
        if index:
            for name in ("id", "data-address"):
                part.attrib.pop(name, None)
            part.set("data-continues", key)
            classes.append("note-continued")
        if index + 1 < len(pieces):
            classes.append("note-more")
        if piece.filled:
            classes.append("note-filled")
        part.set("class", " ".join(classes))
        part.tail = note.tail if index + 1 == len(pieces) else None
        parent.insert(at + index, part)
        start += piece.size
