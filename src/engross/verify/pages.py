"""The pages of a PDF as they are drawn: every character in the order of drawing, and its ink."""

import ctypes
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace
from typing import Any

import pypdfium2
from pypdfium2 import raw

from engross.model.unseen import JOINED
from engross.verify.bidi import leftward, reading
from engross.verify.plain import paper

SCALE = 2.0
"""Pixels a point, for looking at the ink."""
THIN = 3
"""Pixels across a character that is but a stroke."""
PALE = 232
"""Grey, 0 black to 255 white, from which on a pixel counts as paper."""
DARK = bytes(level < PALE for level in range(256))
HARD_HYPHEN = frozenset("\x02\ufffe")
"""What PDFium makes of a hyphen-minus at and near the ends of lines."""


JUMP = 8.0
"""Points that a base line may change within a line: note calls are raised."""
BACK = 3.0
"""Points that a character may stand to the left of the one before: kerning, italics."""


UPWARDS = 4.7
"""Radians, to a tenth, by which a line is turned that reads from the foot of the page."""
LONG = 8192
"""Bytes of what a page says beside the glyphs of a word."""
NEAR = 10.0
"""Points between pieces of one line: a wide space; columns and margins are farther away."""


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
    """Where each line stands."""
    unseen: tuple[str, ...]
    """Words without ink, or off the page."""

    def folded(self) -> "PageText":
        """The same page without a difference between small and capital letters."""
        lines = tuple(map(str.casefold, self.lines))
        rows = zip(self.lines, lines, self.stands, strict=True)
        # a letter that becomes two has no place of its own
        stands = (s if len(a) == len(b) else replace(s, boxes=()) for a, b, s in rows)
        return replace(self, lines=lines, stands=tuple(stands))

    def without(self, number: int, kept: Sequence[int]) -> "PageText":
        """The same page, of one line only the characters that are `kept`, by their number."""
        line, stand = self.lines[number], self.stands[number]
        if len(kept) == len(line):
            return self
        boxes = tuple(stand.boxes[at] for at in kept) if len(stand.boxes) == len(line) else ()
        if boxes:
            stand = Stand(boxes[0][0], boxes[-1][1], stand.base, boxes)
        stands = (*self.stands[:number], stand, *self.stands[number + 1 :])
        words = "".join(line[at] for at in kept)
        lines = (*self.lines[:number], words, *self.lines[number + 1 :])
        return replace(self, lines=lines, stands=stands)


def read_pages(content: bytes) -> tuple[PageText, ...]:
    """
    Read every page.

    Raises:
        pypdfium2.PdfiumError: the file is damaged.
    """
    with closing(pypdfium2.PdfDocument(content)) as document:
        return tuple(_page(document[index]) for index in range(len(document)))


@dataclass(slots=True)
class _Line:
    """Characters on one base line, as they were drawn one behind the other."""

    characters: list[str] = field(default_factory=list)
    """With the spaces that the reader puts between them."""
    origins: list[tuple[float, str]] = field(default_factory=list)
    """Where each stands that the page has itself, spaces too."""
    boxes: list[tuple[float, float, float]] = field(default_factory=list)
    """Left, right and base line of each that has ink."""

    @property
    def words(self) -> str:
        return "".join(self.characters)

    @property
    def left(self) -> float:
        return min(left for left, _, _ in self.boxes)

    @property
    def right(self) -> float:
        return max(right for _, right, _ in self.boxes)


def _page(page: pypdfium2.PdfPage) -> PageText:
    textpage = page.get_textpage()
    said = _text_of(textpage)
    spoken = _spoken(page) if JOINED.search(said) else {}
    reader = _Reader(textpage.raw, _Ink(page), spoken)
    for index, character in enumerate(said):
        reader.take(index, character)
    reader.gap()
    lines: list[str] = []
    stands: list[Stand] = []
    for words, around in _read(reader.drawn):
        broken = words.endswith("\u2010")
        whole = paper(words[:-1] if broken else words)
        if whole:
            lines.append(whole)
            stands.append(_stand(around, len(whole), broken=broken))
    return PageText(tuple(lines), tuple(stands), tuple(reader.unseen))


