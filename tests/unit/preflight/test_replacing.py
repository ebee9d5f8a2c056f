"""The words of a page are read by PDFium wherever they may hold the replacement character."""

import io
from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name

from engross.check.preflight.glance import Glance
from engross.check.preflight.known import may_replace

PLAIN = "1 beginbfchar <0041> <0061> endbfchar"
GIVES = "1 beginbfchar <0041> <FFFD> endbfchar"
RANGE = "1 beginbfrange <0041> <0042> <FFFC> endbfrange"


def file(to_unicode: str = "", code: str = "00410043", **more: Any) -> bytes:
    """A page of two letters in a font with a map to characters."""
    with pikepdf.new() as pdf:
        child = Dictionary(
            Type=Name.Font,
            Subtype=Name.CIDFontType2,
            BaseFont=Name.Face,
            DW=500,
            CIDSystemInfo=Dictionary(Registry="Adobe", Ordering="Identity", Supplement=0),
        )
        font = Dictionary(
            Type=Name.Font,
            Subtype=Name.Type0,
            BaseFont=Name.Face,
            Encoding=Name("/Identity-H"),
            DescendantFonts=Array([pdf.make_indirect(child)]),
        )
        if to_unicode:
            head = "begincmap 1 begincodespacerange <0000> <ffff> endcodespacerange "
            font.ToUnicode = pdf.make_stream((head + to_unicode + " endcmap").encode())
        page = pdf.add_blank_page(page_size=(432, 648)).obj
        page.Resources = Dictionary(Font=Dictionary(F1=pdf.make_indirect(font)), **more)
        page.Contents = pdf.make_stream(f"BT /F1 12 Tf 72 500 Td <{code}> Tj ET".encode())
        target = io.BytesIO()
        pdf.save(target)
    return target.getvalue()


def may(content: bytes) -> bool:
    with pikepdf.open(io.BytesIO(content)) as pdf:
        return may_replace(pdf.pages[0].obj, {})


def reads(content: bytes) -> bool:
    glance = Glance(content)
    try:
        return glance.page(1).replaced
    finally:
        glance.close()


@pytest.mark.parametrize(("to_unicode", "code"), [(GIVES, "00410042"), (RANGE, "00420043")])
def test_a_page_that_reads_so_is_always_read(to_unicode: str, code: str) -> None:
    content = file(to_unicode, code)
    assert reads(content)
    assert may(content)


def test_a_page_whose_fonts_cannot_give_it_is_not_read() -> None:
    content = file(PLAIN)
    assert not reads(content)
    assert not may(content)


@pytest.mark.parametrize("more", ["/XObject", "/Pattern"])
def test_drawings_with_fonts_of_their_own_are_read(more: str) -> None:
    assert not may(file(PLAIN, **{more[1:]: Dictionary()}))
    assert may(file(PLAIN, **{more[1:]: Dictionary(One=Dictionary())}))


def test_a_font_without_a_map_is_read() -> None:
    assert may(file())
