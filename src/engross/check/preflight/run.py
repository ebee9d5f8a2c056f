"""Preflight of one file: every check, page by page, and the report."""

import hashlib
import io

import pikepdf

from engross.cache.keeper import Keeper
from engross.check.preflight import access, record
from engross.check.preflight.faces import Faces
from engross.check.preflight.glance import Glance
from engross.check.preflight.inks import Inks, image_peak
from engross.check.preflight.known import Pages
from engross.check.preflight.lines import lines
from engross.check.preflight.margins import Margins
from engross.check.preflight.report import Report, Tally
from engross.check.preflight.sheets import Sheets
from engross.check.preflight.wanted import Wanted

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
