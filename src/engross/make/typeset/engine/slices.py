"""
Pages cut from the endless page where `breaks` says. Runs in a worker.

Every line is laid out once. A page takes its boxes as they are and moves them to where they stand;
what a page's end divides is an open box above it and another one below.
"""

from collections.abc import Sequence
from xml.etree.ElementTree import Element

from engross.make.typeset.engine import weasy
from engross.make.typeset.engine.breaks import Leaf
from engross.make.typeset.engine.galley import ENDLESS, Galley, extent, is_solid, is_turned
from engross.make.typeset.engine.plans import token
from engross.make.typeset.engine.weasy import Box, Document, boxes

FAR = 1000.0
"""Pixels by which what a box holds may stand out of it."""
BESIDE_NOTES = 0.8
"""The part of a page's height that a turned table takes which calls notes."""
NEAR = 0.01
"""Pixels by which sums of heights may differ."""


def endless(shop: weasy.Shop, root: Element, classes: str) -> Document:
    """The unit on one page as long as it takes, its notes at the very end."""
    blank = shop.blank(classes)
    size = f"size: {blank.margin_width()}px {ENDLESS}px"
    sheet = f"@page {{ {size}; @footnote {{ max-height: none }} }}"
    sheet += f".turned {{ width: {blank.height}px }}"
    sheet += f".turned:has(.note) {{ width: {blank.height * BESIDE_NOTES}px }}"
    with weasy.unpaged(shop):
        return shop.render(root, [shop.sheet(sheet)])


def pages(
    shop: weasy.Shop, laid_out: Document, galley: Galley, leaves: Sequence[Leaf], of: str
) -> Document:
    """The laid-out unit on its pages; the galley is used up."""
    blank = shop.blank(of)
    for head in dict.fromkeys(strip.head for strip in galley.strips if strip.head is not None):
        head.unplaced = head.deepcopy()
    return shop.bound(laid_out, [_page(blank, galley, leaf) for leaf in leaves])


def _page(blank: Box, galley: Galley, leaf: Leaf) -> Box:
    """One page, not yet painted."""
    top = float(blank.content_box_y())
    children = []
    strips = galley.strips
    for start, stop, y in leaf.runs:
        low = strips[start].top if start else float("-inf")
        high = strips[stop].top if stop < len(strips) else float("inf")
        head = strips[start].head
        moved = top + y - (strips[start].top if start else galley.head)
        for root in galley.roots:
            piece = _part(root, low - NEAR, high - NEAR, moved, head)
            if piece is not None:
                children.append(piece)
    if not children:
        children.append(galley.roots[0].copy_with_children([]))
    if leaf.shares:
        children.append(_foot(galley, leaf, top + float(blank.height)))
    return blank.copy_with_children(tuple(children))


def _foot(galley: Galley, leaf: Leaf, bottom: float) -> Box:
    """The notes of a page, standing on its last line, under a rule that may be short."""
    cut = [
        (galley.boxes[share.note], galley.notes[share.note][share.start : share.stop])
        for share in leaf.shares
    ]
    height = sum(rows[-1].bottom - rows[0].top for _, rows in cut)
    area = galley.area.copy_with_children([])
    area.height = height
    if rule := token(area.style, "__note_rule"):  # in em
        area.width = min(area.width, rule * float(area.style["font_size"]))
    area.position_y = bottom - area.margin_height()
    y = area.content_box_y()
    notes = []
    for box, rows in cut:
        low, high = rows[0].top, rows[-1].bottom
        notes.append(_container(box, low - NEAR, high - NEAR, y - low, None))
        y += high - low
    area.children = notes
    return area


def _part(box: Box, low: float, high: float, moved: float, head: Box) -> Box:
    """What of a box stands between two heights, moved; None where nothing does."""
    if getattr(box, "placed", False):
        return None
    if is_solid(box) or not box.is_in_normal_flow() or isinstance(box, weasy.AbsolutePlaceholder):
        top = box.position_y if isinstance(box, boxes.LineBox) else box.border_box_y()
        if not low <= float(top) < high:
            return None
        box.translate(0, moved)
        box.placed = True
        return box
    if box.position_y - FAR > high or box.position_y + box.margin_height() + FAR < low:
        return None
    return (_turned if is_turned(box) else _container)(box, low, high, moved, head)


def _turned(box: Box, low: float, high: float, moved: float, _: Box) -> Box:
    """The rows of a turned table that a page has, whose head stands on its left once more."""
    start = moved + extent(box)
    again = box.head.height if box.head and low > box.position_y else 0.0
    piece = _container(box, low, high, start + again, box.head)
    if piece is not None and low > box.position_y:
        piece.position_y = low + NEAR + start
    return piece


def _container(box: Box, low: float, high: float, moved: float, head: Box) -> Box:
    """A box that holds others, as far as they stand between two heights."""
    above = below = False
    kept: list[Box] = []
    for child in box.children:
        before = float(child.position_y)
        piece = _part(child, low, high, moved, head)
        if piece is not None:
            kept.append(piece)
        elif child.is_in_normal_flow():
            above, below = above or before < low, below or before >= low
    if not kept:
        return None
    new = box.copy_with_children(kept)
    bottom = box.content_box_y() + box.height + moved
    new.remove_decoration(start=above, end=below)
    new.position_y = box.position_y + moved
    if above:
        new.position_y = low + NEAR + moved
        if head is not None and head in box.children:
            new.children = [_again(head, low + NEAR + moved), *kept]
            new.position_y -= head.height
            new.skipped_rows = len([row for group in box.children for row in group.children]) - len(
                [row for group in kept for row in group.children]
            )
    if below or isinstance(box, boxes.TableBox):
        bottom = max(
            (c.position_y + c.margin_height() for c in new.children if c.is_in_normal_flow()),
            default=0.0,
        )
    new.height = max(bottom - new.content_box_y(), 0.0)
    return new


def _again(head: Box, bottom: float) -> Box:
    """The head of a table once more, over the rows of another page."""
    copy = head.unplaced.deepcopy()  # its own lines were moved to the page where it stands first
    copy.translate(0, bottom - copy.height - copy.position_y)
    return copy
