"""
Proof sheets: the final pages, unchanged, on larger paper, with what an editor needs around them.

Left of the text block stand line numbers and change bars, right of it the ids of paragraphs, notes
and questions. Everything is drawn over finished pages, so that line breaks are those of the book.
"""

import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

SIDE = 84.0
"""Points of paper that a proof has more than the page, left and right."""
ENDS = 24.0
"""The same above and below."""
SIZE = 5.5
"""Size of the type in the margins, in points."""
CHARACTERS = 3
"""A line of the text has at least so many; superior figures alone are none."""


@dataclass(frozen=True, slots=True)
class Sign:
    """A word in the right margin."""

    page: int
    """From 0."""
    y: float
    """Points from the trim's lower edge."""
    words: str
    column: int = 0
    """0 for ids, 1 for questions."""


@dataclass(frozen=True, slots=True)
class Bar:
    """A change bar."""

    page: int
    top: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Area:
    """Where the lines of a page stand; heads and folios are outside."""

    top: float
    bottom: float


def proof(
    pdf: bytes,
    signs: Sequence[Sign],
    bars: Sequence[Bar],
    areas: Mapping[int, Area],
) -> bytes:
    """Draw on finished pages what belongs around them; pages without an area get nothing."""
    import pikepdf

    lines = _lines(pdf, areas)
    with pikepdf.open(io.BytesIO(pdf)) as document:
        font = document.make_indirect(
            pikepdf.Dictionary(
                Type=pikepdf.Name.Font,
                Subtype=pikepdf.Name.Type1,
                BaseFont=pikepdf.Name.Helvetica,
                Encoding=pikepdf.Name.WinAnsiEncoding,
            )
        )
        for index, page in enumerate(document.pages):
            drawing = _drawing(
                page,
                lines.get(index, ()),
                [sign for sign in signs if sign.page == index],
                [bar for bar in bars if bar.page == index],
            )
            _add(document, page, font, drawing)
        target = io.BytesIO()
        document.save(target, deterministic_id=True)
    return target.getvalue()


def _lines(pdf: bytes, areas: Mapping[int, Area]) -> dict[int, list[float]]:
    """The base lines of each page, from above, as the page itself says where its letters are."""
    import ctypes

    import pypdfium2
    import pypdfium2.raw as raw

    found: dict[int, list[float]] = {}
    document = pypdfium2.PdfDocument(pdf)
    try:
        for index, area in sorted(areas.items()):
            text = document[index].get_textpage()
            counts: dict[float, int] = {}
            x, y = ctypes.c_double(), ctypes.c_double()
            for character in range(text.count_chars()):
                raw.FPDFText_GetCharOrigin(text, character, x, y)
                if area.bottom - 1 <= y.value <= area.top:
                    base = round(y.value, 1)
                    counts[base] = counts.get(base, 0) + 1
            found[index] = sorted(
                (base for base, count in counts.items() if count >= CHARACTERS), reverse=True
            )
    finally:
        document.close()
    return found


def _drawing(
    page: Any, lines: Iterable[float], signs: Sequence[Sign], bars: Sequence[Bar]
) -> bytes:
    left, bottom, right, top = (float(value) for value in page.mediabox)
    rows = [
        b"q 0.4 w 0.6 G",
        f"{left:.2f} {bottom:.2f} {right - left:.2f} {top - bottom:.2f} re S".encode(),
        b"0 G 0 g",
    ]
    rows += [
        f"1.5 w {left - 8:.2f} {bar.bottom:.2f} m {left - 8:.2f} {bar.top:.2f} l S".encode()
        for bar in bars
    ]
    number = 0
    last = None
    for base in lines:
        if last is not None and last - base < SIZE:
            continue
        number, last = number + 1, base
        rows.append(_text(left - 24, base, str(number)))
    taken = {0: top + ENDS, 1: top + ENDS}
    for sign in sorted(signs, key=lambda one: (one.column, -one.y)):
        y = min(sign.y - SIZE, taken[sign.column] - SIZE - 0.5)
        taken[sign.column] = y
        rows.append(_text(right + 6 + 44 * sign.column, y, sign.words))
    return b"\n".join([*rows, b"Q"])


def _text(x: float, y: float, words: str) -> bytes:
    plain = words.encode("cp1252", "replace")
    for mark in (b"\\", b"(", b")"):
        plain = plain.replace(mark, b"\\" + mark)
    return b"BT /Proof %.1f Tf %.2f %.2f Td (%s) Tj ET" % (SIZE, x, y, plain)


def _add(document: Any, page: Any, font: Any, drawing: bytes) -> None:
    import pikepdf

    left, bottom, right, top = (float(value) for value in page.mediabox)
    resources = page.obj.get("/Resources", pikepdf.Dictionary())
    # A page may share its resources with others: what is added is added to a copy.
    own = pikepdf.Dictionary(resources)
    fonts = pikepdf.Dictionary(own.get("/Font", pikepdf.Dictionary()))
    fonts["/Proof"] = font
    own["/Font"] = fonts
    page.obj["/Resources"] = own
    contents = page.obj.get("/Contents")
    old = list(contents) if isinstance(contents, pikepdf.Array) else [contents]
    streams = [one for one in old if one is not None]
    begin, end = document.make_stream(b"q\n"), document.make_stream(b"\nQ\n" + drawing)
    page.obj["/Contents"] = pikepdf.Array([begin, *streams, end])
    page.obj["/MediaBox"] = pikepdf.Array([left - SIDE, bottom - ENDS, right + SIDE, top + ENDS])
    for box in ("/CropBox", "/BleedBox", "/TrimBox", "/ArtBox"):
        if box in page.obj:
            del page.obj[box]
