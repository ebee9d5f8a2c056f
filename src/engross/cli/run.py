"""What every command shows: how far it is; at the end findings, table, last line, exit status."""

import atexit
import re
import sys
import time
import webbrowser
from pathlib import Path
from typing import Any, NoReturn

import typer

from engross.catalog import finding, stop
from engross.cli.show import counted, print_checks, print_findings, print_json, print_outputs
from engross.commands.outcome import Outcome
from engross.disk import fs
from engross.model.finding import Place
from engross.workshop.progress import Listener, silent

QUICK = 1.0
"""Seconds: what takes less shows nothing."""
COUNTED = re.compile(r"(?P<words>.*?) (?P<done>\d+) of (?P<all>\d+) (?P<things>\w+)$")


class Bar:
    """
    A line of rich: the stage, what is being done, a bar where things are counted, the time.

    Nothing runs beside the work: the line is drawn when a stage or a remark comes.
    """

    def __init__(self) -> None:
        self._start = time.monotonic()
        self._drawn: Any = None
        self._task: Any = None

    def __call__(self, stage: str, remark: str) -> None:
        """Hear of a stage or a remark."""
        if self._drawn is None and time.monotonic() - self._start < QUICK:
            return
        counted = COUNTED.match(remark)
        done, all_ = (int(counted["done"]), int(counted["all"])) if counted else (0, None)
        words = f"{counted['words']} {counted['things']}" if counted else remark
        if self._drawn is None:
            self._open()
        self._drawn.update(
            self._task, description=stage, remark=words, completed=done, total=all_, refresh=True
        )

    def close(self) -> None:
        """Take the line away and give the cursor back."""
        if self._drawn is not None:
            self._drawn.stop()
            self._drawn = None

    def _open(self) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
        from rich.progress import TimeElapsedColumn as Elapsed

        self._drawn = Progress(
            TextColumn("{task.description:8}"),
            TextColumn("{task.fields[remark]}"),
            BarColumn(24),
            MofNCompleteColumn(),
            Elapsed(),
            console=Console(stderr=True),
            transient=True,
            auto_refresh=False,
        )
        self._drawn.start()
        self._task = self._drawn.add_task("", remark="")
        atexit.register(self.close)


def listener(json: bool, plain: bool) -> Listener:
    """Who hears of the progress: nobody, a log of lines, or a redrawn line on a terminal."""
    if json:
        return silent
    if plain or not sys.stderr.isatty():
        return line_a_stage
    return _bar


def finish(outcome: Outcome, *, json: bool, plain: bool) -> NoReturn:
    """
    Print what came of a command and end with its status.

    The last line always says what is in dist now.
    """
    if json:
        print_json(outcome.as_json())
        raise typer.Exit(outcome.exit_status)
    _bar.close()
    print_findings(outcome.findings, outcome.book, plain=plain)
    print_outputs(outcome)
    print_checks(outcome)
    words = counted(outcome.findings)
    if words:
        sys.stderr.write(f"{words}; engross explain CODE says more\n")
    sys.stderr.write(f"{_last_line(outcome)}\n")
    raise typer.Exit(outcome.exit_status)


def open_outputs(outcome: Outcome) -> None:
    """Show what was made in the programs that the desktop has for it."""
    for made in outcome.outputs:
        if made.kind in {"epub", "print", "screen"} or made.path.endswith("index.html"):
            webbrowser.open(Path(made.path).resolve().as_uri())


def _last_line(outcome: Outcome) -> str:
    if outcome.ok and not outcome.edition:
        return "what is in dist was not touched"
    if outcome.published is None:
        return "nothing is in dist" if outcome.edition else "nothing was read"
    # Only what was made is new: a command that judges or records leaves dist as it is.
    new = outcome.outputs and outcome.ok and not outcome.unchanged
    version, released = outcome.version, outcome.released
    if not new:
        from engross.commands.book import version_of

        said = version_of(Path(outcome.published))
        version, released = said if said[0] else (version, released)
    words = f"version {version}" if version else "no version named"
    if version and not released:
        words += ", not released"
    return f"in dist: {outcome.published} ({words}; {'new' if new else 'unchanged'})"


def write_report(outcome: Outcome, path: Path) -> None:
    """
    The report of a build as a file.

    Raises:
        EngrossError: it cannot be written there.
    """
    from engross.cli.show import WORDS
    from engross.report import report

    try:
        fs.put_file(path, report(outcome, WORDS).encode())
    except OSError as error:
        message = f"the report cannot be written to {path}: {error.strerror}"
        raise stop([finding("C002", Place(), message)]) from error
    sys.stderr.write(f"report: {path}\n")


_bar = Bar()
"""One line for the whole process; it stays unseen until something takes long."""


def line_a_stage(stage: str, remark: str) -> None:
    """For logs and pipes: the stage's name on a line of its own."""
    if not remark:
        sys.stderr.write(f"{stage}\n")
