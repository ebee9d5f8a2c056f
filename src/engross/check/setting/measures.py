"""What a compositor would measure on the pages, each with what was found."""

import hashlib
import io
import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from itertools import groupby, pairwise
from statistics import fmean
from typing import Any

import pikepdf

from engross.cache.store import Keeper
from engross.catalog import finding
from engross.check.preflight.report import on_pages
from engross.check.setting.lines import Line, Setting, read
from engross.model.finding import Finding, Place

EDITION = "6"
"""Edition of the measures: another number makes kept ones void."""
UNDER = 8.0
"""Points by which a mark may stand lower than another one that it would touch."""
NEAR = 0.3
"""Points by which base lines may be off."""
CALL = 0.75
"""Smaller than this part of the text is a raised number and no line of its own."""
FEW = 74
"""Lines that two pages hold: with less, lists and imprint outnumber the running text."""
APART = frozenset({"Caption", "TR", "TH", "TD"})
"""Elements, and what is in them, that a page may begin with at another height."""
HYPHENS = ("-", "\u2010", "\u00ad")
SPACES = 3
"""Word spaces of a line that says something of them."""
EVEN = 0.02
"""By how much the spaces of lines that are not justified may differ, for kerning."""
LOOSE = 2.0
"""Wider word spaces than this, in parts of the font's own, are told."""
RUNT = 3
"""Letters of a last line that is too short."""
LOST = 2
"""Lines that may stay empty above the notes of a page."""
SHOWN = 30
"""Characters that a line is known by."""
FIX = "look at the page; a small change of the text, or of the sheet, moves the break"


@dataclass(frozen=True, slots=True)
class Measure:
    """One thing that was measured."""

    name: str
    passed: bool
    text: str
    """What was found, in a compositor's words."""
    code: str = ""
    """Code of the finding, where it has one."""
    pages: tuple[int, ...] = ()
    """Where it failed."""

    def finding(self, file: str) -> Finding:
        """The fault at an output's name."""
        return finding(self.code, Place(file), f"{self.text}{on_pages(self.pages)}", FIX)


def measure(content: bytes, store: Keeper | None = None) -> tuple[Measure, ...]:
    """Measure a finished, tagged PDF, each once; nothing where it has no tags."""
    key = hashlib.sha256(f"setting {EDITION} {hashlib.sha256(content).hexdigest()}".encode())
    kept = store.get(key.hexdigest()) if store is not None else None
    if kept is not None:
        try:
            rows = json.loads(kept)
            return tuple(Measure(**{**row, "pages": tuple(row["pages"])}) for row in rows)
        except (ValueError, KeyError, TypeError):
            pass  # an entry of another form counts as none
    found = _measure(content)
    if store is not None:
        store.put(key.hexdigest(), json.dumps([asdict(one) for one in found]).encode())
    return found


def _measure(content: bytes) -> tuple[Measure, ...]:
    with pikepdf.open(io.BytesIO(content)) as pdf:
        setting = read(pdf)
        if not setting.lines:
            return ()
        body = text_size(setting)
        main = [line for line in setting.lines if not _in_note(line) and line.size > CALL * body]
        running = [line for line in main if "Caption" not in line.element.within]
        return (
            grid(running, body)
            if sum(line.size == body for line in running) >= FEW
            else Measure("grid", True, "too few lines to measure"),
            facing(main, body, setting.parts),
            widows(main),
            headings(main),
            hyphens(main, str(pdf.Root.get("/Lang", ""))),
            spaces(setting.lines),
            runts(main),
            filled(setting, body),
            endings(main, setting),
            notes(setting),
            marks(main, setting),
            *letters(setting),
        )


def text_size(setting: Setting) -> float:
    """The size of running text: the one in which most letters of paragraphs are set."""
    sizes: Counter[float] = Counter()
    for line in setting.lines:
        if line.element.kind == "P" and not _in_note(line):
            sizes[line.size] += len(line.text)
    return sizes.most_common(1)[0][0] if sizes else 0.0


