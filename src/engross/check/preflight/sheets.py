"""Boxes of pages, their number, which of them are blank, and whether their margins are free."""

from dataclasses import dataclass, field
from typing import Any

from engross.check.preflight.glance import Seen
from engross.check.preflight.paint import inherited
from engross.check.preflight.report import Tally
from engross.check.preflight.wanted import SIDES, Box, Sides, Wanted

NEAR = 0.05
"""Points by which a box may be off."""
OVER = 0.3
"""Points that the outlines of letters may reach over their line's edge."""
REPORT = "report it: engross set the page wrong"


@dataclass(slots=True)
class Margins:
    """The nearest that anything comes to each edge, so far."""

    wanted: Wanted
    tally: Tally
    nearest: Sides | None = None

    def page(self, number: int, seen: Seen, trim: Box) -> None:
        """Measure one page; pictures and areas that run off the page are meant to."""
        want = self.wanted.free
        if want is None:
            return
        boxes = [seen.text] if seen.text else []
        boxes += [box for box in seen.others if min(Sides.between(box, trim, number)) >= 0]
        for box in boxes:
            have = Sides.between(box, trim, number)
            self.nearest = Sides(*map(min, self.nearest or have, have))
            for side, free, least in zip(SIDES, have, want, strict=True):
                if free < least - OVER:
                    self.tally.add(
                        "W220",
                        f"only {inch(free)} in are free at the {side}, and "
                        f"{self.wanted.printer} wants {inch(least)} in",
                    )


@dataclass(slots=True)
class Sheets:
    """What was seen of the pages so far."""

    wanted: Wanted
    tally: Tally
    count: int = 0
    blank: list[int] = field(default_factory=list)
    trims: set[tuple[float, float]] = field(default_factory=set)

    def page(self, number: int, page: Any, *, blank: bool) -> Box | None:
        """Look at one page; gives its TrimBox."""
        self.count = number
        if blank:
            self.blank.append(number)
        add = self.tally.add
        if int(inherited(page, "/Rotate") or 0) % 360:
            add("W215", "the page is turned", REPORT)
        if float(page.get("/UserUnit", 1)) != 1:
            add("W215", "the page has a unit of its own", REPORT)
        media = _box(inherited(page, "/MediaBox"))
        trim, bleed, art = (_box(page.get(key)) for key in ("/TrimBox", "/BleedBox", "/ArtBox"))
        if media is None:
            add("W210", "the page has no MediaBox", REPORT)
            return None
        if trim is None:
            if self.wanted.press:
                add("W210", "the page does not say where it is trimmed", REPORT)
            trim = media
        elif art is not None:
            add("W214", "the page has a TrimBox and an ArtBox; a printer wants one", REPORT)
        outer = bleed or media
        crop = _box(inherited(page, "/CropBox"))
        if not _inside(outer, media) or not _inside(trim, outer):
            add("W211", "the boxes are not one within the other: trim, bleed, paper", REPORT)
        if crop is not None and not _inside(trim, crop):
            add("W211", "the CropBox cuts into the trimmed page", REPORT)
        self._sizes(number, trim, outer)
        return trim

    def _sizes(self, number: int, trim: Box, outer: Box) -> None:
        add = self.tally.add
        size = (round(trim[2] - trim[0], 2), round(trim[3] - trim[1], 2))
        self.trims.add(size)
        want = self.wanted.trim
        if want is not None and (abs(size[0] - want[0]) > NEAR or abs(size[1] - want[1]) > NEAR):
            add(
                "W212",
                f"the page is trimmed to {inch(size[0])} × {inch(size[1])} in and not to "
                f"{inch(want[0])} × {inch(want[1])} in",
                REPORT,
            )
        if self.wanted.bleed is None:
            return
        have = Sides.between(trim, outer, number)
        for side, found, right in zip(SIDES, have, self.wanted.bleed, strict=True):
            if abs(found - right) > NEAR:
                words = f"the bleed at the {side} is {inch(found)} in and not {inch(right)} in"
                add("W213", words, REPORT)

    def end(self) -> None:
        """Look at the number of pages and at the blank ones."""
        want, add = self.wanted, self.tally.add
        if want.pages and self.count != want.pages:
            add("W203", f"the file has {self.count} pages and not {want.pages}", REPORT)
        elif want.least_pages and not want.least_pages <= self.count <= want.most_pages:
            add(
                "W204",
                f"{want.printer} binds {want.least_pages} to {want.most_pages} pages, and the file "
                f"has {self.count}",
                "choose another printer or binding",
            )
        if self.count % want.multiple:
            add(
                "W205",
                f"{want.printer} binds multiples of {want.multiple} pages, and the file has "
                f"{self.count}",
                REPORT,
            )
        if want.blank is not None:
            for number in sorted(set(self.blank) - want.blank):
                add("W223", "the page is blank and should not be", REPORT, number)
            for number in sorted(want.blank - set(self.blank)):
                add("W224", "the page should be blank and is not", REPORT, number)


def _box(value: Any) -> Box | None:
    if value is None or len(value) != 4:
        return None
    a, b, c, d = (float(one) for one in value)
    return min(a, c), min(b, d), max(a, c), max(b, d)


def _inside(inner: Box, outer: Box) -> bool:
    return min(Sides.between(inner, outer, 1)) >= -NEAR


def inch(points: float) -> str:
    """Points as inches, three places at most: `0.125`."""
    return f"{points / 72:.3f}".rstrip("0").rstrip(".")
