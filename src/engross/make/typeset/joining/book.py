"""The file that is joined: its pages in order, their boxes, and the places in them."""

import io
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from engross.make.typeset.values import Page, Typesetting

WORDS = {"page": "Page", "paragraph": "Paragraph", "note": "Note"}


@dataclass(frozen=True, slots=True)
class Plan:
    """One file that is made from a typesetting: its medium, its boxes and its record."""

    medium: Literal["print", "screen"]
    """`print`: grey only, which is the black plate; `screen`: grey and RGB, never CMYK."""
    title: str
    authors: tuple[str, ...] = ()
    language: str = "en"
    subject: str = ""
    keywords: tuple[str, ...] = ()
    created: str = ""
    """`2026-11-23T00:00:00Z`; from the manifest or the ledger, never a clock; empty: no date."""
    modified: str = ""
    identifier: str = ""
    """A URN or URL of the edition, for XMP."""
    bleed_outer: float = 0.0
    """All measures in points."""
    bleed_top: float = 0.0
    bleed_bottom: float = 0.0
    bleed_inner: float = 0.0
    gutter_shift: float = 0.0
    """How far the block moves away from the bound edge, or towards it, on both sides."""
    words: Mapping[str, str] = field(default_factory=lambda: dict(WORDS))
    """What links are called in the edition's language: `page`, `paragraph`, `note`."""
    multiple: int = 1
    """Blank pages are added at the end until the number of pages is a multiple of this."""
    coloured: bool = False
    """Whether a print's pictures keep their colours, in four inks; those of a cover do."""


@dataclass(slots=True)
class Joined:
    """The file in work, and what its pieces need to know of each other."""

    pdf: pikepdf.Pdf
    work: Typesetting
    plan: Plan
    pages: list[Any]
    """The page objects, in order."""
    shifts: list[tuple[float, float]]
    """How far the contents of each page are moved, right and up."""
    first: list[int]
    """The index of the first page of each unit."""

    def point(self, unit: int, page: int, x: float, y: float) -> tuple[int, float, float]:
        """A point of a part as a page's index and a point of that page."""
        index = self.first[unit] + page
        dx, dy = self.shifts[index]
        return index, round(x + dx, 3), round(y + dy, 3)


def collect(pdf: pikepdf.Pdf, work: Typesetting, plan: Plan) -> Joined:
    """Copy the pages of all parts in order, with blank pages between, and set their boxes."""
    first = [0] * len(work.units)
    for index in range(len(work.pages) - 1, -1, -1):
        page = work.pages[index]
        if page.unit is not None:
            first[page.unit] = index
    sizes = [part.side["pages"][0] for part in work.parts]
    last = sizes[0] if sizes else {"width": 432.0, "height": 648.0}
    sources = []
    pages: list[Any] = []
    for row in work.pages:
        if row.unit is None:
            pages.append(blank(pdf, last))
        elif row.page == 0:
            source = pikepdf.open(io.BytesIO(work.parts[row.unit].pdf))
            sources.append(source)
            pdf.pages.extend(source.pages)
            last = sizes[row.unit]
            pages.extend(pdf.pages[n].obj for n in range(len(pages), len(pdf.pages)))
    while len(pages) % plan.multiple:
        pages.append(blank(pdf, last))
    book = Joined(pdf, work, plan, pages, [], first)
    for index, page in enumerate(pages):
        set_boxes(book, index, page)
    return book


def blank(pdf: pikepdf.Pdf, like: dict[str, Any]) -> Any:
    """An empty page at the end of what is there."""
    pdf.add_blank_page(page_size=(like["width"], like["height"]))
    page = pdf.pages[-1].obj
    page.Contents = pdf.make_stream(b"")
    return page


def set_boxes(book: Joined, index: int, page: Any) -> None:
    """Media, bleed and trim of one page, and how far its block moves."""
    plan = book.plan
    recto = index % 2 == 0
    _, _, width, height = (float(value) for value in page.MediaBox)
    left, right = plan.bleed_inner, plan.bleed_outer
    if not recto:
        left, right = right, left
    whole = [0, 0, left + width + right, plan.bleed_bottom + height + plan.bleed_top]
    trim = [left, plan.bleed_bottom, left + width, plan.bleed_bottom + height]
    page.MediaBox = Array([round(value, 4) for value in whole])
    page.BleedBox = page.MediaBox
    page.TrimBox = Array([round(value, 4) for value in trim])
    if "/CropBox" in page:
        del page.CropBox
    dx = left + (plan.gutter_shift if recto else -plan.gutter_shift)
    row = source_page(book.work, index)
    if row is not None and not recto:
        dx += row["outer"] - row["inner"]
    book.shifts.append((round(dx, 4), plan.bleed_bottom))


def source_page(work: Typesetting, index: int) -> dict[str, Any] | None:
    """The side-car of a page of the volume; None for a blank one."""
    if index >= len(work.pages):
        return None
    page: Page = work.pages[index]
    if page.unit is None:
        return None
    row: dict[str, Any] = work.parts[page.unit].side["pages"][page.page]
    return row


def destinations(book: Joined) -> dict[str, tuple[int, float, float]]:
    """Every address and id of the volume as a point; written as named destinations."""
    found: dict[str, tuple[int, float, float]] = {}
    for unit, part in enumerate(book.work.parts):
        for key, (page, x, y) in part.side["dests"].items():
            found.setdefault(key, book.point(unit, int(page), x, y))
    names = Array()
    for key in sorted(found, key=lambda name: name.encode("utf-8")):
        index, x, y = found[key]
        names.append(String(key))
        names.append(Array([book.pages[index], Name.XYZ, x, y, 0]))
    leaf = book.pdf.make_indirect(Dictionary(Names=names))
    if len(names):
        leaf.Limits = Array([names[0], names[len(names) - 2]])
    root = Dictionary(Kids=Array([leaf])) if len(names) else leaf
    book.pdf.Root.Names = Dictionary(Dests=book.pdf.make_indirect(root))
    return found
