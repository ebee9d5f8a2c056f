"""
Measure volumes of 1, 50 and 300 documents against the plain script, and write docs/performance.md.

    make scale                          all three, three rounds; L takes about ten minutes a round
    make scale ARGS="--sizes S,M"       a few minutes
    make scale ARGS="--rounds 1"

Each round takes every row in turn: the script, typst, a clean build, the same again, a word
corrected, a page more in the first document, and the EPUB alone. Nothing here passes or fails.
Outside checkers are hidden, since the script asks nobody; engross's own checks are in its rows.
"""

import argparse
import datetime
import json
import os
import platform
import re
import shutil
import statistics
import sys
import tempfile
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path

from measure import Cost, adopt_orphans, measure
from volume import SIZES, paragraphs, write_volume

from bench import ENGROSS, REPORT, SCRIPT

TYPST = Path(__file__).parent / "typst_volume.py"
AIMS = {
    "cold": {"S": "wall ≤ 1.3", "M": "wall ≤ 0.6", "L": "wall ≤ 0.45"},
    "epub": {"S": "CPU ≤ 1.0", "M": "CPU ≤ 1.0", "L": "CPU ≤ 1.0"},
    "word": {"S": "CPU s ≤ 1.0", "M": "CPU s ≤ 1.5", "L": "CPU ≤ 0.1"},
    "page": {"M": "CPU s ≤ 2.0", "L": "CPU ≤ 0.2"},
    "again": {"S": "CPU s ≤ 0.3", "M": "CPU s ≤ 0.3", "L": "CPU s ≤ 0.5"},
}
NAMES = {
    "script": "plain script, print, `target-counter`",
    "static": "… with zeros for page numbers",
    "typst": "typst, the same text, notes and page",
    "cold": "engross, print, clean",
    "again": "… nothing changed",
    "word": "… one word corrected",
    "typst word": "typst, after that word: the whole again",
    "page": "… a page more in document 1",
    "script epub": "plain script, EPUB",
    "epub": "engross, EPUB alone, clean",
}
BASES = {"static": "script", "epub": "script epub", "word": "typst", "typst word": "typst"}
BASES |= {"page": "typst"}
"""What a row is a ratio to; of corrections, typst's making of the whole."""


class Volume:
    """One volume on the bench, and the commands that are run on it."""

    def __init__(self, folder: Path, size: str) -> None:
        self.size = size
        self.count = SIZES[size]
        self.folder = folder
        self.book = write_volume(folder / "book", self.count, size)
        self.pages = 0
        # "Again, nothing changed" is nothing but a look at what is there: the checkers of the
        # manifest's other outputs must not come into it.
        self.environment = os.environ | {"PATH": str(folder / "no-programs")}
        self.environment.pop("PYTHONDONTWRITEBYTECODE", None)
        (folder / "no-programs").mkdir()

    def round(self, number: int) -> Iterator[tuple[str, Cost]]:
        """Every row once; edits are of this round and stay."""
        yield "script", self.script("print", "target-counter")
        yield "static", self.script("print", "static")
        yield "typst", self.typst()
        for made in (self.book / ".engross", self.folder / "out"):
            shutil.rmtree(made, ignore_errors=True)
        yield "cold", self.build("print")
        yield "again", self.build("print")
        self.correct(number)
        yield "word", self.build("print")
        yield "typst word", self.typst()
        self.lengthen(number)
        yield "page", self.build("print")
        yield "script epub", self.script("epub", "static")
        for made in (self.book / ".engross", self.folder / "out"):
            shutil.rmtree(made, ignore_errors=True)
        yield "epub", self.build("epub")

    def script(self, kind: str, references: str) -> Cost:
        """The plain script."""
        where = (str(self.book), str(self.folder / "script"))
        asked = ("--to", kind, "--references", references)
        return self.run(sys.executable, SCRIPT, *where, *asked)

    def typst(self) -> Cost:
        """The whole volume by typst, which keeps nothing between two processes."""
        where = (str(self.book), str(self.folder / "typst"))
        return self.run(sys.executable, str(TYPST), *where)

    def build(self, kind: str) -> Cost:
        """Engross, one worker a core."""
        where = ("--to", kind, "--out", str(self.folder / "out"), "--json")
        cost = self.run(ENGROSS, "build", str(self.book), *where)
        log = (self.folder / "log.txt").read_text("utf-8")
        outcome = json.loads(log[log.index("{") : log.rindex("}") + 1])
        for row in outcome["outputs"]:
            self.pages = row.get("pages") or self.pages
        return cost

    def run(self, *command: str) -> Cost:
        """One command, measured."""
        return measure(command, self.environment, self.folder / "log.txt")

    def correct(self, number: int) -> None:
        """Another word in a document of the middle, another one each round."""
        file = self.book / "sources" / "volume.xml"
        text = file.read_text("utf-8")
        start = text.index(f'xml:id="d{1 + (self.count // 2 + number) % self.count}"')
        at = text.index(" the ", text.index("<p>", start))
        file.write_text(f"{text[:at]} such {text[at + 5 :]}", "utf-8")

    def lengthen(self, number: int) -> None:
        """Some 3,000 characters more in the first document."""
        file = self.book / "sources" / "volume.xml"
        text = file.read_text("utf-8")
        words = " ".join(paragraphs()[number:] + paragraphs())[:3_000]
        words = words.replace("&", "&amp;").replace("<", "&lt;")
        at = re.search(r'xml:id="d1".*?(?=<p>)', text, re.DOTALL)
        assert at is not None
        file.write_text(f"{text[: at.end()]}<p>{words}.</p>{text[at.end() :]}", "utf-8")


