"""
Turn the pages of a unit where `breaks` says: cut its tree at line ends. Runs in a worker.

A paragraph that runs over stays one element: its second part is a block inside it that begins a
page. A note that runs over is set once more at the head of the next page, without a call.
"""

from copy import deepcopy
from dataclasses import replace
from typing import Any
from xml.etree.ElementTree import Element

from engross.make.typeset.engine import source, weasy
from engross.make.typeset.engine.breaks import Leaf, Share, fill
from engross.make.typeset.engine.galley import Galley, Strip
from engross.make.typeset.engine.longnotes import Cutter

ENDLESS = 190_000
"""Height in pixels of the page on which a unit is measured."""
TURN = "break-before: page; margin-top: 0"
REFUSALS = 12
"""Rounds in which the engine may refuse beginnings of pages before they are planned shorter."""
TIGHTER = (0.0, 6.0, 20.0)
"""Pixels by which pages are planned shorter, attempt by attempt."""


def endless(shop: weasy.Shop, root: Element, classes: str) -> Any:
    """The unit on one page as long as it takes, its notes at the very end; it is never drawn."""
    width, _ = shop.geometry(classes)
    sheet = f"@page {{ size: {width}px {ENDLESS}px; @footnote {{ max-height: none }} }}"
    with weasy.unpainted():
        return shop.render(root, [shop.sheet(sheet)], planned=True)


def turn_pages(root: Element, measured: Galley, tighter: float) -> list[Leaf] | None:
    """
    Divide the unit into pages and cut the tree accordingly; the pages that it should have.

    None where a note or a line is too large for any page.
    """
    pages = fill(measured, tighter)
    if pages is None:
        return None
    _Turner(root, measured).turn(pages)
    return pages


def refused(pages: list[Leaf], measured: Galley, laid_out: Any) -> set[int]:
    """
    The strips before which the engine would not begin a page, as far as that can be told.

    It ends the page early instead, before the block, for reasons of its own; what is left of the
    planned page makes one more.
    """
    found: set[int] = set()
    counts = [weasy.line_count(page) for page in laid_out.pages]
    at = 0
    for planned in pages:
        strips = measured.strips[planned.start : planned.stop]
        if any(strip.leaf is None for strip in strips):
            break
        first, lines = at, 0
        while at < len(counts) and lines < len(strips):
            lines += counts[at]
            at += 1
        if (lines != len(strips) or at > first + 1) and planned.stop < len(measured.strips):
            found.add(planned.stop)
        if lines != len(strips):
            break
        at = max(at, first + 1)
    return found


def twin(root: Element, measured: Galley) -> tuple[Element, Galley]:
    """A copy of a measured tree, to be cut up, with what was measured; the first stays whole."""
    other = deepcopy(root)
    same = dict(zip(root.iter(), other.iter(), strict=True))
    strips = [
        replace(
            strip,
            leaf=None if strip.leaf is None else same[strip.leaf],
            blocks=tuple(same[block] for block in strip.blocks),
            notes=[same[note] for note in strip.notes],
        )
        for strip in measured.strips
    ]
    notes = {same[note]: rows for note, rows in measured.notes.items()}
    boxes = {same[note]: box for note, box in measured.boxes.items()}
    return other, replace(measured, strips=strips, notes=notes, boxes=boxes, same=same)


