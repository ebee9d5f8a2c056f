"""
Whether a page may read as the replacement character, judged by bytes alone.

Reading the words of a page takes PDFium as long as all else that it is asked. The character can
come from a font's map to characters, or from words that a tag puts in the place of a drawing; where
neither can give it, the words need not be read. A map that is absent, or that names ranges, may.
"""

import re
from typing import Any

from pikepdf import Array, Dictionary, Stream

from engross.check.preflight.paint import inherited

MAY_GIVE = re.compile(rb"beginbfrange|usecmap|fffd", re.IGNORECASE)


def may_replace(page: Any, known: dict[tuple[int, int], bool]) -> bool:
    """Whether the words of a page have to be read; `known` has the fonts that were looked at."""
    resources, contents = inherited(page, "/Resources"), page.get("/Contents")
    # Drawings within drawings may show words in fonts of their own.
    if resources is None or any(len(resources.get(name, ())) for name in ("/XObject", "/Pattern")):
        return True
    streams = list(contents) if isinstance(contents, Array) else [contents]
    if any(isinstance(one, Stream) and b"/ActualText" in one.read_bytes() for one in streams):
        return True
    for font in resources.get("/Font", Dictionary()).values():
        if font.objgen not in known or not font.is_indirect:
            held = font.get("/ToUnicode")
            plain = isinstance(held, Stream) and not MAY_GIVE.search(held.read_bytes())
            known[font.objgen] = not plain
        if known[font.objgen]:
            return True
    return False
