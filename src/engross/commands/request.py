"""What was asked of a build, and what is known of it when it fails."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from engross.make.typeset.engines import Engines


@dataclass(frozen=True, slots=True)
class BuildRequest:
    """What was asked for on the command line."""

    book: Path | None = None
    kinds: tuple[str, ...] = ()
    """Empty: what the manifest lists."""
    out: Path | None = None
    only: str = ""
    """An address: nothing else is made, and it goes under `draft`."""
    proof: bool = False
    """Only a proof is made, and it goes under `draft`."""
    since: str = ""
    """The release since which a proof marks changes; empty: the newest."""
    blind: bool = False
    """Nobody who made the edition is named; it goes under `draft`."""
    impose: str = ""
    """`booklet`: the interior in pairs for a home printer as well; it goes under `draft`."""
    pages: str = ""
    """`last`: pages begin where they did in what was published last; it goes under `draft`."""
    jobs: int = 0
    """Workers; 0 is one a core."""
    cache: bool = True
    strict: bool = False
    checked: bool = False
    """Whether the outside checkers that a release asks are asked now."""
    wait: bool = False
    engines: "Engines | None" = None
    """Workers that outlive this build, for the next one of a batch."""
