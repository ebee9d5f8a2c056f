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
PUT = b"/ActualText"
DRAWN = ("/XObject", "/Pattern")
"""Resources that may show words in fonts of their own."""


class Replacing:
    """The fonts of one file, each looked at once."""

    def __init__(self) -> None:
        self.fonts: dict[tuple[int, int], bool] = {}

    def may(self, page: Any) -> bool:
        """Whether the words of a page have to be read."""
        resources = inherited(page, "/Resources")
        if resources is None or any(len(resources.get(name, ())) for name in DRAWN):
            return True
        contents = page.get("/Contents")
        streams = list(contents) if isinstance(contents, Array) else [contents]
        if any(isinstance(one, Stream) and PUT in one.read_bytes() for one in streams):
            return True
        return any(self._font(font) for font in resources.get("/Font", Dictionary()).values())

    def _font(self, font: Any) -> bool:
        if font.objgen not in self.fonts or not font.is_indirect:
            held = font.get("/ToUnicode")
            plain = isinstance(held, Stream) and not MAY_GIVE.search(held.read_bytes())
            self.fonts[font.objgen] = not plain
        return self.fonts[font.objgen]
