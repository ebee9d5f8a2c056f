"""Covers of the memorandum: drawn, measured, scanned, and spoilt on purpose."""

import dataclasses
import io
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pikepdf
import pytest

from engross.assemble import Context, assemble
from engross.assemble.edition import Edition
from engross.cache.store import Store
from engross.check.preflight import Report
from engross.check.preflight.cover import CoverWanted, barcodes, preflight_cover, wanted_file
from engross.language import Words
from engross.make.press import pdfx
from engross.make.press.barcode import bars
from engross.make.press.cover import Design, draw_folded, draw_wrap
from engross.make.press.profiles import shipped
from engross.make.press.wrap import Wrap, measure
from engross.make.typeset.pool import Engines, Pool
from engross.make.typeset.values import House, Plan
from engross.model.finding import Place
from engross.parse.parse import parse
from engross.read import open_book
from engross.render.sheets import styles
from engross.schema.manifest import Cover, Isbns, Person, Price
from engross.schema.trim import points
from engross.verify.cover import prove_cover
from engross.verify.report import Log

BOOK = Path(__file__).parents[2] / "book"
ISBN = "9780306406157"
ENGINES = Engines()
PRICED = {
    "cover": Cover(price=True, ean_5="53000"),
    "prices": (Price(format="print", amount="24.00", currency="GBP"),),
}
PLAN = Plan("print", "A Conversation", created="2026-11-23T00:00:00Z", language="en")


@cache
def edition() -> Edition:
    sources = open_book(BOOK)
    made, _ = assemble(parse(sources), Context(sources.digest()))
    return made


@pytest.fixture(scope="module", autouse=True)
def workers() -> Iterator[None]:
    """One worker draws all covers."""
    yield
    ENGINES.close()


def pool(house: House) -> Pool:
    return ENGINES.pool(house)


@cache
def sheets() -> str:
    return styles("documentary", "wrap", {})


@cache
def wrap(name: str, pages: int, binding: str = "") -> Wrap:
    profile = shipped()[name]
    binding = binding or profile.extents.value[0].binding
    found, _ = measure(profile, "6in 9in", binding, pages, "", Place("manifest.yaml"))
    assert found is not None
    return found


@cache
def cover(name: str, pages: int, isbn: str = "", binding: str = "", more: str = "") -> bytes:
    profile = shipped()[name]
    box = profile.cover.value.barcode
    known = edition()
    if more:
        manifest = known.manifest.model_copy(update=PRICED)
        known = dataclasses.replace(known, manifest=manifest)
    design = Design(
        known,
        sheets(),
        Store(None),
        bars=bars(isbn, box, more) if isbn else None,
        bars_edge=points(box.edge),
        pool=pool,
    )
    press = pdfx.Press(profile.standard.value, profile.intent.value)
    found = wrap(name, pages, binding)
    return (draw_wrap if found.spine else draw_folded)(design, found, PLAN, press)


def judged(content: bytes, name: str, pages: int, binding: str = "", **changes: object) -> Report:
    profile, found = shipped()[name], wrap(name, pages, binding)
    want = CoverWanted(
        printer=profile.title,
        panel=found.panel,
        spine=found.spine,
        bleed=found.bleed,
        safe=found.safe,
        clear=found.clear,
        pages=pages,
        spine_from=found.spine_from,
        hinge=found.hinge,
    )
    want = dataclasses.replace(want, **changes)  # type: ignore[arg-type]
    return preflight_cover(content, wanted_file(profile, want), want)


def texts(report: Report) -> list[str]:
    return [f"{fault.code} {fault.text}" for fault in report.faults]


def spoilt(content: bytes, drawing: bytes) -> bytes:
    """The cover with letters of its own at a place."""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        page = pdf.pages[0]
        fonts = page.obj.Resources.Font
        name = next(name for name in fonts.keys() if name.startswith("/Front")).encode()  # noqa: SIM118  # no mapping
        page.contents_add(pdf.make_stream(b"\nq " + drawing.replace(b"/FONT", name) + b" Q\n"))
        target = io.BytesIO()
        pdf.save(target, force_version="1.4", deterministic_id=True)
    return target.getvalue()


WORDS = b"0 g BT /FONT 10 Tf %d %d Td <00710071> Tj ET"


@pytest.mark.parametrize(
    ("name", "pages"),
    [("kdp-paperback", 200), ("ingramspark", 34), ("lulu", 34), ("offset", 120)],
)
def test_the_wrap_of_each_printer_passes(name: str, pages: int) -> None:
    report = judged(cover(name, pages), name, pages)
    assert texts(report) == []
    assert "cover" in {line.name for line in report.lines}


