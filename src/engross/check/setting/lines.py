"""The lines of a tagged PDF: where they stand, how large, what they end with, whose they are."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name

from engross.check.preflight.paint import IDENTITY, Matrix, matrix_of, stretch, strings, times

MAPPED = re.compile(rb"<([0-9a-fA-F]{4})>\s*<([0-9a-fA-F]+)>")


@dataclass(frozen=True, slots=True)
class Element:
    """An element of the tag tree that holds words."""

    number: int
    """In reading order."""
    kind: str
    """`P`, `H1`, `Lbl` …"""
    within: tuple[str, ...]
    """Kinds of the elements above it, the nearest last."""
    owner: int
    """Number of the nearest block: the paragraph, heading or note that its words belong to."""
    part: int
    """Which section of the volume, from 0."""


@dataclass(slots=True)
class Line:
    """Words on one base line of one page that belong to one block."""

    page: int
    """From 1."""
    base: float
    """Points from the page's lower edge."""
    size: float
    element: Element
    text: str = ""
    left: float = 0.0
    spaces: list[float] = field(default_factory=list)
    """How wide each word space is, in parts of the font's own."""
    letters: float = 0.0
    """How far its letters are moved apart, in parts of the size."""
    wider: float = 1.0
    """How wide its glyphs are, in parts of themselves."""


@dataclass(slots=True)
class Setting:
    """What is set, in reading order of each page."""

    pages: int
    lines: list[Line] = field(default_factory=list)
    marks: list[tuple[int, float]] = field(default_factory=list)
    """Page and base line of every margin mark."""
    fonts: dict[str, Any] = field(default_factory=dict)
    """Font objects by their name."""
    parts: dict[int, list[int]] = field(default_factory=dict)
    """The pages of each section."""
    calls: list[tuple[int, int]] = field(default_factory=list)
    """Page of each note's call, and of the note's first line."""


BLOCKS = frozenset(
    {"P", "H1", "H2", "H3", "H4", "H5", "H6", "Note", "LBody", "TD", "TH", "Caption"}
)


def read(pdf: pikepdf.Pdf) -> Setting:
    """Read every line; a file without tags has none."""
    found = Setting(len(pdf.pages))
    if "/StructTreeRoot" not in pdf.Root:
        return found
    pages = {page.obj.objgen: number for number, page in enumerate(pdf.pages, start=1)}
    owners = _owners(pdf.Root.StructTreeRoot, pages, found)
    known: dict[str, dict[str, str]] = {}
    for number, page in enumerate(pdf.pages, start=1):
        _page(page, number, owners, found, known)
    return found


def _owners(root: Any, pages: dict[Any, int], found: Setting) -> dict[tuple[int, int], Element]:
    owners: dict[tuple[int, int], Element] = {}
    seen: dict[int, list[int]] = {}
    references: list[tuple[int, int]] = []
    count = 0

    def visit(node: Any, above: tuple[str, ...], page: Any, owner: int, part: int) -> int:
        """Walk an element; gives the first page that it stands on, 0 for none."""
        nonlocal count
        kind = str(node.get("/S", ""))[1:]
        number = count
        count += 1
        page = node.get("/Pg", page)
        own = number if kind in BLOCKS and not (kind == "P" and "Note" in above) else owner
        element = Element(number, kind, above, own, part)
        first = 0
        kids = node.get("/K")
        for at, kid in enumerate(list(kids) if isinstance(kids, Array) else [kids]):
            if kid is None:
                continue
            here, inner = _kid(kid, page)
            if inner is not None:
                deeper = at if kind == "Document" else part
                start = visit(inner, (*above, kind) if kind else above, page, own, deeper)
                first = first or start
                if str(inner.get("/S")) == "/Reference":
                    references.append((start, -1))
                elif str(inner.get("/S")) == "/Note" and references and references[-1][1] < 0:
                    references[-1] = (references[-1][0], start)
            elif here is not None:
                sheet = pages.get(here[0].objgen, 0) if here[0] is not None else 0
                owners[sheet, here[1]] = element
                first = first or sheet
                seen.setdefault(part, []).append(sheet)
        return first

    tops = root.get("/K")
    for top in list(tops) if isinstance(tops, Array) else [tops]:
        if top is not None:
            visit(top, (), None, -1, 0)
    found.parts = {part: sorted(set(sheets)) for part, sheets in seen.items()}
    found.calls = [row for row in references if row[0] > 0 and row[1] > 0]
    return owners


def _kid(kid: Any, page: Any) -> tuple[tuple[Any, int] | None, Any]:
    """A marked sequence (page, number), or an element below; nothing for a link's annotation."""
    if isinstance(kid, Dictionary):
        if kid.get("/Type") == Name.MCR:
            return (kid.get("/Pg", page), int(kid.MCID)), None
        return (None, None) if kid.get("/Type") == Name.OBJR else (None, kid)
    return (page, int(kid)), None


