"""Parts of font programs by HarfBuzz: by characters for files that flow, by glyphs for pages."""

from collections.abc import Iterable

import uharfbuzz as harfbuzz

FEATURES = ("smcp", "c2sc", "onum", "lnum", "pnum", "tnum", "sups", "subs", "case", "dlig", "swsh")
"""What sheets ask for, besides the features that text has unasked: capitals, figures, raised."""

UNREAD = (
    "BASE", "DSIG", "FFTM", "GDEF", "GPOS", "GSUB", "JSTF", "LTSH", "OS/2", "PCLT", "STAT", "SVG ",
    "cmap", "gasp", "kern", "meta", "name", "post",
)  # fmt: skip
"""Tables of a program that a PDF viewer does not read."""

_FLAGS = harfbuzz.SubsetFlags


def by_characters(content: bytes, characters: Iterable[int]) -> bytes:
    """A face with these characters, and with all that its features make of them."""
    wanted = harfbuzz.SubsetInput()
    wanted.flags = _FLAGS.NO_HINTING | _FLAGS.NOTDEF_OUTLINE
    wanted.unicode_set.update(characters)
    wanted.layout_feature_tag_set.update(map(_tag, FEATURES))
    return _cut(content, wanted)


def by_glyphs(content: bytes, glyphs: Iterable[int]) -> bytes:
    """A program for a PDF with these glyphs alone, under their old numbers."""
    wanted = harfbuzz.SubsetInput()
    wanted.flags = (
        _FLAGS.NO_HINTING | _FLAGS.NOTDEF_OUTLINE | _FLAGS.RETAIN_GIDS | _FLAGS.DESUBROUTINIZE
    )
    wanted.glyph_set.update(glyphs)
    wanted.drop_table_tag_set.update(map(_tag, UNREAD))
    return _cut(content, wanted)


def _cut(content: bytes, wanted: harfbuzz.SubsetInput) -> bytes:
    part: bytes = wanted.subset(harfbuzz.Face(content)).blob.data
    return part


def _tag(name: str) -> int:
    return int.from_bytes(name.encode("ascii"))
