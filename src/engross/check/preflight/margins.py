"""Whether the margins that a printer asks for are really free."""

from dataclasses import dataclass

from engross.check.preflight.glance import Box, Seen
from engross.check.preflight.report import Tally
from engross.check.preflight.sheets import inch
from engross.check.preflight.wanted import Sides, Wanted

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
        boxes += [box for box in seen.others if not _runs_off(box, trim)]
        for box in boxes:
            have = _free(box, trim, number)
            self.nearest = have if self.nearest is None else _least(self.nearest, have)
            for side in ("head", "foot", "fore_edge", "spine"):
                free, least = getattr(have, side), getattr(want, side)
                if free < least - NEAR:
                    self.tally.add(
                        "W220",
                        f"only {inch(free)} in are free at the {side.replace('_', '-')}, and "
                        f"{self.wanted.printer} wants {inch(least)} in",
                    )


def _free(box: Box, trim: Box, number: int) -> Sides:
    left, right = box[0] - trim[0], trim[2] - box[2]
    odd = number % 2 == 1
    return Sides(trim[3] - box[3], box[1] - trim[1], right if odd else left, left if odd else right)


def _runs_off(box: Box, trim: Box) -> bool:
    return box[0] < trim[0] or box[1] < trim[1] or box[2] > trim[2] or box[3] > trim[3]


def _least(a: Sides, b: Sides) -> Sides:
    return Sides(
        min(a.head, b.head),
        min(a.foot, b.foot),
        min(a.fore_edge, b.fore_edge),
        min(a.spine, b.spine),
    )
