"""
Brackets in text that runs from right to left. Runs in a worker.

There an opening bracket is drawn with the glyph of a closing one. A PDF says of each glyph which
character it is, once for all places; so it says what the glyph looks like, as viewers expect, which
turn it round themselves where a line runs from right to left.
"""

import io
import re
import unicodedata
from functools import lru_cache

from fontTools.ttLib import TTFont

LEFTWARD = re.compile(
    "[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]"
)
"""Letters of the blocks that run from right to left."""


@lru_cache(16)
def letters(content: bytes) -> dict[int, str]:
    """The character of each glyph that a font program has one for."""
    with TTFont(io.BytesIO(content), lazy=True) as font:
        order = {name: number for number, name in enumerate(font.getGlyphOrder())}
        return {order[name]: chr(code) for code, name in font.getBestCmap().items()}


def upright(characters: dict[int, str], content: bytes) -> dict[int, str]:
    """The character of each glyph as the font has it, where it was set for its mirror image."""
    turned = {
        glyph: text
        for glyph, text in characters.items()
        if len(text) == 1 and unicodedata.mirrored(text)
    }
    if not turned:
        return characters
    own = letters(content)
    changed = {
        glyph: own[glyph]
        for glyph, text in turned.items()
        if own.get(glyph, text) != text and unicodedata.mirrored(own[glyph])
    }
    return characters | changed
