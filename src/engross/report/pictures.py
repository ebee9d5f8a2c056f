"""Pictures of an edition's pages, each with a description in words."""

import base64
import io
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

MOST = 64
"""Pages that are shown; of a longer file those on which a section begins."""
SCALE = 60 / 72
"""Sixty dots an inch: a page is recognised, and its text stands in the edition."""
WORDS = 90
"""Characters of a page's beginning and end that describe it."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A page as it looks and as it reads."""

    label: str
    """The printed number, or the ordinal where none is printed."""
    png: bytes
    description: str

    def address(self) -> str:
        """The picture as a `data:` address, so that the report is one file."""
        return "data:image/png;base64," + base64.b64encode(self.png).decode()


def pictures(path: Path, scale: float = SCALE) -> Iterator[Picture]:
    """The pages of a PDF that are worth showing, in order."""
    import pypdfium2 as pdfium

    with closing(pdfium.PdfDocument(path.read_bytes())) as document:
        for number in _shown(document):
            page = document[number]
            text = page.get_textpage()
            words = " ".join(text.get_text_range().split())
            image = page.render(scale=scale, grayscale=True).to_pil()
            label = document.get_page_label(number) or str(number + 1)
            yield Picture(label, _png(image), described(label, words))
            text.close()
            page.close()


def described(label: str, words: str) -> str:
    """
    A page in one sentence.

    >>> described("7", "To the Reader")
    'Page 7: “To the Reader”.'
    >>> described("8", "")
    'Page 8: blank.'
    """
    if not words:
        return f"Page {label}: blank."
    if len(words) <= 2 * WORDS:
        return f"Page {label}: “{words}”."
    start = words[:WORDS].rpartition(" ")[0]
    end = words[-WORDS:].partition(" ")[2]
    return f"Page {label}: begins “{start} …” and ends “… {end}”."


def _shown(document: object) -> list[int]:
    count = len(document)  # type: ignore[arg-type]  # pypdfium2 has no types
    if count <= MOST:
        return list(range(count))
    marks = document.get_toc(max_depth=2)  # type: ignore[attr-defined]  # as above
    numbers = {mark.get_dest().get_index() for mark in marks if mark.get_dest()}
    return sorted(number for number in {0, *numbers} if number is not None)[:MOST]


def _png(image: object) -> bytes:
    buffer = io.BytesIO()
    small = image.quantize(16)  # type: ignore[attr-defined]  # Pillow's, through pypdfium2
    small.save(buffer, "PNG", optimize=True)
    return buffer.getvalue()
