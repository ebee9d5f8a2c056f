"""
Proof sheets: the final pages, unchanged, on larger paper, with what an editor needs around them.

Left of the text block stand line numbers and change bars, right of it the ids of paragraphs, notes
and questions. Everything is drawn over finished pages, so that line breaks are those of the book.
"""

from collections.abc import Iterable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, replace

from engross.make.typeset.values import Plan, Typesetting
from engross.make.typeset.writing.write import write

SIDE = 84.0
"""Points of paper that a proof has more than the page, left and right."""
ENDS = 24.0
"""The same above and below."""
SIZE = 5.5
"""Size of the type in the margins, in points."""
CHARACTERS = 3
"""A line of the text has at least so many; superior figures alone are none."""


@dataclass(frozen=True, slots=True)
class Sign:
    """A word in the right margin."""

    page: int
    """From 0."""
    y: float
    """Points from the trim's lower edge."""
    words: str
    column: int = 0
    """0 for ids, 1 for questions."""


@dataclass(frozen=True, slots=True)
class Bar:
    """A change bar."""

    page: int
    top: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Area:
    """Where the lines of a page stand; heads and folios are outside."""

    top: float
    bottom: float


def proof(
    work: Typesetting,
    plan: Plan,
    signs: Sequence[Sign],
    bars: Sequence[Bar],
    areas: Mapping[int, Area],
) -> bytes:
    """The pages of a book with what belongs around them; those without an area have nothing."""
    lines = _lines(write(work, plan), areas)
    last, drawings = (0.0, 0.0), []
    for index in range(len(work.pages)):
        if row := work.page(index):
            last = row.width, row.height
        here = (
            [one for one in signs if one.page == index],
            [one for one in bars if one.page == index],
        )
        drawings.append(_drawing(*last, lines.get(index, ()), *here))
    wide = replace(plan, bleed_inner=SIDE, bleed_outer=SIDE, bleed_top=ENDS, bleed_bottom=ENDS)
    return write(work, wide, over=drawings)


def _lines(pdf: bytes, areas: Mapping[int, Area]) -> dict[int, list[float]]:
    """The base lines of each page, from above, as the page itself says where its letters are."""
    import ctypes

    import pypdfium2
    import pypdfium2.raw as raw

    found: dict[int, list[float]] = {}
    with closing(pypdfium2.PdfDocument(pdf)) as document:
        for index, area in sorted(areas.items()):
            text = document[index].get_textpage()
            counts: dict[float, int] = {}
            x, y = ctypes.c_double(), ctypes.c_double()
            for character in range(text.count_chars()):
                raw.FPDFText_GetCharOrigin(text, character, x, y)
                if area.bottom - 1 <= y.value <= area.top:
                    base = round(y.value, 1)
                    counts[base] = counts.get(base, 0) + 1
            found[index] = sorted(
                (base for base, count in counts.items() if count >= CHARACTERS), reverse=True
            )
    return found


def _drawing(
    right: float, top: float, lines: Iterable[float], signs: Sequence[Sign], bars: Sequence[Bar]
) -> bytes:
    rows = [
        f"q 1 0 0 1 {SIDE} {ENDS} cm 0.4 w 0.6 G".encode(),
        f"0 0 {right:.2f} {top:.2f} re S".encode(),
        b"0 G 0 g",
    ]
    rows += [f"1.5 w -8 {bar.bottom:.2f} m -8 {bar.top:.2f} l S".encode() for bar in bars]
    number = 0
    last = None
    for base in lines:
        if last is not None and last - base < SIZE:
            continue
        number, last = number + 1, base
        rows.append(_text(-24, base, str(number)))
    taken = {0: top + ENDS, 1: top + ENDS}
    for sign in sorted(signs, key=lambda one: (one.column, -one.y)):
        y = min(sign.y - SIZE, taken[sign.column] - SIZE - 0.5)
        taken[sign.column] = y
        rows.append(_text(right + 6 + 44 * sign.column, y, sign.words))
    return b"\n".join([*rows, b"Q"])


def _text(x: float, y: float, words: str) -> bytes:
    plain = words.encode("cp1252", "replace")
    for mark in (b"\\", b"(", b")"):
        plain = plain.replace(mark, b"\\" + mark)
    return b"BT /Plain %.1f Tf %.2f %.2f Td (%s) Tj ET" % (SIZE, x, y, plain)
