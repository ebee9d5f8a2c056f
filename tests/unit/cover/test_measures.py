"""Measures of a cover and the bars on it."""

import pytest

from engross.make.press.barcode import bars
from engross.make.press.profiles import shipped
from engross.make.press.wrap import measure
from engross.model.finding import Place
from engross.schema.profile import Barcode

PLACE = Place("manifest.yaml", 5, 1)
ISBN = "978-0-306-40615-7"
BOX = Barcode(width="2in", height="1.2in", edge="0.25in")


@pytest.mark.parametrize(
    ("paper", "pages", "inches"),
    [("white", 200, 0.4504), ("cream", 200, 0.5), ("premium-colour", 100, 0.2347)],
)
def test_a_spine_is_as_thick_as_its_pages(paper: str, pages: int, inches: float) -> None:
    wrap, findings = measure(shipped()["kdp-paperback"], "6in 9in", "perfect", pages, paper, PLACE)
    assert findings == ()
    assert wrap is not None
    assert wrap.spine == pytest.approx(inches * 72, abs=0.001)
    assert wrap.trim == pytest.approx((2 * 432 + wrap.spine, 648))
    assert (wrap.width, wrap.height) == pytest.approx((wrap.trim[0] + 18, 666))
    assert wrap.folds == pytest.approx((9 + 432, 9 + 432 + wrap.spine))


def test_the_board_counts_where_the_printer_says_so() -> None:
    wrap, _ = measure(shipped()["lulu"], "6in 9in", "perfect", 100, "", PLACE)
    assert wrap is not None
    assert wrap.spine == pytest.approx((100 * 0.002253 + 0.06) * 72, abs=0.001)


def test_words_stand_on_a_spine_only_where_it_is_allowed_and_wide_enough() -> None:
    profile = shipped()["kdp-paperback"]
    sizes = []
    for pages in (98, 100, 200, 800):
        wrap, _ = measure(profile, "6in 9in", "perfect", pages, "cream", PLACE)
        assert wrap is not None
        sizes.append(wrap.spine_size)
    assert sizes == [0.0, 7.5, 14.0, 14.0]
    thin, _ = measure(shipped()["ingramspark"], "6in 9in", "perfect", 60, "", PLACE)
    assert thin is not None
    assert thin.spine_size == 0.0  # allowed from 48 pages, but there is no room for 6 pt


def test_an_unknown_paper_is_named_with_those_that_there_are() -> None:
    wrap, findings = measure(shipped()["kdp-paperback"], "6in 9in", "perfect", 100, "ivory", PLACE)
    assert wrap is None
    assert [str(found) for found in findings] == [
        "manifest.yaml:5:1: W286 KDP paperback has no paper 'ivory'\n"
        "    fix: use one of: cream, white, premium-colour"
    ]


def test_an_estimated_spine_says_so() -> None:
    wrap, findings = measure(shipped()["ingramspark"], "6in 9in", "perfect", 100, "", PLACE)
    assert wrap is not None
    assert [str(found) for found in findings] == [
        "manifest.yaml:5:1: W284 the spine of 0.25 in on paper 'creme' is an estimate: IngramSpark "
        "states no thickness that we could read\n"
        "    fix: order the cover template for 100 pages, and compare"
    ]


def test_no_cover_is_drawn_over_boards_that_nobody_measured() -> None:
    wrap, findings = measure(shipped()["kdp-paperback"], "6in 9in", "case", 100, "", PLACE)
    assert wrap is None
    assert [str(found) for found in findings] == [
        "manifest.yaml:5:1: W285 no cover is drawn over boards for KDP paperback: its profile has "
        "no measures of them\n"
        "    fix: add `case` to a profile of your own from the printer's template, or use one that "
        "has it: generic, ingramspark, lulu, offset"
    ]


def test_a_case_stands_out_beyond_the_pages_and_turns_in() -> None:
    wrap, findings = measure(shipped()["lulu"], "6in 9in", "case", 200, "", PLACE)
    assert wrap is not None
    spine = (200 * 0.002253 + 0.25) * 72
    assert wrap.spine == pytest.approx(spine, abs=0.001)
    # A template of 6 by 9 in is 10.75 in high, and 13.75 in wide without its spine.
    assert wrap.height == pytest.approx(10.75 * 72)
    assert wrap.width == pytest.approx(13.75 * 72 + spine, abs=0.001)
    assert wrap.bleed == pytest.approx(0.75 * 72)
    assert wrap.panel == pytest.approx((6.125 * 72, 9.25 * 72))
    assert wrap.hinge == pytest.approx(0.55 * 72)
    assert [str(found) for found in findings] == [
        "manifest.yaml:5:1: W284 the spine of 0.701 in and the boards of the case are estimates: "
        "Lulu gives them by its template for each book\n"
        "    fix: order the case template for 200 pages, and compare its size with the cover's"
    ]


def test_a_booklet_has_no_spine() -> None:
    wrap, findings = measure(shipped()["saddle-stitch"], "6in 9in", "saddle", 36, "", PLACE)
    assert findings == ()
    assert wrap is not None
    assert (wrap.spine, wrap.spine_size, wrap.trim) == (0.0, 0.0, (864.0, 648.0))


def test_bars_are_95_modules_wide_between_their_white_edges() -> None:
    drawn = bars(ISBN, BOX)
    assert (drawn.isbn, drawn.shown) == ("9780306406157", ISBN)
    assert len(drawn.bars) == 30
    first, last = drawn.bars[0], drawn.bars[-1]
    module = first[1]
    assert module == pytest.approx(0.33 * 72 / 25.4, abs=0.001)
    assert last[0] + last[1] - first[0] == pytest.approx(95 * module, abs=0.02)
    assert first[0] >= 11 * module - 0.01
    assert drawn.width - last[0] - last[1] >= 7 * module - 0.01


def test_an_add_on_stands_beside_the_bars_in_the_patterns_of_its_check_digit() -> None:
    drawn = bars(ISBN, BOX, "52495")
    assert len(drawn.bars) == 30
    module = drawn.bars[0][1]
    start, end = drawn.beside[0][0], sum(drawn.beside[-1])
    at = [round((left - start) / module) for left, _ in drawn.beside]
    widths = [round(width / module) for _, width in drawn.beside]
    lit = {place + step for place, width in zip(at, widths, strict=True) for step in range(width)}
    pattern = "".join("1" if place in lit else "0" for place in range(47))
    # 3·(5+4+5) + 9·(2+9) = 141: the check digit is 1, and the parities are GLGLL.
    assert pattern == "1011" + "01".join(["0111001", "0010011", "0011101", "0001011", "0110001"])
    assert start - sum(drawn.bars[-1]) == pytest.approx(9 * module, abs=0.01)
    assert drawn.width - end >= 7 * module - 0.02


@pytest.mark.parametrize("wrong", ["978-0-306-40615-8", "9780306406", "0-306-40615-2", ""])
def test_a_wrong_check_digit_is_refused_and_not_mended(wrong: str) -> None:
    with pytest.raises(ValueError, match="is not an ISBN of 13 digits"):
        bars(wrong, BOX)


def test_a_box_that_no_scanner_reads_is_refused() -> None:
    small = BOX.model_copy(update={"width": "0.9in"})
    with pytest.raises(ValueError, match=r"a box of 0\.9in by 1\.2in is too small for a barcode"):
        bars(ISBN, small)
