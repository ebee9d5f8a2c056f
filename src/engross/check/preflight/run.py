"""Preflight of one file: every check, page by page, and the report."""

import hashlib
import io
from collections.abc import Iterator

import pikepdf

from engross.cache.store import Keeper
from engross.check.preflight import access, record
from engross.check.preflight.faces import Faces
from engross.check.preflight.glance import Glance
from engross.check.preflight.inks import Inks, image_peak
from engross.check.preflight.known import Pages
from engross.check.preflight.report import Line, Report, Tally
from engross.check.preflight.sheets import Margins, Sheets, inch
from engross.check.preflight.wanted import SIDES, Sides, Wanted

Row = tuple[str, tuple[str, ...], str]
"""Name of a check, its codes, and what it found."""


DAMAGED = "build again; if it stays so, report it"
APART = 0.6
"""Points by which the two parsers may see a page differently."""


def preflight(content: bytes, wanted: Wanted, store: Keeper | None = None) -> Report:
    """
    Judge a finished file. What was seen of its drawings may be kept; a verdict never is.

    Whatever is wrong is in the report: nothing is raised, not even for a file that is none.
    """
    tally, subject = Tally(), hashlib.sha256(content).hexdigest()
    try:
        second = Glance(content)
    except ValueError as error:
        tally.add("W200", f"PDFium cannot open the file: {error}", DAMAGED)
        return Report(subject, wanted.printer, wanted.standard, (), tally.faults())
    try:
        with pikepdf.open(io.BytesIO(content), attempt_recovery=False) as pdf:
            pages = Pages(pdf, second, store)
            return _both(pages, content, wanted, subject, tally)
    except pikepdf.PasswordError:
        tally.add("W201", "the file is locked by a password", "make it without one")
    except (pikepdf.PdfError, ValueError, TypeError, KeyError, AttributeError) as error:
        tally.add("W200", f"the file is damaged: {str(error)[:120]}", DAMAGED)
    finally:
        second.close()
    return Report(subject, wanted.printer, wanted.standard, (), tally.faults())


def _both(known: Pages, content: bytes, wanted: Wanted, subject: str, tally: Tally) -> Report:
    pdf = known.pdf
    if pdf.is_encrypted:
        tally.add("W201", "the file is encrypted", "make it without encryption")
    second = known.glance
    if len(second) != len(pdf.pages):
        words = f"one program finds {len(pdf.pages)} pages in the file, another {len(second)}"
        tally.add("W202", words, DAMAGED)
    sheets, margins = Sheets(wanted, tally), Margins(wanted, tally)
    faces, inks = Faces(tally, pdf.pdf_version), Inks(wanted, tally)
    for number, (page, ink, seen) in enumerate(known, start=1):
        tally.page = number
        trim = sheets.page(number, page.obj, blank=ink.blank)
        faces.page(ink)
        inks.page(ink)
        if wanted.press:
            record.annotations(page.obj, tally)
        elif wanted.standard == "reading":
            access.page(page.obj, tally)
        if trim is None or seen is None:
            continue
        margins.page(number, seen, trim)
        if seen.replaced:
            tally.add("W235", "a character reads as '\ufffd'", "correct the text")
        height = float(page.mediabox[3]) - float(page.mediabox[1])
        if not page.obj.get("/Rotate") and abs(seen.height - height) > APART:
            tally.add("W202", "two programs see the page in different sizes", DAMAGED)
    tally.page = 0
    sheets.end()
    if wanted.ink_limit:
        for key in sorted(inks.image_keys - {(0, 0)}):
            peak = image_peak(pdf.get_object(key))
            inks.peak = max(inks.peak, peak)
            if peak > wanted.ink_limit + 1:
                words = f"a picture has {peak:.0f} % ink, over the {wanted.ink_limit:.0f} % of "
                tally.add("W243", words + wanted.printer, "convert it for the printing condition")
    record.judge(pdf, content, wanted, tally)
    if wanted.standard == "reading":
        access.judge(pdf, tally)
    found = lines(wanted, tally, sheets, margins, faces, inks)
    return Report(subject, wanted.printer, wanted.standard, found, tally.faults())


def lines(
    wanted: Wanted, tally: Tally, sheets: Sheets, margins: Margins, faces: Faces, inks: Inks
) -> tuple[Line, ...]:
    """A line for each check that applies to the file; one with a fault says the first of them."""
    told = {code: text for code, text, _ in reversed(list(tally.rows))}
    rows = _rows(wanted, sheets, margins, faces, inks)
    return tuple(Line.judged(name, codes, told, text) for name, codes, text in rows)


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
    return ", ".join(f"{name} {inch(value)} in" for name, value in zip(SIDES, sides, strict=True))
