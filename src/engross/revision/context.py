"""What an assembly knows beside the book itself."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from engross.ledger.rules import Recorded
from engross.release.numbers import Numbers


@dataclass(frozen=True, slots=True)
class EarlierRelease:
    """A release below the version that is built."""

    version: str
    date: str
    """ISO day."""
    pages: dict[str, str]
    """Printed page of each address in the reference printing."""
    numbers: Numbers = field(default_factory=Numbers)
    """The printed numbers that it froze."""
    texts: Mapping[str, str] = field(default_factory=dict)
    """What it printed by address, with fields and rows of registers."""
    ledger: Recorded | None = None
    """The ledger's entries as it recorded them."""


@dataclass(frozen=True, slots=True)
class Context:
    """Facts that come from outside the book's files, all of them pure functions of inputs."""

    digest: str
    """SHA-256 over the digests of all inputs."""
    released: bool = False
    earlier: tuple[EarlierRelease, ...] = ()
    """Oldest first."""
    fonts: tuple[str, ...] = ()
    """Names of the families that the edition is set in."""
    engine: tuple[str, ...] = ()
    """`engross 0.1.0`, `WeasyPrint 70.0`."""
    day: str = ""
    """ISO day of the release that is built; empty for a draft."""