def _in_note(line: Line) -> bool:
    return "Note" in line.element.within or line.element.kind == "Note"


def grid(main: list[Line], body: float) -> Measure:
    """Running text stands on a grid of half lines that is the same on all pages."""
    text = [line for line in main if line.size == body]
    leads = Counter(
        round(a.base - b.base, 2)
        for a, b in pairwise(text)
        if a.page == b.page and a.element.owner == b.element.owner and a.base > b.base
    )
    lead = leads.most_common(1)[0][0] if leads else 0.0
    if not lead:
        return Measure("grid", True, "too few lines to measure")
    start = Counter(round(line.base % (lead / 2), 2) for line in text).most_common(1)[0][0]
    off = [line for line in text if NEAR < (line.base - start) % (lead / 2) < lead / 2 - NEAR]
    share = 1 - len(off) / len(text)
    said = (
        f"{share:.0%} of {len(text)} lines of text on a grid of {lead / 2:g} pt, "
        f"leading {lead:g} pt"
    )
    return Measure("grid", share >= 0.9, said, "W301", _pages(off))


def facing(main: list[Line], body: float, parts: Mapping[int, list[int]] | None = None) -> Measure:
    """The first lines of facing pages of running text stand at one height; openings are sunk."""
    tops: dict[int, float] = {}
    for page, lines in _by_page(main):
        top = max(lines, key=lambda line: line.base)
        if (parts or {}).get(top.element.part, [0])[0] == page:
            continue
        # A picture of any height stands above a caption, and rows of a table keep no grid.
        below = not APART.isdisjoint((top.element.kind, *top.element.within))
        if top.element.kind in ("P", "LBody") and top.size == body and not below:
            tops[page] = top.base
    pairs = [(page, page + 1) for page in tops if page % 2 == 0 and page + 1 in tops]
    wrong = [left for left, right in pairs if abs(tops[left] - tops[right]) > NEAR]
    said = f"{len(pairs) - len(wrong)} of {len(pairs)} facing pairs of text begin at one height"
    return Measure("facing pages", not wrong, said, "W302", tuple(wrong))


def widows(main: list[Line]) -> Measure:
    """No paragraph leaves a single line on a page."""
    wrong, broken = [], 0
    for lines in _blocks(main, ("P", "LBody")):
        counts = Counter(line.page for line in lines)
        if len(counts) < 2:
            continue
        broken += 1
        first, last = min(counts), max(counts)
        wrong += [page for page in (first, last) if counts[page] == 1]
    said = f"{broken} paragraphs run over a page; {len(wrong)} single lines left alone"
    return Measure("widows, orphans", not wrong, said, "W303", tuple(sorted(wrong)))


def headings(main: list[Line]) -> Measure:
    """Under every heading stands some text on its page, unless the page is the title's alone."""
    wrong = [
        page
        for page, lines in _by_page(main)
        if min(lines, key=lambda line: line.base).element.kind.startswith("H")
        and not all(line.element.kind.startswith("H") for line in lines)
    ]
    return Measure(
        "headings", not wrong, f"{len(wrong)} headings at the foot of a page", "W304", tuple(wrong)
    )


def hyphens(main: list[Line], language: str = "") -> Measure:
    """Not more than two lines in a row end with a hyphen."""
    most, wrong = 0, []
    for lines in _blocks(main, ("P", "LBody")):
        for hyphened, run in groupby(lines, key=lambda line: line.text.rstrip().endswith(HYPHENS)):
            count = len(held := list(run)) if hyphened else 0
            most = max(most, count)
            wrong += [held[0].page] if count > 2 else []
    said = f"at most {most} hyphens in a row"
    if language == "en" and most:
        said += "; `language: en` is divided as in America, en-GB as in Britain"
    return Measure("hyphens", not wrong, said, "W305", tuple(sorted(wrong)))