def test_the_cover_of_a_booklet_has_four_pages_and_passes() -> None:
    content = cover("saddle-stitch", 36)
    with pikepdf.open(io.BytesIO(content)) as pdf:
        assert len(pdf.pages) == 4
    assert texts(judged(content, "saddle-stitch", 36)) == []


@pytest.mark.parametrize("name", ["generic", "ingramspark", "lulu", "offset"])
def test_the_case_of_each_printer_that_binds_in_boards_passes(name: str) -> None:
    content = cover(name, 200, binding="case")
    assert texts(judged(content, name, 200, "case")) == []
    with pikepdf.open(io.BytesIO(content)) as pdf:
        page = pdf.pages[0].obj
        sheet, trim = ([float(n) for n in page[key]] for key in ("/MediaBox", "/TrimBox"))
    turned = wrap(name, 200, "case").bleed
    assert trim == pytest.approx([turned, turned, sheet[2] - turned, sheet[3] - turned], abs=0.01)


def test_words_in_the_hinge_of_a_case_are_named() -> None:
    case = wrap("lulu", 200, "case")
    content = spoilt(cover("lulu", 200, binding="case"), WORDS % (case.folds[1] + 5, 300))
    assert texts(judged(content, "lulu", 200, "case")) == [
        "W283 words stand in the hinge of the case, 0.55 in on either side of the spine, where the "
        "paper is pressed into a groove"
    ]


def test_the_code_of_a_case_stands_clear_of_the_hinge(zbar_tool: str) -> None:
    content = cover("lulu", 200, ISBN, binding="case")
    assert texts(judged(content, "lulu", 200, "case", isbn=ISBN)) == []


def test_a_scanner_reads_the_isbn(zbar_tool: str) -> None:
    content = cover("kdp-paperback", 200, ISBN)
    assert barcodes(content) == (("EAN-13", ISBN),)
    assert texts(judged(content, "kdp-paperback", 200, isbn=ISBN)) == []


def test_a_scanner_reads_the_add_on_and_the_proof_the_price(zbar_tool: str) -> None:
    content = cover("generic", 120, ISBN, more="53000")
    assert texts(judged(content, "generic", 120, isbn=ISBN, more="53000")) == []
    assert texts(judged(content, "generic", 120, isbn=ISBN, more="90000")) == [
        f"W282 the barcode reads '53000' and '{ISBN}' and not '{ISBN}' and '90000'"
    ]
    assert proved(content, isbn=Isbns(print=ISBN), **PRICED) == []
    other = {**PRICED, "prices": (Price(format="print", amount="25.00", currency="GBP"),)}
    assert proved(content, isbn=Isbns(print=ISBN), **other) == [
        "P007 it says '£24.00', which the manifest does not have",
        "P007 it does not say the price of 25.00 GBP of the manifest",
    ]


def test_another_number_a_missing_one_and_one_too_many_are_named(zbar_tool: str) -> None:
    content, bare = cover("kdp-paperback", 200, ISBN), cover("kdp-paperback", 200)
    other = "9783161484100"
    assert texts(judged(content, "kdp-paperback", 200, isbn=other)) == [
        f"W282 the barcode reads '{ISBN}' and not '{other}'"
    ]
    assert texts(judged(bare, "kdp-paperback", 200, isbn=ISBN)) == [
        f"W282 the barcode reads nothing and not '{ISBN}'"
    ]
    assert texts(judged(content, "kdp-paperback", 200)) == [
        f"W282 the cover has a barcode that reads '{ISBN}', and the print has no ISBN"
    ]


def test_a_spine_for_another_number_of_pages_is_named() -> None:
    report = judged(cover("kdp-paperback", 200), "kdp-paperback", 240)
    assert "W280" in {fault.code for fault in report.faults}
    said = next(fault.text for fault in report.faults if fault.code == "W280")
    assert said == (
        "the page is trimmed to 12.5 × 9 in and not to 12.6 × 9 in; 240 pages make a spine of "
        "0.6 in"
    )


def test_words_on_a_spine_that_the_printer_wants_bare_are_named() -> None:
    content = cover("kdp-paperback", 200)
    assert texts(judged(content, "kdp-paperback", 200, spine_from=300)) == [
        "W281 words stand on the spine, which KDP paperback allows from 300 pages, and the book "
        "has 200"
    ]


