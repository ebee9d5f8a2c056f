"""
Line breaks chosen for a whole paragraph (Knuth and Plass, 1981). Knows nothing of the engine.

All ways to divide a paragraph are weighed by the unevenness of their word spaces, hyphens and last
line, and the cheapest is taken. A first pass divides no words; it is enough where its spaces are
good. Lengths are pixels, places are bytes of the paragraph's text.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

STRETCH, SHRINK = 0.5, 0.2
"""By how much of itself a word space likes to grow and to shrink; it never shrinks further."""
RAG = 0.08
"""The part of the measure by which ragged lines like to differ."""
HYPHEN = 100.0
"""What a divided word costs."""
TIE = 40.0
"""What it costs to part what belongs together."""
ROW = 3_000.0
"""What two divided words in a row cost."""
LADDER = 1e12
"""What a third costs, where a paragraph cannot be set otherwise."""
MOST = 2
"""Divided words in a row, if there is a way."""
UNEVEN = 3_000.0
"""What a tight line costs beside a loose one."""
RUNT = 100_000.0
"""What a last line shorter than the indent costs, where no other way without hyphens is good."""
SHORT = 40.0
"""How loose a line without spaces counts that is as good as empty."""
ENOUGH = 0.6
"""A paragraph none of whose lines is looser than this, in stretches, is set without hyphens."""
LOOSEST = (3.0, 12.0, 1e3, 1e6)
"""Stretches that a line may need, attempt by attempt; the last lets ladders pass."""
SHARE = 0.8
"""The part of what a line lacks that its letters and glyphs take, within their limits."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a line may end."""

    end: int
    """Behind its last character."""
    next: int
    """Before the first one of the next line."""
    hyphen: float = 0.0
    """Width of the hyphen that is written; 0 for none."""
    flagged: bool = False
    """Whether the line ends with a hyphen of any kind."""
    right: float = 0.0
    """How far its last character hangs over the measure."""
    left: float = 0.0
    """How far the first character of the next line does."""
    forced: bool = False
    """Whether a line must end here: the text says so, or ends."""
    tied: bool = False
    """Whether it parts what belongs together: initials from their name."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line as planned."""

    start: int
    end: int
    next: int
    hyphen: bool
    left: float
    right: float
    last: bool
    """Whether it ends because the text says so, or ends."""


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph as measured: sums up to each of its bytes."""

    x: Sequence[float]
    widths: Sequence[float]
    """Widths of the spaces."""
    glyphs: Sequence[int]


_State = tuple[float, int, int, "_State | None", int, int]
"""Demerits, hyphens in a row, fitness, the state before, number of its place, lines so far."""
EASY = 0.9
"""Stretches that a line may need in a paragraph that is set longer or shorter for its page."""


def share(lack: float, letters: float, glyphs: float, spaces: float) -> tuple[float, float]:
    """
    What the letters of a line (apart) and its glyphs (wider) take of what it lacks, in pixels.

    It lacks less than nothing where it is too wide. `letters` and `glyphs` is as much as either may
    take, `spaces` the natural width of its spaces.
    """
    held = letters + glyphs
    if not held:
        return 0.0, 0.0
    taken = _taken(lack, held, spaces)
    return taken * letters / held, taken * glyphs / held


def _taken(lack: float, held: float, spaces: float) -> float:
    if lack >= 0:
        return min(held, SHARE * lack)
    return max(-held, min(SHARE * lack, lack + SHRINK * spaces))


@dataclass(frozen=True, slots=True)
class Measure:
    """What the lines of a paragraph have to fill, and with what; lengths are pixels."""

    width: float
    indent: float = 0.0
    play: float = 0.0
    """By how much a letter may be moved."""
    scale: float = 0.0
    """The part of itself by which a glyph may be wider or narrower."""
    ragged: bool = False
    """Whether lines stay as short as they are."""


def fit(
    text: Text, places: Sequence[Place], measure: Measure, start: int = 0, count: int = 0
) -> list[Line] | None:
    """
    The lines of a paragraph from the byte `start` on; None where no division fits.

    Lines may end at `places`, in order; the last is the end of the paragraph. With a `count` there
    are so many lines, none of them loose; 0 for as many as are best.
    """
    plain = [place for place in places if not place.hyphen]
    tries = [(places, EASY)] if count else [(places, limit) for limit in LOOSEST]
    if len(plain) < len(places) and not count:
        tries.insert(0, (plain, ENOUGH * (3 if measure.ragged else 1)))
    for some, loosest in tries:
        found = _Fitter(text, some, measure, loosest, count).lines(start)
        if found is not None:
            return found
    return None


def balanced(
    text: Text, places: Sequence[Place], measure: Measure, start: int = 0
) -> list[Line] | None:
    """The lines of a heading: no more than it needs, and the longest as short as it can be."""
    lines = fit(text, places, measure, start)
    if lines is None or len(lines) == 1:
        return lines
    least, most = measure.width / len(lines) / 2, measure.width
    while most - least > 1:
        width = (least + most) / 2
        narrower = fit(text, places, replace(measure, width=width), start)
        if narrower is not None and len(narrower) == len(lines):
            lines, most = narrower, width
        else:
            least = width
    return lines


class _Start:
    """Where a line may begin: sums up to there, what hangs over, the room, and ways to get here."""

    __slots__ = ("at", "glyphs", "left", "room", "states", "widths", "x")

    def __init__(self, text: Text, at: int, left: float, room: float, states: list[_State]) -> None:
        self.at, self.left, self.room, self.states = at, left, room, states
        self.x, self.widths, self.glyphs = text.x[at], text.widths[at], text.glyphs[at]


class _Fitter:
    def __init__(
        self,
        text: Text,
        places: Sequence[Place],
        measure: Measure,
        loosest: float,
        wanted: int,
    ) -> None:
        self.text, self.places, self.measure, self.loosest = text, places, measure, loosest
        self.wanted = wanted
        self.runt = max(measure.indent, 0.06 * measure.width)

    def lines(self, start: int) -> list[Line] | None:
        """The cheapest division; None where a line would be looser than is let pass."""
        measure = self.measure
        first: list[_State] = [(0.0, 0, 1, None, -1, 0)]
        active = [_Start(self.text, start, 0.0, measure.width - measure.indent, first)]
        for number, place in enumerate(self.places):
            best: dict[tuple[int, int, int], _State] = {}
            keep = 0
            for at, begun in enumerate(active):
                if begun.at >= place.end:
                    break
                ratio = self._ratio(begun, place)
                if ratio is None:
                    keep = at + 1  # too wide: later ends are wider still
                elif ratio > self.loosest:
                    break  # later beginnings are looser still
                else:
                    self._weigh(best, begun, place, ratio, number)
            if keep:
                del active[:keep]
            if place.forced:
                if not best:
                    return None
                active.clear()
            if number == len(self.places) - 1:
                ends = [state for state in best.values() if state[5] == self.wanted]
                return self._found(min(ends, key=lambda one: one[:3]), start) if ends else None
            if best:
                states = list(best.values())
                active.append(_Start(self.text, place.next, place.left, measure.width, states))
            elif not active:
                return None
        return None

    def _ratio(self, begun: _Start, place: Place) -> float | None:
        """How loose a line is, in stretches, or how tight; None where it is too wide."""
        text, end = self.text, place.end
        width = text.x[end] + place.hyphen - place.right - begun.x - begun.left
        lack = begun.room - width
        if self.measure.ragged:
            if lack < -0.01:
                return None
            return 0.0 if place.forced else lack / (RAG * self.measure.width)
        blank = text.widths[end] - begun.widths
        held = (text.glyphs[end] - begun.glyphs - 1) * self.measure.play
        held += self.measure.scale * max(width - blank, 0.0)
        if lack < 0:
            if lack + held + SHRINK * blank < -0.01:
                return None
            return (lack - _taken(lack, held, blank)) / (SHRINK * blank) if blank else 0.0
        if place.forced:
            return 0.0
        if blank:
            return (lack - _taken(lack, held, blank)) / (STRETCH * blank)
        # One word, or a script without spaces: the line stays short.
        return SHORT * max(lack - held, 0.0) / self.measure.width

    def _weigh(
        self,
        best: dict[tuple[int, int, int], _State],
        begun: _Start,
        place: Place,
        ratio: float,
        number: int,
    ) -> None:
        fitness = 0 if ratio < -0.5 else 1 if ratio <= 0.5 else 2 if ratio <= 1.0 else 3
        weight = (
            1.0 + 100.0 * abs(ratio) ** 3 + HYPHEN * bool(place.hyphen) + TIE * place.tied
        ) ** 2
        if place.forced and self.text.x[place.end] - begun.x < self.runt:
            if self.loosest < LOOSEST[0]:
                return
            weight += RUNT
        for state in begun.states:
            total, row = state[0] + weight, state[1] + 1 if place.flagged else 0
            if row > 1:
                total += ROW
            if row > MOST:
                if self.loosest < LOOSEST[-1]:
                    continue
                total, row = total + LADDER, MOST
            if abs(fitness - state[2]) > 1:
                total += UNEVEN
            count = state[5] + 1 if self.wanted else 0
            known = best.get((row, fitness, count))
            if known is None or total < known[0]:
                best[row, fitness, count] = (total, row, fitness, state, number, count)

    def _found(self, state: _State | None, start: int) -> list[Line]:
        ends: list[Place] = []
        while state is not None and state[4] >= 0:
            ends.append(self.places[state[4]])
            state = state[3]
        found, begin, left = [], start, 0.0
        for one in reversed(ends):
            found.append(
                Line(begin, one.end, one.next, one.hyphen > 0, left, one.right, one.forced)
            )
            begin, left = one.next, one.left
        return found
