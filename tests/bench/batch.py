"""
Measure `engross batch` on generated books of one document, and write it into docs/performance.md.

    python tests/bench/batch.py                    60 books: about 8 minutes of two idle cores
    python tests/bench/batch.py --books 2000       the same, and 2,000 on two workers: about half an
                                                   hour, 6 GB in TMPDIR while it runs
    python tests/bench/batch.py --only many        one part: shared, workers, many, faults

Nothing here passes or fails: figures are for reading. CPU counts every process, so it says more
than wall time on a machine that has other work. The parts that build books several times do so
with `--few` of them, and `--each` of those are also built one by one. What a part found is in the
report when it ends, so a run that is cut off leaves the parts before.
"""

import argparse
import datetime
import json
import os
import platform
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path
from typing import Any

from batch_books import write_books
from measure import Cost, adopt_orphans, measure

ROOT = Path(__file__).parents[2]
ENGROSS = str(ROOT / ".venv" / "bin" / "engross")
REPORT = ROOT / "docs" / "performance.md"
MARKS = ("<!-- batch -->", "<!-- end of batch -->")
PARTS = ("shared", "workers", "many", "faults")


@dataclass
class Batch:
    """A batch that ran to its end, and what its lines said."""

    cost: Cost
    rows: list[dict[str, Any]] = field(default_factory=list)

    @property
    def books(self) -> list[dict[str, Any]]:
        return [row for row in self.rows if row["event"] == "book"]

    @property
    def building(self) -> float:
        """CPU seconds of the builds, as the workers counted them."""
        return sum(row["cpu"] for row in self.books)

    def count(self, *states: str) -> int:
        return sum(row["state"] in states for row in self.books)

    @property
    def minutely(self) -> float:
        """Editions a minute of one core's CPU, everything included."""
        return len(self.books) / self.cost.cpu * 60


def run(folder: Path, *words: str, fresh: bool = True, which: str = "*") -> Batch:
    """Run a batch over the books; a fresh one finds nothing made before."""
    if fresh:
        forget(folder)
    log = folder / "log.txt"
    command = (ENGROSS, "batch", str(folder / "books" / which), "--json", *words)
    cost = measure(command, environment(), log)
    return Batch(cost, lines(log))


def environment() -> dict[str, str]:
    """Compiled modules are kept, as they are on any other machine."""
    return {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}


def lines(log: Path) -> list[dict[str, Any]]:
    found = log.read_text("utf-8").splitlines()
    return [json.loads(line) for line in found if line.startswith("{")]


def forget(folder: Path) -> None:
    """Remove what was made."""
    for made in (*folder.glob("books/*/dist"), *folder.glob("books/*/.engross")):
        shutil.rmtree(made)


def shared(folder: Path, each: int) -> Iterator[str]:
    """A batch of one worker against as many `engross build`."""
    alone = run(folder, "-j", "1")
    again = run(folder, "-j", "1", fresh=False)
    books = sorted((folder / "books").iterdir())[:each]
    forget(folder)
    costs = [
        measure((ENGROSS, "build", str(book), "--json"), environment(), folder / "log.txt")
        for book in books
    ]
    one = Cost(*(sum(getattr(c, k) for c in costs) / each for k in ("wall", "cpu", "memory")))
    count = len(alone.books)
    yield "| what | books | CPU s a book | wall s a book | editions a CPU minute |"
    yield "|---|---:|---:|---:|---:|"
    yield (
        f"| `engross build`, one call a book | {each} | {one.cpu:.2f} | {one.wall:.2f} | "
        f"{60 / one.cpu:.0f} |"
    )
    for name, batch in (("`engross batch -j 1`", alone), ("… again, all in dist", again)):
        yield (
            f"| {name} | {count} | {batch.cost.cpu / count:.2f} | {batch.cost.wall / count:.2f} | "
            f"{batch.minutely:.0f} |"
        )
    yield ""
    ratio = alone.cost.cpu / count / one.cpu
    yield f"A book of a batch costs {ratio:.2f} of the CPU of a call of its own."
    from engross.check.tools.epubcheck import epubcheck

    epubs = [path.read_bytes() for path in sorted(folder.glob("books/*/dist/*/current/*.epub"))]
    few = epubs[:5]
    if few:
        together = java(lambda: epubcheck(few))
        single = java(lambda: [epubcheck([book]) for book in few])
        yield (
            f"EPUBCheck of {len(few)} of the EPUBs: {together / len(few):.2f} CPU s a book in one "
            f"Java machine, {single / len(few):.2f} with one each."
        )


