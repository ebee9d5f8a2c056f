"""The measures of a cover: of paper or over boards, back, spine and front; or of a booklet."""

from dataclasses import dataclass

from engross.catalog import finding
from engross.make.press.fit import inches
from engross.make.press.profiles import shipped
from engross.model.finding import Finding, Place
from engross.schema.profile import Profile
from engross.schema.trim import page_size, points

LEAST_TYPE = 6.0
"""Points: words on a spine are not set smaller."""


@dataclass(frozen=True, slots=True)
class Wrap:
    """One cover; lengths in points, the origin at the paper's upper left corner."""

    width: float
    """Width of the paper, bleed included; `height` alike."""
    height: float
    bleed: float
    """Beyond the trimmed cover; over boards, what is turned in."""
    panel: tuple[float, float]
    """Width and height of the trimmed front; over boards, of its side with the hinge."""
    spine: float
    """0 for a booklet."""
    spine_size: float
    """Size of the words on the spine; 0 where none may stand there."""
    clear: float
    """Between those words and the folds."""
    safe: float
    """What stays free inside each trimmed edge."""
    spine_from: int
    """Pages from which the printer allows words on the spine."""
    paper: str
    estimated: bool
    pages: int
    hinge: float = 0.0
    """Over boards: the groove beside the spine, on both sides of it; nothing is set in it."""

    @property
    def trim(self) -> tuple[float, float]:
        """Width and height of the trimmed wrap."""
        return round(self.width - 2 * self.bleed, 4), round(self.height - 2 * self.bleed, 4)

    @property
    def folds(self) -> tuple[float, float]:
        """Where the spine begins and ends, from the paper's left edge."""
        left = self.bleed + self.panel[0]
        return left, left + self.spine


def measure(
    profile: Profile, trim: str, binding: str, pages: int, paper: str, place: Place
) -> tuple[Wrap | None, tuple[Finding, ...]]:
    """
    The measures of a cover for a book of so many pages, blank ones counted; or why there are none.

    The paper goes by its name in the profile, empty for the first; `place` is where the manifest
    says so.
    """
    case = profile.case.value if profile.case else None
    if binding == "case" and case is None:
        return None, (_no_boards(profile, place),)
    boards = case if binding == "case" else None
    cover = profile.cover.value
    findings: tuple[Finding, ...] = ()
    spine, name, estimated = 0.0, "", False
    if binding != "saddle":
        found = profile.paper(paper)
        if found is None:
            names = ", ".join(row.name for row in profile.papers.value) or "none"
            message = f"{profile.title} has no paper '{paper}'"
            return None, (finding("W286", place, message, f"use one of: {names}"),)
        added = points(boards.boards if boards else found.cover)
        spine = round(pages * points_of_page(found.page) + added, 4)
        name, estimated = found.name, found.estimated or boards is not None
        if boards:
            findings = (_estimated_case(profile, spine, pages, place),)
        elif estimated:
            findings = (_estimated_paper(profile, name, spine, pages, place),)
    width, height = page_size(trim)
    bleed, clear = points(cover.bleed), points(cover.spine_clear)
    if boards:
        bleed = points(boards.turn_in)
        width += points(boards.wider)
        height += 2 * points(boards.overhang)
    room = spine - 2 * clear
    allowed = pages >= cover.spine_text_from and room / 1.2 >= LEAST_TYPE
    wrap = Wrap(
        width=round(2 * width + spine + 2 * bleed, 4),
        height=round(height + 2 * bleed, 4),
        bleed=bleed,
        panel=(width, height),
        spine=spine,
        spine_size=round(min(room / 1.2, 14.0), 2) if allowed else 0.0,
        clear=clear,
        safe=points(cover.safe),
        spine_from=cover.spine_text_from,
        paper=name,
        estimated=estimated,
        pages=pages,
        hinge=points(boards.hinge) if boards else 0.0,
    )
    return wrap, findings


def _no_boards(profile: Profile, place: Place) -> Finding:
    known = [name for name, one in shipped().items() if one.case]
    return finding(
        "W285",
        place,
        f"no cover is drawn over boards for {profile.title}: its profile has no measures of them",
        "add `case` to a profile of your own from the printer's template, or use one that "
        f"has it: {', '.join(known)}",
    )


def _estimated_paper(
    profile: Profile, name: str, spine: float, pages: int, place: Place
) -> Finding:
    message = (
        f"the spine of {inches(spine)} on paper '{name}' is an estimate: "
        f"{profile.title} states no thickness that we could read"
    )
    fix = f"order the cover template for {pages} pages, and compare"
    return finding("W284", place, message, fix)


def _estimated_case(profile: Profile, spine: float, pages: int, place: Place) -> Finding:
    message = (
        f"the spine of {inches(spine)} and the boards of the case are estimates: {profile.title} "
        "gives them by its template for each book"
    )
    fix = f"order the case template for {pages} pages, and compare its size with the cover's"
    return finding("W284", place, message, fix)


def points_of_page(thickness: str) -> float:
    """The thickness of one page in points, not rounded: it is multiplied by hundreds."""
    for unit, factor in (("in", 72.0), ("mm", 72 / 25.4), ("pt", 1.0)):
        if thickness.endswith(unit):
            return float(thickness.removesuffix(unit)) * factor
    raise ValueError(thickness)
