"""`EDITION.CORRECTION`: which version comes next, and why."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum


class Step(IntEnum):
    """How far a version moves on."""

    NONE = 0
    CORRECTION = 1
    """The second number: layout, slips, a few substantive corrections."""
    EDITION = 2
    """The first number: another title, documents or sections added or gone, a text rewritten."""


@dataclass(frozen=True, slots=True)
class Change:
    """Something that differs from the last release."""

    step: Step
    words: str
    """What a reader would call it: `2 accidental corrections (C-0002, C-0003)`."""
    substantive: bool = False
    """An informed reader would want to know: a notice is due."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """The next version and its reasons."""

    version: str
    step: Step
    changes: tuple[Change, ...]

    @property
    def notice(self) -> bool:
        """Whether readers are owed a correction notice."""
        return any(change.substantive for change in self.changes)

    def words(self) -> str:
        """The reasons in a line."""
        return "; ".join(change.words for change in self.changes) or "nothing changed"


def ordered(version: str) -> tuple[int, int]:
    """
    A version as numbers, so that 1.10 comes after 1.9.

    >>> ordered("1.10") > ordered("1.9")
    True
    """
    edition, correction = version.split(".")
    return int(edition), int(correction)


def next_version(version: str, step: Step) -> str:
    """
    The version that a step leads to.

    >>> next_version("1.9", Step.CORRECTION), next_version("1.9", Step.EDITION)
    ('1.10', '2.0')
    """
    edition, correction = ordered(version)
    if step is Step.EDITION:
        return f"{edition + 1}.0"
    return f"{edition}.{correction + step}"


def propose(newest: str, changes: Iterable[Change]) -> Proposal:
    """The smallest version that the changes since the newest release allow."""
    listed = tuple(changes)
    step = max((change.step for change in listed), default=Step.NONE)
    return Proposal(next_version(newest, step), step, listed)


def too_small(wanted: str, newest: str, proposal: Proposal) -> bool:
    """Whether a version promises less change than there is, or is not new."""
    return ordered(wanted) < ordered(proposal.version) or ordered(wanted) <= ordered(newest)
