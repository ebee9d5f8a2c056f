"""Measures of typography, on lines that are right and on lines that are wrong."""

from dataclasses import replace

import pytest

from engross.check.setting import measures
from engross.check.setting.lines import Element, Line, Setting


def line(page: int, base: float, owner: int, text: str = "words", kind: str = "P") -> Line:
    return Line(page, base, 10.5, Element(owner, kind, ("Part",), owner, 0), text)


def paragraph(owner: int, page: int, first: float, count: int, lead: float = 14.0) -> list[Line]:
    return [line(page, first - lead * n, owner) for n in range(count)]


def test_running_text_is_measured_against_the_grid_of_its_half_lines() -> None:
    right = paragraph(1, 1, 576, 10) + paragraph(2, 1, 429, 10)  # half a line of space between
    found = measures.grid(right, 10.5)
    assert (found.passed, found.text) == (
        True,
        "100% of 20 lines of text on a grid of 7 pt, leading 14 pt",
    )
    wrong = paragraph(1, 1, 576, 10) + paragraph(2, 2, 572, 10)
    found = measures.grid(wrong, 10.5)
    assert (found.passed, found.code, found.pages) == (False, "W301", (2,))
    assert found.text == "50% of 20 lines of text on a grid of 7 pt, leading 14 pt"


def test_facing_pages_begin_at_one_height() -> None:
    assert measures.facing(paragraph(1, 2, 576, 3) + paragraph(2, 3, 576, 3), 10.5).passed
    found = measures.facing(paragraph(1, 2, 576, 3) + paragraph(2, 3, 569, 3), 10.5)
    assert (found.code, found.pages) == ("W302", (2,))
    assert found.text == "0 of 1 facing pairs of text begin at one height"
    # The two sides of one leaf do not face each other, nor does a page that opens with a heading.
    assert measures.facing(paragraph(1, 1, 576, 3) + paragraph(2, 2, 569, 3), 10.5).passed
    opening = [line(3, 590, 3, kind="H1"), *paragraph(2, 3, 569, 3)]
    assert measures.facing(paragraph(1, 2, 576, 3) + opening, 10.5).passed


def test_an_opening_faces_none_wherever_its_first_line_stands() -> None:
    sunk = paragraph(1, 2, 562, 3) + paragraph(2, 3, 576, 3)
    assert not measures.facing(sunk, 10.5, {0: [1, 2]}).passed
    assert measures.facing(sunk, 10.5, {0: [2, 3]}).passed


def test_a_title_on_a_page_of_its_own_is_at_the_foot_of_nothing() -> None:
    title = [line(1, 521 - 21 * n, 2, kind="H1") for n in range(2)]
    assert measures.headings(title).passed
    assert not measures.headings([line(1, 576, 1), *title]).passed


def test_a_page_that_begins_with_a_table_faces_none() -> None:
    cell = Line(2, 575, 10.5, Element(1, "P", ("TR", "TD"), 1, 0), "words")
    assert measures.facing([cell, *paragraph(2, 2, 540, 3), *paragraph(3, 3, 576, 3)], 10.5).passed


def test_a_page_that_begins_with_a_picture_faces_none() -> None:
    words = line(2, 300, 1)
    caption = Line(2, 300, 10.5, Element(1, "P", ("Figure", "Caption"), 1, 0), "words")
    rest = paragraph(2, 2, 280, 3) + paragraph(3, 3, 576, 3)
    assert not measures.facing([words, *rest], 10.5).passed
    assert measures.facing([caption, *rest], 10.5).passed


@pytest.mark.parametrize(("before", "after", "page"), [(1, 4, 1), (4, 1, 2)])
def test_a_single_line_left_alone_is_found(before: int, after: int, page: int) -> None:
    whole = paragraph(7, 1, 100, 2) + paragraph(7, 2, 576, 2)
    assert measures.widows(whole).passed
    found = measures.widows(paragraph(7, 1, 100, before) + paragraph(7, 2, 576, after))
    assert (found.code, found.pages) == ("W303", (page,))
    assert found.text == "1 paragraphs run over a page; 1 single lines left alone"


def test_a_heading_at_the_foot_is_found() -> None:
    text = paragraph(1, 1, 576, 3)
    assert measures.headings([line(1, 590, 2, kind="H2"), *text]).passed
    found = measures.headings([*text, line(1, 100, 2, kind="H2")])
    assert (found.code, found.pages, found.text) == (
        "W304",
        (1,),
        "1 headings at the foot of a page",
    )


