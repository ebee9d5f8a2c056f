"""poppler's view of a PDF: its fonts and its page boxes."""

import re
from dataclasses import dataclass

from engross.check.tools.child import Absent, run
from engross.disk.passing import passing

_NAME = "seen.pdf"


@dataclass(frozen=True, slots=True)
class Font:
    """A line of `pdffonts`."""

    name: str
    """With the prefix of a subset: `ABCDEF+EB-Garamond`."""
    type: str
    """`CID TrueType`, `TrueType`, `Type 3` …"""
    encoding: str
    embedded: bool
    subset: bool
    unicode: bool
    """Its text can be copied and searched."""


Box = tuple[float, float, float, float]
"""Left, bottom, right, top, in points."""


@dataclass(frozen=True, slots=True)
class PageBoxes:
    """The boxes of one page, by the names that pdfinfo gives: media, crop, bleed, trim, art."""

    number: int
    media: Box
    crop: Box
    bleed: Box
    trim: Box
    art: Box


@dataclass(frozen=True, slots=True)
class PdfInfo:
    """What `pdfinfo -box` says."""

    fields: dict[str, str]
    """`Title`, `Tagged`, `Pages` … as it prints them."""
    pages: tuple[PageBoxes, ...]


_FONT = re.compile(
    r"^(?P<name>.*?) +(?P<type>(?:CID )?(?:TrueType|Type 0C|Type 1C?|Type 3)(?: \(OT\))?|unknown)"
    r" +(?P<encoding>\S+) +(?P<emb>yes|no) +(?P<sub>yes|no) +(?P<uni>yes|no) +\d+ +\d+$"
)
_BOX = re.compile(r"^Page +(\d+) (Media|Crop|Bleed|Trim|Art)Box: +(\S+) +(\S+) +(\S+) +(\S+)$")


def fonts(pdf: bytes) -> tuple[Font, ...] | Absent:
    """List the fonts of a PDF, in the order in which poppler meets them."""
    out = _output(["pdffonts"], pdf)
    if isinstance(out, Absent):
        return out
    found: list[Font] = []
    for line in out.splitlines()[2:]:
        row = _FONT.match(line.rstrip())
        if row is None:
            return Absent(f"pdffonts printed a line of another form: {line.strip()}")
        yes = {key: row[key] == "yes" for key in ("emb", "sub", "uni")}
        found.append(Font(row["name"], row["type"], row["encoding"], *yes.values()))
    return tuple(found)


def info(pdf: bytes) -> PdfInfo | Absent:
    """Give the fields of a PDF and the boxes of each of its pages."""
    out = _output(["pdfinfo", "-box", "-f", "1", "-l", "100000"], pdf)
    if isinstance(out, Absent):
        return out
    fields: dict[str, str] = {}
    boxes: dict[int, dict[str, Box]] = {}
    for line in out.splitlines():
        if row := _BOX.match(line):
            left, bottom, right, top = (float(row[group]) for group in range(3, 7))
            boxes.setdefault(int(row[1]), {})[row[2].lower()] = (left, bottom, right, top)
        elif not re.match(r"Page +\d+ ", line):
            key, _, value = line.partition(":")
            fields[key] = value.strip()
    pages = tuple(PageBoxes(number, **row) for number, row in sorted(boxes.items()))
    return PdfInfo(fields, pages)


def _output(command: list[str], pdf: bytes) -> str | Absent:
    with passing("poppler") as folder:
        folder.write(_NAME, pdf)
        ended = run([*command, _NAME], folder.path)
    if isinstance(ended, Absent):
        return ended
    if ended.status:
        lines = ended.err.strip().splitlines() or [f"status {ended.status}"]
        return Absent(f"{command[0]} could not read the file: {lines[0]}")
    return ended.out
