"""`engross batch`: many books, each its own edition, resumable."""

import os
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from engross.batch.books import find_books
from engross.batch.engine import Plan, run
from engross.batch.report import html_report, summary
from engross.batch.work import Account, Task
from engross.catalog import exit_status
from engross.model.finding import EngrossError, Finding

Heard = Callable[[Account, "Tally"], None]


@dataclass(frozen=True, slots=True)
class BatchRequest:
    """What was asked for."""

    books: tuple[str, ...]
    kinds: tuple[str, ...] = ()
    out: Path | None = None
    scheduler: str = ""
    jobs: int = 0
    """Local workers; 0 is one a core."""
    report: Path | None = None
    catalogue: Path | None = None
    cache: bool = True


@dataclass(slots=True)
class Tally:
    """How far a batch is."""

    total: int
    started: float
    done: int = 0
    reused: int = 0
    failed: int = 0

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


@dataclass(frozen=True, slots=True)
class BatchOutcome:
    """What came of all books."""

    accounts: tuple[Account, ...]
    findings: tuple[Finding, ...] = ()
    exit_status: int = 0
    """0 only if every edition is whole, else the status of the first that is not."""

    @property
    def words(self) -> str:
        """How many of each state."""
        return summary(self.accounts)


def batch(request: BatchRequest, hear: Heard, say: Callable[[str], None]) -> BatchOutcome:
    """Build every book named; one that fails is reported and passed over."""
    books, findings = find_books(request.books)
    if findings:
        return BatchOutcome((), tuple(findings), exit_status(tuple(findings)))
    tasks = [
        Task(
            str(folder.resolve() if request.scheduler else folder),
            str(request.out) if request.out else "",
            request.kinds,
            request.cache,
        )
        for folder in books
    ]
    jobs = min(request.jobs or os.cpu_count() or 1, max(len(tasks), 1))
    tally = Tally(len(tasks), time.monotonic())
    accounts: list[Account] = []
    try:
        for account in run(tasks, Plan(jobs, request.scheduler), say):
            accounts.append(account)
            tally.done += account.state == "done"
            tally.reused += account.state == "reused"
            tally.failed += not account.whole
            hear(account, tally)
    except EngrossError as error:
        return BatchOutcome(tuple(accounts), error.findings, error.exit_status)
    order = {task.folder: index for index, task in enumerate(tasks)}
    accounts.sort(key=lambda account: order[account.folder])
    if request.report:
        request.report.parent.mkdir(parents=True, exist_ok=True)
        request.report.write_text(html_report(accounts), "utf-8")
    if request.catalogue:
        from engross.batch.catalogue import write_catalogue

        write_catalogue(accounts, request.catalogue)
    bad = [account.exit_status or 1 for account in accounts if not account.whole]
    return BatchOutcome(tuple(accounts), (), bad[0] if bad else 0)
