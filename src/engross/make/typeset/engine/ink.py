"""
Draw planned lines: letters and spaces apart, glyphs wider or narrower. Runs in a worker.

Letters move by the page's own operators (`Tc`, `Tz`), so that ligatures and kerning stay; spaces
are widened between the glyphs of one run. Where glyphs are not letter for letter what they say
(marks, reordered vowels, one glyph for two letters), the page says beside them what is read. What
is no text in outlines (emoji, missing glyphs) is left to the engine.
"""

import unicodedata
from array import array
from collections.abc import Iterator, Sequence
from itertools import groupby
from operator import itemgetter
from typing import Any

from engross.make.typeset.engine.metrics import runs
from engross.make.typeset.engine.mirrored import letters
from engross.make.typeset.engine.weasy import FROM_UNITS, Box, Face, Glyphs, Ink, ffi, pango, patch
from engross.model.unseen import JOINED, seen

Numbers = Sequence[int]
"""Five a glyph: its number, its width, how far it stands to the right and below, and flags."""
BLANKS = (" ", "\u00a0")
"""What is widened in a line."""
EMPTY = 0x0FFFFFFF
"""The glyph of what has none; numbers above it say that it is missing."""


def install() -> None:
    """Draw lines as they are planned from now on."""

    def draw_first_line(stream: Ink, box: Box, *rest: Any) -> object:
        letter, wider = getattr(box, "letter", 0.0), getattr(box, "wider", 0.0)
        if letter:
            stream.stream.append(f"{letter:.4f} Tc".encode())
        if wider:
            stream.stream.append(f"{100 + 100 * wider:.3f} Tz".encode())
        found: object = []
        if not quick(stream, box, *rest):
            layout = box.pango_layout
            if layout.justification_spacing != box.justification_spacing:
                layout.justification_spacing = box.justification_spacing
                layout.reactivate(box.style)
            found = draw(stream, box, *rest)
        if letter:
            stream.stream.append(b"0 Tc")
        if wider:
            stream.stream.append(b"100 Tz")
        return found

    draw = patch("draw_first_line", draw_first_line)


def quick(stream: Ink, box: Box, overflow: str, ellipsis: str, matrix: Any) -> bool:
    """Draw a line of plain glyphs as the engine does, number for number; False where it must."""
    if overflow == "ellipsis" or ellipsis != "none" or not box.text.strip():
        return False
    if box.style["font_size"] < 1e-6 or pango.pango_version() < 14802:
        return False
    pango.pango_layout_set_single_paragraph_mode(box.pango_layout.layout, True)
    line, _ = box.pango_layout.get_first_line()
    rows = []
    for item in runs(line):
        infos = array("i")
        infos.frombytes(ffi.buffer(item.glyphs.glyphs, item.glyphs.num_glyphs * 20))
        font, size = stream.add_font(item.item.analysis.font)
        lacking = any(
            glyph < 0 or glyph > EMPTY or (glyph == EMPTY and width)
            for glyph, width in zip(infos[0::5], infos[1::5], strict=True)
        )
        if lacking or font.bitmap or font.svg or font.png or font.colr:
            return False
        rows.append((item, infos, font, size))
    stream.set_text_matrix(*matrix.values)
    wider = box.justification_spacing if getattr(box.pango_layout, "bare", False) else 0.0
    text = box.pango_layout.text.encode()
    before, shown = None, ""
    for item, infos, font, size in rows:
        face = item.item.analysis.font
        if face != before:
            if shown:
                stream.show_text(shown)
            before, shown = face, ""
            stream.set_font_size(font.hash, size)
        for words, alone in _run(stream, item, infos, font, size, wider, text):
            if alone and shown:
                stream.show_text(shown)
                shown = ""
            if alone:
                stream.stream.append(words.encode())
            else:
                shown += words
    stream.show_text(shown)
    return True


