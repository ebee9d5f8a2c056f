"""Whether the margins that a printer asks for are really free."""

from dataclasses import dataclass

from engross.check.preflight.glance import Seen
from engross.check.preflight.report import Tally
from engross.check.preflight.sheets import inch
from engross.check.preflight.wanted import SIDES, Box, Sides, Wanted

NEAR = 0.3
"""Points that the outlines of letters may reach over their line's edge."""


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
                if free < least - NEAR:
                    self.tally.add(
                        "W220",
                        f"only {inch(free)} in are free at the {side}, and "
                        f"{self.wanted.printer} wants {inch(least)} in",
                    )