CHANGES: list[tuple[str, Callable[[bytes], bytes], str]] = [
    ("words over a fold", lambda pdf: spoilt(pdf, WORDS % (436, 100)), "W281"),
    ("words at the foot", lambda pdf: spoilt(pdf, WORDS % (600, 12)), "W283"),
    ("words at the fore-edge", lambda pdf: spoilt(pdf, WORDS % (892, 300)), "W283"),
    ("a rich black", lambda pdf: spoilt(pdf, b"1 1 1 1 k 500 500 20 20 re f"), "W243"),
    ("RGB", lambda pdf: spoilt(pdf, b"1 0 0 rg 500 500 20 20 re f"), "W240"),
]


@pytest.mark.parametrize(
    ("change", "code"), [row[1:] for row in CHANGES], ids=[r[0] for r in CHANGES]
)
def test_a_fault_on_a_cover_is_named(change: Callable[[bytes], bytes], code: str) -> None:
    content = change(cover("kdp-paperback", 200))
    assert code in {fault.code for fault in judged(content, "kdp-paperback", 200).faults}


def test_a_cover_is_the_same_file_each_time() -> None:
    assert cover.__wrapped__("kdp-paperback", 200) == cover("kdp-paperback", 200)


def test_the_words_stand_over_an_image_of_ones_own() -> None:
    from PIL import Image

    target = io.BytesIO()
    Image.new("L", (1400, 2100), 128).save(target, "JPEG", quality=90)
    profile = shipped()["kdp-paperback"]
    design = Design(edition(), sheets(), Store(None), image=target.getvalue(), pool=pool)
    press = pdfx.Press(profile.standard.value, profile.intent.value)
    content = draw_wrap(design, wrap("kdp-paperback", 200), PLAN, press)
    report = judged(content, "kdp-paperback", 200)
    assert {fault.code for fault in report.faults} == {"W250"}  # 1400 pixels are 230 an inch here
    with pikepdf.open(io.BytesIO(content)) as pdf:
        assert any(name.startswith("/Front") for name in pdf.pages[0].obj.Resources.Font.keys())  # noqa: SIM118  # no mapping


def proved(content: bytes, *, own: bool = False, **changes: object) -> list[str]:
    """What the proof says of a cover against the memorandum's manifest, or a changed one."""
    log = Log("cover.pdf")
    manifest = edition().manifest.model_copy(update=changes)
    book: Any = SimpleNamespace(manifest=SimpleNamespace(value=manifest), words=Words("en"))
    prove_cover(content, book, log, own=own)
    assert [check.name for check in log.checks] == ["conservation"]
    assert log.checks[0].verdict == ("failed" if log.findings else "passed")
    return [f"{one.code} {one.message}" for one in log.findings]


@pytest.mark.parametrize("pages", [120, 32])
def test_a_cover_says_what_its_manifest_says(pages: int) -> None:
    assert proved(cover("generic", pages)) == []
    numbered = cover("generic", pages, ISBN)
    assert proved(numbered, isbn=Isbns(print=ISBN)) == []


def test_a_person_of_two_roles_stands_on_a_cover_in_both() -> None:
    """An author who is the editor, too: the proof knew the last role alone."""
    both = tuple(Person(name="Ann Sample", role=role) for role in ("aut", "edt"))
    named = edition().manifest.model_copy(update={"people": both})
    profile = shipped()["generic"]
    design = Design(
        dataclasses.replace(edition(), manifest=named), sheets(), Store(None), pool=pool
    )
    press = pdfx.Press(profile.standard.value, profile.intent.value)
    assert proved(draw_wrap(design, wrap("generic", 120), PLAN, press), people=both) == []


def test_words_that_no_manifest_has_are_found_on_a_cover() -> None:
    numbered = cover("generic", 120, ISBN)
    (said,) = proved(numbered)
    assert said == "P007 it says 'ISBN978-0-306-40615-7', which the manifest does not have"
    assert proved(numbered, own=True) == []


def test_a_title_that_a_cover_does_not_say_is_found() -> None:
    told = proved(cover("generic", 120), subtitle="Another Subtitle")
    assert told == [
        "P007 it says 'TheRecordofaConversationinMoscow,14September1961', "
        "which the manifest does not have",
        "P007 its front does not say the subtitle of the manifest",
    ]


def test_a_cover_that_cannot_be_read_is_told() -> None:
    (said,) = proved(b"%PDF-1.4 and no more")
    assert said.startswith("P001 the PDF cannot be read: ")
