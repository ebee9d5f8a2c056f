"""Whether a typeset book fits a printer's profile, and where its text block goes on the sheet."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from engross.catalog import finding
from engross.make.press.profiles import shipped
from engross.model.finding import Finding, Place
from engross.schema.profile import Extent, Profile
from engross.schema.trim import page_size, points

UNCHOSEN = "generic"
"""The profile for looking at a book before a printer is chosen."""
NEAR = 0.5
"""Points by which two measures may differ and still be one."""
THIN, THICK = (60, -10.8), (600, 7.2)
"""Pages of a thin and of a thick book, and how far the block moves from the house's gutter:
of 0.8 in, 0.65 to 0.9 in are left."""
HANG = 3.6
"""Points that italics and quotation marks may stand out to the left of a line's edge."""


@dataclass(frozen=True, slots=True)
class Interior:
    """A typeset book, as far as a printer asks; lengths in points."""

    trim: str
    """As the manifest has it: `6in 9in`."""
    binding: str
    """`perfect`, `saddle` or `case`."""
    pages: int
    inner: float
    """Between the bound edge and the text block, where it is smallest."""
    outer: float
    """Between the text block and the fore-edge, where it is smallest."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """How a printer wants the pages: what the writer needs to know; lengths in points."""

    binding: str
    pages: int
    """With the blank ones at the end."""
    blanks: int
    multiple: int
    bleed_head: float
    bleed_foot: float
    bleed_outer: float
    bleed_inner: float
    gutter_shift: float
    """How far the text block moves away from the bound edge, or towards it."""


def fit(
    name: str, profile: Profile, book: Interior, place: Place
) -> tuple[Sheet | None, tuple[Finding, ...]]:
    """
    Place a book on a printer's sheets, or say what does not fit and what would.

    The text block is never set anew: it only moves. Blank pages at the end are told of, at the
    place where the manifest names the profile.
    """
    findings: list[Finding] = []
    if found := _wrong_trim(name, profile, book, place):
        findings.append(found)
    extent = _extent(profile, book.binding)
    if extent is None:
        return None, (*findings, _wrong_binding(name, profile, book, place))
    if found := _wrong_extent(name, profile, extent, book, place):
        findings.append(found)
    pages = _rounded(book.pages, extent.multiple)
    inner, outer = profile.margins.value.inner(pages), points(profile.margins.value.fore_edge)
    room = book.outer - outer
    least = max(inner - book.inner, min(inner + HANG - book.inner, room))
    shift = max(least, min(_opened(pages), room))
    if book.outer - shift < outer - NEAR:
        findings.append(_wrong_margins(profile, book, pages, place))
    if any(found.is_error for found in findings):
        return None, tuple(findings)
    blanks = pages - book.pages
    if blanks:
        findings.append(_blanks(name, profile, extent, blanks, pages, place))
    bleed = profile.bleed.value
    return (
        Sheet(
            binding=extent.binding,
            pages=pages,
            blanks=blanks,
            multiple=extent.multiple,
            bleed_head=points(bleed.head),
            bleed_foot=points(bleed.foot),
            bleed_outer=points(bleed.fore_edge),
            bleed_inner=points(bleed.spine),
            gutter_shift=round(shift, 4),
        ),
        tuple(findings),
    )


def _opened(pages: int) -> float:
    """How far the block of a book of so many pages moves away from the fold that swallows it."""
    thick = min(max((pages - THIN[0]) / (THICK[0] - THIN[0]), 0.0), 1.0)
    return THIN[1] + thick * (THICK[1] - THIN[1])


def _extent(profile: Profile, binding: str) -> Extent | None:
    """What is wanted, or the one way of a printer of one way where nothing special is wanted."""
    rows = profile.extents.value
    alone = rows[0] if len(rows) == 1 and binding == "perfect" else None
    return profile.extent(binding) or alone


def _rounded(pages: int, multiple: int) -> int:
    return -(-pages // multiple) * multiple


def taking(pages: int, trim: str, profiles: Mapping[str, Profile]) -> Iterator[str]:
    """The printers and bindings that take so many pages of this size: `lulu (perfect)`."""
    for name, profile in profiles.items():
        if not _takes_trim(profile, trim):
            continue
        for row in profile.extents.value:
            if row.least <= _rounded(pages, row.multiple) <= row.most:
                yield f"{name} ({row.binding})"


def _takes_trim(profile: Profile, trim: str) -> bool:
    width, height = page_size(trim)
    listed = (page_size(one) for one in profile.trims.value)
    near = any(abs(w - width) < NEAR and abs(h - height) < NEAR for w, h in listed)
    return profile.other_trims or near


def _others(name: str) -> dict[str, Profile]:
    """The printers to name beside this one; the one that nobody chose is none."""
    return {key: one for key, one in shipped().items() if key not in (name, UNCHOSEN)}


def _or_none(names: Iterable[str]) -> str:
    return ", ".join(names) or "none of the profiles we have"


def _wrong_trim(name: str, profile: Profile, book: Interior, place: Place) -> Finding | None:
    if _takes_trim(profile, book.trim):
        return None
    others = [key for key, one in _others(name).items() if _takes_trim(one, book.trim)]
    message = f"{profile.title} does not print {shown_trim(book.trim)}"
    fix = (
        f"use one of {', '.join(shown_trim(one) for one in profile.trims.value)}, "
        f"or a printer that does: {_or_none(others)}"
    )
    return finding("W121", place, message, fix)


def _wrong_binding(name: str, profile: Profile, book: Interior, place: Place) -> Finding:
    others = [key for key, one in _others(name).items() if one.extent(book.binding)]
    ways = " and ".join(f"'{row.binding}'" for row in profile.extents.value)
    message = f"{profile.title} does not bind '{book.binding}', only {ways}"
    fix = f"change print.binding, or use a printer that binds so: {_or_none(others)}"
    return finding("W122", place, message, fix)


def _wrong_extent(
    name: str, profile: Profile, extent: Extent, book: Interior, place: Place
) -> Finding | None:
    pages = _rounded(book.pages, extent.multiple)
    if extent.least <= pages <= extent.most:
        return None
    few = pages < extent.least
    bound = f"{extent.least} or more" if few else f"{extent.most} or fewer"
    others = taking(book.pages, book.trim, _others(name))
    message = (
        f"{profile.title} binds '{extent.binding}' books of {bound} pages, and this one has "
        f"{book.pages}"
    )
    fix = f"use a printer and binding that takes {book.pages} pages: {_or_none(others)}"
    return finding("W123" if few else "W124", place, message, fix)


def _wrong_margins(profile: Profile, book: Interior, pages: int, place: Place) -> Finding:
    inner, outer = profile.margins.value.inner(pages), points(profile.margins.value.fore_edge)
    lacking = inner + outer - book.inner - book.outer
    width, height = (part for part in book.trim.split())
    wider = points(width) + lacking
    return finding(
        "W126",
        place,
        f"{profile.title} wants {inches(inner)} free at the spine of {pages} pages and "
        f"{inches(outer)} at the fore-edge; the text block leaves {inches(book.inner)} and "
        f"{inches(book.outer)}, which is {inches(lacking)} too little however it is moved",
        f"make the text block {inches(lacking)} narrower (--gutter and --fore-edge in tokens.css), "
        f"or take a trim at least {inches(wider)} wide and {height} high",
    )


def _blanks(
    name: str, profile: Profile, extent: Extent, blanks: int, pages: int, place: Place
) -> Finding:
    stand = "blank page stands" if blanks == 1 else "blank pages stand"
    return finding(
        "W125",
        place,
        f"{blanks} {stand} at the end for {name}: {profile.title} binds multiples of "
        f"{extent.multiple}, and this makes {pages} pages",
    )


def inches(length: float) -> str:
    """A length in points as printers read it: `0.125 in`."""
    return f"{length / 72:.3f}".rstrip("0").rstrip(".") + " in"


def shown_trim(trim: str) -> str:
    """`6in 9in` as `6 × 9 in`, and two units as they are."""
    width, height = trim.split()
    if width.endswith("in") and height.endswith("in"):
        return f"{width[:-2]} × {height[:-2]} in"
    return f"{width} × {height}"
