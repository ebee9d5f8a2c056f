"""The EAN-13 of a printed book's ISBN as bars, black on a white box, with its add-on of five."""

from dataclasses import dataclass
from itertools import groupby

from engross.schema.profile import Barcode
from engross.schema.trim import points

MODULE = 0.33 * 72 / 25.4
"""Points: the width of the thinnest bar at full size (GS1)."""
QUIET = (11, 7)
"""Modules that stay white before and after the bars."""
LEAST = 0.8
"""The part of full size that a shop's scanner still reads."""
DIGITS = 10.0
"""Points of height for the digits below the bars."""
GAP = 9
"""Modules between the bars of the ISBN and its add-on."""
PARITY = (
    "GGLLL", "GLGLL", "GLLGL", "GLLLG", "LGGLL", "LLGGL", "LLLGG", "LGLGL", "LGLLG", "LLGLG"
)  # fmt: skip
"""Which of its two patterns each digit of an EAN-5 has, by the check digit, which is not drawn."""
EDGE = 4.0
"""Points of white above and below everything."""


@dataclass(frozen=True, slots=True)
class Bars:
    """What is drawn; lengths in points, from the box's upper left corner."""

    isbn: str
    """Thirteen digits."""
    shown: str
    """With hyphens: `978-0-306-40615-7`."""
    width: float
    """Width of the box; `height` alike."""
    height: float
    bars: tuple[tuple[float, float], ...]
    """Left edge and width of each."""
    top: float
    tall: float
    """How long the bars are."""
    more: str = ""
    """The five digits of the add-on."""
    beside: tuple[tuple[float, float], ...] = ()
    """Its bars, which begin below its digits."""


def bars(isbn: str, box: Barcode, more: str = "") -> Bars:
    """
    Draw the bars of an ISBN in a printer's box.

    Args:
        isbn: with or without hyphens.
        box: where they stand.
        more: five digits for an add-on; empty for none.

    Raises:
        ValueError: no ISBN-13, its check digit is wrong, or the box is too small for any scanner.
            (The barcode library would fix a wrong digit and say nothing.)
    """
    from barcode import EAN13
    from stdnum import isbn as standard

    if not standard.is_valid(isbn) or len(standard.compact(isbn)) != 13:
        raise ValueError(f"'{isbn}' is not an ISBN of 13 digits with a fitting check digit")
    number = standard.compact(isbn)
    width, height = points(box.width), points(box.height)
    first = EAN13(number).build()[0].replace("G", "1")
    second = _add_on(more)
    pattern = f"{first}{'0' * GAP}{second}" if more else first
    modules = len(pattern) + sum(QUIET)
    module = min(MODULE, width / modules)
    tall = height - DIGITS - 2 * EDGE
    if module < LEAST * MODULE or tall < 20:
        raise ValueError(f"a box of {box.width} by {box.height} is too small for a barcode")
    at = (width - modules * module) / 2 + QUIET[0] * module
    found = []
    for black, run in groupby(pattern):
        count = len(list(run))
        if black == "1":
            found.append((round(at, 4), round(count * module, 4)))
        at += count * module
    shown, own = standard.format(number), sum(black == "1" for black, _ in groupby(first))
    edges = EDGE, round(tall, 4)
    return Bars(number, shown, width, height, tuple(found[:own]), *edges, more, tuple(found[own:]))


def _add_on(digits: str) -> str:
    """An EAN-5 in modules, `1` for black; empty without digits."""
    from barcode.charsets.ean import CODES

    if not digits:
        return ""
    check = sum(int(digit) * weight for digit, weight in zip(digits, (3, 9, 3, 9, 3), strict=True))
    kinds = {"L": "A", "G": "B"}
    rows = zip(digits, PARITY[check % 10], strict=True)
    return "1011" + "01".join(CODES[kinds[parity]][int(digit)] for digit, parity in rows)
