"""
Run the tests of the table of faults and the long proofs, and write docs/proof.md, dated.

The report is written anew whenever a test has come to its end, so a run that is cut off leaves what
was shown until then, and says so. The long proofs are the tests marked `slow`. A test tells its
counts with `record_property("kills", 300)`. Shorter runs: ENGROSS_KILLS=30 ENGROSS_SESSIONS=5
ENGROSS_FUZZ_MINUTES=0.2 ENGROSS_MUTANTS=200 make prove; the counts are always those of the run.
"""

import datetime
import json
import os
import platform
import re
import signal
import subprocess
import sys
import tempfile
import time
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path
from typing import Any

from prove_lines import TOLD

ROOT = Path(__file__).parent.parent
REPORT = ROOT / "docs" / "proof.md"
TOGETHER = 6 * (os.cpu_count() or 1)
"""Long proofs at once, each a pytest of its own: the fuzzers go by the clock, others wait much."""
Table = dict[str, dict[str, Any]]


@dataclass
class Run:
    """Some tests, and what has come of them so far."""

    wanted: list[str] = field(default_factory=list)
    cases: dict[str, dict[str, Any]] = field(default_factory=dict)
    ended: bool = False
    rest: str = ""
    """A line that was not yet written to its end."""

    def read(self, text: str) -> None:
        """Take in what the plugin wrote."""
        *lines, self.rest = (self.rest + text).split("\n")
        for row in map(json.loads, lines):
            if "wanted" in row:
                self.wanted += [name for name in row["wanted"] if name not in self.wanted]
                continue
            former = self.cases.get(row["id"])
            if former is None or former["came"] == "holds":  # a fault while tidying up counts too
                self.cases[row["id"]] = row

    @property
    def open(self) -> list[str]:
        """Tests that have not come to an end."""
        return [name for name in self.wanted if name not in self.cases]


def main(arguments: list[str]) -> int:
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    table = tomllib.loads((ROOT / "tests/faults/rows.toml").read_text("utf-8"))
    named = sorted({name for row in table.values() for name in row.get("tests", ())})
    short, long, start = Run(), Run(), head()

    def write() -> None:
        lines = [*start, *proofs(short, long), *faults(table, short)]
        REPORT.write_text("\n".join(lines) + "\n", "utf-8")

    try:
        statuses = [
            follow([["-n", "auto", "-m", "not slow", "tests/faults", *named]], short, write),
            follow(slow_tests(arguments), long, write),
        ]
    except KeyboardInterrupt:
        statuses = [130]
    write()
    print(f"{REPORT.relative_to(ROOT)}: {len(long.cases)} proofs, {len(table)} faults")
    return max(statuses)


def slow_tests(arguments: list[str]) -> list[list[str]]:
    """
    The long proofs; a whole pytest each, since xdist hands slow tests out in advance.

    Those of a file that is slow as a whole go together: they ask what one long story came to.
    """
    command = [sys.executable, "-m", "pytest", "-q", "--collect-only", "-m", "slow", *arguments]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    parts: dict[str, list[str]] = {}
    for name in (line for line in done.stdout.splitlines() if "::" in line):
        file = name.partition("::")[0]
        whole = re.search(r"(?m)^pytestmark = .*mark\.slow", (ROOT / file).read_text("utf-8"))
        parts.setdefault(file if whole else name, []).append(name)
    return list(parts.values())


def follow(parts: list[list[str]], run: Run, write: Callable[[], None]) -> int:
    """Run tests, some at once, and write the report as they come to their ends."""
    waiting, running, statuses = list(parts), list[subprocess.Popen[bytes]](), [0]
    with tempfile.TemporaryDirectory() as folder:
        told = Path(folder, "told")
        told.touch()
        path = f"{ROOT / '.ci'}{os.pathsep}{os.environ.get('PYTHONPATH', '')}"
        environment = {**os.environ, TOLD: str(told), "PYTHONPATH": path}
        run.wanted = [name for part in parts for name in part if "::" in name]
        with told.open() as lines:
            try:
                while waiting or running:
                    while waiting and len(running) < TOGETHER:
                        command = [sys.executable, "-m", "pytest", "-q", "-p", "prove_lines"]
                        running.append(
                            subprocess.Popen([*command, *waiting.pop(0)], cwd=ROOT, env=environment)
                        )
                    time.sleep(1)
                    statuses += [one.returncode for one in running if one.poll() is not None]
                    running = [one for one in running if one.returncode is None]
                    if said := lines.read():
                        run.read(said)
                        write()
            except KeyboardInterrupt:
                for one in running:
                    one.terminate()
                raise
            finally:
                run.read(lines.read())
    run.ended = True
    return max(statuses)


def head() -> list[str]:
    """What was run, and when: as it is when the run begins."""
    engine = f"WeasyPrint {version('weasyprint')}, pikepdf {version('pikepdf')}"
    commit = subprocess.run(
        ["git", "describe", "--always", "--dirty"], cwd=ROOT, capture_output=True, text=True
    ).stdout.strip()
    said = f"`make prove` on {datetime.date.today():%Y-%m-%d}, at {commit or 'no commit'}: "
    return [
        "# The long proofs",
        "",
        said + f"Python {platform.python_version()}, {engine}.",
    ]


def proofs(short: Run, long: Run) -> Iterator[str]:
    """The long proofs, and the short ones that counted something."""
    yield ""
    if not long.ended or long.open:
        yield "This run was cut off before its end; what had come to an end by then stands here."
        yield ""
    yield "| proof | result | counts | seconds |"
    yield "|---|---|---|---|"
    for case in [*long.cases.values(), *(c for c in short.cases.values() if c["counts"])]:
        name = words(case["id"])
        yield f"| {name} | {case['came']} | {case['counts']} | {case['seconds']:.0f} |"
    for name in long.open:
        yield f"| {words(name)} | came to no end | | |"


def faults(table: Table, run: Run) -> Iterator[str]:
    """The table of faults: what is wanted, and what was seen."""
    seen: dict[str, list[str]] = {number: [] for number in table}
    for case in run.cases.values():
        folder = re.search(r"test_faults\.py::.*\[((\d{3})[a-z]?-.*)\]$", case["id"])
        if folder and folder[2] in seen:
            seen[folder[2]].append(told(folder[1], case["came"]))
        plain = case["id"].partition("[")[0]
        for number, row in table.items():
            if any(plain == test or plain.startswith(f"{test}::") for test in row.get("tests", ())):
                seen[number].append(f"{words(plain)}: {case['came']}")
    yield ""
    yield "## The table of faults"
    yield ""
    yield "| row | fault | wanted | seen |"
    yield "|---|---|---|---|"
    for number, row in table.items():
        absent = f"not applicable: {row['reason']}" if "reason" in row else "not run"
        found = sorted(set(seen[number])) or [absent]
        cells = (number, row["fault"], row["wanted"], "; ".join(found))
        yield "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def told(folder: str, came: str) -> str:
    """What a row of the table was told, as its case has it: exit status and codes."""
    case = tomllib.loads((ROOT / "tests/faults" / folder / "case.toml").read_text("utf-8"))
    codes = sorted(set(re.findall(r"(?m)^\S+: ([A-Z]\d{3}) ", case["says"])))
    said = f"exit {case['exit']}" + (f" ({', '.join(codes)})" if codes else "")
    return f"{words(folder[3:])}: {said if came == 'holds' else came}"


def words(name: str) -> str:
    """A test's name as a sentence; a folder's without its number and letter."""
    name = name.rpartition("::")[2].removeprefix("test_")
    return re.sub(r"^[a-z]?-", "", name).replace("_", " ").replace("-", " ")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
