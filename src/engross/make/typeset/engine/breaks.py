"""
Where pages end, so that each note begins on the page of its call.

The engine puts a note that does not fit on a later page and goes on with the text; with many notes
they fall pages behind, or off the paper. So the lines of the text and of the notes are measured
first, and pages are filled here, as TeX fills them: a page ends before the line whose notes do not
fit; of the notes of a page only the last may run over, and what runs over comes first on the next.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from engross.make.typeset.engine.galley import Galley, NoteStrip

SLACK = 0.5
"""Pixels left free on each page, for the rounding of sums."""
LAST = 3
"""Strips that the last page holds at the least."""
LOOK_BACK = 6
"""Ends of page that are weighed against the latest one."""
DIVIDED = 1.5
"""What the division of a note costs, in lines of empty space."""


@dataclass(slots=True)
class Share:
    """The part of a note that stands on one page: strips from `start` to before `stop`."""

    note: Element
    start: int
    stop: int


@dataclass(slots=True)
class Leaf:
    """One page: strips from `start` to before `stop`, and its notes."""

    start: int
    stop: int
    shares: list[Share] = field(default_factory=list)


@dataclass(slots=True)
class _Rest:
    """What is left of a note that runs over."""

    note: Element
    at: int


def fill(galley: Galley, tighter: float = 0.0) -> list[Leaf] | None:
    """
    Divide a galley into pages; None where a note or a strip is too large for any page.

    Args:
        galley: the measured unit.
        tighter: pixels by which pages are kept shorter than they are.
    """
    filler = _Filler(galley, galley.height - SLACK - tighter)
    pages: list[Leaf] = []
    start = 0
    rest: list[_Rest] = []
    while start < len(galley.strips) or rest:
        page, rest = filler.page(start, rest)
        if page.stop == start and not page.shares:
            return None
        pages.append(page)
        start = page.stop
    return pages


class _Filler:
    def __init__(self, galley: Galley, height: float) -> None:
        self.galley = galley
        self.height = height
        self.strips = galley.strips
        self.line = min((s.bottom - s.top for s in self.strips), default=14.0)

    def page(self, start: int, rest: list[_Rest]) -> tuple[Leaf, list[_Rest]]:
        """The best page that begins with the strip `start`, and what runs over from it."""
        best: tuple[float, Leaf, list[_Rest]] | None = None
        for tried, stop in enumerate(self._stops(start, rest), 1):
            page, over, free = self._with(start, stop, rest)
            cost = max(free, 0.0) / self.line
            if over:
                cost += DIVIDED
            if len(over) > 1 or (over and stop == len(self.strips)):
                cost += 1000.0 * len(over)
            if free < 0:
                cost += 10_000.0 - free
            if best is None or cost < best[0]:
                best = (cost, page, over)
            if tried >= LOOK_BACK and best[0] < 1000:
                break
        if best is None:
            page, over, _ = self._with(start, start, rest)
            best = (0.0, page, over)
        return best[1], best[2]

    def _stops(self, start: int, rest: Sequence[_Rest]) -> list[int]:
        """Permitted ends of the page, the latest first."""
        if start >= len(self.strips):
            return []
        top = self._top(start)
        held = self.galley.rule if rest else 0.0
        stops: list[int] = []
        for stop in range(start + 1, len(self.strips) + 1):
            if self.strips[stop - 1].bottom - top + held > self.height and stops:
                break
            left = len(self.strips) - stop
            if left == 0 or (self.strips[stop].breakable and left >= min(LAST, len(self.strips))):
                stops.append(stop)
        return stops[::-1]

    def _top(self, start: int) -> float:
        return self.strips[start].top if start else self.galley.head

    def _with(
        self, start: int, stop: int, rest: Sequence[_Rest]
    ) -> tuple[Leaf, list[_Rest], float]:
        """The page of these strips: its notes, what runs over, and the height left free."""
        body = self.strips[stop - 1].bottom - self._top(start) if stop > start else 0.0
        queue = list(rest) + [
            _Rest(note, 0) for strip in self.strips[start:stop] for note in strip.notes
        ]
        page = Leaf(start, stop)
        if not queue:
            return page, [], self.height - body
        room = self.height - body - self.galley.rule
        over: list[_Rest] = []
        for item in queue:
            if over:
                over.append(item)
                continue
            end = self._fitting(self.galley.notes[item.note], item.at, room)
            if end > item.at:
                page.shares.append(Share(item.note, item.at, end))
                room -= sum(s.height for s in self.galley.notes[item.note][item.at : end])
            if end < len(self.galley.notes[item.note]):
                over.append(_Rest(item.note, end))
        # A note of which nothing stands on the page of its call is out of place.
        lost = sum(1 for item in over if item.at == 0)
        return page, over, room if not lost else -self.line * 10 * lost

    @staticmethod
    def _fitting(strips: Sequence[NoteStrip], start: int, room: float) -> int:
        """How far a note fits: whole, else two lines at the least, and two for the next page."""
        used, end = 0.0, start
        for index in range(start, len(strips)):
            used += strips[index].height
            if used > room:
                break
            end = index + 1
        if end == len(strips):
            return end
        while end > start and not _divisible(strips, start, end):
            end -= 1
        return end


def _divisible(strips: Sequence[NoteStrip], start: int, end: int) -> bool:
    if not strips[end - 1].whole:
        return False
    if len(strips) - start <= 3:
        return False
    return end - start >= 2 and (len(strips) - end >= 2 or strips[end - 1].ends)
