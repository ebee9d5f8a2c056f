"""
Where pages end, so that each note begins on the page of its call.

The engine puts a note that does not fit on a later page and goes on with the text; with many notes
they fall pages behind, or off the paper. So the lines of the text and of the notes are measured
first, and pages are filled here, as TeX fills them: a page ends before the line whose notes do not
fit; of the notes of a page only the last may run over, and what runs over comes first on the next.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from heapq import heappop, heappush
from typing import Any
from xml.etree.ElementTree import Element

from engross.make.typeset.engine.galley import Galley, NoteStrip

SLACK = 0.5
"""Pixels left free on each page, for the rounding of sums."""
LAST = 3
"""Strips that the last page holds at the least."""
LOOK_BACK = 8
"""Ends of page that are weighed."""
DIVIDED = 1.5
"""What the division of a note costs; empty lines cost their number, squared."""
HYPHENED = 2.0
"""What a divided word at the end of a page costs."""


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
    first: _State = (0, ())
    best: dict[_State, tuple[float, _State | None, Leaf | None, list[_Rest]]] = {
        first: (0.0, None, None, [])
    }
    queue = [(0, 0, first)]
    done: set[_State] = set()
    total = len(galley.strips)
    while queue:
        _, _, state = heappop(queue)
        if state in done:
            continue
        done.add(state)
        cost, _, _, rest = best[state]
        start = state[0]
        if start >= total and not rest:
            return _path(best, state)
        for more, page, over in filler.options(start, rest):
            if page.stop == start and not page.shares:
                continue
            following: _State = (
                page.stop,
                tuple((filler.number[one.note], one.at) for one in over),
            )
            known = best.get(following)
            if known is None or cost + more < known[0]:
                best[following] = (cost + more, state, page, over)
                left = sum(len(galley.notes[one.note]) - one.at for one in over)
                heappush(queue, (page.stop, -left, following))
    return None


_State = tuple[int, tuple[tuple[int, int], ...]]
"""Where a page begins: its first strip, and what is left of notes."""


def _path(best: dict[_State, Any], state: _State | None) -> list[Leaf]:
    pages: list[Leaf] = []
    while state is not None:
        _, state, page, _ = best[state]
        if page is not None:
            pages.append(page)
    return pages[::-1]


class _Filler:
    def __init__(self, galley: Galley, height: float) -> None:
        self.galley = galley
        self.height = height
        self.strips = galley.strips
        self.number = {note: number for number, note in enumerate(galley.notes)}
        self.line = min((s.bottom - s.top for s in self.strips), default=14.0)

    def options(self, start: int, rest: list[_Rest]) -> list[tuple[float, Leaf, list[_Rest]]]:
        """Pages that begin with the strip `start`: what each costs, and what runs over from it."""
        stops = self._stops(start, rest)
        if not stops:
            page, over, _ = self._with(start, start, rest)
            return [(0.0, page, over)]
        found: list[tuple[float, Leaf, list[_Rest]]] = []
        bad: tuple[float, Leaf, list[_Rest]] | None = None
        for stop in stops:
            page, over, free = self._with(start, stop, rest)
            last = stop == len(self.strips)
            lost = max(free, 0.0) / self.line
            cost = 0.0 if last and not over else lost * lost
            if over:
                cost += DIVIDED
            if len(over) > 1 or (over and last):
                cost += 1000.0 * len(over)
            if free < 0:
                cost += 10_000.0 - free
            if not last and self.strips[stop].divided:
                cost += HYPHENED
            if cost < 1000:
                found.append((cost, page, over))
                if len(found) >= LOOK_BACK:
                    break
            elif bad is None or cost < bad[0]:
                bad = (cost, page, over)
        return found or ([bad] if bad else [])

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
        strip = self.strips[start]
        return strip.top - strip.above if start else self.galley.head

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
