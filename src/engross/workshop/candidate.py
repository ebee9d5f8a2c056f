"""Files with marks that are not earned yet: stage 6 judges them and takes a mark off again."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from engross.model.check import Output
from engross.model.finding import Finding

if TYPE_CHECKING:  # what reads pages is loaded by those who make some
    from engross.check.preflight import Wanted
    from engross.check.preflight.cover import CoverWanted


@dataclass(frozen=True, slots=True)
class Candidate:
    """A file that says of itself what nobody has checked."""

    output: Output
    wanted: "Wanted"
    """What it is held against, with its mark."""
    unmarked: "Wanted"
    """What the same file is held against without it."""
    plain: Callable[[], bytes]
    """The same file without its mark."""
    cover: "CoverWanted | None" = None
    """What stands where on a cover; None for an interior."""


@dataclass(frozen=True, slots=True)
class Pressed:
    """A file, and what was found on the way to it."""

    candidate: Candidate | None
    findings: tuple[Finding, ...] = ()
