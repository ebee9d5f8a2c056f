"""Run a command and say what it cost, with every process that it started."""

import contextlib
import ctypes
import os
import re
import subprocess
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

_PR_SET_CHILD_SUBREAPER = 36


@dataclass(frozen=True, slots=True)
class Cost:
    """Of one run."""

    wall: float
    """Seconds until the command ended."""
    cpu: float
    """Seconds, user and system, of the command and all its descendants."""
    memory: float
    """MB at the peak of the largest process."""
    parent: float = 0.0
    """MB at the peak of the command itself."""
    worker: float = 0.0
    """MB at the peak of the largest process that it started; 0 if there was none."""


def adopt_orphans() -> None:
    """
    Make descendants whose parent ended ours, so that we can wait for them and count them.

    Without this, workers under a fork server would cost nothing.
    """
    if ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0):
        raise OSError(ctypes.get_errno(), "prctl")


def measure(command: Sequence[str], environment: dict[str, str], log: Path) -> Cost:
    """
    Run the command to its end and wait for all that it left behind.

    Raises:
        RuntimeError: it ended with another status than 0; with the last lines of its output.
    """
    others = _children()
    start = time.perf_counter()
    with log.open("wb") as output:
        child = subprocess.Popen(command, env=environment, stdout=output, stderr=output)
    watch = Watch(child.pid)
    wall = cpu = memory = 0.0
    while ours := _children() - others:
        pid, status, usage = os.wait4(child.pid if child.pid in ours else min(ours), 0)
        cpu += usage.ru_utime + usage.ru_stime
        memory = max(memory, usage.ru_maxrss / 1024)
        if pid == child.pid:
            wall = time.perf_counter() - start
            child.returncode = os.waitstatus_to_exitcode(status)
    watch.end()
    if child.returncode:
        last = "\n".join(log.read_text("utf-8", "replace").splitlines()[-12:])
        raise RuntimeError(f"{' '.join(command)}: status {child.returncode}\n{last}")
    return Cost(wall, cpu, memory, watch.parent, watch.worker)


class Watch:
    """
    Reads the high marks of memory of a command and of each process below it.

    What `wait4` says of a command counts the processes that it waited for itself, and so cannot
    tell it from its workers. Marks only grow, so a look now and then finds all but the last growth.
    """

    def __init__(self, pid: int) -> None:
        self.pid = pid
        self.parent = self.worker = 0.0
        self.ended = threading.Event()
        self.thread = threading.Thread(target=self._look, daemon=True)
        self.thread.start()

    def end(self) -> None:
        """Stop looking."""
        self.ended.set()
        self.thread.join()

    def _look(self) -> None:
        while not self.ended.wait(0.05):
            self.parent = max(self.parent, _mark(self.pid))
            for pid in _below(self.pid):
                self.worker = max(self.worker, _mark(pid))


def _mark(pid: int) -> float:
    """MB that a process held at its peak; 0 if it is gone."""
    try:
        status = Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return 0.0
    found = re.search(r"VmHWM:\s+(\d+) kB", status)
    return int(found[1]) / 1024 if found else 0.0


def _below(pid: int) -> set[int]:
    found: set[int] = set()
    for path in Path(f"/proc/{pid}/task").glob("*/children"):
        with contextlib.suppress(OSError):
            for child in path.read_text().split():
                found |= {int(child)} | _below(int(child))
    return found


def _children() -> set[int]:
    listed = Path(f"/proc/self/task/{os.getpid()}/children").read_text()
    return {int(pid) for pid in listed.split()}
