"""Which program a style asked for, and which one was used. Runs in a worker."""

import hashlib
from collections.abc import Iterable, Mapping
from xml.etree.ElementTree import Element

from engross.make.typeset.crossing import Fault
from engross.make.typeset.engine import weasy
from engross.make.typeset.engine.logs import Heard, where
from engross.make.typeset.engine.weasy import Face, Style

MOST = 3
"""Characters that a finding names."""
BOLD = 600
LETTERS = "nжωאعकবতகกあ中한ქ"
"""One of each of many scripts: a face is asked for what it has."""
GENERIC = frozenset({"serif", "sans-serif", "monospace", "cursive", "fantasy", "system-ui"})


Asked = tuple[tuple[str, ...], int, str]
"""Families, weight and slope of a style."""


class Known:
    """The faces of a house by digest, and every style judged so far."""

    def __init__(self, rows: Iterable[tuple[str, str, int, bool]]) -> None:
        self.programs = {
            digest: (family, weight, italic) for digest, family, weight, italic in rows
        }
        self.families = {row[0] for row in self.programs.values()}
        self.judged: dict[Asked, str] = {}

    def judge(
        self,
        styles: Mapping[Asked, tuple[Style, str]],
        used: Iterable[Face],
        stream: weasy.Ink,
        heard: Heard,
        address: str,
        root: Element,
    ) -> None:
        """
        Add a fault for each style without its face, and each program nobody asked for.

        `address` and `root` are the unit's.
        """
        asked: set[str] = set()
        for key, (style, place) in sorted(styles.items(), key=lambda row: str(row[0])):
            asked.update(key[0])
            if key not in self.judged:
                self.judged[key] = self._fault(key, style, stream)
            if self.judged[key]:
                heard.faults.append(Fault("G002", place, self.judged[key]))
        for font in [font for font in used if font.widths]:
            digest = hashlib.sha256(font.file_content).hexdigest()
            if digest not in self.programs:
                what = f"the font program of {font.family!r} is none of the edition's"
                heard.faults.append(Fault("G005", "", what))
            elif self.programs[digest][0] not in asked:
                texts = {font.to_unicode.get(glyph, "") for glyph in font.widths}
                heard.faults.append(stand_in(self.programs[digest][0], texts, address, root))

    def _fault(self, key: Asked, style: Style, stream: weasy.Ink) -> str:
        families, weight, slope = key
        italic = slope != "normal"
        first = families[0]
        if first in GENERIC or first not in self.families:
            return f"the family {first!r} is asked for and not among the edition's fonts"
        used = [
            self.programs.get(hashlib.sha256(font.file_content).hexdigest())
            for font, _, _ in weasy.shape(LETTERS, style, stream)
        ]
        own = [face for face in used if face and face[0] == first]
        got, want = (own or used)[0], (first, weight >= BOLD, italic)
        if own and used[0] not in own:
            # A face of another script has what that script has: often no italic, and no bold.
            cuts = {(w >= BOLD, i) for name, w, i in self.programs.values() if name == first}
            want = (
                first,
                want[1] and any(bold for bold, _ in cuts),
                want[2] and any(slanted for _, slanted in cuts),
            )
        if got is None or (got[0], got[1] >= BOLD, got[2]) != want:
            name = f"{'bold ' * want[1]}{'italic ' * want[2]}{first}"
            return f"{name!r} is asked for and {describe(got)} was used"
        return ""


def stand_in(family: str, texts: Iterable[str], address: str, root: Element) -> Fault:
    """A family that nobody asked for, with the characters that it was used for."""
    signs = sorted({sign for text in texts for sign in text})
    if not signs:
        message = f"{family!r} stood in for a character that the asked face lacks"
        return Fault("G003", address, message)
    shown = ", ".join(f"{sign!r} (U+{ord(sign):04X})" for sign in signs[:MOST])
    more = f" and {len(signs) - MOST} more" if len(signs) > MOST else ""
    message = f"{family!r} stood in for {shown}{more}, which the asked face lacks"
    return Fault("G003", where(signs[0], address, root), message)


def describe(face: tuple[str, int, bool] | None) -> str:
    """A face in words."""
    if face is None:
        return "an unknown program"
    return repr(f"{'bold ' * (face[1] >= BOLD)}{'italic ' * face[2]}{face[0]}")
