"""
Draw planned lines: letters and spaces apart, glyphs wider or narrower. Runs in a worker.

Letters move by the page's own operators (`Tc`, `Tz`), so that ligatures and kerning stay; spaces
are widened between the glyphs of one run. What is no plain text (emoji, raised glyphs, missing
ones) is left to the engine.
"""

from array import array
from typing import Any

from engross.make.typeset.engine.metrics import runs
from engross.make.typeset.engine.weasy import FROM_UNITS, drawing, ffi, pango

BLANKS = (b" ", b"\xc2\xa0")
"""What is widened in a line."""
ODD = 0x0FFFFFFF
"""From here on a glyph's number says that there is none."""


def install() -> None:
    """Draw lines as they are planned from now on."""
    draw = drawing.draw_first_line

    def draw_first_line(stream: Any, box: Any, *rest: Any) -> Any:
        letter, wider = getattr(box, "letter", 0.0), getattr(box, "wider", 0.0)
        if letter:
            stream.stream.append(f"{letter:.4f} Tc".encode())
        if wider:
            stream.stream.append(f"{100 + 100 * wider:.3f} Tz".encode())
        found: Any = []
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

    drawing.draw_first_line = draw_first_line


def quick(stream: Any, box: Any, overflow: str, ellipsis: str, matrix: Any) -> bool:
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
        raised = any(infos[3::5]) or any(glyph >= ODD or glyph < 0 for glyph in infos[0::5])
        if raised or font.bitmap or font.svg or font.png or font.colr:
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
        shown += _run(stream, item, infos, font, size, wider, text)
    stream.show_text(shown)
    return True


def _run(
    stream: Any, item: Any, infos: Any, font: Any, size: float, wider: float, text: bytes
) -> str:
    """The glyphs of one face, and how far each is moved from where it would stand."""
    count = item.glyphs.num_glyphs
    clusters = array("i")
    clusters.frombytes(ffi.buffer(item.glyphs.log_clusters, count * 4))
    turned, base = item.item.analysis.level % 2, item.item.offset
    words = "<"
    rows = zip(infos[0::5], infos[1::5], infos[2::5], clusters, strict=True)
    for n, (glyph, width, shift, cluster) in enumerate(rows):
        if glyph not in font.to_unicode:
            beside = n - 1 if turned else n + 1
            stop = clusters[beside] if 0 <= beside < count else item.item.length
            font.to_unicode[glyph] = text[base + cluster : base + stop].decode()
        if glyph not in font.widths:
            pango.pango_font_get_glyph_extents(
                item.item.analysis.font, glyph, stream.ink_rect, stream.logical_rect
            )
            logical = stream.logical_rect.width * 1000 * FROM_UNITS / size
            font.widths[glyph] = round(logical)
        offset = shift / size
        if offset:
            words += f">{-offset}<"
        words += f"{glyph:04x}"
        moved = font.widths[glyph] + offset - width * 1000 * FROM_UNITS / size
        if wider and text.startswith(BLANKS, base + cluster):
            moved = round(moved - wider * 1000 / size)
        if int(moved):
            words += f">{int(moved)}<"
    return f"{words}>".removesuffix("<>")
