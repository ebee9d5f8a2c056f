"""
A worker process: typesets the units that come in on its standard input, one after the other.

Frames are a length of eight bytes and a pickle, which comes from the parent alone: a `Look`, or the
key of one that is known, for the jobs after it; or a `Job`, whose answer is the bytes of a part.
"""

import ctypes.util
import gc
import os
import pickle
import resource
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING
from xml.etree.ElementTree import Element

from engross.make.typeset.crossing import Fault, Job, Look, Part, encode

if TYPE_CHECKING:
    from engross.make.typeset.engine.faces import Known
    from engross.make.typeset.engine.weasy import Shop

FULL = 77
"""Exit status of a worker that had not enough memory to begin with."""
GARBAGE = (50_000, 20, 50)
"""
When Python looks for cycles. With its own counts a tenth of a worker's time goes into looking, and
what it finds is let go with the unit anyway.
"""


def read(stream: IO[bytes]) -> object:
    """
    The next frame.

    Raises:
        EOFError: the other end is gone.
    """
    head = stream.read(8)
    body = stream.read(int.from_bytes(head, "big")) if len(head) == 8 else b""
    if not body:
        raise EOFError
    return pickle.loads(body)  # noqa: S301  # the parent wrote it


def write(stream: IO[bytes], value: object) -> None:
    """Send a frame."""
    body = pickle.dumps(value, protocol=5)
    stream.write(len(body).to_bytes(8, "big"))
    stream.write(body)
    stream.flush()


def limit_memory(size: int) -> None:
    """Bound the address space, and write no core."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_AS, (size, size))


def limit_time(seconds: float) -> None:
    """Bound the CPU time from now on."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    soft = int(used.ru_utime + used.ru_stime + seconds) + 1
    resource.setrlimit(resource.RLIMIT_CPU, (soft, resource.RLIM_INFINITY))


def attempt(job: Job, shop: "Shop", known: "Known") -> tuple[Part | None, list[Fault]]:
    """Typeset a unit, or say why it cannot be."""
    from engross.make.typeset.engine.layout import lay_out

    full = ("X002", f"{job.address} needs more memory than its limit")
    try:
        part, heard = lay_out(shop, job, known)
    except MemoryError:
        code, message = full
    except RecursionError:
        code, message = "X004", f"the elements of {job.address} are nested too deeply"
    except Exception as error:  # the engine's own faults must not end the build without findings
        code, message = "X003", f"{job.address} cannot be typeset: {type(error).__name__}: {error}"
        if at_the_limit():
            code, message = full
    else:
        count = len(part.pages) if part else 0
        if count <= job.pages:
            return part, [row._replace(address=row.address or job.address) for row in heard]
        message = f"{job.address} has {count} pages, more than the {job.pages} allowed"
        code = "X005"
    return None, [Fault(code, job.address, message)]


def at_the_limit() -> bool:
    """Whether the address space is all but used up: libraries fail there in ways of their own."""
    limit, _ = resource.getrlimit(resource.RLIMIT_AS)
    try:
        pages = int(Path("/proc/self/statm").read_text().split()[0])
    except (OSError, ValueError, MemoryError):
        return False
    return limit != resource.RLIM_INFINITY and pages * resource.getpagesize() > 0.9 * limit


def serve(source: IO[bytes], target: IO[bytes]) -> None:
    """Answer jobs until the parent closes the pipe; a house holds until another comes."""
    with by_file_name():
        from engross.make.typeset.engine import drawings, ink, weasy

    drawings.install()
    ink.install()
    assert weasy  # loaded before the first house is there: it takes longest
    open_shops: dict[str, tuple[Shop, Known, list[Fault]]] = {}
    while True:
        match read(source):
            case str() as key:
                current = open_shops[key]
            case Look() as look:
                current = open_shops[look.key] = open_shop(look)
                if len(open_shops) == 1:
                    limit_memory(look.memory)
            case Job() as job:
                limit_time(job.seconds)
                shop, known, sheet_faults = current
                part, heard = attempt(job, shop, known)
                write(target, encode(part, sheet_faults + heard))


def open_shop(look: Look) -> "tuple[Shop, Known, list[Fault]]":
    """A house's sheets, parsed; its faces; and what is wrong with the sheets."""
    from engross.make.typeset.engine import faces, logs, weasy
    from engross.make.typeset.furniture import DEFAULTS

    heard = logs.Heard()
    with logs.listening(heard):
        shop = weasy.Shop([DEFAULTS, *look.sheets], look.assets)
    sheet_faults = heard.rows("", Element("section"), shop.jail.refused)
    return shop, faces.Known(look.faces), sheet_faults


def main() -> None:
    """Keep the pipe for answers; whatever else is printed goes to standard error."""
    gc.set_threshold(*GARBAGE)
    target = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    try:
        serve(sys.stdin.buffer, target)
    except MemoryError:
        os._exit(FULL)
    except (EOFError, BrokenPipeError, KeyboardInterrupt):
        return


@contextmanager
def by_file_name() -> Iterator[None]:
    """
    Have libraries loaded by the names of their files alone.

    The engine names each library in several ways, that of its file last, and for each of the others
    Python runs `ldconfig`, and the C compiler where there is one: twenty times what loading costs.
    Elsewhere than on Linux no program is run, and nothing changed.
    """
    find = ctypes.util.find_library
    if sys.platform == "linux":
        ctypes.util.find_library = lambda name: None  # noqa: ARG005  # what it is asked
    try:
        yield
    finally:
        ctypes.util.find_library = find


if __name__ == "__main__":
    main()
