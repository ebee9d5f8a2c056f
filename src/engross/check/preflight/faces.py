"""Fonts: embedded, cut down to what is used, and able to give their text back."""

import re
from typing import Any

from pikepdf import Array, Name

from engross.check.preflight.paint import Painted
from engross.check.preflight.report import Tally

SUBSET = re.compile(r"^/[A-Z]{6}\+")
PROGRAMS = ("/FontFile", "/FontFile2", "/FontFile3")
OWN = "use the house's fonts, or add the font's file to the book"
REPORT = "report it: engross embeds every font that it uses"


class Faces:
    """The fonts in use, each judged once."""

    def __init__(self, tally: Tally, version: str) -> None:
        self.tally = tally
        self.version = version
        """Version of the PDF: `1.4`."""
        self.names: dict[str, str] = {}
        """By key, as they call themselves."""

    def page(self, found: Painted) -> None:
        """Look at the fonts that a page shows text in."""
        for key, font in found.fonts.items():
            if key not in self.names:
                self.names[key] = str(font.get("/BaseFont", "/Type 3"))[1:]
                self._judge(font, self.names[key])
        if found.missing_glyphs:
            self.tally.add(
                "W235",
                "the empty box of a missing character is printed",
                "add a font that has the character to the house's fonts",
            )

    def _judge(self, font: Any, name: str) -> None:
        add = self.tally.add
        if font.get("/Subtype") == Name.Type3:
            add("W232", f"font {name} is drawn by procedures (Type 3)", OWN)
            return
        held = font.DescendantFonts[0] if "/DescendantFonts" in font else font
        descriptor = held.get("/FontDescriptor")
        programs = [key for key in PROGRAMS if descriptor is not None and key in descriptor]
        if not programs:
            add("W230", f"font {name} is not in the file", REPORT)
        elif len(descriptor[programs[0]].read_raw_bytes()) == 0:
            add("W230", f"font {name} is in the file with nothing in it", REPORT)
        elif not SUBSET.match(f"/{name}"):
            add("W231", f"font {name} is in the file whole and not as a subset", REPORT)
        if "/FontFile3" in programs and self.version < "1.6":
            kind = descriptor["/FontFile3"].get("/Subtype")
            if kind == Name.OpenType:
                add(
                    "W234",
                    f"font {name} is embedded as OpenType, which PDF {self.version} does not know",
                )
        if "/ToUnicode" not in font and not _standard(font):
            add("W233", f"the text in font {name} cannot be copied or searched", REPORT)


def _standard(font: Any) -> bool:
    """Whether the codes of a font have a meaning of their own: a named Latin encoding."""
    encoding = font.get("/Encoding")
    if isinstance(encoding, Array) or encoding is None:
        return False
    return str(encoding) in ("/WinAnsiEncoding", "/MacRomanEncoding", "/StandardEncoding")