def _page(
    page: Any,
    number: int,
    owners: dict[tuple[int, int], Element],
    found: Setting,
    known: dict[str, dict[str, str]],
) -> None:
    stack: list[Matrix] = []
    marked: list[str | int] = []
    ctm, tm, size, face, apart, wider = IDENTITY, IDENTITY, 0.0, "", 0.0, 1.0
    rows: dict[tuple[int, float], Line] = {}
    for row, operator in pikepdf.parse_content_stream(page):
        name = str(operator)
        if name == "q":
            stack.append(ctm)
        elif name == "Q":
            ctm = stack.pop() if stack else ctm
        elif name == "cm":
            ctm = times(matrix_of(row), ctm)
        elif name == "BT":
            tm = IDENTITY
        elif name == "Tm":
            tm = matrix_of(row)
        elif name == "Tf":
            size, face = float(row[1]), str(row[0])
            font = page.obj.Resources.Font[face]
            key = str(font.get("/BaseFont", face))
            if key not in known:
                found.fonts[key] = font
                known[key] = codes(font)
            face = key
        elif name == "Tc":
            apart = float(row[0])
        elif name == "Tz":
            wider = float(row[0]) / 100
        elif name in ("BDC", "BMC"):
            # what is said beside the glyphs of a word stands within its element
            inner = len(row) > 1 and "/ActualText" in row[1]
            marked.append(marked[-1] if marked and inner else _mark(row))
        elif name == "EMC" and marked:
            marked.pop()
        elif name in ("Tj", "TJ"):
            place = times(tm, ctm)
            here = marked[-1] if marked else ""
            if here == "mark":
                found.marks.append((number, round(place[5], 2)))
            element = owners.get((number, here)) if isinstance(here, int) else None
            if element is not None:
                line = _line(rows, element, number, place)
                height = round(size * stretch(place)[1], 2)
                line.size = max(line.size, height)
                line.text += shown(row[0], known[face])
                line.spaces += _spaces(row[0], known[face], found.fonts[face])
                if line.size == height:
                    line.letters, line.wider = apart / size if size else 0.0, wider
    found.lines += rows.values()


def _line(
    rows: dict[tuple[int, float], Line], element: Element, number: int, place: Matrix
) -> Line:
    """The line of an element on which words stand, one that begins with them at first."""
    base, left = round(place[5], 2), round(place[4], 2)
    return rows.setdefault((element.owner, base), Line(number, base, 0.0, element, "", left))


def _mark(row: Any) -> str | int:
    """The number of a marked sequence; `mark` for a mark in the margin, else nothing."""
    entries = row[1] if len(row) > 1 and isinstance(row[1], Dictionary) else None
    if entries is not None and "/MCID" in entries:
        return int(entries.MCID)
    if entries is not None and entries.get("/Type") == Name.Layout:
        return "mark"
    return ""


def codes(font: Any) -> dict[str, str]:
    """What each two-byte code of a font stands for, by its hexadecimal form."""
    table = font.get("/ToUnicode")
    if table is None:
        return {}
    return {
        code.decode().lower(): bytes.fromhex(text.decode()).decode("utf-16-be", "replace")
        for code, text in MAPPED.findall(table.read_bytes())
    }


def _spaces(row: Any, table: dict[str, str], font: Any) -> Iterator[float]:
    """Each space of a string, by the number that moves what follows it."""
    blank = next((code for code, text in table.items() if text == " "), "")
    held = font.get("/DescendantFonts")
    wide = _width(held[0].get("/W"), int(blank, 16)) if blank and held is not None else 0.0
    before = False
    for one in [] if isinstance(row, pikepdf.String) or not wide else list(row):
        if not isinstance(one, pikepdf.String):
            if before:
                yield 1 - float(one) / wide
            before = False
            continue
        if before:
            yield 1.0
        inner = _codes(bytes(one))
        yield from (1.0 for code in inner[:-1] if code == blank)
        before = bool(inner) and inner[-1] == blank


def _width(widths: Any, code: int) -> float:
    """The width of a glyph in a font's table, in thousandths of the size; 0 where it has none."""
    rows = list(widths or ())
    while len(rows) > 1:
        first, second = int(rows[0]), rows[1]
        if isinstance(second, Array):
            if first <= code < first + len(second):
                return float(second[code - first])
            rows = rows[2:]
        else:
            if first <= code <= int(second):
                return float(rows[2])
            rows = rows[3:]
    return 0.0


def shown(row: Any, table: dict[str, str]) -> str:
    """What the strings of a drawing operator say, after a font's table."""
    said = [_codes(one) for one in strings(row)]
    return "".join(table.get(code, "") for codes in said for code in codes)


def _codes(string: bytes) -> list[str]:
    """The two-byte codes of a string, each by its hexadecimal form."""
    plain = string.hex()
    return [plain[at : at + 4] for at in range(0, len(plain), 4)]
