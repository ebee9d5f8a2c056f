"""
Measure engross against the plain script, run by run in turn, and write docs/performance.md.

    make bench                       five rounds
    make bench ARGS="--rounds 9"     more of them, for quieter medians

Nothing here passes or fails: ratios are for reading. The script checks nothing, so a build is told
apart into its stages 1 to 5, its own checks, and the publishing; outside checkers (Java, qpdf) are
hidden from it, and have a row of their own.
"""

import argparse
import datetime
import json
import os
import platform
import shutil
import statistics
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from measure import Cost, adopt_orphans, measure

ROOT = Path(__file__).parents[2]
ENGROSS = str(ROOT / ".venv" / "bin" / "engross")
SCRIPT = str(Path(__file__).with_name("script.py"))
TIMED = str(Path(__file__).with_name("timed.py"))
REPORT = ROOT / "docs" / "performance.md"
MARKS = ("<!-- measured -->", "<!-- end of what was measured -->")


@dataclass(frozen=True, slots=True)
class Run:
    """One row of what is measured."""

    name: str
    command: tuple[str, ...]
    prepare: Callable[[], None] = lambda: None
    """Done before each run and not measured."""
    checkers: bool = False
    """Whether outside checkers can be found."""
    parts: Path | None = None
    """Where the run writes what its checks and its publishing cost."""

    def costs(self, whole: Cost) -> Iterator[tuple[str, Cost]]:
        """The whole run under its name, and its parts under names of their own."""
        yield self.name, whole
        if self.parts is None:
            return
        spent = json.loads(self.parts.read_text("utf-8"))
        made = whole
        for part, (wall, cpu) in spent.items():
            yield f"{self.name}, {part}", Cost(wall, cpu, whole.memory)
            made = Cost(made.wall - wall, made.cpu - cpu, whole.memory)
        yield f"{self.name}, made", made


def runs(folder: Path) -> Iterator[Run]:
    """Every row, in the order in which each round takes them."""
    sys.path.insert(0, str(ROOT))
    from tests.draft import draft_of_book  # a released book would be made twice where bytes differ

    book = draft_of_book(folder / "book")

    def script(name: str, *arguments: str) -> Run:
        return Run(name, (sys.executable, SCRIPT, str(book), str(folder / "script"), *arguments))

    def build(name: str, kinds: str, out: str, *kept: str, checkers: bool = False) -> Run:
        def clean() -> None:
            made = {"cache": book / ".engross" / "cache", "built": book / ".engross" / "built"}
            for part, place in (made | {"out": folder / out}).items():
                if part not in kept:
                    shutil.rmtree(place, ignore_errors=True)

        parts = folder / f"{out}.json"
        where = ("--to", kinds, "--out", str(folder / out), "--json")
        command = (sys.executable, TIMED, str(parts), "build", str(book), *where)
        return Run(name, command, clean, checkers, parts)

    yield Run("python", (sys.executable, "-c", "pass"))
    yield Run("version", (ENGROSS, "--version"))
    yield script("script both", "--to", "epub,print")
    yield build("both", "epub,print", "out")
    # In the folder and with the cache that the row before left: first another kind, then the same.
    yield build("epub cached", "epub", "out-epub", "cache")
    yield build("both cached", "epub,print", "out-again", "cache")
    again = (ENGROSS, "build", str(book), "--to", "epub,print", "--json")
    yield Run("again", (*again, "--out", str(folder / "out-again")))
    yield script("script static", "--to", "epub,print", "--references", "static")
    yield script("script epub", "--to", "epub")
    yield build("epub", "epub", "out-epub")
    yield build("checked", "epub,print", "out-checked", checkers=True)


def measured(folder: Path, rounds: int) -> dict[str, Cost]:
    """Give the medians of each row over the rounds, after one that does not count."""
    costs: dict[str, list[Cost]] = {}
    rows = list(runs(folder))
    nowhere = folder / "no-programs"
    nowhere.mkdir()
    for number in range(rounds + 1):
        for row in rows:
            row.prepare()
            environment = os.environ | ({} if row.checkers else {"PATH": str(nowhere)})
            # Compiled modules are kept, as they are on any other machine.
            environment.pop("PYTHONDONTWRITEBYTECODE", None)
            cost = measure(row.command, environment, folder / "log.txt")
            if number:
                for name, part in row.costs(cost):
                    costs.setdefault(name, []).append(part)
        print(f"round {number} of {rounds}" if number else "warm", file=sys.stderr)
    return {
        name: Cost(
            *(statistics.median(getattr(c, k) for c in row) for k in ("wall", "cpu", "memory"))
        )
        for name, row in costs.items()
    }


def table(cost: dict[str, Cost]) -> Iterator[str]:
    """Write the rows as Markdown."""

    def row(name: str, key: str, base: str, aim: str) -> str:
        mine, other = cost[key], cost[base]
        ratios = f"{mine.wall / other.wall:.2f} | {mine.cpu / other.cpu:.2f}"
        return (
            f"| {name} | {mine.wall:.2f} | {mine.cpu:.2f} | {mine.memory:.0f} | {ratios} | {aim} |"
        )

    yield "| what | wall s | CPU s | MB | wall, ratio | CPU, ratio | aim |"
    yield "|---|---:|---:|---:|---:|---:|---|"
    counter, static = "script both", "script static"
    yield row("plain script, EPUB and print, `target-counter`", counter, counter, "1")
    yield row("plain script, the same, static references", static, counter, "")
    yield row("engross, EPUB and print, clean, stages 1 to 5", "both, made", counter, "≤ 1.3")
    yield row("… against static references", "both, made", static, "")
    yield row("… its own checks", "both, check", counter, "a row of its own")
    yield row("… publishing", "both, publish", counter, "")
    yield row("… all seven stages", "both", counter, "")
    yield row("… all seven, with the outside checkers", "checked", counter, "a row of its own")
    yield row("… pages in the cache, stages 1 to 5", "both cached, made", counter, "")
    yield row("… again, nothing changed", "again", counter, "≤ 0.3 CPU s")
    alone = "script epub"
    yield row("plain script, EPUB alone", alone, alone, "1")
    yield row("engross, EPUB alone, clean, stages 1 to 5", "epub, made", alone, "≤ 1.0")
    yield row("… its own checks", "epub, check", alone, "a row of its own")
    yield row("… pages in the cache, stages 1 to 5", "epub cached, made", alone, "≤ 1.0")
    yield row("a bare start of Python", "python", "python", "1")
    yield row("`engross --version`", "version", "python", "≤ 12 starts")
    yield ""
    yield (
        "MB is the peak of the largest process of a run (aim: ≤ 150); CPU counts every process. "
        f"Medians of runs in turn on {datetime.date.today():%Y-%m-%d}: {os.cpu_count()} cores, "
        f"Python {platform.python_version()}, WeasyPrint {version('weasyprint')}, load "
        f"{os.getloadavg()[0]:.1f} at the end. Ratios carry over to other machines, seconds do not."
    )


def main() -> None:
    """Measure, print the table and put it into the report."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[1])
    parser.add_argument("--rounds", type=int, default=5)
    rounds = parser.parse_args().rounds
    adopt_orphans()
    with tempfile.TemporaryDirectory(prefix="engross-bench-") as folder:
        text = "\n".join(table(measured(Path(folder), rounds)))
    print(text)
    before, after = REPORT.read_text("utf-8").split(MARKS[0])
    after = after.split(MARKS[1])[1]
    REPORT.write_text(f"{before}{MARKS[0]}\n\n{text}\n\n{MARKS[1]}{after}", "utf-8")


if __name__ == "__main__":
    main()
