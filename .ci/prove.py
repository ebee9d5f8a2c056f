"""
Run the long proofs, the tests marked `slow`, and write docs/proof.md, dated.

A test tells its counts with `record_property("kills", 300)`; they stand in the report.
"""

import datetime
import platform
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path
from xml.etree import ElementTree

ROOT = Path(__file__).parent.parent
REPORT = ROOT / "docs" / "proof.md"


def main(arguments: list[str]) -> int:
    with tempfile.TemporaryDirectory() as folder:
        results = Path(folder, "results.xml")
        command = [sys.executable, "-m", "pytest", "-m", "slow", f"--junitxml={results}"]
        status = subprocess.run([*command, *arguments], cwd=ROOT, check=False).returncode
        cases = list(ElementTree.parse(results).getroot().iter("testcase"))
    REPORT.write_text("\n".join(report(cases)) + "\n", "utf-8")
    print(f"{REPORT.relative_to(ROOT)}: {len(cases)} proofs")
    return status


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


def outcome(case: ElementTree.Element) -> str:
    for kind, word in (("failure", "FAILED"), ("error", "FAILED"), ("skipped", "not run")):
        found = case.find(kind)
        if found is not None:
            return word if word == "FAILED" else f"{word}: {found.get('message', '')}"
    return "holds"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
