"""
Measure how finished pages are set, with PDFium alone: nothing here knows who set them.

    python tests/bench/setting.py                      the memorandum, typst and LaTeX
    python tests/bench/setting.py interior.pdf
    python tests/bench/setting.py interior.pdf:4-21 other.pdf

For the text and the notes of each file: how wide word spaces are against the font's own, how far
letters are moved (`Tc`) and glyphs widened (`Tz`), how much neighbouring lines differ, hyphens at
line ends, short last lines, and the lines that stay empty above the notes of a page.
"""

import ctypes
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby, pairwise
from pathlib import Path

import pypdfium2
import pypdfium2.raw as raw

HYPHENS = "-\u2010\u00ad\x02\ufffe"
ROOT = Path(__file__).parents[2]
TRACKED = "#set par(justification-limits: (tracking: (min: -0.012em, max: 0.012em)))"
TYPST = """#set page(width: 6in, height: 9in, margin: (x: 0.775in, y: 65pt))
#set text(font: "EB Garamond", size: 10.5pt, lang: "en", number-type: "old-style")
#set par(justify: true, linebreaks: "optimized", leading: 0.5em, first-line-indent: 1.25em)"""
LATEX = r"""\documentclass[10.5pt]{scrartcl}
\usepackage[paperwidth=6in,paperheight=9in,margin=0.775in]{geometry}
\usepackage{fontspec}\setmainfont{EB Garamond}\usepackage{microtype}\begin{document}
WORDS
\end{document}"""
OVERHANG = 6.0
"""Points by which a line may hang over the measure."""
SPACE = 0.2
"""The word space of EB Garamond, in parts of its size."""
PICTURE = 10
"""Lines: no page loses so many; what stands between text and caption is a picture."""
INDENT = 1.25
"""Of a paragraph's first line, in parts of the size."""
FEWEST = 4
"""Word spaces of a line that says something."""


@dataclass(slots=True)
class Line:
    """A line of one column; lengths are points."""

    page: int
    left: float
    base: float
    size: float = 0.0
    right: float = 0.0
    text: str = ""
    spaces: list[float] = field(default_factory=list)
    """Each word space, in parts of the font's own."""
    moved: list[float] = field(default_factory=list)
    """What stands between neighbouring letters, in parts of the size; mostly kerning."""
    wider: float = 1.0
    """How wide glyphs are, in parts of themselves."""

    @property
    def loose(self) -> float:
        """The mean word space."""
        return statistics.fmean(self.spaces)

    @property
    def letter(self) -> float:
        """How far letters are moved: the commonest case, which is no kerning pair."""
        return statistics.median(self.moved) if self.moved else 0.0


def lines(path: Path, first: int = 1, last: int = 10**6) -> Iterator[Line]:
    """Every line of the pages, in the order in which it is drawn."""
    document = pypdfium2.PdfDocument(path)
    for number in range(first, min(last, len(document)) + 1):
        yield from _page(document[number - 1], number)


def _page(page: pypdfium2.PdfPage, number: int) -> Iterator[Line]:
    held = page.get_textpage()  # it must outlive its handle
    text = held.raw
    x, y, box = ctypes.c_double(), ctypes.c_double(), raw.FS_RECTF()
    matrix = raw.FS_MATRIX()
    line: Line | None = None
    blank = False
    before: tuple[str, float, float] | None = None  # a letter, where it begins, its own width
    for index in range(raw.FPDFText_CountChars(text)):
        letter = chr(raw.FPDFText_GetUnicode(text, index))
        if letter in " \u00a0\r\n":  # PDFium leaves out wide ones and writes its own for them
            blank = blank or letter not in "\r\n"
            continue
        raw.FPDFText_GetCharOrigin(text, index, x, y)
        raw.FPDFText_GetLooseCharBox(text, index, box)
        raw.FPDFText_GetMatrix(text, index, matrix)
        size = raw.FPDFText_GetFontSize(text, index) * abs(matrix.d)
        if line is None or x.value < line.right - 20 or abs(y.value - line.base) > 0.7 * line.size:
            if line is not None:
                yield line
            line, before, blank = Line(number, x.value, y.value, size), None, False
        if size >= line.size:
            line.size, line.base = size, y.value
            line.wider = abs(matrix.a / matrix.d)
        if before is not None and size == line.size:
            between = x.value - before[1] - before[2]
            if blank:
                line.spaces.append(between / size / SPACE)
            elif before[0].isalpha() and letter.isalpha():
                line.moved.append(between / size)
        line.text += " " * blank + letter
        line.right, blank = box.right, False
        before = (letter, x.value, box.right - box.left) if size == line.size else None
    if line is not None:
        yield line


