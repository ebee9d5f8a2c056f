"""
A book's own templates are filled by a copy of this process, bounded in time and memory.

The sandbox keeps a template from reaching anything; it does not keep it from looping for ever or
from doubling a text forty times. What a template sees never changes here, since the copy ends.
"""

import os
import pickle
import resource
import select
import signal
import time
import traceback
from collections.abc import Callable, Iterator, Sequence
from enum import Enum
from typing import TypeVar

T = TypeVar("T")
SECONDS = 20.0
"""Of the clock, for one template."""
MEMORY = 1 << 30
"""Address space that the copy may take beyond what this process has, in bytes."""


class Bound(Enum):
    """What a piece of work met."""

    TIME = "time"
    MEMORY = "memory"


def bounded(works: Sequence[Callable[[], T]]) -> Iterator[T | Bound]:
    """What each piece of work gives, in order; the bound where it met one."""
    done = 0
    while done < len(works):
        for answer in _copy(works[done:]):
            yield answer
            done += 1


def _copy(works: Sequence[Callable[[], T]]) -> Iterator[T | Bound]:
    """Answers up to and including the first that met a bound."""
    source, target = os.pipe()
    child = os.fork()
    if not child:
        _work(works, target)
    os.close(target)
    try:
        with os.fdopen(source, "rb", buffering=0) as pipe:
            for _ in works:
                frame = _frame(pipe.fileno(), time.monotonic() + SECONDS)
                if isinstance(frame, Bound):
                    yield frame
                    return
                kind, answer = pickle.loads(frame)  # noqa: S301 - our own copy wrote it
                if kind == "bug":
                    raise RuntimeError(answer)
                yield answer
                if kind == "full":
                    return
    finally:
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)


def _frame(handle: int, deadline: float) -> bytes | Bound:
    held = b""
    wanted = 8
    while len(held) < wanted:
        ready, _, _ = select.select([handle], [], [], max(deadline - time.monotonic(), 0))
        if not ready:
            return Bound.TIME
        piece = os.read(handle, min(wanted - len(held), 1 << 20))
        if not piece:
            return Bound.MEMORY
        held += piece
        if wanted == 8 and len(held) == 8:
            wanted += int.from_bytes(held, "big")
    return held[8:]


def _work(works: Sequence[Callable[[], T]], target: int) -> None:
    """The copy's whole life; it never returns."""
    try:
        # Signals do what they do in any program: the copy has nothing to clean up.
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        held = int(_read("/proc/self/statm").split()[0] or 0) * resource.getpagesize()
        if held:
            resource.setrlimit(resource.RLIMIT_AS, (held + MEMORY, held + MEMORY))
        with os.fdopen(target, "wb") as pipe:
            for work in works:
                body = pickle.dumps(_answer(work), protocol=5)
                pipe.write(len(body).to_bytes(8, "big") + body)
                pipe.flush()
    finally:
        os._exit(0)


def _answer(work: Callable[[], T]) -> tuple[str, T | Bound | str]:
    try:
        return "made", work()
    except MemoryError:
        return "full", Bound.MEMORY
    except Exception:  # the parent raises it again: it is a bug of the program
        return "bug", traceback.format_exc()


def _read(path: str) -> str:
    try:
        with open(path, encoding="ascii") as file:  # noqa: PTH123 - as little as possible after fork
            return file.read()
    except OSError:
        return "0"
