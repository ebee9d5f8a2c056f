"""One page of a PDF as its content stream draws it, to be changed."""

import io
import random
import re
from collections.abc import Callable
from dataclasses import dataclass

import pikepdf
from tests.property.mutants.draw import LETTERS, DrawAgainError

TEXT = re.compile(
    rb"BT\s+1 0 0 -1 (?P<x>[-\d.]+) (?P<y>[-\d.]+) Tm\s+/(?P<font>\w+) (?P<size>[\d.]+) Tf\s+"
    rb"\[(?P<show>[^\]]*)\] TJ\s+ET"
)
GLYPHS = re.compile(rb"<([0-9a-f]+)>")
ARTIFACT = re.compile(rb"/Artifact\b.*?EMC", re.S)


@dataclass(frozen=True)
class Shown:
    """A stretch of text as a content stream draws it."""

    start: int
    end: int
    show: tuple[int, int]
    glyphs: tuple[tuple[int, str], ...]
    """Offset of the four hexadecimal digits, and the character."""
    size: float
    artifact: bool
    match: re.Match[bytes]

    @property
    def words(self) -> str:
        return "".join(character for _, character in self.glyphs)


class Sheet:
    """One page's drawing, to be changed."""

    def __init__(self, page: pikepdf.Page) -> None:
        page.contents_coalesce()
        self.page = page
        self.data = page.Contents.read_bytes()
        self.fonts = {
            str(name)[1:]: _unicode(font.ToUnicode.read_bytes())
            for name, font in page.Resources.get("/Font", {}).items()
        }
        spots = [match.span() for match in ARTIFACT.finditer(self.data)]
        self.shown: list[Shown] = []
        for match in TEXT.finditer(self.data):
            table = self.fonts[match["font"].decode()]
            first = match.start("show")
            glyphs = []
            for piece in GLYPHS.finditer(match["show"]):
                for n in range(0, len(piece[1]), 4):
                    code = piece[1][n : n + 4].decode()
                    glyphs.append((first + piece.start(1) + n, table.get(code, "")))
            artifact = any(a <= match.start() < b for a, b in spots)
            self.shown.append(
                Shown(
                    *match.span(),
                    match.span("show"),
                    tuple(glyphs),
                    float(match["size"]),
                    artifact,
                    match,
                )
            )

    def codes(self, font: str, among: str) -> dict[str, str]:
        """Codes that this page draws in a font, by character."""
        drawn: dict[str, str] = {}
        for shown in self.shown:
            if shown.match["font"].decode() == font:
                for at, character in shown.glyphs:
                    if character in among and character:
                        drawn[character] = self.data[at : at + 4].decode()
        return drawn

    def put(self, start: int, end: int, new: bytes) -> None:
        self.data = self.data[:start] + new + self.data[end:]


def _unicode(cmap: bytes) -> dict[str, str]:
    table: dict[str, str] = {}
    for block in re.findall(rb"beginbfchar(.*?)endbfchar", cmap, re.S):
        for code, value in re.findall(rb"<([0-9a-fA-F]+)>\s*<([0-9a-fA-F]+)>", block):
            table[code.decode().lower()] = bytes.fromhex(value.decode()).decode("utf-16-be")
    for block in re.findall(rb"beginbfrange(.*?)endbfrange", cmap, re.S):
        for one, two, value in re.findall(
            rb"<([0-9a-fA-F]+)>\s*<([0-9a-fA-F]+)>\s*<([0-9a-fA-F]+)>", block
        ):
            for n in range(int(one, 16), int(two, 16) + 1):
                table[f"{n:04x}"] = chr(int(value, 16) + n - int(one, 16))
    return table


def changed_pdf(
    content: bytes,
    change: Callable[[list[pikepdf.Page], random.Random], tuple[Sheet, str]],
    rng: random.Random,
) -> tuple[bytes, str]:
    with pikepdf.open(io.BytesIO(content)) as pdf:
        sheet, what = change(list(pdf.pages), rng)
        sheet.page.Contents = pdf.make_stream(sheet.data)
        number = next(n for n, page in enumerate(pdf.pages, 1) if page.obj == sheet.page.obj)
        target = io.BytesIO()
        pdf.save(target)
    return target.getvalue(), f"sheet {number}: {what}"


def drawn(
    pages: list[pikepdf.Page], rng: random.Random, fit: Callable[[Shown], bool]
) -> tuple[Sheet, Shown]:
    sheet = Sheet(rng.choice(pages))
    fitting = [shown for shown in sheet.shown if shown.words.strip() and fit(shown)]
    if not fitting:
        raise DrawAgainError
    return sheet, rng.choice(fitting)


def is_body(shown: Shown) -> bool:
    return not shown.artifact and shown.size > 13 and len(shown.words) > 8


def is_note(shown: Shown) -> bool:
    return not shown.artifact and 10 < shown.size < 12.5 and len(shown.words) > 8


def is_call(shown: Shown) -> bool:
    return not shown.artifact and shown.size < 9.5 and shown.words.isdigit()


def other_letter(sheet: Sheet, shown: Shown, rng: random.Random, among: str = LETTERS) -> str:
    codes = sheet.codes(shown.match["font"].decode(), among)
    spots = [(at, c) for at, c in shown.glyphs if c in among and c]
    if not spots:
        raise DrawAgainError
    at, old = rng.choice(spots)
    others = [c for c in codes if c != old]
    if not others:
        raise DrawAgainError
    new = rng.choice(others)
    sheet.put(at, at + 4, codes[new].encode())
    return f"{shown.words[:40]!r}: {old!r} became {new!r}"


def blank(sheet: Sheet, shown: Shown) -> None:
    sheet.put(shown.start, shown.end, b" " * (shown.end - shown.start))


def put_at(sheet: Sheet, shown: Shown, x: float, y: float) -> None:
    start, end = shown.match.start("x"), shown.match.end("y")
    sheet.put(start, end, f"{x:.3f} {y:.3f}".encode())


def place_of(shown: Shown) -> tuple[float, float]:
    return float(shown.match["x"]), float(shown.match["y"])
