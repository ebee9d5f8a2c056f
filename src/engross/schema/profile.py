"""
`profiles/NAME.yaml`: what one printer takes, each figure with where it was found and when.

Printers change their pages, and copies of their figures disagree. A figure therefore names its
source; where sources disagree it is the safe one, and its note says what the others have.
"""

from collections.abc import Iterable
from typing import Annotated, Generic, Literal, TypeVar

from pydantic import Field, StringConstraints

from engross.schema.base import Address, Date, Day, Id, Model, Text
from engross.schema.trim import Intent, Length, Signature, Trim, points

T = TypeVar("T")

Binding = Literal["perfect", "saddle", "case"]
Standard = Literal["PDF/X-1a:2003", "PDF/X-4", "none"]


class Source(Model):
    """Where figures were found."""

    title: Text
    """What it is called: a page, a manual."""
    url: Address = ""
    read: Day
    """The day on which it was looked at, or the figure was written down."""
    standing: Literal["the printer's page", "other people's copies", "custom of the trade"]
    """How far to trust it: read there, copied by others, or on nobody's page in particular."""


class Figure(Model, Generic[T]):
    """A figure with where it comes from."""

    value: T
    """The figure itself."""
    source: Id
    """A key of `sources`."""
    note: str = ""
    """What other sources have, and why this value was taken."""


class Bleed(Model):
    """How far the paper runs on beyond the trimmed page, per side."""

    head: Length
    foot: Length
    fore_edge: Length
    spine: Length


class Margins(Model):
    """What must stay free of text, from the trimmed edge; the inner one grows with the pages."""

    head: Length
    foot: Length
    fore_edge: Length
    inside: Annotated[tuple["Inside", ...], Field(min_length=1)]
    """By number of pages, ascending; the last one holds for all longer books."""

    def inner(self, pages: int) -> float:
        """The inner margin of a book of so many pages, in points."""
        fits = [row for row in self.inside if pages <= row.up_to]
        return points((fits[0] if fits else self.inside[-1]).margin)


class Inside(Model):
    """The inner margin up to a number of pages."""

    up_to: int
    """The most pages that it holds for."""
    margin: Length


class Extent(Model):
    """How many pages a binding takes."""

    binding: Binding
    """How the pages are held together."""
    least: int
    """The fewest pages."""
    most: int
    """The most pages."""
    multiple: int = 1
    """The number of pages must be a multiple of this."""
    signature: Signature | None = None
    """Pages of one folded section; absent where single leaves are bound."""


class Paper(Model):
    """How thick a page is."""

    name: Id
    page: Annotated[str, StringConstraints(pattern=r"^\d+(\.\d+)?(in|mm|pt)$")]
    """Thickness of one page, that is of half a leaf."""
    cover: Length = "0in"
    """What the cover's own board adds to the spine."""
    estimated: bool = False
    """The printer states no figure: its cover template has the last word."""


class Barcode(Model):
    """The white box that the barcode stands in, on the back cover."""

    width: Length
    height: Length
    edge: Length
    """Its distance from trim and spine."""


class Cover(Model):
    """The cover wrap: back, spine and front on one sheet, or a cover of four pages."""

    bleed: Length
    safe: Length
    """What stays free inside the trim."""
    spine_text_from: int
    """Pages from which words may stand on the spine."""
    spine_clear: Length
    """Between words on the spine and its folds."""
    barcode: Barcode


class Case(Model):
    """Boards under one printed sheet: how far they and the sheet stand out beyond the book."""

    turn_in: Length
    """Paper beyond the boards' edges, which is glued to their insides."""
    overhang: Length
    """How far the boards stand out beyond the pages at head and foot."""
    wider: Length
    """How much wider a side is than the page, from the spine's edge to the board's."""
    hinge: Length
    """The groove beside the spine, which has no words."""
    boards: Length
    """What the boards add to the spine."""


class Profile(Model):
    """One printer."""

    title: Text
    """As people call it."""
    checked: Date
    """When its figures were last looked at."""
    sources: dict[Id, Source]
    trims: Figure[tuple[Trim, ...]]
    other_trims: bool = True
    """Whether sizes that are not listed are taken as well."""
    extents: Figure[Annotated[tuple[Extent, ...], Field(min_length=1)]]
    bleed: Figure[Bleed]
    marks: Figure[bool]
    """Crop and registration marks."""
    margins: Figure[Margins]
    standard: Figure[Standard]
    """What the files claim to be."""
    intent: Figure[Intent]
    icc: str = ""
    """A CMYK output profile, relative to the book's folder; PDF/X-4 needs one."""
    colour: Figure[Literal["black", "cmyk"]]
    """How the interior is printed; `black` is one plate."""
    ink_limit: Figure[int]
    """The most that cyan, magenta, yellow and black may add up to in a point, in percent."""
    resolution: Figure[int]
    """The least resolution of images, in pixels per inch at their size on the page."""
    least_type: Figure[Length]
    least_rule: Figure[Length]
    papers: Figure[tuple[Paper, ...]]
    """The first is taken where the manifest names none; none where there is no spine."""
    cover: Figure[Cover]
    case: Figure[Case] | None = None
    """None where the printer does not bind in boards, or nobody knows how."""

    def extent(self, binding: str) -> Extent | None:
        """What the printer takes of a binding; None if it does not bind so."""
        return next((row for row in self.extents.value if row.binding == binding), None)

    def paper(self, name: str) -> Paper | None:
        """The paper of this name, or the first; None if there is none."""
        rows: Iterable[Paper] = self.papers.value
        if name:
            return next((row for row in rows if row.name == name), None)
        return next(iter(rows), None)
