"""What a finished file ought to be: a printer's figures, turned to points."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from engross.schema.profile import Profile
from engross.schema.trim import page_size, points

Box = tuple[float, float, float, float]
"""Left, bottom, right, top, in points."""


class Sides(NamedTuple):
    """A length in points for each side of a page; the spine is left on odd pages."""

    head: float
    foot: float
    fore_edge: float
    spine: float

    @classmethod
    def between(cls, inner: Box, outer: Box, number: int) -> "Sides":
        """What lies between two boxes of a page of this number."""
        left, right = inner[0] - outer[0], outer[2] - inner[2]
        fore_edge, spine = (right, left) if number % 2 else (left, right)
        return cls(outer[3] - inner[3], inner[1] - outer[1], fore_edge, spine)


SIDES = ("head", "foot", "fore-edge", "spine")
"""What a printer calls them."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What to hold a file against; None and 0 leave a check out. Lengths in points."""

    printer: str = ""
    """As its profile calls it."""
    standard: str = "none"
    """`PDF/X-1a:2003`, `PDF/X-4`, `reading` (PDF/UA-1 and PDF/A-3a) or `none`."""
    condition: str = ""
    """The registered printing condition that the file must name."""
    trim: tuple[float, float] | None = None
    bleed: Sides | None = None
    black_only: bool = False
    """All ink on the black plate."""
    press: bool = True
    """For the press, not for screens: no RGB, no links."""
    ink_limit: float = 0.0
    """Percent, all plates together."""
    resolution: float = 0.0
    """Pixels per inch."""
    least_type: float = 0.0
    least_rule: float = 0.0
    free: Sides | None = None
    """What stays free of text and pictures, from the trimmed edge."""
    pages: int = 0
    least_pages: int = 0
    most_pages: int = 0
    multiple: int = 1
    blank: frozenset[int] | None = None
    """Numbers of the pages that are meant to be blank, from 1."""


def interior(
    profile: Profile, trim: str, binding: str, pages: int, blank: Iterable[int] | None
) -> Wanted:
    """
    What an interior for a printer must be; its `pages` count the blank ones at the end.

    `blank` has the numbers of pages that are meant to be blank; None where only the build knew.
    """
    extent = profile.extent(binding)
    margins, bleed = profile.margins.value, profile.bleed.value
    return Wanted(
        printer=profile.title,
        standard=profile.standard.value,
        condition=profile.intent.value.identifier,
        trim=page_size(trim),
        bleed=Sides(*(points(x) for x in (bleed.head, bleed.foot, bleed.fore_edge, bleed.spine))),
        black_only=profile.colour.value == "black",
        ink_limit=float(profile.ink_limit.value),
        resolution=float(profile.resolution.value),
        least_type=points(profile.least_type.value),
        least_rule=points(profile.least_rule.value),
        free=Sides(
            points(margins.head),
            points(margins.foot),
            points(margins.fore_edge),
            margins.inner(pages),
        ),
        pages=pages,
        least_pages=extent.least if extent else 0,
        most_pages=extent.most if extent else 0,
        multiple=extent.multiple if extent else 1,
        blank=None if blank is None else frozenset(blank),
    )


def reading(trim: str, pages: int, blank: Iterable[int] | None, *, marked: bool = True) -> Wanted:
    """What the reading PDF must be: accessible and archival, in colours of a screen."""
    return Wanted(
        standard="reading" if marked else "none",
        trim=page_size(trim),
        press=False,
        pages=pages,
        blank=None if blank is None else frozenset(blank),
    )
