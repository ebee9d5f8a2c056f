"""
Line breaks chosen for a whole paragraph (Knuth and Plass, 1981). Knows nothing of the engine.

All ways to divide a paragraph are weighed by the unevenness of their word spaces, hyphens and last
line, and the cheapest is taken. A first pass divides no words; it is enough where its spaces are
good. Lengths are pixels, places are bytes of the paragraph's text.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

STRETCH, SHRINK = 0.6, 0.2
"""By how much of itself a word space likes to grow and to shrink; it never shrinks further."""
HYPHEN = 50.0
"""What a divided word costs."""
ROW = 3_000.0
"""What two divided words in a row cost."""
LADDER = 1e12
MOST = 2
"""Divided words in a row; only a paragraph that cannot be set otherwise has more."""
UNEVEN = 3_000.0
"""What a tight line costs beside a loose one."""
RUNT = 40_000.0
"""What a last line shorter than the indent costs."""
SHORT = 40.0
"""How loose a line without spaces counts that is as good as empty."""
ENOUGH = 0.7
"""A paragraph none of whose lines is looser than this, in stretches, is set without hyphens."""
LOOSEST = (3.0, 12.0, 1e3, 1e6)
"""Stretches that a line may need, attempt by attempt."""
SHARE = 0.4
"""Of what a line lacks, the part that its letters take, within their limit."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a line may end."""

    end: int
    """Behind its last character."""
    next: int
    """Before the first one of the next line."""
    hyphen: float = 0.0
    """Width of the hyphen that the engine writes; 0 for none."""
    flagged: bool = False
    """Whether the line ends with a hyphen of any kind."""
    right: float = 0.0
    """How far its last character hangs over the measure."""
    left: float = 0.0
    """How far the first character of the next line does."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line as planned."""

    start: int
    end: int
    next: int
    hyphen: bool
    left: float
    right: float


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph as measured: sums up to each of its bytes."""

    x: Sequence[float]
    spaces: Sequence[int]
    widths: Sequence[float]
    """Of spaces."""
    glyphs: Sequence[int]


_State = tuple[float, int, int, Any, int]
"""Demerits, hyphens in a row, fitness, the state before, and the number of its place."""


def letters(lack: float, held: float, spaces: float) -> float:
    """
    What the letters of a line take of what it lacks, or has too much.

    Args:
        lack: pixels; negative where the line is too wide.
        held: as much as the letters may take.
        spaces: natural width of its spaces.
    """
    if lack >= 0:
        return min(held, SHARE * lack)
    return max(-held, min(SHARE * lack, lack + SHRINK * spaces))


def fit(
    text: Text, places: Sequence[Place], measure: float, indent: float, play: float, start: int = 0
) -> list[Line] | None:
    """
    The lines of a paragraph; None where no division fits.

    Args:
        text: as measured.
        places: where lines may end, in order; the last is the end of the paragraph.
        measure: of a full line.
        indent: of the first line.
        play: by how much a letter may be moved.
        start: the first byte.
    """
    plain = [place for place in places if not place.hyphen]
    if len(plain) == len(places):
        tries = [(plain, limit) for limit in LOOSEST]
    else:
        tries = [(plain, ENOUGH)] + [(list(places), limit) for limit in LOOSEST]
    for some, loosest in tries:
        found = _fit(text, some, measure, indent, play, start, loosest)
        if found is not None:
            return found
    return None


def _fit(
    text: Text,
    places: Sequence[Place],
    measure: float,
    indent: float,
    play: float,
    start: int,
    loosest: float,
) -> list[Line] | None:
    x, spaces, widths, glyphs = text.x, text.spaces, text.widths, text.glyphs
    runt = max(indent, 0.06 * measure)
    final = len(places) - 1
    first: list[_State] = [(0.0, 0, 1, None, -1)]
    # Where a line may begin: byte, x, spaces, their widths, glyphs, left, room, states.
    active = [
        (start, x[start], spaces[start], widths[start], glyphs[start], 0.0, measure - indent, first)
    ]
    for number, place in enumerate(places):
        end = place.end
        x1 = x[end] + place.hyphen - place.right
        spaces1, widths1, glyphs1 = spaces[end], widths[end], glyphs[end]
        flagged, penalty = place.flagged, HYPHEN if place.hyphen else 0.0
        best: dict[tuple[int, int], _State] = {}
        keep = 0
        for at, (begin, x0, spaces0, widths0, glyphs0, left, room, before) in enumerate(active):
            if begin >= end:
                break
            width = x1 - x0 - left
            lack = room - width
            count = spaces1 - spaces0
            held = (glyphs1 - glyphs0 - 1) * play
            if lack < 0:
                if lack + held + SHRINK * (widths1 - widths0) < -0.01:
                    keep = at + 1  # too wide: later ends are wider still
                    continue
                taken = letters(lack, held, widths1 - widths0)
                ratio = (lack - taken) / (SHRINK * (widths1 - widths0)) if count else 0.0
            elif number == final:
                ratio = 0.0
            elif count:
                ratio = (lack - min(held, SHARE * lack)) / (STRETCH * (widths1 - widths0))
                if ratio > loosest:
                    break  # later starts are looser still
            else:  # one word, or a script without spaces: the line stays short
                ratio = SHORT * max(lack - held, 0.0) / measure
                if ratio > loosest:
                    continue
            fitness = 0 if ratio < -0.5 else 1 if ratio <= 0.5 else 2 if ratio <= 1.0 else 3
            weight = (1.0 + 100.0 * abs(ratio) ** 3 + penalty) ** 2
            if number == final and lack >= 0 and width < runt:
                weight += RUNT
            for state in before:
                total = state[0] + weight
                if flagged:
                    row = state[1] + 1
                    if row > 1:
                        total += ROW
                        if row > MOST:
                            if loosest < LOOSEST[-1]:
                                continue
                            total += LADDER
                            row = MOST
                else:
                    row = 0
                if fitness - state[2] > 1 or state[2] - fitness > 1:
                    total += UNEVEN
                key = (row, fitness)
                known = best.get(key)
                if known is None or total < known[0]:
                    best[key] = (total, row, fitness, state, number)
        if keep:
            del active[:keep]
        if number == final:
            if not best:
                return None
            return _lines(min(best.values(), key=lambda state: state[:3]), places, start)
        if best:
            begin = place.next
            sums = (x[begin], spaces[begin], widths[begin], glyphs[begin])
            active.append((begin, *sums, place.left, measure, list(best.values())))
        elif not active:
            return None
    return None


def _lines(state: _State | None, places: Sequence[Place], start: int) -> list[Line]:
    ends: list[Place] = []
    while state is not None and state[4] >= 0:
        ends.append(places[state[4]])
        state = state[3]
    found, begin, left = [], start, 0.0
    for place in reversed(ends):
        found.append(Line(begin, place.end, place.next, place.hyphen > 0, left, place.right))
        begin, left = place.next, place.left
    return found
