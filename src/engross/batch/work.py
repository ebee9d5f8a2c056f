"""
What a worker does with one book: the build that everybody uses, and a small account of it.

Nothing of the book travels: the worker reads the folder and publishes through the same door.
"""

import atexit
import resource
import time
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from engross.make.typeset.engines import Engines

FIRST_ERRORS = 5
"""Findings that travel back; the others stay with the book, where `engross check` shows them."""


@dataclass(frozen=True, slots=True)
class Task:
    """One book to build."""

    folder: str
    out: str = ""
    """Replaces the book's own dist."""
    kinds: tuple[str, ...] = ()
    cache: bool = True


@dataclass(frozen=True, slots=True)
class Account:
    """What came of one book; small enough to send thousands of."""

    folder: str
    state: str
    """`done`, `reused` (it was in dist already), `failed` (its input is bad) or `lost` (its worker
    died each time that it was tried)."""
    edition: str = ""
    version: str = ""
    title: str = ""
    published: str = ""
    outputs: tuple[dict[str, Any], ...] = ()
    findings: tuple[str, ...] = ()
    exit_status: int = 0
    cpu: float = 0.0
    """Seconds of the worker and of the processes that it started."""
    wall: float = 0.0
    memory: int = 0
    """Peak of the worker, in kilobytes."""
    worker: str = ""

    @property
    def whole(self) -> bool:
        """Whether the edition is in dist."""
        return self.state in {"done", "reused"}


def build_one(task: Task, worker: str = "") -> Account:
    """Build one book; whatever is wrong with it comes back in the account."""
    from engross.commands.build import build
    from engross.commands.request import BuildRequest

    start, used = time.perf_counter(), _cpu()
    request = BuildRequest(
        book=Path(task.folder),
        kinds=task.kinds,
        out=Path(task.out) if task.out else None,
        jobs=1,
        cache=task.cache,
        wait=True,
        engines=_engines(),
    )
    try:
        outcome = build(request)
    except Exception as fault:  # a bug met by one book must not end the others
        return Account(
            task.folder,
            "failed",
            findings=(f"{type(fault).__name__}: {fault}",),
            exit_status=70,
            worker=worker,
        )
    findings = tuple(str(found) for found in outcome.findings if found.is_error)
    reused = outcome.unchanged and not outcome.units.get("typeset", 0)
    return Account(
        folder=task.folder,
        state="failed" if not outcome.ok else "reused" if reused else "done",
        edition=outcome.edition,
        version=outcome.version,
        published=outcome.published or "",
        outputs=tuple(made.as_json() for made in outcome.outputs if made.kind != "evidence"),
        findings=findings[:FIRST_ERRORS],
        exit_status=outcome.exit_status,
        cpu=round(_cpu() - used, 3),
        wall=round(time.perf_counter() - start, 3),
        memory=resource.getrusage(resource.RUSAGE_SELF).ru_maxrss,
        worker=worker,
    )


@cache
def _engines() -> "Engines":
    """One warm engine a worker; its processes end with it."""
    from engross.make.typeset.engines import Engines

    engines = Engines()
    atexit.register(engines.close)
    return engines


def _cpu() -> float:
    own = resource.getrusage(resource.RUSAGE_SELF)
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return own.ru_utime + own.ru_stime + children.ru_utime + children.ru_stime
