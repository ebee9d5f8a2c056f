"""The EAN-13 of a printed book's ISBN as bars, black on a white box."""

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


def bars(isbn: str, box: Barcode) -> Bars:
    """
    Draw the bars of an ISBN in a printer's box.

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
    pattern = EAN13(number).build()[0].replace("G", "1")
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
    shown = standard.format(number)
    return Bars(number, shown, width, height, tuple(found), EDGE, round(tall, 4))
