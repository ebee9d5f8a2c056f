"""Run a command and say what it cost, with every process that it started."""

import ctypes
import os
import subprocess
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
    wall = cpu = parent = worker = 0.0
    while ours := _children() - others:
        pid, status, usage = os.wait4(child.pid if child.pid in ours else min(ours), 0)
        cpu += usage.ru_utime + usage.ru_stime
        if pid != child.pid:
            worker = max(worker, usage.ru_maxrss / 1024)
        else:
            parent = usage.ru_maxrss / 1024
            wall = time.perf_counter() - start
            child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        last = "\n".join(log.read_text("utf-8", "replace").splitlines()[-12:])
        raise RuntimeError(f"{' '.join(command)}: status {child.returncode}\n{last}")
    return Cost(wall, cpu, max(parent, worker), parent, worker)


def _children() -> set[int]:
    listed = Path(f"/proc/self/task/{os.getpid()}/children").read_text()
    return {int(pid) for pid in listed.split()}
