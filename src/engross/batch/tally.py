"""How far a batch is."""

import time
from dataclasses import dataclass, field

from engross.batch.work import Account


@dataclass(slots=True)
class Bench:
    """What one worker has done so far."""

    done: int = 0
    reused: int = 0
    failed: int = 0
    cpu: float = 0.0
    """Seconds, for all its books."""
    memory: int = 0
    """After its last book, in kilobytes, its typesetting process included."""
    last: str = ""
    """The edition or folder that it finished last."""


@dataclass(slots=True)
class Tally:
    """Counts, of all books and by worker."""

    total: int
    started: float = field(default_factory=time.monotonic)
    done: int = 0
    reused: int = 0
    failed: int = 0
    workers: dict[str, Bench] = field(default_factory=dict)

    def add(self, account: Account) -> None:
        """Count a book that is finished, well or not."""
        benches: list[Bench | Tally] = [self]
        if account.worker:
            bench = self.workers.setdefault(account.worker, Bench())
            bench.cpu += account.cpu
            bench.memory = account.memory
            bench.last = account.edition or account.folder
            benches.append(bench)
        for row in benches:
            row.done += account.state == "done"
            row.reused += account.state == "reused"
            row.failed += not account.whole

    @property
    def finished(self) -> int:
        """Books of which something is known."""
        return self.done + self.reused + self.failed

    @property
    def rate(self) -> float:
        """Books a minute."""
        return self.finished / max(time.monotonic() - self.started, 0.001) * 60

    @property
    def left(self) -> float:
        """Seconds until the last book, at this rate."""
        return (self.total - self.finished) / max(self.rate, 0.001) * 60

    @property
    def line(self) -> str:
        """All of it on one line."""
        return (
            f"{self.finished}/{self.total}: {self.done} done, {self.reused} reused, "
            f"{self.failed} failed; {self.rate:.0f} a minute, {clock(self.left)} left"
        )


def clock(seconds: float) -> str:
    """
    A duration as people read it.

    >>> clock(42), clock(170), clock(7320)
    ('42 s', '3 min', '2 h 02 min')
    """
    if seconds < 90:
        return f"{seconds:.0f} s"
    minutes = round(seconds / 60)
    return f"{minutes} min" if minutes < 90 else f"{minutes // 60} h {minutes % 60:02d} min"
