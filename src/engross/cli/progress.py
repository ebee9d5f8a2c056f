"""How far a command is, for a person at a terminal: one line, drawn anew, gone at the end."""

import atexit
import re
import sys
import time
from typing import Any

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


def line_a_stage(stage: str, remark: str) -> None:
    """For logs and pipes: the stage's name on a line of its own."""
    if not remark:
        sys.stderr.write(f"{stage}\n")
