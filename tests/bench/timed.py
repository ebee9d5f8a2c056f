"""
Run engross, and write what its checks and its publishing cost of all that it cost.

    timed.py COSTS.json build BOOK …

Its checks are stage 6; the typesetter's own look at every character belongs to the typesetting.
"""

import json
import resource
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

SPENT = {"check": [0.0, 0.0], "publish": [0.0, 0.0]}
"""Seconds of the wall clock and of the processors, children that were waited for with them."""
_open: list[str] = []


def _cpu() -> float:
    usages = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(usage.ru_utime + usage.ru_stime for usage in usages)


@contextmanager
def counted(what: str) -> Iterator[None]:
    """Add up what is done here; what is done inside of something counted is counted once."""
    wall, cpu = time.perf_counter(), _cpu()
    _open.append(what)
    try:
        yield
    finally:
        _open.pop()
        if not _open:
            SPENT[what][0] += time.perf_counter() - wall
            SPENT[what][1] += _cpu() - cpu


def main() -> None:
    """Watch the two stages."""
    target = Path(sys.argv.pop(1))
    from engross.cli.main import run
    from engross.workshop.progress import Progress

    stage = Progress.stage

    @contextmanager
    def watched(self: Progress, name: str) -> Iterator[None]:
        with stage(self, name):
            if name in SPENT:
                with counted(name):
                    yield
            else:
                yield

    Progress.stage = watched  # type: ignore[method-assign]  # the bench looks in
    try:
        run()
    finally:
        target.write_text(json.dumps(SPENT), "utf-8")


if __name__ == "__main__":
    main()