def _run(
    stream: Ink,
    item: Glyphs,
    infos: Numbers,
    font: Face,
    size: float,
    wider: float,
    text: bytes,
) -> Iterator[tuple[str, bool]]:
    """The glyphs of one face: items of an array, or operators that stand alone."""
    words = "<"
    for clusters in _words(item, infos, text):
        drawn: list[tuple[int, str]] = []
        spoken = True
        for numbers, said in clusters:
            more = wider if said.startswith(BLANKS) else 0.0
            drawn += [
                (infos[5 * n + 3], _glyph(stream, item, infos[5 * n : 5 * n + 3], font, size, more))
                for n in numbers
            ]
            spoken &= _reads(font, [infos[5 * n] for n in numbers], said)
        if spoken and not any(rise for rise, _ in drawn):
            words += "".join(one for _, one in drawn)
            continue
        yield f"{words}>".removesuffix("<>"), False
        words = "<"
        shown = " ".join(
            f"{-rise * FROM_UNITS:.4f} Ts {row} 0 Ts" if rise else row
            for rise, some in groupby(drawn, itemgetter(0))
            for row in (f"[<{''.join(one for _, one in some)}>] TJ".replace("<>", " "),)
        )
        turned = item.item.analysis.level % 2
        said = "".join(said for _, said in (reversed(clusters) if turned else clusters))
        told = f"/Span<</ActualText<feff{said.encode('utf-16-be').hex()}>>>BDC {shown} EMC"
        yield shown if spoken else told, True
    yield f"{words}>".removesuffix("<>"), False


def _words(item: Glyphs, infos: Numbers, text: bytes) -> Iterator[list[tuple[list[int], str]]]:
    """The clusters of a run by words, from left to right; a space is a word."""
    held: list[tuple[list[int], str]] = []
    for numbers, said in _clusters(item, infos, text):
        if held and said.startswith(BLANKS) != held[-1][1].startswith(BLANKS):
            yield held
            held = []
        held.append((numbers, said))
    if held:
        yield held


def _clusters(item: Glyphs, infos: Numbers, text: bytes) -> Iterator[tuple[list[int], str]]:
    """Glyphs that stand together, from left to right, and what they say; signs without ink too."""
    count = item.glyphs.num_glyphs
    starts = array("i")
    starts.frombytes(ffi.buffer(item.glyphs.log_clusters, count * 4))
    turned, base = item.item.analysis.level % 2, item.item.offset
    found: list[tuple[list[int], bytes]] = []
    stop = item.item.length
    order = range(count) if turned else range(count - 1, -1, -1)
    waiting = b""
    for n in order:  # from the last letter to the first
        if found and starts[n] == stop:
            found[-1][0].extend([n] if infos[5 * n] != EMPTY else [])
            continue
        said = text[base + starts[n] : base + stop] + waiting
        stop = starts[n]
        if infos[5 * n] == EMPTY:
            waiting = said
            continue
        found.append(([n], said))
        waiting = b""
    for numbers, said in found if turned else reversed(found):
        yield sorted(numbers), said.decode()


def _reads(font: Face, glyphs: list[int], said: str) -> bool:
    """Whether glyphs by themselves say what they are set for."""
    if len(glyphs) > 1 or unicodedata.category(said[0]) == "Mn":
        own = letters(font.file_content)
        for glyph in glyphs:
            font.to_unicode.setdefault(glyph, own.get(glyph, said))
        return False
    return font.to_unicode.setdefault(glyphs[0], seen(said)) == said or not JOINED.search(said)


def _glyph(stream: Ink, item: Glyphs, info: Numbers, font: Face, size: float, wider: float) -> str:
    """One glyph, and how far it and the next are moved from where they would stand."""
    glyph, width, shift = info
    offset = shift / size
    if glyph not in font.widths:
        pango.pango_font_get_glyph_extents(
            item.item.analysis.font, glyph, stream.ink_rect, stream.logical_rect
        )
        font.widths[glyph] = round(stream.logical_rect.width * 1000 * FROM_UNITS / size)
    moved = font.widths[glyph] + offset - width * 1000 * FROM_UNITS / size
    if wider:
        moved = round(moved - wider * 1000 / size)
    before = f">{-offset}<" if offset else ""
    return f"{before}{glyph:04x}" + (f">{int(moved)}<" if int(moved) else "")
