"""A font program with the glyphs of the volume alone. Runs in a worker, which has fontTools."""

import io
from collections.abc import Iterable

from fontTools import subset as tool
from fontTools.ttLib import TTFont

UNREAD = [
    "BASE", "DSIG", "FFTM", "GDEF", "GPOS", "GSUB", "JSTF", "LTSH",
    "OS/2", "PCLT", "STAT", "gasp", "kern", "meta", "name", "post",
]  # fmt: skip
"""Tables that neither a PDF viewer nor the subsetter reads; the viewer reads no `cmap` either."""


def subset(content: bytes, glyphs: Iterable[int]) -> bytes:
    """A program with these glyphs alone, under their old numbers; the same for the same glyphs."""
    options = tool.Options(
        retain_gids=True,
        notdef_outline=True,
        hinting=False,
        desubroutinize=True,
        layout_features=[],
        name_IDs=[],
        glyph_names=False,
        recalc_timestamp=False,
        drop_tables=[*UNREAD, "cmap", "SVG "],
    )
    with TTFont(io.BytesIO(content), recalcTimestamp=False, recalcBBoxes=False, lazy=True) as face:
        # Names that nobody reads, instead of those that would be looked up in three tables; a CFF
        # program is left its own, since it keeps its glyphs under them. And no look at tables
        # that go anyway.
        if "glyf" in face:
            face.setGlyphOrder([".notdef", *(f"g{n}" for n in range(1, face["maxp"].numGlyphs))])
        for tag in UNREAD:
            if tag in face:
                del face[tag]
        cutter = tool.Subsetter(options)
        cutter.populate(gids=sorted(glyphs))
        cutter.subset(face)
        target = io.BytesIO()
        face.save(target)
    return target.getvalue()
