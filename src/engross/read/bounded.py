"""
What strangers made is worked on by a copy of this process, bounded in time and memory.

A template of a book's own, a published folder, a file that becomes a book: a sandbox and a door
keep them from reaching anything, but not from looping for ever or from unpacking to gigabytes.
What they see never changes here, since the copy ends; what ends the copy does not end us.
"""

import faulthandler
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

from engross import catalog
from engross.model.finding import EngrossError, Place
from engross.read.limits import MIB, Limits, setting

T = TypeVar("T")


class Bound(Enum):
    """What a piece of work met."""

    TIME = "time"
    MEMORY = "memory"


def bounded(works: Sequence[Callable[[], T]], seconds: float, memory: int) -> Iterator[T | Bound]:
    """
    What each piece of work gives, in order, pickled on its way here; the bound where it met one.

    Seconds, for each, are of the clock and of the processor; memory is in bytes, beyond what this
    process has.

    Raises:
        EngrossError: a piece of work raised it.
    """
    done = 0
    while done < len(works):
        for answer in _copy(works[done:], seconds, memory):
            yield answer
            done += 1


def within(
    name: str, limits: Limits, work: Callable[[], T], size: int = 0, broken: str = "F028"
) -> T:
    """
    What a piece of work gives that reads a stranger's file, in a copy with the book's limits.

    Its seconds are those of the limits once and again for each MiB of the file's size. `broken` is
    the finding's code where a library fails at the file.

    Raises:
        EngrossError: the work raised it, the file is broken, or a bound was met (exit status 8).
    """

    def guarded() -> T:
        try:
            return work()
        except (EngrossError, MemoryError):
            raise
        except Exception as fault:  # whatever a broken file makes of a library, the file is bad
            message = f"'{name}' cannot be read: {fault or type(fault).__name__}"
            fix = "name a whole file of the kind that its name says"
            raise catalog.stop([catalog.finding(broken, Place(name), message, fix)]) from fault

    seconds = limits.seconds * (1 + size // MIB)
    [answer] = bounded([guarded], seconds, limits.memory)
    if not isinstance(answer, Bound):
        return answer
    if answer is Bound.TIME:
        took, more = f"longer than {seconds} seconds", setting("seconds", limits.seconds * 4)
    else:
        took = f"more than {limits.memory // MIB} MiB of memory"
        more = f"{setting('memory', limits.memory * 2 // MIB)}M"
    message = f"'{name}' takes {took} to read, and was not read to its end"
    fix = f"trust no file that does so; if it is your own, run with {more}"
    raise catalog.stop([catalog.finding("X017", Place(name), message, fix)])


def _copy(works: Sequence[Callable[[], T]], seconds: float, memory: int) -> Iterator[T | Bound]:
    """Answers up to and including the first that met a bound."""
    source, target = os.pipe()
    child = os.fork()
    if not child:
        _work(works, target, seconds, memory)
    os.close(target)
    try:
        with os.fdopen(source, "rb", buffering=0) as pipe:
            for _ in works:
                frame = _frame(pipe.fileno(), time.monotonic() + seconds)
                if isinstance(frame, Bound):
                    yield frame
                    return
                kind, answer = pickle.loads(frame)  # noqa: S301 - our own copy wrote it
                if kind == "bug":
                    raise RuntimeError(answer)
                if kind == "refused":
                    raise EngrossError(*answer)
                yield answer
                if kind == "full":
                    return
    finally:
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)


def _frame(handle: int, deadline: float) -> bytes | Bound:
    held = bytearray()
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
    return bytes(held[8:])


def _work(works: Sequence[Callable[[], T]], target: int, seconds: float, memory: int) -> None:
    """The copy's whole life; it never returns."""
    try:
        # Signals do what they do in any program: the copy has nothing to clean up.
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        # What a library says on its way to a violent end is for nobody to read.
        os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
        faulthandler.disable()
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        held = int(_read("/proc/self/statm").split()[0] or 0) * resource.getpagesize()
        if held:
            _limit(resource.RLIMIT_AS, held + memory)
        with os.fdopen(target, "wb") as pipe:
            for work in works:
                # The clock of the one who waits ends with him; the processor's does not.
                used = resource.getrusage(resource.RUSAGE_SELF)
                _limit(resource.RLIMIT_CPU, int(used.ru_utime + used.ru_stime + seconds) + 2)
                body = pickle.dumps(_answer(work), protocol=5)
                pipe.write(len(body).to_bytes(8, "big") + body)
                pipe.flush()
    finally:
        os._exit(0)


def _limit(kind: int, soft: int) -> None:
    """Lower a limit; the person's own, if it is lower, stays."""
    _, hard = resource.getrlimit(kind)
    resource.setrlimit(kind, (soft if hard == resource.RLIM_INFINITY else min(soft, hard), hard))


def _answer(work: Callable[[], T]) -> tuple[str, object]:
    try:
        return "made", work()
    except MemoryError:
        return "full", Bound.MEMORY
    except EngrossError as error:
        return "refused", (error.findings, error.exit_status)
    except Exception:  # the parent raises it again: it is a bug of the program
        return "bug", traceback.format_exc()


def _read(path: str) -> str:
    try:
        with open(path, encoding="ascii") as file:  # noqa: PTH123 - as little as possible after fork
            return file.read()
    except OSError:
        return "0"
