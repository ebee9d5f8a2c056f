"""
Where pages end, so that each note begins on the page of its call.

The engine puts a note that does not fit on a later page and goes on with the text; with many notes
they fall pages behind, or off the paper. So the lines of the text and of the notes are measured
first, and the pages of a whole unit are planned here, as TeX plans the lines of a paragraph: all
ways to end them are weighed by the lines that stay empty, the notes and words that are divided, and
the figures that drift. Of the notes of a page only the last may run over, and what runs over comes
first on the next.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from heapq import heappop, heappush
from itertools import count
from math import ceil
from xml.etree.ElementTree import Element

from engross.make.typeset.engine.galley import Galley, NoteStrip

SLACK = 0.5
"""Pixels by which a page may be too full, for the rounding of sums."""
LAST = 3
"""Strips that the last page holds at the least."""
LOOK_BACK = 8
"""Ends of page that are weighed."""
DIVIDED = 1.5
"""What the division of a note costs; empty lines cost their number, squared."""
ALONE = 1.5
"""What it costs that one line of a note stands alone above or below its division."""
HYPHENED = 2.0
"""What a divided word at the end of a page costs."""
DRIFT = 1.0
"""What it costs that a figure waits for the next page."""
CHANGED = 0.6
"""What it costs that a paragraph is a line longer or shorter than it would be by itself."""
TORN = 500.0
"""What a page end costs that is not permitted: where no other holds the text, or its notes."""
BAD = 1000.0
"""From here on a page is one that nobody wants; the best of them is kept."""


@dataclass(slots=True)
class Share:
    """The part of a note that stands on one page: strips from `start` to before `stop`."""

    note: Element
    start: int
    stop: int


@dataclass(slots=True)
class Leaf:
    """One page and its notes."""

    runs: list[tuple[int, int, float]]
    """Strips from one to before another, and how far below the page's top they begin."""
    stop: int
    """The strip after the last one of the text."""
    waiting: tuple[int, ...] = ()
    """Figures that the next page begins with, by their first strip."""
    shares: list[Share] = field(default_factory=list)
    changed: dict[Element, int] = field(default_factory=dict)
    """Paragraphs that would have to be a line longer or shorter."""
    lost: float = 0.0
    """Lines that stay empty, if the text goes on."""


@dataclass(slots=True)
class _Rest:
    """What is left of a note that runs over."""

    note: Element
    at: int


_State = tuple[int, tuple[int, ...], tuple[tuple[int, int], ...]]
"""Where a page begins: its first strip, the figures that wait, and what is left of notes."""
_Option = tuple[float, Leaf, list[_Rest]]
"""What a page costs, the page, and what runs over from it."""


def fill(galley: Galley, *, free: bool = False) -> list[Leaf]:
    """
    Divide a galley into pages.

    Where it is `free`, paragraphs may be a line longer or shorter; then it is to be measured again.
    """
    filler = _Filler(galley, free)
    first: _State = (0, (), ())
    best: dict[_State, tuple[float, _State | None, Leaf | None, list[_Rest]]] = {
        first: (0.0, None, None, [])
    }
    order = count()
    queue = [(0, 0, next(order), first)]
    done: set[_State] = set()
    while queue:
        *_, state = heappop(queue)
        if state in done:
            continue
        done.add(state)
        cost, _, _, rest = best[state]
        start, waiting, _ = state
        if start >= len(galley.strips) and not rest and not waiting:
            return _path(best, state)
        for more, page, over in filler.options(start, waiting, rest):
            left = tuple((filler.number[one.note], one.at) for one in over)
            following: _State = (page.stop, page.waiting, left)
            known = best.get(following)
            if following not in done and (known is None or cost + more < known[0]):
                best[following] = (cost + more, state, page, over)
                behind = sum(len(galley.notes[one.note]) - one.at for one in over)
                heappush(queue, (page.stop, -behind - len(page.waiting), next(order), following))
    raise AssertionError("a unit without a last page")