class _Turner:
    def __init__(self, root: Element, measured: Galley) -> None:
        self.galley = measured
        self.body = root.find("body")
        self.above = {child: parent for parent in root.iter() for child in parent}
        self.cut: dict[Element, list[Element]] = {}
        """The later parts of each divided block, the last one first."""

    def turn(self, pages: list[Leaf]) -> None:
        """Cut from the end, so that places counted in the whole tree stay right."""
        cutters: dict[Element, Cutter] = {}
        whole: dict[Element, Element] = {}
        heads = [(page, self._head(page)) for page in reversed(pages[1:])]
        for page, head in reversed(heads):
            for share in reversed([share for share in page.shares if share.start]):
                piece = self._piece(share, cutters, whole)
                self._insert(page, head, piece)
        for page in pages:
            for share in page.shares:
                strips = self.galley.notes[share.note]
                if share.start == 0 and share.stop < len(strips):
                    self._shorten(share, cutters, whole)

    def _head(self, page: Leaf) -> Element | None:
        """Make the strip begin a page; the element that then begins it, None at the very end."""
        if page.start >= len(self.galley.strips):
            return None
        strip = self.galley.strips[page.start]
        if strip.start and strip.leaf is not None:
            return self._divide(strip.leaf, strip)
        for element in strip.blocks:
            _style(element, "margin-top: 0")
        if strip.blocks:
            _style(strip.blocks[0], TURN)
        return strip.leaf if strip.leaf is not None else strip.blocks[0] if strip.blocks else None

    def _divide(self, leaf: Element, strip: Strip) -> Element:
        later = self.cut.setdefault(leaf, [])
        tail = _cut(leaf, strip.start)
        part = Element("span", {"class": "page-turn"})
        part.text = (tail.text or "").lstrip()
        part.extend(list(tail))
        closing = "justify" if later and strip.justified else "start"
        _style(part, f"display: block; text-indent: 0; text-align-last: {closing}; {TURN}")
        leaf.append(part)
        if strip.justified and not later:
            _style(leaf, "text-align-last: justify")
        # What was cut off before stands behind this part again, as its brother.
        for earlier in reversed(later):
            if earlier in list(part):
                part.remove(earlier)
            leaf.append(earlier)
        later.append(part)
        return part

    def _piece(
        self, share: Share, cutters: dict[Element, Cutter], whole: dict[Element, Element]
    ) -> Element:
        note = share.note
        strips = self.galley.notes[note]
        start = sum(strip.size for strip in strips[: share.start])
        stop = sum(strip.size for strip in strips[: share.stop])
        piece = self._cutter(note, cutters, whole).cut(whole[note], start, stop)
        for name in ("id", "data-address"):
            piece.attrib.pop(name, None)
        piece.set("data-continues", source.note_key(note))
        classes = [*note.get("class", "").split(), "note-continued"]
        if share.stop < len(strips):
            classes += ["note-more", *self._filled(share)]
        piece.set("class", " ".join(classes))
        piece.tail = None
        return piece

    def _shorten(
        self, share: Share, cutters: dict[Element, Cutter], whole: dict[Element, Element]
    ) -> None:
        note = share.note
        stop = sum(strip.size for strip in self.galley.notes[note][: share.stop])
        first = self._cutter(note, cutters, whole).cut(whole[note], 0, stop)
        note.text = first.text
        for child in list(note):
            note.remove(child)
        note.extend(list(first))
        note.set(
            "class", " ".join([*note.get("class", "").split(), "note-more", *self._filled(share)])
        )

    def _filled(self, share: Share) -> list[str]:
        strip = self.galley.notes[share.note][share.stop - 1]
        return ["note-filled"] if strip.justified and not strip.ends else []

    def _cutter(
        self, note: Element, cutters: dict[Element, Cutter], whole: dict[Element, Element]
    ) -> Cutter:
        if note not in cutters:
            cutters[note] = Cutter(self.galley.boxes[note], len(cutters), self.galley.same)
            whole[note] = note
        return cutters[note]

    def _insert(self, page: Leaf, head: Element | None, piece: Element) -> None:
        if (
            head is not None
            and (page.start < len(self.galley.strips))
            and (self.galley.strips[page.start].leaf is not None)
        ):
            piece.tail = head.text
            head.text = None
            head.insert(0, piece)
            return
        carrier = Element("div")
        _style(carrier, f"height: 0; {TURN}")
        carrier.append(piece)
        if head is None:
            assert self.body is not None
            self.body.append(carrier)
            return
        parent = self.above[head]
        parent.insert(list(parent).index(head), carrier)


def _cut(element: Element, at: int) -> Element:
    """Take everything from the character number `at` on out of an element, into a copy of it."""
    tail = Element(element.tag, {k: v for k, v in element.attrib.items() if k != "id"})
    count = 0

    def parts(text: str | None) -> tuple[str, str] | None:
        nonlocal count
        for index, character in enumerate(text or ""):
            if source.bare(character):
                if count == at:
                    return (text or "")[:index], (text or "")[index:]
                count += 1
        return None

    if (found := parts(element.text)) is not None:
        element.text, tail.text = found
        for child in list(element):
            element.remove(child)
            tail.append(child)
        return tail
    for index, child in enumerate(list(element)):
        inside = 0 if source.is_note(child) else _size(child)
        if count + inside > at:
            rest = _cut(child, at - count)
            rest.tail, child.tail = child.tail, None
            tail.append(rest)
            _move(element, index + 1, tail)
            return tail
        count += inside
        if (found := parts(child.tail)) is not None:
            child.tail, tail.text = found
            _move(element, index + 1, tail)
            return tail
    return tail


def _move(element: Element, start: int, tail: Element) -> None:
    for child in list(element)[start:]:
        element.remove(child)
        tail.append(child)


def _size(element: Element) -> int:
    """Characters of an element, white space and notes aside."""
    if source.is_note(element):
        return 0
    total = len(source.bare(element.text or ""))
    for child in element:
        total += _size(child) + len(source.bare(child.tail or ""))
    return total


def _style(element: Element, rules: str) -> None:
    kept = element.get("style", "").rstrip("; ")
    element.set("style", f"{kept}; {rules}" if kept else rules)