@dataclass(frozen=True, slots=True)
class Column:
    """The lines of one size that fill one measure."""

    all: Sequence[Line]
    full: Sequence[Line]
    """Justified ones."""


def column(found: Sequence[Line], size: float) -> Column:
    """Lines of a size, and those that end where most do."""
    rows = [line for line in found if abs(line.size - size) < 0.1]
    edges: dict[int, Counter[int]] = {}
    for line in rows:
        edges.setdefault(line.page % 2, Counter())[round(line.right)] += 1
    edge = {side: counts.most_common(1)[0][0] for side, counts in edges.items()}
    full = [
        line
        for line in rows
        if -1.5 < line.right - edge[line.page % 2] < OVERHANG
        and len(line.spaces) >= FEWEST
        and max(line.spaces) < 2 * line.loose + 1  # else a number stands at the right
    ]
    return Column(rows, full)


def main_size(sizes: Counter[float]) -> float:
    """The largest size that a good part of the letters have: notes may be longer than the text."""
    whole = sum(sizes.values())
    return max(size for size, letters in sizes.items() if letters > 0.15 * whole)


@dataclass(frozen=True, slots=True)
class Shares:
    """How the text or the notes of a file are set; parts are of 1."""

    size: float
    justified: int
    loose: float
    """Of the justified lines, those whose word spaces are over 1.5 times the font's own."""
    looser: float
    """Over twice."""
    worst: float
    tightest: float
    letters: float
    """How far they are moved at most, in parts of the size."""
    glyphs: tuple[float, float]
    """How narrow and how wide they are, in parts of themselves."""
    jumps: tuple[float, float]
    """By how much neighbouring lines differ: mean, most."""
    hyphens: float
    """Of all lines, those that end with one."""
    row: int
    """Most in a row."""
    runts: int
    """Lines shorter than the indent."""


def shares(found: Sequence[Line]) -> Iterator[Shares]:
    """Of the text, and of the notes where there are some."""
    sizes: Counter[float] = Counter()
    for line in found:
        sizes[round(line.size, 1)] += len(line.text)
    text = main_size(sizes)
    below = [one for one, _ in sizes.most_common() if 7.5 < one < text]
    for size in (text, *below[:1]):
        rows = column(found, size)
        loose = [line.loose for line in rows.full]
        if not loose:
            continue
        ends = [line.text.rstrip()[-1] in HYPHENS for line in rows.all]
        jumps = [abs(a.loose - b.loose) for a, b in pairwise(rows.full) if a.page == b.page]
        yield Shares(
            size,
            len(loose),
            sum(one > 1.5 for one in loose) / len(loose),
            sum(one > 2 for one in loose) / len(loose),
            max(loose),
            min(loose),
            max(abs(line.letter) for line in rows.full),
            (min(r.wider for r in rows.full), max(r.wider for r in rows.full)),
            (statistics.fmean(jumps or [0.0]), max(jumps or [0.0])),
            sum(ends) / len(ends),
            max((len(list(run)) for hyphen, run in groupby(ends) if hyphen), default=0),
            sum(_follows(a, b) and b.right - b.left < INDENT * size for a, b in pairwise(rows.all)),
        )


def _follows(line: Line, other: Line) -> bool:
    """Whether words stand under another line."""
    near = line.page == other.page and 0 < line.base - other.base < 1.5 * line.size
    return near and any(letter.isalpha() for letter in other.text)


def table(name: str, found: Sequence[Line]) -> Iterator[str]:
    """What is measured of one file, a row each for its text and its notes."""
    for kind, one in zip(("text", "notes"), shares(found), strict=False):
        yield " | ".join(
            [
                f"| {name}, {kind} {one.size:g} pt",
                str(one.justified),
                f"{one.loose:.1%}",
                f"{one.looser:.1%}",
                f"{one.worst:.2f} ({one.tightest:.2f})",
                f"{one.letters:.4f}",
                f"{one.glyphs[0]:.3f} to {one.glyphs[1]:.3f}",
                f"{one.jumps[0]:.2f}; {one.jumps[1]:.2f}",
                f"{one.hyphens:.1%}; {one.row}",
                f"{one.runts} |",
            ]
        )