def measured(size: str, rounds: int) -> tuple[dict[str, Cost], int]:
    """The medians of each row, and the pages of the volume."""
    costs: dict[str, list[Cost]] = {}
    with tempfile.TemporaryDirectory(prefix="engross-scale-") as folder:
        volume = Volume(Path(folder), size)
        for number in range(rounds):
            for name, cost in volume.round(number):
                costs.setdefault(name, []).append(cost)
                print(f"{size} {name}: {cost.wall:.1f} s, CPU {cost.cpu:.1f} s", file=sys.stderr)
        pages = volume.pages
    fields = ("wall", "cpu", "memory", "parent", "worker")
    return {
        name: Cost(*(statistics.median(getattr(one, field) for one in rows) for field in fields))
        for name, rows in costs.items()
    }, pages


def table(size: str, cost: dict[str, Cost], pages: int, rounds: int) -> Iterator[str]:
    """Write a volume's rows as Markdown."""
    yield f"### {size}: {SIZES[size]} documents"
    yield ""
    yield "| what | wall s | CPU s | MB, parent | MB, a worker | wall, ratio | CPU, ratio | aim |"
    yield "|---|---:|---:|---:|---:|---:|---:|---|"
    for name, words in NAMES.items():
        one = cost[name]
        base = cost[BASES.get(name, "script" if "epub" not in name else name)]
        figures = (
            f"{one.wall:.2f} | {one.cpu:.2f} | {one.parent:.0f} | {one.worker:.0f} | "
            f"{one.wall / base.wall:.2f} | {one.cpu / base.cpu:.2f}"
        )
        yield f"| {words} | {figures} | {AIMS.get(name, {}).get(size, '')} |"
    yield ""
    speeds = ", ".join(
        f"{pages / cost[name].cpu:.1f} by {words}"
        for name, words in (("cold", "engross, clean"), ("script", "the script"))
    )
    yield (
        f"{pages:,} pages; pages a CPU second: {speeds}. Medians of {rounds} on "
        f"{datetime.date.today():%Y-%m-%d}: {os.cpu_count()} cores, Python "
        f"{platform.python_version()}, WeasyPrint {version('weasyprint')}, load "
        f"{os.getloadavg()[0]:.1f} at the end."
    )


def write(size: str, text: str, report: Path = REPORT) -> None:
    """Put a volume's table between its marks; the others stay."""
    first, last = f"<!-- volume {size} -->", f"<!-- end of volume {size} -->"
    whole = report.read_text("utf-8")
    before, _, after = whole.partition(first)
    report.write_text(f"{before}{first}\n\n{text}\n\n{last}{after.partition(last)[2]}", "utf-8")


def main() -> None:
    """Measure, print the tables and put them into the report, each when it is done."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[1])
    parser.add_argument("--sizes", default="S,M,L")
    parser.add_argument("--rounds", type=int, default=3)
    asked = parser.parse_args()
    adopt_orphans()
    for size in asked.sizes.split(","):
        cost, pages = measured(size, asked.rounds)
        text = "\n".join(table(size, cost, pages, asked.rounds))
        print(text)
        write(size, text)


if __name__ == "__main__":
    main()
