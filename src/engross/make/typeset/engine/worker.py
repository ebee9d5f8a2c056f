"""
A worker process: typesets the units that come in on its standard input, one after the other.

Frames are a length of eight bytes and a pickle: a house, which holds for the jobs after it, or a
job. Pickles come from the parent alone. The answer to a job is the bytes of a part.
"""

import gc
import os
import pickle
import resource
import sys
from pathlib import Path
from typing import IO, Any
from xml.etree.ElementTree import Element

FULL = 77
"""Exit status of a worker that had not enough memory to begin with."""
GARBAGE = (50_000, 20, 50)
"""
When Python looks for cycles. With its own counts a tenth of a worker's time goes into looking, and
what it finds is let go with the unit anyway.
"""


def read(stream: IO[bytes]) -> Any:
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


def write(stream: IO[bytes], value: Any) -> None:
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


def attempt(job: dict[str, Any], shop: Any, known: Any) -> dict[str, Any]:
    """Typeset a unit, or say why it cannot be."""
    from engross.make.typeset.engine.layout import lay_out

    address = job["address"]
    try:
        result = lay_out(shop, job, known)
    except MemoryError:
        return _full(address)
    except RecursionError:
        return {"heard": [["X004", address, f"the elements of {address} are nested too deeply"]]}
    except Exception as error:  # the engine's own faults must not end the build without findings
        if at_the_limit():
            return _full(address)
        kind = type(error).__name__
        return {"heard": [["X003", address, f"{address} cannot be typeset: {kind}: {error}"]]}
    count = len(result.get("side", {}).get("pages", ()))
    if count > job["pages"]:
        message = f"{address} has {count} pages, more than the {job['pages']} allowed"
        return {"heard": [["X005", address, message]]}
    result["heard"] = [[code, where or address, what] for code, where, what in result["heard"]]
    return result


def _full(address: str) -> dict[str, Any]:
    return {"heard": [["X002", address, f"{address} needs more memory than its limit"]]}


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
    from engross.make.typeset.engine import libraries

    with libraries.by_file_name():
        from engross.make.typeset import part
        from engross.make.typeset.engine import drawings, ink, weasy

    drawings.install()
    ink.install()
    assert weasy  # loaded before the first house is there: it takes longest
    houses: dict[str, tuple[Any, Any, list[Any]]] = {}
    house = read(source)
    houses[house["key"]] = current = open_shop(house)
    limit_memory(house["memory"])
    while True:
        job = read(source)
        if "key" in job:
            if job["key"] not in houses:
                houses[job["key"]] = open_shop(job)
            current = houses[job["key"]]
            continue
        limit_time(job["seconds"])
        shop, known, sheet_faults = current
        result = attempt(job, shop, known)
        result["heard"] = sheet_faults + result["heard"]
        write(target, part.encode(result))


def open_shop(house: dict[str, Any]) -> tuple[Any, Any, list[Any]]:
    """A house's sheets, parsed; its faces; and what is wrong with the sheets."""
    from engross.make.typeset.engine import faces, logs, weasy
    from engross.make.typeset.furniture import DEFAULTS

    heard = logs.Heard()
    with logs.listening(heard):
        shop = weasy.Shop([DEFAULTS, *house["sheets"]], house["assets"])
    sheet_faults = heard.rows("", Element("section"), shop.jail.refused)
    return shop, faces.Known(house["faces"]), sheet_faults


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


if __name__ == "__main__":
    main()
