"""
What a worker does with one book: the build that everybody uses, and a small account of it.

Nothing of the book travels: the worker reads the folder and publishes through the same door.
"""

import atexit
import os
import resource
import threading
import time
import traceback
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from engross import __version__
from engross.batch.books import digest_of
from engross.catalog import finding
from engross.model.finding import Finding, Place

if TYPE_CHECKING:
    from engross.commands.outcome import Outcome
    from engross.make.typeset.pool import Engines

FIRST_ERRORS = 5
"""Findings that travel back; the others stay with the book, where `engross check` shows them."""
LAST_WORDS = 4000
"""Characters of a bug's traceback that travel back."""


@dataclass(frozen=True, slots=True)
class Usage:
    """At one moment."""

    cpu: float
    """Seconds, user and system, of the process and of all its children so far."""
    memory: int
    """Resident now, process and living children together, in kilobytes."""


@dataclass(frozen=True, slots=True)
class Task:
    """One book to build."""

    folder: str
    out: str = ""
    """Replaces the book's own dist."""
    kinds: tuple[str, ...] = ()
    cache: bool = True
    digest: str = ""
    """Digest of the book's files as the asking machine sees them; empty where there is one."""
    program: str = ""
    """Digest of the asking machine's program; empty where one machine does all."""


@dataclass(frozen=True, slots=True)
class Account:
    """What came of one book; small enough to send thousands of."""

    folder: str
    state: str
    """`done`, `reused` (it was in dist already), `failed` (its input is bad) or `lost` (nobody
    could finish it: its worker died each time that it was tried, or the cluster went away)."""
    edition: str = ""
    version: str = ""
    published: str = ""
    """The link in dist; empty where nothing is. Absolute where the folder is."""
    outputs: tuple[dict[str, Any], ...] = ()
    findings: tuple[Finding, ...] = ()
    """Errors, not more than the first few."""
    bug: str = ""
    """The end of a traceback, where the program itself failed."""
    exit_status: int = 0
    """As `engross build` of this book would end."""
    cpu: float = 0.0
    """Seconds of the worker and of the processes that it started."""
    wall: float = 0.0
    memory: int = 0
    """Memory of the worker and the processes that it started, after the book, in kilobytes."""
    worker: str = ""

    @property
    def whole(self) -> bool:
        """Whether the edition is in dist."""
        return self.state in {"done", "reused"}

    @property
    def words(self) -> tuple[str, ...]:
        """Why it is not whole."""
        return (*(str(found) for found in self.findings), *filter(None, [self.bug]))


def program() -> str:
    """What two machines must have in common to make the same bytes."""
    return f"engross {__version__}, WeasyPrint {version('weasyprint')}"


def build_one(task: Task, worker: str = "") -> Account:
    """Build one book; whatever is wrong with it comes back in the account."""
    with _ALONE:
        start, before = time.perf_counter(), usage()
        try:
            account = _refused(task) or _built(task)
        except Exception:  # a bug met by one book must not end the others
            words = traceback.format_exc()[-LAST_WORDS:]
            account = Account(task.folder, "failed", bug=words, exit_status=70)
        after = usage()
    return replace(
        account,
        cpu=round(after.cpu - before.cpu, 3),
        wall=round(time.perf_counter() - start, 3),
        memory=after.memory,
        worker=worker,
    )


_ALONE = threading.Lock()
"""A worker with several threads still builds one book at a time."""


def _built(task: Task) -> Account:
    from engross.commands.build import build
    from engross.commands.request import BuildRequest

    outcome = build(
        BuildRequest(
            book=Path(task.folder),
            kinds=task.kinds,
            out=Path(task.out) if task.out else None,
            jobs=1,
            cache=task.cache,
            wait=True,
            engines=_engines(),
        )
    )
    published = outcome.published or ""
    if published and Path(task.folder).is_absolute():
        # As the asking machine must know it, whatever folder this worker was started in.
        published = str(Path(published).absolute())
    return Account(
        folder=task.folder,
        state=_state(outcome),
        edition=outcome.edition,
        version=outcome.version,
        published=published,
        outputs=tuple(
            {**made.as_json(), "path": f"{published}/{made.path.rpartition('/')[2]}"}
            for made in outcome.outputs
            if made.kind in {"epub", "print", "screen", "cover"}
        ),
        findings=tuple(found for found in outcome.findings if found.is_error)[:FIRST_ERRORS],
        exit_status=outcome.exit_status,
    )


def _state(outcome: "Outcome") -> str:
    if not outcome.ok:
        return "failed"
    return "reused" if outcome.unchanged and not outcome.units.get("typeset", 0) else "done"


def _refused(task: Task) -> Account | None:
    """Why this worker must not build the book: it has another program, or sees other files."""
    found: list[Finding] = []
    if task.program and (mine := program()) != task.program:
        message = f"a worker runs {mine}, and {task.program} was asked for"
        fix = "install the same lock file on every machine, then run the batch again"
        found.append(finding("E033", Place(), message, fix))
    elif task.digest and digest_of(Path(task.folder)) != task.digest:
        message = f"a worker does not see {task.folder} as it was when the batch began"
        fix = (
            "give all machines one file system and the book the same path; if the book was "
            "edited meanwhile, run the batch again"
        )
        found.append(finding("E032", Place(), message, fix))
    return Account(task.folder, "failed", findings=tuple(found), exit_status=6) if found else None


@cache
def _engines() -> "Engines":
    """One warm engine a worker; its processes end with it."""
    from engross.make.typeset.pool import Engines

    engines = Engines()
    atexit.register(engines.close)
    return engines


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
