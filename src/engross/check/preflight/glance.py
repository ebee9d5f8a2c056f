"""The second parser: PDFium's view of pages, text and where things lie."""

import ctypes
from dataclasses import dataclass
from typing import Any

from engross.check.preflight.wanted import Box

TEXT = 1
"""PDFium's number for a text object."""
REPLACED = "\ufffd"


@dataclass(frozen=True, slots=True)
class Seen:
    """What PDFium sees of one page; boxes as left, bottom, right, top, in points."""

    width: float
    height: float
    text: Box | None
    """Around all text."""
    strings: int
    """How many pieces of text."""
    others: tuple[Box, ...]
    """Around each line, area and picture."""
    replaced: bool
    """A character of the text is the replacement character."""


class Glance:
    """A file that is open in PDFium; to be closed."""

    def __init__(self, content: bytes) -> None:
        """
        Open a file.

        Raises:
            ValueError: PDFium cannot.
        """
        import pypdfium2 as pdfium

        try:
            self.file: Any = pdfium.PdfDocument(content)
        except pdfium.PdfiumError as error:
            raise ValueError(str(error)) from error

    def __len__(self) -> int:
        return len(self.file)

    def close(self) -> None:
        """Let the file go."""
        self.file.close()

    def size(self, number: int) -> tuple[float, float]:
        """Width and height of a page, from 1; its drawing is not read."""
        width, height = self.file.get_page_size(number - 1)
        return width, height

    def page(self, number: int, *, words: bool = True) -> Seen:
        """One page, from 1; its words are read where they may hold the replacement character."""
        import pypdfium2.raw as raw

        page = self.file[number - 1]
        try:
            left, low, right, top = (ctypes.c_float() for _ in range(4))
            spans = (ctypes.byref(left), ctypes.byref(low), ctypes.byref(right), ctypes.byref(top))
            text: Box | None = None
            strings, others = 0, []
            for at in range(raw.FPDFPage_CountObjects(page.raw)):
                one = raw.FPDFPage_GetObject(page.raw, at)
                if not raw.FPDFPageObj_GetBounds(one, *spans):
                    continue
                box = _clipped((left.value, low.value, right.value, top.value), one, raw)
                if raw.FPDFPageObj_GetType(one) != TEXT:
                    others.append(box)
                    continue
                strings += 1
                if box[2] > box[0]:
                    text = box if text is None else around(text, box)
            replaced = False
            if words:
                text_page = page.get_textpage()
                replaced = REPLACED in text_page.get_text_range()
                text_page.close()
            return Seen(page.get_width(), page.get_height(), text, strings, tuple(others), replaced)
        finally:
            page.close()

    def letters(self, number: int) -> tuple[Box, ...]:
        """Around each letter of a page, also of drawings within drawings."""
        import pypdfium2.raw as raw

        page = self.file[number - 1]
        words = page.get_textpage()
        try:
            edges = [ctypes.c_double() for _ in range(4)]
            left, right, low, top = (ctypes.byref(edge) for edge in edges)
            found = []
            for at in range(words.count_chars()):
                if raw.FPDFText_GetCharBox(words.raw, at, left, right, low, top):
                    x1, x2, y1, y2 = (edge.value for edge in edges)
                    if x2 - x1 > 0.01 and y2 - y1 > 0.01:
                        found.append((x1, y1, x2, y2))
            return tuple(found)
        finally:
            words.close()
            page.close()


def _clipped(box: Box, one: Any, raw: Any) -> Box:
    """What a clipping path leaves of an object: the part of a map within its frame."""
    clip = raw.FPDFPageObj_GetClipPath(one)
    for path in range(max(0, raw.FPDFClipPath_CountPaths(clip))):
        points = []
        for at in range(raw.FPDFClipPath_CountPathSegments(clip, path)):
            x, y = ctypes.c_float(), ctypes.c_float()
            segment = raw.FPDFClipPath_GetPathSegment(clip, path, at)
            if raw.FPDFPathSegment_GetPoint(segment, ctypes.byref(x), ctypes.byref(y)):
                points.append((x.value, y.value))
        if points:
            xs, ys = zip(*points, strict=True)
            box = (
                min(max(box[0], min(xs)), max(xs)),
                min(max(box[1], min(ys)), max(ys)),
                max(min(box[2], max(xs)), min(xs)),
                max(min(box[3], max(ys)), min(ys)),
            )
    return box


def around(a: Box, b: Box) -> Box:
    """The least box that holds both."""
    return min(a[0], b[0]), min(a[1], b[1]), max(a[2], b[2]), max(a[3], b[3])