def lost(found: Sequence[Line], lead: float = 14.0, least: float = 24.0) -> list[int]:
    """Of pages with notes on which the text goes on, the lines that would still stand above."""
    sizes = Counter(round(line.size, 1) for line in found for _ in line.text)
    text = main_size(sizes)
    small = [one for one, _ in sizes.most_common() if 7.5 < one < text]
    pages = {page: list(rows) for page, rows in groupby(found, key=lambda line: line.page)}
    tops = {page: _top(rows, text) for page, rows in pages.items()}
    highest = max(tops.values(), default=0.0)
    empty = []
    for page, rows in pages.items():
        above = [line.base for line in rows if abs(line.size - text) < 0.1]
        under = [
            line.base
            for line in rows
            if small and above and abs(line.size - small[0]) < 0.1 and line.base < min(above)
        ]
        if under and tops.get(page + 1, 0.0) > highest - 1:
            lines_lost = max(0, int((min(above) - max(under) - least) // lead))
            empty += [lines_lost] if lines_lost < PICTURE else []
    return empty


def _top(rows: Sequence[Line], text: float) -> float:
    """Where the text of a page begins; 0 where something else stands above it."""
    size, base = max((abs(one.size - text) < 0.1, one.base) for one in rows)
    larger = any(one.size > text + 0.5 and one.base > base for one in rows)
    return base if size and not larger else 0.0


COLUMNS = (
    "file",
    "justified lines",
    "> 1.5 ×",
    "> 2 ×",
    "worst (tightest)",
    "letters, most, em",
    "glyphs",
    "neighbours differ, mean; most",
    "hyphens; most in a row",
    "short last lines",
)


def anchors(folder: Path) -> Iterator[Path]:
    """The memorandum's words by typst, plain and tracked, and by LaTeX with microtype."""
    import rendercv_fonts
    import typst

    faces = Path(rendercv_fonts.__file__).parent
    words = (ROOT / "book" / "documents" / "yamada" / "transcript.md").read_text("utf-8")
    blocks = [block for block in words.split("\n\n") if len(block) > 150 and ":::" not in block]
    text = re.sub(r"([#$*_@<>`~\[\]\\])", r"\\\1", "\n\n".join(blocks))
    for name, more in (("typst", ""), ("typst-tracked", TRACKED)):
        source = folder / f"{name}.typ"
        source.write_text(f"{TYPST}\n{more}\n\n{text}", "utf-8")
        typst.compile(source, output=folder / f"{name}.pdf", font_paths=[faces])
        yield folder / f"{name}.pdf"
    if shutil.which("lualatex"):
        plain = re.sub(r"([#$%&_{}])", r"\\\1", "\n\n".join(blocks))
        (folder / "latex.tex").write_text(LATEX.replace("WORDS", plain), "utf-8")
        command = ("lualatex", "-interaction=batchmode", "latex.tex")
        subprocess.run(command, cwd=folder, check=True, stdout=subprocess.DEVNULL)
        yield folder / "latex.pdf"


def main() -> None:
    """Print the table of the files that are named, or of the memorandum and its anchors."""
    if len(sys.argv) == 1:
        with tempfile.TemporaryDirectory(prefix="engross-setting-") as name:
            folder = Path(name)
            command = (Path(sys.executable).with_name("engross"), "build", ROOT / "book", "--to")
            subprocess.run([*command, "print", "--out", folder], check=True, capture_output=True)
            (made,) = folder.glob("*/draft/*-print-*.pdf")
            sys.argv += [f"{made}:4-21", *map(str, anchors(folder))]
            main()
        return
    print(f"| {' | '.join(COLUMNS)} |\n|---{'|---:' * (len(COLUMNS) - 1)}|")
    for argument in sys.argv[1:]:
        path, _, pages = argument.partition(":")
        first, _, last = pages.partition("-")
        found = list(lines(Path(path), int(first or 1), int(last or first or 10**6)))
        for row in table(Path(path).stem, found):
            print(row)
        empty = lost(found)
        if empty:
            print(
                f"  lines lost above notes: mean {statistics.fmean(empty):.2f}, most {max(empty)}"
            )


if __name__ == "__main__":
    main()