def spaces(lines: list[Line]) -> Measure:
    """Word spaces of justified lines are not twice as wide as the font's own."""
    full = [
        (line, fmean(line.spaces))
        for line in lines
        if len(line.spaces) >= SPACES and any(abs(one - 1) > EVEN for one in line.spaces)
    ]
    if not full:
        return Measure("word spaces", True, "no justified lines")
    widths = [wide for _, wide in full]
    differ = [abs(a - b) for (one, a), (two, b) in pairwise(full) if one.page == two.page]
    worst = max(full, key=lambda row: row[1])[0]
    said = (
        f"{sum(wide > 1.5 for wide in widths) / len(full):.1%} of {len(full)} justified lines "
        f"have word spaces over 1.5 times the font's own, the loosest {max(widths):.2f} "
        f"({begun(worst)}), the tightest {min(widths):.2f}; "
        f"neighbours differ by {fmean(differ or [0.0]):.2f}; letters "
        f"move by up to {max(abs(line.letters) for line, _ in full):.2%} of the size, glyphs by "
        f"{max(abs(line.wider - 1) for line, _ in full):.1%}"
    )
    loose = sorted({line.page for line, wide in full if wide > LOOSE})
    return Measure("word spaces", not loose, said, "W309", tuple(loose))


def begun(line: Line) -> str:
    """How a line begins, in quotation marks, and its page."""
    words = line.text.strip()
    cut = f"{words[:SHOWN].rstrip()}…" if len(words) > SHOWN else words
    return f"'{cut}' on page {line.page}"


def runts(main: list[Line]) -> Measure:
    """No paragraph of several lines ends with a line of three letters or fewer."""
    ends = [lines[-1] for lines in _blocks(main, ("P", "LBody")) if len(lines) > 2]
    wrong = [line for line in ends if len(line.text.strip()) <= RUNT]
    said = f"{len(wrong)} of {len(ends)} paragraphs end with a line of {RUNT} letters or fewer"
    said += "".join(f", {begun(line)}" for line in wrong[:3])
    return Measure("last lines", not wrong, said, "W310", _pages(wrong))


def filled(setting: Setting, body: float) -> Measure:
    """Not more than two lines stay empty above the notes of a page on which the text goes on."""
    lasts = {pages[-1] for pages in setting.parts.values()}
    main = [line for line in setting.lines if not _in_note(line)]
    tops = {page: max(lines, key=lambda line: line.base) for page, lines in _by_page(main)}
    lasts |= {page for page in tops if page + 1 not in tops or tops[page + 1].size != body}
    gaps: dict[int, float] = {}
    for page, lines in _by_page(setting.lines):
        text = [line.base for line in lines if not _in_note(line)]
        notes = [line.base for line in lines if _in_note(line) and line.base < min(text, default=0)]
        if text and notes and page not in lasts:
            gaps[page] = min(text) - max(notes)
    least = min(gaps.values(), default=0.0)
    empty = {page: int((gap - least) / (1.3 * body)) for page, gap in gaps.items()}
    wrong = tuple(page for page, lost in empty.items() if lost > LOST)
    mean = fmean(empty.values()) if empty else 0.0
    said = f"{mean:.1f} lines of text stay empty above the notes of {len(empty)} pages in the mean"
    return Measure(
        "filled pages",
        not wrong,
        f"{said}, {max(empty.values(), default=0)} at most",
        "W311",
        wrong,
    )


def endings(main: list[Line], setting: Setting) -> Measure:
    """The last page of a section has more than one line, or a picture above it."""
    counts = {page: len(lines) for page, lines in _by_page(main)}
    shown = {line.page for line in main if "Caption" in (line.element.kind, *line.element.within)}
    runs = [pages for pages in setting.parts.values() if len(pages) > 1]
    wrong = [pages[-1] for pages in runs if counts.get(pages[-1], 0) < 2]
    wrong = [page for page in wrong if page not in shown]
    said = f"{len(setting.parts)} sections, {len(wrong)} end with a single line"
    return Measure("last pages", not wrong, said, "W306", tuple(wrong))