def _text_of(textpage: pypdfium2.PdfTextPage) -> str:
    """Every character of a page by its index; at once where the reader gives them so."""
    text, count = textpage.raw, textpage.count_chars()
    room = (ctypes.c_ushort * (count + 1))()
    if raw.FPDFText_GetText(text, 0, count, room) == count + 1:
        return "".join(map(chr, room[:count]))
    return "".join(chr(raw.FPDFText_GetUnicode(text, index)) for index in range(count))


class _Reader:
    """Takes the characters of a page in the order of drawing."""

    def __init__(self, text: Any, ink: "_Ink", spoken: "Spoken") -> None:
        self.text, self.ink, self.spoken = text, ink, spoken
        self.drawn = [_Line()]
        self.unseen: list[str] = []
        self.blind: list[str] = []
        self.told = 0
        self.upwards = False
        """Whether the line in work is of a turned table, and reads from the foot of the page."""
        self.edges = [ctypes.c_double() for _ in range(4)]
        self.spans = [ctypes.byref(edge) for edge in self.edges]

    def gap(self) -> None:
        """End a stretch of words that have no ink."""
        if self.blind:
            self.unseen.append("".join(self.blind))
            self.blind.clear()

    def take(self, index: int, character: str) -> None:
        """Take the next character."""
        if character in "\n\r":
            self.drawn.append(_Line())
            self.gap()
            return
        hyphen = character in HARD_HYPHEN
        character = "-" if hyphen else character
        edges, spans = self.edges, self.spans
        raw.FPDFText_GetCharOrigin(self.text, index, spans[0], spans[1])
        start, base = edges[0].value, edges[1].value
        if not self.drawn[-1].origins:  # a line begins
            self.upwards = round(raw.FPDFText_GetCharAngle(self.text, index), 1) == UPWARDS
        if self.upwards:
            start, base = base, -start
        if not character.isalnum():
            made_up = raw.FPDFText_IsGenerated(self.text, index) == 1
            if character.isspace() or made_up:
                self.drawn[-1].characters.append(character)
                if not made_up:
                    self.drawn[-1].origins.append((start, character))
                self.gap()
                return
        raw.FPDFText_GetCharBox(self.text, index, *spans)
        left, right, bottom, top = (edges[0].value, edges[1].value, edges[2].value, edges[3].value)
        seen = self.ink.seen(left, bottom, right, top)
        if self.upwards:
            left, right = bottom, top
        words = character
        if self.spoken:
            owner = raw.FPDFText_GetTextObject(self.text, index)
            key = ctypes.addressof(owner.contents) if owner else 0
            if key in self.spoken:
                words, (left, right, bottom, top) = self.spoken[key]
                if key == self.told:
                    return
                self.told = key
        boxes = self.drawn[-1].boxes
        if boxes and (left < boxes[-1][0] - BACK or abs(base - boxes[-1][2]) > JUMP):
            self.drawn.append(_Line())
        line = self.drawn[-1]
        for one in words[::-1] if not words.isascii() and leftward(words) else words:
            line.characters.append(one)
            line.origins.append((start, one))
            line.boxes.append((left, right, base))
        if hyphen:
            self.drawn.append(_Line())
        if seen:
            self.gap()
        else:
            self.blind.append(character)


Spoken = dict[int, tuple[str, tuple[float, float, float, float]]]
"""What is said beside glyphs, by the first text object of each word, and its box."""


def _spoken(page: pypdfium2.PdfPage) -> Spoken:
    """
    What a page says beside its glyphs, word by word, and the box of each: left, right, low, top.

    By the first text object of a word; PDFium itself turns the letters of such words about.
    """
    found: Spoken = {}
    key, before = 0, ""
    edges = [ctypes.c_float() for _ in range(4)]
    for number in range(raw.FPDFPage_CountObjects(page.raw)):
        one = raw.FPDFPage_GetObject(page.raw, number)
        said = _actual(one)
        if said:
            raw.FPDFPageObj_GetBounds(one, *edges)
            left, low, right, top = (edge.value for edge in edges)
            if said == before:
                old = found[key][1]
                left, right = min(old[0], left), max(old[1], right)
                low, top = min(old[2], low), max(old[3], top)
            else:
                key = ctypes.addressof(one.contents)
            found[key] = said, (left, right, low, top)
        before = said
    return found


