"""
An original on left pages and its translation on the right ones, in step. Runs in a worker.

The rows are measured on the endless page. As many as both pages hold make a spread, which is two
pages with an end that the text asks for; a row is never divided.
"""

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from engross.make.typeset.engine import slices, source, weasy
from engross.make.typeset.engine.galley import ENDLESS, Galley, galley

Long = tuple[str, float, float]
"""A row that no page holds: the address of its text, its height, the page's (CSS pixels)."""
Rows = list[tuple[Element, Element]]
"""The original and the text of each row."""


def spread(shop: weasy.Shop, root: Element, classes: str) -> list[Long]:
    """Set the rows of a unit on facing pages, in place; which of them no page holds."""
    holder = next((one for one in root.iter() if "spreads" in source.classes(one)), None)
    if holder is None:
        return []
    around = next(one for one in root.iter() if holder in one)
    rows = _rows(holder)
    heads = around[list(around).index(holder) - 1]
    around.remove(heads)
    for side, head in zip(rows[0], heads, strict=True):
        side.insert(0, head)
    holder[:] = [side for row in rows for side in row]
    height = float(shop.blank(classes).height)
    whole = galley(slices.endless(shop, root, classes), height)
    assert whole is not None, "sides of a spread have no columns"
    starts, long = _spreads(whole, rows, height)
    ends = [*starts[1:], len(rows)]
    holder[:] = [
        row[side] for a, b in zip(starts, ends, strict=True) for side in (0, 1) for row in rows[a:b]
    ]
    for number, start in enumerate(starts):
        for side in rows[start] if number else rows[start][1:]:
            side.set("style", "break-before: page")
    return [(_address(rows[at][1]), tall, height) for at, tall in long]


def _rows(holder: Element) -> Rows:
    """The sides of each row, in the order of their pages; they stand one below the other."""
    holder.set("class", "text spread")
    rows = []
    for row in holder:
        text, original = row
        for side in row:
            side.set("class", "side")
        rows.append((original, text))
    return rows


def _address(side: Element) -> str:
    return next(one for one in side.iter() if one.get("data-address")).get("data-address", "")


def _spreads(whole: Galley, rows: Rows, height: float) -> tuple[list[int], list[tuple[int, float]]]:
    """The first row of each spread, and the rows that are higher than a page, with their height."""
    room = height - (whole.rule if whole.notes else 0.0)
    starts, long = [0], []
    sides = dict(_extents(whole))
    filled = [min(top for top, _ in sides.values()) - whole.head, 0.0]
    for at, row in enumerate(rows):
        needs = [_needs(whole, *sides[side]) for side in row]
        both = [a + b for a, b in zip(filled, needs, strict=True)]
        if max(both) > room and at > starts[-1]:
            starts.append(at)
            both = needs
        if max(both) > room:
            long.append((at, max(both)))
        filled = both
    return starts, long


def _extents(whole: Galley) -> Iterator[tuple[Element, tuple[float, float]]]:
    """From where to where each side reaches: to the next one, margins that collapse among it."""
    sides = [
        box
        for root in whole.roots
        for box in root.descendants()
        if box.element is not None and "side" in source.classes(box.element)
    ]
    tops = [float(box.position_y) for box in sides]
    page = tops[-1] + ENDLESS / 2  # plates behind the text begin pages of their own
    ends = [*tops[1:], max(one.bottom for one in whole.strips if tops[-1] <= one.top < page)]
    for box, top, bottom in zip(sides, tops, ends, strict=True):
        yield box.element, (top, bottom)


def _needs(whole: Galley, top: float, bottom: float) -> float:
    """The height of a side with its notes."""
    called = [note for one in whole.strips if top <= one.top < bottom for note in one.notes]
    return (
        bottom - top + sum(whole.notes[one][-1].bottom - whole.notes[one][0].top for one in called)
    )
