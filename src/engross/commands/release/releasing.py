"""A build that is a release: what it reads instead, what it may not overlook, what comes of it."""

import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from engross.assemble.edition import Edition
from engross.commands.outcome import Outcome
from engross.model.check import Checked
from engross.model.finding import Finding
from engross.publish import Published
from engross.read import Sources
from engross.read.limits import Limits
from engross.read.overlay import Overlay
from engross.revision.standing import Standing
from engross.workshop.making import Making


@dataclass(frozen=True, slots=True)
class Releasing:
    """What `engross release` asks of the stages."""

    version: str
    judge: Callable[[Standing, Sequence[Finding], Sequence[Checked]], list[Finding]]
    """Gives the findings that count, once what was accepted is taken out."""
    instead: Mapping[str, bytes] = field(default_factory=dict)
    """Files of the book as the release will write them."""

    def open(self, folder: Path) -> Sources:
        """The book as it will be."""
        return Overlay(folder.resolve(), Limits.from_environment(os.environ), self.instead)


@dataclass(frozen=True, slots=True)
class Finished:
    """A build, with all that was known on the way."""

    outcome: Outcome
    sources: Sources
    standing: Standing
    edition: Edition
    made: Making
    published: Published