def notes(setting: Setting) -> Measure:
    """Every note begins on the page of its call, or on the next."""
    wrong = tuple(call for call, note in setting.calls if not 0 <= note - call <= 1)
    later = sum(note > call for call, note in setting.calls)
    said = (
        f"{len(setting.calls)} notes: {len(setting.calls) - later} on the page of their call, "
        f"{later} later, {len(wrong)} later than the next"
    )
    return Measure("notes", not wrong, said, "W307", wrong)


def marks(main: list[Line], setting: Setting) -> Measure:
    """A mark in the margin stands beside a line, or under another mark of the same line."""
    bases: dict[int, set[float]] = {}
    for line in main:
        bases.setdefault(line.page, set()).add(line.base)
    beside: dict[int, list[float]] = {}
    for page, base in setting.marks:
        beside.setdefault(page, []).append(base)
    wrong = tuple(
        page
        for page, base in setting.marks
        if not any(abs(base - other) <= NEAR for other in bases.get(page, ()))
        and not any(abs(base + UNDER - other) <= NEAR for other in beside.get(page, ()))
    )
    said = f"{len(setting.marks) - len(wrong)} of {len(setting.marks)} marks beside their line"
    return Measure("margin marks", not wrong, said, "W308", wrong)


def letters(setting: Setting) -> Iterator[Measure]:
    """Small capitals are letters of their own, and figures in the text hang below the line."""
    small, hanging = False, False
    for font in setting.fonts.values():
        heights = _heights(font)
        lower = heights.get("h")
        if lower and heights.get("x") and lower[1] < 1.25 * heights["x"][1]:
            small = True
        figures = [heights[digit][0] for digit in "34579" if digit in heights]
        hanging = hanging or any(low < -50 for low in figures)
    yield Measure("small capitals", True, "real ones" if small else "none in use")
    yield Measure("figures", True, "old-style in the text" if hanging else "lining only")


def _heights(font: Any) -> dict[str, tuple[int, int]]:
    """Lowest and highest point of the outlines of some letters, in thousandths of the size."""
    from fontTools.ttLib import TTFont, TTLibError

    from engross.check.setting.lines import codes

    held = font.get("/DescendantFonts")
    descriptor = held[0].get("/FontDescriptor") if held is not None else None
    if descriptor is None or "/FontFile2" not in descriptor:
        return {}
    found: dict[str, tuple[int, int]] = {}
    try:
        program = TTFont(io.BytesIO(descriptor.FontFile2.read_bytes()), lazy=True)
        scale, order = 1000 / program["head"].unitsPerEm, program.getGlyphOrder()
        for code, text in codes(font).items():
            number = int(code, 16)
            if text not in "hx34579" or not text or number >= len(order):
                continue
            glyph = program["glyf"][order[number]]
            if glyph.numberOfContours:
                box = round(glyph.yMin * scale), round(glyph.yMax * scale)
                # A font has several figures of one value; those that hang are looked for.
                found[text] = min(box, found.get(text, box))
    except (TTLibError, KeyError, AttributeError):
        return found
    return found


def _by_page(main: list[Line]) -> Iterator[tuple[int, list[Line]]]:
    rows = sorted(main, key=lambda line: line.page)
    for page, lines in groupby(rows, key=lambda line: line.page):
        yield page, list(lines)


def _blocks(main: list[Line], kinds: tuple[str, ...]) -> Iterator[list[Line]]:
    """The lines of each paragraph, in the order of reading, one for each base line."""
    held: dict[int, list[Line]] = {}
    for line in main:
        if line.element.kind in kinds or line.element.owner in held:
            held.setdefault(line.element.owner, []).append(line)
    yield from held.values()


def _pages(lines: list[Line]) -> tuple[int, ...]:
    return tuple(sorted({line.page for line in lines}))