def _path(
    best: dict[_State, tuple[float, _State | None, Leaf | None, list[_Rest]]], end: _State
) -> list[Leaf]:
    pages: list[Leaf] = []
    state: _State | None = end
    while state is not None:
        _, state, page, _ = best[state]
        if page is not None:
            pages.append(page)
    return pages[::-1]


class _Filler:
    def __init__(self, galley: Galley, free: bool) -> None:
        self.galley, self.free = galley, free
        self.height = galley.height + SLACK
        self.strips = galley.strips
        self.number = {note: number for number, note in enumerate(galley.notes)}
        lines = sorted(s.bottom - s.top for s in self.strips if s.block is not None)
        self.line = lines[len(lines) // 2] if lines else 14.0

    def options(self, start: int, waiting: tuple[int, ...], rest: list[_Rest]) -> list[_Option]:
        """Pages that begin with the strip `start`."""
        found: list[_Option] = []
        bad: list[_Option] = []
        for leaf, body, price in self._bodies(start, waiting, rest):
            if len(found) >= LOOK_BACK or (price and found and found[0][0] < TORN):
                break
            for option in self._weighed(leaf, body, price, rest):
                (found if option[0] < BAD else bad).append(option)
        return found or [min(bad, key=lambda option: option[0])]

    def _weighed(
        self, leaf: Leaf, body: float, price: float, rest: list[_Rest]
    ) -> Iterator[_Option]:
        """A page as it is, and with one of its paragraphs or notes a line shorter."""
        yield self._option(leaf, body, price, rest)
        for block, height in self._able(leaf, -1)[:2]:
            tight = Leaf(leaf.runs, leaf.stop, leaf.waiting, [], {block: -1})
            yield self._option(tight, body - height, price + CHANGED, rest)

    def _option(self, leaf: Leaf, body: float, price: float, rest: list[_Rest]) -> _Option:
        page, over, free = self._noted(leaf, body, rest)
        ends = page.stop == len(self.strips) or self.strips[page.stop].forced
        cost = price + DRIFT * len(page.waiting)
        if free < 0:
            cost += 10 * BAD - free
        elif not ends or over or page.waiting:
            for block, height in () if page.changed else self._able(page, 1):
                if height <= free:
                    page.changed[block] = 1
                    free -= height
                    cost += CHANGED
            page.lost = free / self.line
            cost += page.lost**2
        for one in over:
            alone = one.at == 1 or one.at + 1 == len(self.galley.notes[one.note])
            cost += DIVIDED + (ALONE if alone else 0.0)
        if len(over) > 1 or (over and ends):
            cost += BAD * len(over)
        if not ends and self.strips[page.stop].divided:
            cost += HYPHENED
        return cost, page, over

    def _able(self, leaf: Leaf, more: int) -> list[tuple[Element, float]]:
        """
        What stands on a page as a whole and can be longer or shorter, and by what height.

        Notes that the page divides are none of these; they are known once it has its shares.
        """
        found = []
        for start, stop, _ in leaf.runs if self.free else ():
            for strip in self.strips[start:stop]:
                whole = stop == len(self.strips) or self.strips[stop].block is not strip.block
                if strip.plan and strip.block is not None and whole and more in strip.plan.able:
                    found.append((strip.block, self.line))
                for note in strip.notes:
                    block, plan = self.galley.plans.get(note, (note, None))
                    rows = self.galley.notes[note]
                    shared = [one for one in leaf.shares if one.note is note]
                    if plan and (not shared or shared[0].stop == len(rows)) and more in plan.able:
                        found.append((block, rows[1].bottom - rows[1].top))
        return found

    def _bodies(
        self, start: int, waiting: tuple[int, ...], rest: Sequence[_Rest]
    ) -> list[tuple[Leaf, float, float]]:
        """Pages without their notes, the fullest first; how high each is, and what it costs."""
        room = self.height - (self.galley.rule if rest else 0.0) + (self.line if self.free else 0.0)
        runs: list[tuple[int, int, float]] = []
        y, heads = 0.0, list(waiting)
        while heads and (not runs or y + self._extent(heads[0]) <= room):
            figure = heads.pop(0)
            runs.append((figure, figure + self.strips[figure].figure, y))
            y = self._under(y + self._extent(figure))
        if start >= len(self.strips) or heads:
            return [(Leaf(runs, start, tuple(heads)), y, 0.0)]
        found: list[tuple[Leaf, float, float]] = []
        torn: list[tuple[Leaf, float, float]] = []
        later: list[int] = []
        if self.strips[start].head is not None and not runs:
            y += float(self.strips[start].head.height)
        at, begun = start, start
        while at < len(self.strips):
            if at > start and self.strips[at].forced:
                break
            strip = self.strips[at]
            size = strip.figure or 1
            base = self.galley.head if begun == 0 and not runs else self.strips[begun].top
            body = y + self.strips[at + size - 1].bottom - base
            if body > room:
                if strip.figure and strip.breakable and at > start:
                    if at > begun:
                        runs = [*runs, (begun, at, y)]
                        y += self.strips[at - 1].bottom - base
                    later.append(at)
                    at = begun = at + size
                    continue
                if found or torn or runs:
                    break
            at += size
            page = Leaf([*runs, (begun, at, y)], at, tuple(later))
            if self._may_end(at):
                found.append((page, body, 0.0))
            else:
                torn.append((page, body, self._torn(at)))
            if strip.figure:
                runs, begun, y = page.runs, at, self._under(body)
        if not found and not torn:
            return [(Leaf(runs, start, tuple(later)), y, 0.0)]
        return found[::-1] + torn[::-1]

    def _extent(self, figure: int) -> float:
        last = figure + self.strips[figure].figure - 1
        return self.strips[last].bottom - self.strips[figure].top

    def _under(self, y: float) -> float:
        """The line of the grid at which the text goes on under a figure."""
        return ceil((y + self.line / 4) / self.line) * self.line

    def _may_end(self, stop: int) -> bool:
        left = len(self.strips) - stop
        return (
            left == 0
            or self.strips[stop].forced
            or (self.strips[stop].breakable and left >= min(LAST, len(self.strips)))
        )

    def _torn(self, stop: int) -> float:
        """What it costs to end a page where none should: between two blocks less than in one."""
        before, after = self.strips[stop - 1].block, self.strips[stop].block
        left = len(self.strips) - stop
        inside = before is after and before is not None
        return TORN * (1.5 if inside else 1.0) + 100.0 * max(LAST - left, 0)

    def _noted(
        self, page: Leaf, body: float, rest: Sequence[_Rest]
    ) -> tuple[Leaf, list[_Rest], float]:
        """The page with its notes, what runs over, and the height left free."""
        called = [
            _Rest(note, 0)
            for start, stop, _ in page.runs
            for strip in self.strips[start:stop]
            for note in strip.notes
        ]
        queue = [*rest, *called]
        if not queue:
            return page, [], self.height - body
        room = self.height - body - self.galley.rule
        over: list[_Rest] = []
        for item in queue:
            if over:
                over.append(item)
                continue
            rows = self.galley.notes[item.note]
            end = self._fitting(rows, item.at, room)
            if end > item.at:
                page.shares.append(Share(item.note, item.at, end))
                room -= rows[end - 1].bottom - rows[item.at].top
            if end < len(rows):
                over.append(_Rest(item.note, end))
        # A note of which nothing stands on the page of its call is out of place.
        lost = sum(1 for item in over if item.at == 0)
        return page, over, room if not lost else -self.line * 10 * lost

    @staticmethod
    def _fitting(strips: Sequence[NoteStrip], start: int, room: float) -> int:
        """How far a note fits: whole, else two lines at the least here or on the next page."""
        end = start
        while end < len(strips) and strips[end].bottom - strips[start].top <= room:
            end += 1
        while start < end < len(strips) and max(end - start, len(strips) - end) < 2:
            end -= 1
        return end
