"""The report's lines: what was found, as a printer would say it."""

from collections.abc import Iterator

from engross.check.preflight.faces import Faces
from engross.check.preflight.inks import Inks
from engross.check.preflight.margins import Margins
from engross.check.preflight.report import Line, Tally
from engross.check.preflight.sheets import Sheets, inch
from engross.check.preflight.wanted import Sides, Wanted
from engross.model.check import Status

Row = tuple[str, tuple[str, ...], str]
"""Name of a check, its codes, and what it found."""


def lines(
    wanted: Wanted, tally: Tally, sheets: Sheets, margins: Margins, faces: Faces, inks: Inks
) -> tuple[Line, ...]:
    """A line for each check that applies to the file; one with a fault says the first of them."""
    found: list[Line] = []
    told = {code: text for code, text, _ in reversed(list(tally.rows))}
    for name, codes, text in _rows(wanted, sheets, margins, faces, inks):
        wrong = [told[code] for code in codes if code in told]
        state = Status.FAILED if wrong else Status.PASSED
        found.append(Line(name, state, wrong[0] if wrong else text))
    return tuple(found)


def _rows(
    wanted: Wanted, sheets: Sheets, margins: Margins, faces: Faces, inks: Inks
) -> Iterator[Row]:
    yield "file", ("W200", "W201", "W202"), "two programs read it alike; not encrypted"
    yield "pages", ("W203", "W204", "W205"), _pages(wanted, sheets)
    sizes = ", ".join(f"{inch(w)} × {inch(h)} in" for w, h in sorted(sheets.trims))
    yield "trim", ("W210", "W211", "W212", "W214", "W215"), f"{sizes}, boxes one within the other"
    if wanted.bleed is not None:
        yield "bleed", ("W213",), _sides(wanted.bleed)
    if wanted.free is not None:
        near = _sides(margins.nearest) if margins.nearest else "nothing is printed"
        yield "margins", ("W220",), f"free: {near}"
    if wanted.blank is not None:
        blank = ", ".join(str(number) for number in sheets.blank) or "none"
        yield "blank pages", ("W223", "W224"), f"{blank}, as meant"
    count = len(set(faces.names.values()))
    yield (
        "fonts",
        ("W230", "W231", "W232", "W233", "W234", "W235"),
        f"{count} in use, all embedded as subsets, their text can be searched",
    )
    if wanted.least_type:
        yield "type", ("W221",), f"smallest {inks.smallest:g} pt, least {wanted.least_type:g} pt"
    if wanted.least_rule:
        thin = f"thinnest {inks.thinnest:g} pt" if inks.thinnest else "none"
        yield "rules", ("W222",), f"{thin}, least {wanted.least_rule:g} pt"
    yield from _press_rows(wanted, inks)
    if wanted.standard == "reading":
        yield "language", ("W271",), "language and title are stated"
        yield "tags", ("W270", "W272", "W274"), "tagged, headings without gaps, links in order"
        yield "pictures", ("W273",), "every figure is described"
        yield "tables/lists", ("W267", "W275"), "headings say what they head, lists hold items"
        yield "notes, links", ("W276",), "every note has its identifier, every link its words"
        yield (
            "archive",
            ("W264", "W265", "W277", "W278", "W279"),
            "PDF/A-3a: colours have a profile",
        )


def _press_rows(wanted: Wanted, inks: Inks) -> Iterator[Row]:
    if not wanted.press:
        return
    plates = "".join(one for one in "CMYK" if one in inks.plates)
    said = "everything prints on the black plate" if plates in ("K", "") else f"plates {plates}"
    yield "colour", ("W240", "W241", "W242", "W246", "W247"), said
    if wanted.ink_limit:
        yield (
            "ink",
            ("W243", "W244"),
            f"at most {inks.peak:.0f} %, limit {wanted.ink_limit:.0f} %",
        )
    least = f"lowest {inks.coarsest:.0f} pixels per inch" if inks.pictures else "none"
    yield "pictures", ("W250",), least
    if wanted.standard == "PDF/X-1a:2003":
        yield "transparency", ("W245",), "nothing is transparent"
    if wanted.standard != "none":
        text = f"{wanted.standard} for {wanted.condition}; dates, identifier, trapping are stated"
        yield "standard", ("W260", "W261", "W262", "W263", "W264", "W265"), text
    yield "active", ("W266",), "no links, forms, scripts, layers or attachments"


def _pages(wanted: Wanted, sheets: Sheets) -> str:
    text = f"{sheets.count}"
    if wanted.multiple > 1:
        text += f", a multiple of {wanted.multiple}"
    if wanted.least_pages:
        text += f", between {wanted.least_pages} and {wanted.most_pages}"
    return text


def _sides(sides: Sides) -> str:
    rows = ("head", "foot", "fore-edge", "spine")
    values = (sides.head, sides.foot, sides.fore_edge, sides.spine)
    return ", ".join(f"{name} {inch(value)} in" for name, value in zip(rows, values, strict=True))
