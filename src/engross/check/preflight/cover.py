"""What a printer checks on a cover: its size, its spine, its margins and its barcode."""

import dataclasses
from collections.abc import Iterator
from dataclasses import dataclass

from engross.cache.store import Keeper
from engross.check.preflight.glance import Glance
from engross.check.preflight.report import Fault, Line, Report
from engross.check.preflight.run import preflight
from engross.check.preflight.sheets import inch
from engross.check.preflight.wanted import Box, Sides, Wanted
from engross.check.tools.child import Absent, run
from engross.disk.passing import passing
from engross.model.check import Status
from engross.schema.profile import Profile

_NAME = "cover.pdf"
NOTHING = 4
"""The status of zbarimg that found no symbol."""
ADD_ON = "-Sean5.enable"
"""Without it five digits beside an EAN-13 are passed over."""


NEAR = 0.3
"""Points that outlines of letters may reach over their place."""
REPORT = "report it: engross draws the cover by these measures"
MEND = "move them in wrap.css or cover.css"


@dataclass(frozen=True, slots=True)
class CoverWanted:
    """What a cover must be; lengths in points."""

    printer: str
    panel: tuple[float, float]
    """Width and height of the trimmed front."""
    spine: float
    """0 for the cover of a booklet."""
    bleed: float
    safe: float
    """Free of words inside the trimmed edges."""
    clear: float
    """Between words on the spine and its folds."""
    pages: int
    """Pages of the interior."""
    spine_from: int
    """Pages from which words may stand on the spine."""
    hinge: float = 0.0
    """Beside the spine of a case, free of words."""
    isbn: str = ""
    """Thirteen digits that the barcode must read as; empty where there must be none."""
    more: str = ""
    """Five digits of an add-on beside it."""

    @property
    def trim(self) -> tuple[float, float]:
        """Width and height of what is cut."""
        if not self.spine:
            return self.panel
        return round(2 * self.panel[0] + self.spine, 4), self.panel[1]


def wanted_file(profile: Profile, want: CoverWanted) -> Wanted:
    """The cover as a file for the press; colours are allowed."""
    bleed = want.bleed
    folded = not want.spine
    return Wanted(
        printer=profile.title,
        standard=profile.standard.value,
        condition=profile.intent.value.identifier,
        trim=want.trim,
        bleed=Sides(bleed, bleed, bleed, 0.0 if folded else bleed),
        ink_limit=float(profile.ink_limit.value),
        resolution=float(profile.resolution.value),
        least_type=6.0,
        least_rule=0.25,
        pages=4 if folded else 1,
        blank=frozenset({2, 3} if folded else ()),
    )


def preflight_cover(
    content: bytes, file: Wanted, want: CoverWanted, store: Keeper | None = None
) -> Report:
    """Judge a cover: as a file for the press, and as a cover."""
    report = preflight(content, file, store)
    if not report.lines:
        return report
    glance = Glance(content)
    try:
        sheets = [(number, glance.letters(number)) for number in range(1, len(glance) + 1)]
    finally:
        glance.close()
    faults = [*_size(report, want), *_words(sheets, want)]
    told = {fault.code: fault.text for fault in reversed(faults)}
    lines = [
        Line.judged("cover", ["W280"], told, _measures(want)),
        Line.judged("spine", ["W281"], told, _spine(want)),
        Line.judged("safety", ["W283"], told, f"words keep {inch(want.safe)} in from every edge"),
    ]
    code, more = _barcode(content, want)
    return dataclasses.replace(
        report, lines=(*report.lines, *lines, code), faults=(*report.faults, *faults, *more)
    )


def _size(report: Report, want: CoverWanted) -> Iterator[Fault]:
    for fault in report.faults:
        if fault.code in ("W212", "W213"):
            yield Fault(
                "W280",
                f"{fault.text}; {want.pages} pages make a spine of {inch(want.spine)} in",
                fault.pages,
                "build again after pages or paper have changed; else report it",
            )


def _words(sheets: list[tuple[int, tuple[Box, ...]]], want: CoverWanted) -> Iterator[Fault]:
    left = want.bleed + want.panel[0]
    for number, letters in sheets:
        # Pages of a booklet's cover are numbered like its panels: the fold is left on odd ones.
        start = want.bleed if want.spine or number % 2 == 0 else 0.0
        right = start + want.trim[0]
        edge = [
            min(x1 - start, right - x2, y1 - want.bleed, want.bleed + want.panel[1] - y2)
            for x1, y1, x2, y2 in letters
        ]
        if edge and min(edge) < want.safe - NEAR:
            yield Fault(
                "W283",
                f"words stand {inch(min(edge))} in from the edge of the cover, and {want.printer} "
                f"wants {inch(want.safe)} in",
                (number,),
                MEND,
            )
        if want.spine:
            yield from _on_spine(letters, left, want)
        if want.hinge:
            yield from _in_hinge(letters, left, want)


