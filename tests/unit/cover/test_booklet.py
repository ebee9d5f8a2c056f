"""Booklets: what lies where when the sheets are folded."""

import io

import pikepdf
import pypdfium2
import pytest
from hypothesis import given
from hypothesis.strategies import integers

from engross.make.press.booklet import A4, impose, order


@given(pages=integers(1, 300))
def test_folded_sheets_read_from_the_first_page_to_the_last(pages: int) -> None:
    sides = list(order(pages))
    assert len(sides) % 2 == 0
    read: list[int] = []
    sheets = [(sides[at], sides[at + 1]) for at in range(0, len(sides), 2)]
    for front, back in sheets:  # down the first halves of the stack …
        read += [front[1], back[0]]
    for front, back in reversed(sheets):  # … and up the second ones
        read += [back[1], front[0]]
    assert [number for number in read if number] == list(range(1, pages + 1))
    assert read[:pages] == list(range(1, pages + 1))


def interior(pages: int) -> bytes:
    made = pikepdf.new()
    font = made.make_indirect(
        pikepdf.Dictionary(
            Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name("/Helvetica")
        )
    )
    for number in range(1, pages + 1):
        made.add_blank_page(page_size=(450, 666))
        page = made.pages[-1]
        page.trimbox = [9, 9, 441, 657]
        page.obj.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F=font))
        words = b"BT /F 20 Tf 100 300 Td (page-%d) Tj ET BT /F 20 Tf 2 300 Td (x) Tj ET" % number
        page.obj.Contents = made.make_stream(words)
    made.docinfo["/Title"] = "A"
    target = io.BytesIO()
    made.save(target)
    return target.getvalue()


@pytest.mark.parametrize("pages", [1, 4, 6, 33])
def test_every_page_stands_once_on_its_half_of_a_sheet(pages: int) -> None:
    content = impose(interior(pages), A4)
    file = pypdfium2.PdfDocument(content)
    found: list[tuple[str, str]] = []
    for sheet in file:
        width, height = sheet.get_size()
        words = sheet.get_textpage()
        halves = (
            words.get_text_bounded(0, 0, width / 2, height),
            words.get_text_bounded(width / 2, 0, width, height),
        )
        found.append(tuple(half.replace("x", "").strip() for half in halves))  # type: ignore[arg-type]
        words.close()
        sheet.close()
    file.close()
    assert found == [
        tuple(f"page-{number}" if number else "" for number in pair) for pair in order(pages)
    ]


def test_the_same_interior_gives_the_same_booklet() -> None:
    assert impose(interior(5)) == impose(interior(5))
    with pikepdf.open(io.BytesIO(impose(interior(5)))) as pdf:
        assert str(pdf.docinfo["/Title"]) == "A"
        assert len(pdf.pages) == 4