def _actual(one: Any) -> str:
    size, room = ctypes.c_ulong(), (ctypes.c_ubyte * LONG)()
    for number in range(raw.FPDFPageObj_CountMarks(one)):
        mark = raw.FPDFPageObj_GetMark(one, number)
        if raw.FPDFPageObjMark_GetParamBlobValue(mark, b"ActualText", room, LONG, size):
            return bytes(room[: size.value]).decode("utf-16", "replace")
    return ""


def _read(drawn: Sequence[_Line]) -> Iterator[tuple[str, list[tuple[float, float, float]]]]:
    """
    The words of each line in the order of reading, and the boxes of its characters.

    What runs from right to left is drawn in pieces; those that stand side by side are one line.
    """
    if not any(leftward(line.words) for line in drawn):
        yield from ((line.words, line.boxes) for line in drawn)
        return
    turned = False
    waiting: list[str] = []
    for pieces in _level([line for line in drawn if line.boxes]):
        words = "".join(piece.words for piece in pieces)
        # A line without letters runs as the one before it.
        turned = leftward(words) or (turned and not any(map(str.isalpha, words)))
        if not turned:
            waiting.clear()
            yield from ((piece.words, piece.boxes) for piece in pieces)
            continue
        for some in _beside(pieces):
            standing = sorted(
                (origin for piece in some for origin in piece.origins), key=lambda row: row[0]
            )
            base = some[0].boxes[0][2]
            words = reading([character for _, character in standing], waiting)
            yield words, [(some[0].left, max(piece.right for piece in some), base)]


def _level(drawn: Sequence[_Line]) -> Iterator[list[_Line]]:
    """Pieces that were drawn one behind the other on one base line."""
    held: list[_Line] = []
    for piece in drawn:
        if held and abs(piece.boxes[0][2] - held[-1].boxes[-1][2]) > JUMP:
            yield held
            held = []
        held.append(piece)
    if held:
        yield held


def _beside(pieces: Sequence[_Line]) -> Iterator[list[_Line]]:
    """Pieces of one level that stand side by side, from left to right: not those of columns."""
    held: list[_Line] = []
    for piece in sorted(pieces, key=lambda piece: piece.left):
        if held and piece.left - max(one.right for one in held) > NEAR:
            yield held
            held = []
        held.append(piece)
    yield held


def _stand(boxes: list[tuple[float, float, float]], count: int, *, broken: bool) -> Stand:
    """Where a line of so many characters stands; a hyphen of the engine is its last box."""
    if not boxes:
        return Stand(0, 0, 0)
    kept = tuple(boxes[:count]) if len(boxes) == count + broken else ()
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
        self.rows = bytes(bitmap.buffer).translate(DARK)

    def seen(self, left: float, bottom: float, right: float, top: float) -> bool:
        """Whether anything dark stands in a box that lies on the page."""
        edges = self.inside
        if right <= edges[0] or left >= edges[2] or top <= edges[1] or bottom >= edges[3]:
            return False
        first = max(0, int((left - self.left) * SCALE))
        last = min(self.width, int((right - self.left) * SCALE) + 1)
        upper = max(0, int((self.top - top) * SCALE))
        lower = min(self.height, int((self.top - bottom) * SCALE) + 1)
        if last <= first:
            return False
        if last - first < THIN:  # a stroke may be drawn in the pixel beside
            first, last = max(0, first - 1), min(self.width, last + 1)
        find, stride = self.rows.find, self.stride
        for start in range(upper * stride, lower * stride, stride):
            if find(1, start + first, start + last) >= 0:
                return True
        return False