def _on_spine(letters: tuple[Box, ...], left: float, want: CoverWanted) -> Iterator[Fault]:
    fold = left + want.spine
    on = [box for box in letters if box[2] > left - NEAR and box[0] < fold + NEAR]
    if not on:
        return
    if want.pages < want.spine_from:
        yield Fault(
            "W281",
            f"words stand on the spine, which {want.printer} allows from {want.spine_from} pages, "
            f"and the book has {want.pages}",
            (1,),
            MEND,
        )
        return
    near = min(min(box[0] - left, fold - box[2]) for box in on)
    if near < want.clear - NEAR:
        yield Fault(
            "W281",
            f"words on the spine come within {inch(max(near, 0.0))} in of a fold, and "
            f"{want.printer} wants {inch(want.clear)} in",
            (1,),
            MEND,
        )


def _in_hinge(letters: tuple[Box, ...], left: float, want: CoverWanted) -> Iterator[Fault]:
    fold = left + want.spine
    grooves = ((left - want.hinge, left), (fold, fold + want.hinge))
    held = [
        box
        for box in letters
        for start, end in grooves
        if box[0] < end - NEAR and box[2] > start + NEAR
    ]
    if held:
        yield Fault(
            "W283",
            f"words stand in the hinge of the case, {inch(want.hinge)} in on either side of the "
            "spine, where the paper is pressed into a groove",
            (1,),
            MEND,
        )


def _barcode(content: bytes, want: CoverWanted) -> tuple[Line, tuple[Fault, ...]]:
    found = barcodes(content, more=bool(want.more))
    if isinstance(found, Absent):
        return Line("barcode", Status.NOT_CHECKED, found.reason), ()
    if not want.isbn and not found:
        return Line("barcode", Status.PASSED, "none, as there is no ISBN of the print"), ()
    right = [("EAN-13", want.isbn), *([("EAN-5", want.more)] if want.more else [])]
    if sorted(found) == sorted(right):
        said = " and ".join(f"{kind} reads as {digits}" for kind, digits in right)
        return Line("barcode", Status.PASSED, said), ()
    read = " and ".join(f"'{digits}'" for _, digits in found) or "nothing"
    wanted = "' and '".join(digits for _, digits in right)
    text = f"the barcode reads {read} and not '{wanted}'"
    if not want.isbn:
        text = f"the cover has a barcode that reads {read}, and the print has no ISBN"
    return Line("barcode", Status.FAILED, text), (Fault("W282", text, (1,), REPORT),)


def _measures(want: CoverWanted) -> str:
    width, height = want.trim
    if want.hinge:
        return f"{inch(width)} × {inch(height)} in over the boards, {inch(want.bleed)} in turned in"
    return f"{inch(width)} × {inch(height)} in trimmed, {inch(want.bleed)} in bleed"


def _spine(want: CoverWanted) -> str:
    if not want.spine:
        return "none: folded"
    words = "words allowed" if want.pages >= want.spine_from else f"words from {want.spine_from}"
    return f"{inch(want.spine)} in for {want.pages} pages; {words}"


def barcodes(pdf: bytes, *, more: bool = False) -> tuple[tuple[str, str], ...] | Absent:
    """Kind and digits of each barcode on any page: `(("EAN-13", "9780306406157"),)`."""
    with passing("zbar") as folder:
        folder.write(_NAME, pdf)
        drawn = run(["pdftoppm", "-r", "300", "-gray", "-png", _NAME, "c"], folder.path)
        if isinstance(drawn, Absent):
            return drawn
        pictures = sorted(path.name for path in folder.path.glob("c*.png"))
        if drawn.status or not pictures:
            return Absent("pdftoppm could not draw the cover")
        read = run(["zbarimg", "--quiet", *([ADD_ON] if more else []), *pictures], folder.path)
    if isinstance(read, Absent):
        return read
    if read.status not in (0, NOTHING):
        return Absent(f"zbarimg ended with status {read.status}")
    rows = [line.partition(":") for line in read.out.splitlines() if ":" in line]
    return tuple((kind, digits) for kind, _, digits in rows)
