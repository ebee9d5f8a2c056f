"""The pages of a PDF as they are drawn: every character in the order of drawing, and its ink."""

import ctypes
from dataclasses import dataclass

import pypdfium2
from pypdfium2 import raw

from engross.verify.plain import paper

SCALE = 2.0
"""Pixels a point, for looking at the ink."""
PALE = 232
"""Grey, 0 black to 255 white, from which on a pixel counts as paper."""
HARD_HYPHEN = frozenset({0x2, 0xFFFE})
"""What PDFium makes of a hyphen-minus at and near the ends of lines."""


JUMP = 8.0
"""Points that a base line may change within a line: note calls are raised."""
BACK = 3.0
"""Points that a character may stand to the left of the one before: kerning, italics."""


@dataclass(frozen=True, slots=True)
class Stand:
    """Where a line stands, in points from the lower left corner."""

    left: float
    right: float
    base: float
    boxes: tuple[tuple[float, float, float], ...] = ()
    """Left, right and base line of each character; empty where they cannot be told apart."""


@dataclass(frozen=True, slots=True)
class PageText:
    """What one page says."""

    lines: tuple[str, ...]
    """Without white space, in the order of drawing; hyphens of the engine are left out."""
    stands: tuple[Stand, ...]
    """Of each line."""
    unseen: tuple[str, ...]
    """Words without ink, or off the page."""


@dataclass(slots=True)
class _Box:
    left: float
    bottom: float
    right: float
    top: float


def read_pages(content: bytes) -> tuple[PageText, ...]:
    """
    Read every page.

    Raises:
        pypdfium2.PdfiumError: the file is damaged.
    """
    document = pypdfium2.PdfDocument(content)
    try:
        return tuple(_page(document[index]) for index in range(len(document)))
    finally:
        document.close()


def _page(page: pypdfium2.PdfPage) -> PageText:
    text = page.get_textpage()
    ink = _Ink(page)
    count = raw.FPDFText_CountChars(text)
    edges = [ctypes.c_double() for _ in range(4)]
    lines: list[str] = []
    stands: list[Stand] = []
    line: list[str] = []
    boxes: list[tuple[float, float, float]] = []
    unseen: list[str] = []
    blind: list[str] = []

    def flush() -> None:
        words = "".join(line)
        if words.endswith("\u2010"):
            words = words[:-1]
        if words := paper(words):
            lines.append(words)
            stands.append(_stand(boxes, len(words)))
        line.clear()
        boxes.clear()

    def gap() -> None:
        if blind:
            unseen.append("".join(blind))
            blind.clear()

    for index in range(count):
        code = raw.FPDFText_GetUnicode(text, index)
        if code in (10, 13):
            flush()
            gap()
            continue
        character = "-" if code in HARD_HYPHEN else chr(code)
        if character.isspace() or raw.FPDFText_IsGenerated(text, index) == 1:
            line.append(character)
            gap()
            continue
        raw.FPDFText_GetCharBox(text, index, *edges)
        left, right, bottom, top = (edge.value for edge in edges)
        raw.FPDFText_GetCharOrigin(text, index, edges[0], edges[1])
        base = edges[1].value
        if boxes and (left < boxes[-1][0] - BACK or abs(base - boxes[-1][2]) > JUMP):
            flush()
        line.append(character)
        boxes.append((left, right, base))
        if code in HARD_HYPHEN:
            flush()
        if ink.seen(_Box(left, bottom, right, top)):
            gap()
        else:
            blind.append(character)
    flush()
    gap()
    return PageText(tuple(lines), tuple(stands), tuple(unseen))


def _stand(boxes: list[tuple[float, float, float]], count: int) -> Stand:
    """Where a line of so many characters stands; a hyphen of the engine is its last box."""
    if not boxes:
        return Stand(0, 0, 0)
    kept = tuple(boxes[:count]) if len(boxes) in (count, count + 1) else ()
    bases = sorted(base for _, _, base in boxes)
    left, right = min(box[0] for box in boxes), max(box[1] for box in boxes)
    return Stand(left, right, bases[len(bases) // 2], kept)


class _Ink:
    """A picture of a page, to see whether a character is there."""

    def __init__(self, page: pypdfium2.PdfPage) -> None:
        crop = page.get_cropbox()
        self.left, self.bottom, self.right, self.top = crop
        trim = page.get_trimbox()
        self.inside = trim or crop
        bitmap = page.render(scale=SCALE, grayscale=True, may_draw_forms=False)
        self.width, self.height, self.stride = bitmap.width, bitmap.height, bitmap.stride
        self.rows = bytes(bitmap.buffer)

    def seen(self, box: _Box) -> bool:
        """Whether anything dark stands in a box that lies on the page."""
        left, bottom, right, top = self.inside
        if box.right <= left or box.left >= right or box.top <= bottom or box.bottom >= top:
            return False
        first = max(0, int((box.left - self.left) * SCALE))
        last = min(self.width, int((box.right - self.left) * SCALE) + 1)
        upper = max(0, int((self.top - box.top) * SCALE))
        lower = min(self.height, int((self.top - box.bottom) * SCALE) + 1)
        if last <= first:
            return False
        for row in range(upper, lower):
            start = row * self.stride
            if min(self.rows[start + first : start + last]) < PALE:
                return True
        return False