def java(work: Any) -> float:
    """CPU seconds of the children that a function starts and waits for."""
    before = os.times()
    work()
    after = os.times()
    return (
        after.children_user + after.children_system - before.children_user - before.children_system
    )


def workers(folder: Path) -> Iterator[str]:
    """One and two local workers: speed, and what the engine costs at its start."""
    small = run(folder, "-j", "2", which="book-000[12]")
    one, two = run(folder, "-j", "1"), run(folder, "-j", "2")
    over, start = (batch.cost.cpu - batch.building for batch in (two, small))
    each = max(over - start, 0.0) / max(len(two.books) - 2, 1)  # below what can be measured: 0
    spans = [by_worker(batch) for batch in (one, two)]
    idle = 2 * one.building / (two.building + len(two.books) * each)
    yield "| what | 1 worker | 2 workers | aim |"
    yield "|---|---:|---:|---:|"
    yield f"| books | {len(one.books)} | {len(two.books)} | |"
    yield f"| wall s | {one.cost.wall:.1f} | {two.cost.wall:.1f} | |"
    yield f"| CPU s, all processes | {one.cost.cpu:.1f} | {two.cost.cpu:.1f} | |"
    yield f"| … of the builds alone | {one.building:.1f} | {two.building:.1f} | |"
    yield f"| … of the engine, of it at the start | | {over:.1f}, {start:.1f} | |"
    yield f"| speed-up by wall time | 1 | {one.cost.wall / two.cost.wall:.2f} | ≥ 1.8 |"
    yield f"| … while books were built | 1 | {spans[0] / spans[1]:.2f} | ≥ 1.8 |"
    yield f"| … computed from CPU, for two idle cores | 1 | {idle:.2f} | ≥ 1.8 |"


def many(folder: Path) -> Iterator[str]:
    """All books on two local workers: rate, the engine's share, memory; what follows for more."""
    batch = run(folder, "-j", "2")
    count = len(batch.books)
    share = 100 * (batch.cost.cpu - batch.building) / batch.building
    memory = [row["memory"] / 1024 for row in batch.books]
    first, last = thirds(memory)
    yield "| two workers | measured | aim |"
    yield "|---|---:|---:|"
    yield f"| books, whole | {count}, {batch.count('done')} | all |"
    yield f"| wall s | {batch.cost.wall:.0f} | |"
    yield f"| CPU s a book, of the build alone | {batch.building / count:.2f} | |"
    yield f"| editions a CPU minute, everything included | {batch.minutely:.0f} | |"
    yield f"| the engine, hundredths of the builds' CPU | {share:.1f} | ≤ 10 |"
    yield (
        f"| MB a worker with its typesetter: median of the first and last third, most | "
        f"{first:.0f}, {last:.0f}, {max(memory):.0f} | ≤ 300, flat |"
    )
    yield ""
    hours = 50_000 * batch.cost.cpu / count / 3600
    kept = sum(row["bytes"] for book in batch.books for row in book["outputs"]) / count
    yield (
        f"Computed from these figures, not measured: 50,000 such documents take {hours:.0f} hours "
        f"of one core, {hours / 16:.1f} hours of sixteen if they scale as the second did, and "
        f"{50_000 * kept / 1e9:.0f} GB for EPUB and print PDF."
    )


def by_worker(batch: Batch) -> float:
    """Wall seconds of the busiest worker's builds."""
    spent: dict[str, float] = {}
    for row in batch.books:
        spent[row["worker"]] = spent.get(row["worker"], 0.0) + row["wall"]
    return max(spent.values())


