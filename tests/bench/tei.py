"""
Try TEI files of other projects: which build, which are proved, and what each costs.

    .venv/bin/python tests/bench/tei.py FOLDER… [--outputs epub,print]

Each file becomes a book of its own (`new`), is built and then proved by `verify`. One line a file:
what happened, elements accounted for, CPU seconds and MB of the whole; then why, where it stopped.
"""

import argparse
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from measure import adopt_orphans, measure

from engross.model.finding import EngrossError
from engross.model.source import SourceFile
from engross.parse.tei import read_tei

ENGROSS = Path(sys.executable).with_name("engross")


def files(given: list[Path]) -> Iterator[Path]:
    """Every XML file below the folders, in order."""
    for one in given:
        yield from sorted(one.rglob("*.xml")) if one.is_dir() else [one]


def accounted(path: Path) -> str:
    """How many elements the reader has accounted for, and how many it left out."""
    try:
        volume = read_tei(SourceFile.of(path.name, path.read_bytes()))
    except EngrossError as error:
        return f"not read: {error.findings[0].code}"
    rows = volume.coverage.elements
    dropped = sum(row.dropped for row in rows)
    return f"{sum(row.total for row in rows)} elements, {dropped} left out"


def tried(path: Path, outputs: str, folder: Path) -> tuple[str, float, float, str]:
    """What happened, CPU seconds, MB, and the last words of the step that stopped."""
    book, log = folder / "book", folder / "log"
    quiet = dict(os.environ, NO_COLOR="1")
    cpu = memory = 0.0
    for step, arguments in {
        "new": ["new", str(book), "--from", str(path)],
        "build": ["build", str(book), "--plain"],
        "verify": ["verify", str(book)],
    }.items():
        try:
            cost = measure([str(ENGROSS), *arguments], quiet, log)
        except RuntimeError:
            return f"stops at {step}", cpu, memory, log.read_text("utf-8", "replace")
        cpu, memory = cpu + cost.cpu, max(memory, cost.memory)
        if step == "new":
            manifest = book / "manifest.yaml"
            lines = manifest.read_text("utf-8").splitlines(keepends=True)
            lines = [f"outputs: [{outputs}]\n" if x.startswith("outputs:") else x for x in lines]
            manifest.write_text("".join(lines), "utf-8")
            (book / "introduction.md").write_text("# Introduction\n\nWords.\n", "utf-8")
    return "proved", cpu, memory, ""


def main() -> None:
    """Try each file."""
    parser = argparse.ArgumentParser()
    parser.add_argument("paths", nargs="+", type=Path)
    parser.add_argument("--outputs", default="epub,print")
    given = parser.parse_args()
    adopt_orphans()
    for path in files(given.paths):
        with tempfile.TemporaryDirectory() as folder:
            state, cpu, memory, why = tried(path, given.outputs, Path(folder))
        print(f"{path.name:<32} {state:<16} {accounted(path):<36} {cpu:6.1f} s {memory:6.0f} MB")
        for line in why.splitlines():
            if " error " in line:
                print(f"    {line[:220]}")
        sys.stdout.flush()


if __name__ == "__main__":
    try:
        main()
    except subprocess.CalledProcessError as error:
        sys.exit(str(error))