def test_three_hyphens_in_a_row_are_found() -> None:
    def lines(*words: str) -> list[Line]:
        return [line(1, 500 - 14 * n, 1, text) for n, text in enumerate(words)]

    two = measures.hyphens(lines("a-", "b‐", "c", "d-"))
    assert (two.passed, two.text) == (True, "at most 2 hyphens in a row")
    american = measures.hyphens(lines("a-", "b"), "en").text
    assert american == (
        "at most 1 hyphens in a row; `language: en` is divided as in America, en-GB as in Britain"
    )
    assert measures.hyphens(lines("a-", "b"), "en-GB").text == "at most 1 hyphens in a row"
    three = measures.hyphens(lines("a-", "b‐", "c- ", "d"))
    assert (three.code, three.pages, three.text) == ("W305", (1,), "at most 3 hyphens in a row")


def test_a_last_page_with_one_line_is_found() -> None:
    setting = Setting(3, parts={0: [1, 2], 1: [3]})
    assert measures.endings(paragraph(1, 2, 576, 2) + paragraph(2, 3, 576, 1), setting).passed
    found = measures.endings(paragraph(1, 2, 576, 1) + paragraph(2, 3, 576, 1), setting)
    assert (found.code, found.pages) == ("W306", (2,))
    assert found.text == "2 sections, 1 end with a single line"
    below = replace(line(2, 300, 3), element=Element(3, "P", ("Figure", "Caption"), 3, 0))
    assert measures.endings([*paragraph(1, 1, 576, 9), below], Setting(2, parts={0: [1, 2]})).passed


def test_a_note_may_begin_one_page_after_its_call_and_no_later() -> None:
    near = measures.notes(Setting(9, calls=[(4, 4), (4, 5)]))
    assert (near.passed, near.text) == (
        True,
        "2 notes: 1 on the page of their call, 1 later, 0 later than the next",
    )
    far = measures.notes(Setting(9, calls=[(4, 6), (5, 4)]))
    assert (far.code, far.pages) == ("W307", (4, 5))


def test_a_mark_stands_beside_a_line() -> None:
    text = paragraph(1, 1, 500, 2)
    assert measures.marks(text, Setting(1, marks=[(1, 486.0)])).passed
    found = measures.marks(text, Setting(1, marks=[(1, 486.0), (1, 490.0), (2, 500.0)]))
    assert (found.code, found.pages, found.text) == (
        "W308",
        (1, 2),
        "1 of 3 marks beside their line",
    )


def test_a_finding_names_the_pages() -> None:
    found = measures.notes(Setting(9, calls=[(4, 6)])).finding("a.pdf")
    assert str(found) == (
        "a.pdf: W307 1 notes: 0 on the page of their call, 1 later, 1 later than the next "
        "(page 4)\n"
        "    fix: look at the page; a small change of the text, or of the sheet, moves the break"
    )
    assert not found.is_error


def test_loose_lines_short_last_lines_and_empty_lines_above_notes_are_told() -> None:
    loose = paragraph(1, 1, 576, 3)
    for one, wide in zip(loose, (1.2, 1.6, 2.1), strict=True):
        one.spaces, one.letters, one.wider = [wide] * 8, 0.008, 1.015
    found = measures.spaces(loose)
    assert (found.passed, found.code, found.pages) == (False, "W309", (1,))
    assert found.text == (
        "66.7% of 3 justified lines have word spaces over 1.5 times the font's own, the loosest "
        "2.10 ('words' on page 1), the tightest 1.20; neighbours differ by 0.45; "
        "letters move by up to 0.80% of the size, glyphs by 1.5%"
    )
    assert measures.spaces(loose[:2]).passed
    short = [*paragraph(1, 1, 576, 2), line(1, 548, 1, "it.")]
    found = measures.runts(short)
    assert (found.code, found.pages) == ("W310", (1,))
    said = "1 of 1 paragraphs end with a line of 3 letters or fewer, 'it.' on page 1"
    assert found.text == said


def test_pages_on_which_lines_stay_empty_above_the_notes_are_told() -> None:
    def page(number: int, lowest: float) -> list[Line]:
        note = Line(number, 80, 9, Element(9, "P", ("Note",), 9, 0), "words")
        return [line(number, 576, 1), line(number, lowest, 1), note]

    rows = [*page(1, 100), *page(2, 155), *paragraph(3, 3, 576, 2)]
    found = measures.filled(Setting(3, rows, parts={0: [1, 2, 3]}), 10.5)
    assert (found.passed, found.code, found.pages) == (False, "W311", (2,))
    assert found.text == (
        "2.0 lines of text stay empty above the notes of 2 pages in the mean, 4 at most"
    )
