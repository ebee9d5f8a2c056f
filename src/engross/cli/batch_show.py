"""What `engross batch` shows: a live table, a line now and then, or a JSON object a line."""

import json
import sys
from contextlib import AbstractContextManager, nullcontext
from dataclasses import asdict
from typing import Any

from engross.batch.command import BatchOutcome
from engross.batch.tally import Tally
from engross.batch.work import Account
from engross.cli.show import print_findings
from engross.commands.outcome import finding_json

EVERY = 25
"""Books between two lines where nothing is redrawn."""


class Lines:
    """For files and for `--plain`: every failure, and how far it is now and then."""

    def __init__(self, *, plain: bool) -> None:
        self.plain = plain

    def live(self) -> AbstractContextManager[object]:
        """Nothing is redrawn."""
        return nullcontext()

    def say(self, words: str) -> None:
        """A line."""
        sys.stderr.write(f"{words}\n")

    def hear(self, account: Account, tally: Tally) -> None:
        """A failure at once; the state of things every few books."""
        if not account.whole:
            self.say("\n".join(failure(account)))
        if tally.finished == tally.total or tally.finished % EVERY == 0:
            self.say(tally.line)

    def end(self, outcome: BatchOutcome) -> None:
        """What EPUBCheck refused, why the whole could not be done, and what is in dist now."""
        from engross.batch.report import verdicts

        for row in outcome.judged:
            if row.failed:
                self.say(f"{row.subject}: {row.verdict.line}")
                self.say("\n".join(f"    {found}" for found in row.findings if found.is_error))
        print_findings(outcome.findings, "", plain=self.plain)
        said = f"; {verdicts(outcome.judged)}" if outcome.judged else ""
        self.say(f"{outcome.words}{said}; every whole edition is in its dist")


class Table(Lines):
    """For terminals: redrawn while it goes."""

    def __init__(self) -> None:
        from rich.console import Console
        from rich.live import Live

        super().__init__(plain=False)
        self.tally: Tally | None = None
        self.console = Console(stderr=True, highlight=False)
        self.screen = Live(
            get_renderable=self._table,
            console=self.console,
            refresh_per_second=2,
            redirect_stdout=False,
            redirect_stderr=False,
        )

    def live(self) -> AbstractContextManager[object]:
        """The screen is redrawn twice a second."""
        return self.screen

    def say(self, words: str) -> None:
        """A line above the table."""
        self.console.print(words, markup=False, soft_wrap=True)

    def hear(self, account: Account, tally: Tally) -> None:
        """A failure stands above the table."""
        self.tally = tally
        if not account.whole:
            self.say("\n".join(failure(account)))

    def _table(self) -> Any:
        from rich.table import Table as Grid

        tally = self.tally
        if tally is None:
            return "starting"
        grid = Grid(title=tally.line, title_justify="left", title_style="", box=None)
        for name in ("worker", "done", "reused", "failed", "CPU s a book", "MB"):
            grid.add_column(name, justify="right")
        grid.add_column("last edition", no_wrap=True, overflow="ellipsis")
        for name, bench in sorted(tally.workers.items()):
            books = max(bench.done + bench.failed, 1)
            grid.add_row(
                name.removeprefix("tcp://"),
                str(bench.done),
                str(bench.reused),
                str(bench.failed),
                f"{bench.cpu / books:.1f}",
                f"{bench.memory / 1024:.0f}",
                bench.last,
            )
        return grid


class Json:
    """For programs: one object a line on standard output, the last with `event: end`."""

    def live(self) -> AbstractContextManager[object]:
        """Nothing is redrawn."""
        return nullcontext()

    def say(self, words: str) -> None:
        """`cluster`: who builds, or what goes on."""
        self._write({"event": "message", "message": words})

    def hear(self, account: Account, tally: Tally) -> None:
        """`book`: what came of one."""
        findings = [finding_json(found, account.folder) for found in account.findings]
        counts = {"finished": tally.finished, "total": tally.total}
        self._write({"event": "book", **asdict(account), "findings": findings, **counts})

    def end(self, outcome: BatchOutcome) -> None:
        """`epub`: what EPUBCheck said of each; `end`: how it came out."""
        for row in outcome.judged:
            found = [finding_json(one, "") for one in row.findings]
            said = {"path": row.subject, "verdict": str(row.verdict.status), "findings": found}
            self._write({"event": "epub", "folder": row.folder, **said})
        self._write(
            {
                "event": "end",
                "ok": outcome.exit_status == 0,
                "exit_status": outcome.exit_status,
                "summary": outcome.words,
                "findings": [finding_json(found, "") for found in outcome.findings],
            }
        )

    def _write(self, row: dict[str, Any]) -> None:
        sys.stdout.write(json.dumps(row, ensure_ascii=False) + "\n")
        sys.stdout.flush()


def failure(account: Account) -> list[str]:
    """A book that is not whole, and why; of a bug the last line, the rest is in the report."""
    said = [line for found in account.findings for line in str(found).splitlines()]
    said += account.bug.splitlines()[-1:]
    return [f"{account.folder}: {account.state}", *(f"    {line}" for line in said)]


def show(*, json: bool, plain: bool) -> Lines | Json:
    """The way that suits whoever looks."""
    if json:
        return Json()
    if plain or not sys.stderr.isatty():
        return Lines(plain=plain)
    return Table()
