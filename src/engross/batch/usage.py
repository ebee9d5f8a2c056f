"""What this process and the processes that it started have used, the living ones included."""

import os
import resource
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Usage:
    """At one moment."""

    cpu: float
    """Seconds, user and system, of the process and of all its children so far."""
    memory: int
    """Resident now, process and living children together, in kilobytes."""


def usage() -> Usage:
    """
    Ask the system.

    A warm typesetting process outlives the book, so it is counted while it lives. Where the system
    has no /proc only ended children count, and memory is the peak of this process.
    """
    own = resource.getrusage(resource.RUSAGE_SELF)
    ended = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = own.ru_utime + own.ru_stime + ended.ru_utime + ended.ru_stime
    memory = _resident(os.getpid()) or own.ru_maxrss
    for child in _children():
        cpu += _cpu(child)
        memory += _resident(child)
    return Usage(cpu, memory)


def _children() -> Iterator[int]:
    for task in Path("/proc/self/task").glob("*/children"):
        try:
            yield from map(int, task.read_text().split())
        except OSError:
            continue  # a thread that has just ended


def _cpu(pid: int) -> float:
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    # utime, stime, and the same of its own ended children: fields 14 to 17 of proc(5).
    return sum(map(int, fields[11:15])) / os.sysconf("SC_CLK_TCK")


def _resident(pid: int) -> int:
    try:
        pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    except OSError:
        return 0
    return pages * os.sysconf("SC_PAGE_SIZE") // 1024
