"""
Run the long proofs, the tests marked `slow`, and write docs/proof.md, dated.

A test tells its counts with `record_property("kills", 300)`; they stand in the report, and so does
the table of faults (tests/faults/rows.toml). Shorter runs: ENGROSS_KILLS=30 ENGROSS_SESSIONS=10
ENGROSS_FUZZ_MINUTES=1 make prove; the counts in the report are always those of the run.
"""

import datetime
import platform
import re
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

ROOT = Path(__file__).parent.parent
REPORT = ROOT / "docs" / "proof.md"


def main(arguments: list[str]) -> int:
    table = tomllib.loads((ROOT / "tests/faults/rows.toml").read_text("utf-8"))
    named = sorted({name for row in table.values() for name in row.get("tests", ())})
    long, cases = tests(["-m", "slow", *arguments])
    short, shown = tests(["-m", "not slow", "-n", "auto", "tests/faults", *named])
    REPORT.write_text("\n".join([*report(cases), *faults(table, shown)]) + "\n", "utf-8")
    print(f"{REPORT.relative_to(ROOT)}: {len(cases)} proofs, {len(table)} faults")
    return long or short


def tests(arguments: list[str]) -> tuple[int, list[ElementTree.Element]]:
    """Run some tests; the status, and what came of each."""
    with tempfile.TemporaryDirectory() as folder:
        results = Path(folder, "results.xml")
        command = [sys.executable, "-m", "pytest", f"--junitxml={results}", *arguments]
        status = subprocess.run(command, cwd=ROOT, check=False).returncode
        cases = ElementTree.parse(results).getroot().iter("testcase")
        # A run that was cut off leaves cases without a name: they came to no end.
        return status, [case for case in cases if case.get("name")]


def report(cases: list[ElementTree.Element]) -> Iterator[str]:
    engine = f"WeasyPrint {version('weasyprint')}, pikepdf {version('pikepdf')}"
    commit = subprocess.run(
        ["git", "describe", "--always", "--dirty"], cwd=ROOT, capture_output=True, text=True
    ).stdout.strip()
    yield "# The long proofs"
    yield ""
    yield (
        f"`make prove` on {datetime.date.today():%Y-%m-%d}, at {commit or 'no commit'}: "
        f"Python {platform.python_version()}, {engine}."
    )
    yield ""
    yield "| proof | result | counts | seconds |"
    yield "|---|---|---|---|"
    for case in cases:
        name = case.get("name", "").removeprefix("test_").replace("_", " ")
        counts = ", ".join(f"{row.get('name')} {row.get('value')}" for row in case.iter("property"))
        yield f"| {name} | {outcome(case)} | {counts} | {float(case.get('time', 0)):.0f} |"


def faults(table: dict[str, dict[str, Any]], shown: list[ElementTree.Element]) -> Iterator[str]:
    """The table of faults: what is wanted, and what was seen."""
    seen: dict[str, list[str]] = {number: [] for number in table}
    for case in shown:
        name = f"{case.get('classname', '').replace('.', '/')}.py::{case.get('name', '')}"
        folder = re.search(r"\[((\d{3})[a-z]?-.*)\]$", name)
        if folder and folder[2] in seen and "test_faults.py" in name:
            seen[folder[2]].append(told(folder[1], outcome(case)))
        plain = name.partition("[")[0]
        for number, row in table.items():
            if any(plain == test or plain.startswith(f"{test}::") for test in row.get("tests", ())):
                seen[number].append(f"{words(plain)}: {outcome(case)}")
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


def outcome(case: ElementTree.Element) -> str:
    for kind, word in (("failure", "FAILED"), ("error", "FAILED"), ("skipped", "not run")):
        found = case.find(kind)
        if found is not None:
            return word if word == "FAILED" else f"{word}: {found.get('message', '')}"
    return "holds"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