def thirds(values: list[float]) -> tuple[float, float]:
    """Medians of the first and of the last third."""
    third = max(len(values) // 3, 1)
    return sorted(values[:third])[third // 2], sorted(values[-third:])[third // 2]


def faults(folder: Path) -> Iterator[str]:
    """Workers and the scheduler killed in the middle."""
    sys.path.insert(0, str(ROOT))
    from tests.e2e.cluster import cluster

    count = len(list((folder / "books").iterdir()))
    forget(folder)
    with cluster(folder / "first", 2) as two:
        batch, seen = Following(folder, two.address), 0
        for seen in batch:
            if seen in (count // 3, count // 2):
                two.kill(seen % 2)
    yield (
        f"- Of {count} books on a scheduler with two workers, `kill -9` of a worker after "
        f"{count // 3} and after {count // 2} books: {batch.count('done', 'reused')} whole, "
        f"exit status {batch.status}."
    )
    forget(folder)
    stop = count * 6 // 10
    with cluster(folder / "second", 2) as two:
        batch = Following(folder, two.address)
        for seen in batch:
            if seen == stop:
                os.kill(two.scheduler.pid, signal.SIGKILL)
    whole = len(list(folder.glob("books/*/dist/*/current")))
    rest = run(folder, "-j", "2", fresh=False)
    yield (
        f"- The scheduler killed after {stop} of {count} books: {whole} were in dist, exit status "
        f"{batch.status}. The next run reused {rest.count('reused')}, built {rest.count('done')}, "
        f"and all {rest.count('done', 'reused')} were whole."
    )


class Following:
    """A batch on a cluster, read while it goes."""

    def __init__(self, folder: Path, address: str) -> None:
        self.rows: list[dict[str, Any]] = []
        self.status = -1
        command = [ENGROSS, "batch", str(folder / "books" / "*"), "--json", "--scheduler", address]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=folder)

    def __iter__(self) -> Iterator[int]:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.rows.append(json.loads(line))
            if self.rows[-1]["event"] == "book":
                yield self.rows[-1]["finished"]
        self.status = self.process.wait()

    def count(self, *states: str) -> int:
        return sum(row.get("state") in states for row in self.rows)


def main() -> None:
    """Measure, print, and put what was measured into the report."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--books", type=int, default=60, help="in the part `many`")
    parser.add_argument("--few", type=int, default=60, help="in the other parts")
    parser.add_argument("--each", type=int, default=10, help="built by a call of its own")
    parser.add_argument("--only", choices=PARTS)
    asked = parser.parse_args()
    adopt_orphans()
    start, found = time.monotonic(), []
    with tempfile.TemporaryDirectory(prefix="engross-bench-") as name:
        few, all_of_them = Path(name, "few"), Path(name, "many")
        list(write_books(few / "books", asked.few))
        list(write_books(all_of_them / "books", asked.books))
        parts = {
            "shared": lambda: shared(few, min(asked.each, asked.few)),
            "workers": lambda: workers(few),
            "many": lambda: many(all_of_them),
            "faults": lambda: faults(few),
        }
        for part in PARTS:
            if asked.only in (None, part):
                for line in parts[part]():
                    print(line, flush=True)
                    found.append(line)
                found.append("")
                if asked.only is None:
                    write([*found, measured(asked, time.monotonic() - start)])
    print(measured(asked, time.monotonic() - start))


def measured(asked: argparse.Namespace, seconds: float) -> str:
    return (
        f"Measured on {datetime.date.today():%Y-%m-%d} in {seconds / 60:.0f} minutes: "
        f"{asked.books} books, {asked.few} in the comparisons and with faults; {os.cpu_count()} "
        f"cores, Python {platform.python_version()}, WeasyPrint {version('weasyprint')}, Dask "
        f"distributed {version('distributed')}, load {os.getloadavg()[0]:.1f} at the end."
    )


def write(found: list[str]) -> None:
    text = REPORT.read_text("utf-8")
    before, after = text.split(MARKS[0])
    after = after.split(MARKS[1])[1]
    middle = "\n".join(found)
    REPORT.write_text(f"{before}{MARKS[0]}\n\n{middle}\n\n{MARKS[1]}{after}", "utf-8")


if __name__ == "__main__":
    main()
