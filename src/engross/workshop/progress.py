"""How a command tells what it is doing: the seven verbs, and how long each took."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

Listener = Callable[[str, str], None]
"""Called with a stage and a remark: `make`, `typeset 3 of 12 units`."""


def silent(stage: str, remark: str) -> None:
    """Say nothing."""


@dataclass(slots=True)
class Progress:
    """Times the stages and passes remarks on; it decides nothing."""

    listener: Listener = silent
    seconds: dict[str, float] = field(default_factory=dict)

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """One of the seven verbs, timed by the wall clock."""
        self.listener(name, "")
        start = time.perf_counter()
        try:
            yield
        finally:
            self.seconds[name] = self.seconds.get(name, 0.0) + time.perf_counter() - start

    def remark(self, stage: str, words: str) -> None:
        """A line about the work of a stage."""
        self.listener(stage, words)


@dataclass(slots=True)
class Known:
    """What is known of an edition by the time that a stage fails."""

    edition: str = ""
    version: str = ""
    released: bool = False
