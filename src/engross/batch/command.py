"""`engross batch`: many books, each its own edition, resumable."""

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from engross.batch.books import clashes, digest_of, find_books
from engross.batch.judge import Judged, judge
from engross.batch.report import html_report, summary
from engross.batch.tally import Tally
from engross.batch.work import Account, Task, build_one, program
from engross.catalog import exit_status
from engross.commands.book import find_book
from engross.commands.request import BatchRequest
from engross.disk import fs
from engross.disk.refused import explained
from engross.model.finding import EngrossError, Finding

Heard = Callable[[Account, Tally], None]


@dataclass(frozen=True, slots=True)
class BatchOutcome:
    """What came of all books."""

    accounts: tuple[Account, ...]
    """In the order in which the books were named."""
    findings: tuple[Finding, ...] = ()
    """Why the batch as a whole could not begin or go on."""
    judged: tuple[Judged, ...] = ()
    exit_status: int = 0
    """0 only if every edition is whole and no check failed, else the status of the first fault."""

    @property
    def words(self) -> str:
        """How many of each state."""
        return summary(self.accounts)


def batch(request: BatchRequest, hear: Heard, say: Callable[[str], None]) -> BatchOutcome:
    """
    Build every book named; one that fails is reported and passed over.

    Report and catalogue are written at the end, and the report also if the batch is interrupted.
    """
    books, findings = find_books(request.books)
    if findings:
        return BatchOutcome((), tuple(findings), (), exit_status(tuple(findings)))
    tally = Tally(len(books))
    order = {_named(folder, request): number for number, folder in enumerate(books)}
    accounts: list[Account] = []

    def note(account: Account) -> None:
        accounts.append(account)
        tally.add(account)
        hear(account, tally)

    judged: tuple[Judged, ...] = ()
    try:
        try:
            tasks = _tasks(books, request, note)
            jobs = min(request.jobs or os.cpu_count() or 1, max(len(tasks), 1))
            for account in _built(tasks, jobs, request.scheduler, say):
                note(account)
            if request.check:
                judged = judge(accounts, say)
        finally:
            accounts.sort(key=lambda account: order[account.folder])
            if request.report:
                done = {account.folder for account in accounts}
                missing = tuple(folder for folder in order if folder not in done)
                with explained(request.report.parent):
                    fs.put_file(request.report, html_report(accounts, judged, missing).encode())
        if request.catalogue:
            from engross.batch.catalogue import write_catalogue

            with explained(request.catalogue):
                left = write_catalogue(
                    accounts, request.catalogue, request.title, drafts=request.drafts
                )
            if left:
                say(f"{left} not released, and not in the catalogue; --drafts lists them")
    except EngrossError as error:
        return BatchOutcome(tuple(accounts), error.findings, (), error.exit_status)
    bad = [account.exit_status or 1 for account in accounts if not account.whole]
    bad += [exit_status(row.findings) for row in judged if row.failed]
    return BatchOutcome(tuple(accounts), (), judged, bad[0] if bad else 0)


def _built(
    tasks: list[Task], jobs: int, scheduler: str, say: Callable[[str], None]
) -> Iterator[Account]:
    """Each account as soon as it is there: by this process alone, or by workers of Dask."""
    if not scheduler and jobs <= 1:
        yield from (build_one(task, "0") for task in tasks)
        return
    from engross.batch import cluster

    with cluster.client(jobs, scheduler, say) as client:
        yield from cluster.run(client, tasks, say)


def _named(folder: Path, request: BatchRequest) -> str:
    """As the worker is told: machines have a file system in common, and no current folder."""
    return str(folder.resolve() if request.scheduler else folder)


def _tasks(books: list[Path], request: BatchRequest, note: Callable[[Account], None]) -> list[Task]:
    """One for each book; those that may not be built are noted as failed."""
    out = request.out
    if out and request.scheduler:
        out = out.resolve()
    clashing = clashes((folder, find_book(folder, out).dist) for folder in books)
    tasks = []
    for folder in books:
        name = _named(folder, request)
        if folder in clashing:
            found = (clashing[folder],)
            note(Account(name, "failed", findings=found, exit_status=exit_status(found)))
            continue
        tasks.append(
            Task(
                folder=name,
                out=str(out) if out else "",
                kinds=request.kinds,
                cache=request.cache,
                digest=digest_of(folder) if request.scheduler else "",
                program=program() if request.scheduler else "",
            )
        )
    return tasks
