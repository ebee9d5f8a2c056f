"""
A stranger's path: the tutorial, played in a fresh folder as it is printed.

A block under `<!-- file: PATH -->` is saved; the lines of one under `<!-- lines: PATH -->` take the
place of the lines with the same key; each command of a `console` block is run in a shell.
"""

import json
import os
import re
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parent.parent.parent
TUTORIAL = ROOT / "docs" / "tutorial.md"
BLOCK = re.compile(r"(?:<!-- (file|lines): (\S+) -->\n)?```(\w+)\n(.*?)```", re.S)
KEY = re.compile(r"( *)(\w+):")


@dataclass
class Walk:
    folder: Path
    statuses: list[tuple[str, int]] = field(default_factory=list)
    said: dict[str, str] = field(default_factory=dict)
    seconds: float = 0.0
    path: str = f"{Path(sys.executable).parent}:{os.environ['PATH']}"

    def run(self, command: str) -> None:
        environment = {**os.environ, "PATH": self.path}
        done = subprocess.run(
            command, shell=True, cwd=self.folder, capture_output=True, text=True, env=environment
        )
        self.statuses.append((command, done.returncode))
        self.said[command] = done.stdout + done.stderr


def fill_in(text: str, lines: list[str]) -> str:
    """Put each line in the place of the one line with its key; deeper lines go with it."""
    rows = text.split("\n")
    index = 0
    while index < len(lines):
        match = KEY.match(lines[index])
        assert match, lines[index]
        entry = [lines[index]]
        if lines[index].endswith(":"):
            while index + 1 < len(lines) and lines[index + 1].startswith(f"{match[1]}  -"):
                entry.append(lines[index + 1])
                index += 1
                while index + 1 < len(lines) and lines[index + 1].startswith(f"{match[1]}    "):
                    entry.append(lines[index + 1])
                    index += 1
        found = [n for n, row in enumerate(rows) if row.startswith(f"{match[0]}")]
        assert len(found) == 1, (match[0], found)
        rows[found[0] : found[0] + 1] = entry
        index += 1
    return "\n".join(rows)


def play(path: Walk) -> Walk:
    """All that the tutorial says, in its order."""
    start = time.monotonic()
    for how, name, kind, body in BLOCK.findall(TUTORIAL.read_text("utf-8")):
        if how == "file":
            (path.folder / name).write_text(body, "utf-8")
        elif how == "lines":
            target = path.folder / name
            text = fill_in(target.read_text("utf-8"), body.rstrip("\n").split("\n"))
            target.write_text(text, "utf-8")
        elif kind == "console":
            for line in body.splitlines():
                path.run(line.removeprefix("$ "))
    path.seconds = time.monotonic() - start
    print(f"the tutorial took {path.seconds:.0f} s")
    return path


@pytest.fixture(scope="module")
def walked(tmp_path_factory: pytest.TempPathFactory) -> Walk:
    return play(Walk(tmp_path_factory.mktemp("stranger")))


def test_every_command_of_the_tutorial_ends_well(walked: Walk) -> None:
    assert len(walked.statuses) == 10
    for command, status in walked.statuses:
        assert status == 0, (command, walked.said[command])
    verbs = [command.split()[1] for command, _ in walked.statuses]
    assert verbs == [
        "new", "check", "build", "build", "release",
        "correct", "build", "verify", "release", "diff",
    ]  # fmt: skip


def test_the_files_that_it_promises_are_there(walked: Walk) -> None:
    current = walked.folder / "gettysburg/dist/the-gettysburg-address/current"
    names = {path.name for path in current.iterdir()}
    slug = "the-gettysburg-address"
    assert {f"{slug}.epub", f"{slug}-print-generic.pdf", f"{slug}-screen.pdf"} <= names
    assert {"evidence", "receipt.json", "SHA256SUMS"} <= names
    assert (walked.folder / "report.html").stat().st_size > 10_000


def test_two_versions_were_released_and_the_first_was_left_alone(walked: Walk) -> None:
    releases = walked.folder / "gettysburg/releases"
    assert sorted(path.name for path in releases.iterdir()) == ["1.0", "1.1"]
    records = [json.loads((releases / v / "record.json").read_text()) for v in ("1.0", "1.1")]
    assert [record["version"] for record in records] == ["1.0", "1.1"]
    dist = walked.folder / "gettysburg/dist/the-gettysburg-address"
    first = dist / "1.0/evidence/documents/address"
    assert "contienent" in (first / "received.txt").read_text("utf-8")
    assert (dist / "1.0").resolve() != (dist / "1.1").resolve()


def test_the_difference_is_one_word(walked: Walk) -> None:
    said = walked.said["engross diff 1.0 1.1 --book gettysburg"]
    assert '"contienent" -> "continent"' in said
    assert "version: 1.0 -> 1.1" in said


def test_a_new_book_is_warned_of_its_form_and_of_its_rights(walked: Walk) -> None:
    said = walked.said["engross check gettysburg"]
    assert re.findall(r"\b[A-Z]\d{3}\b", said) == ["T021", "R007"]
    build = next(words for command, words in walked.said.items() if command.endswith("gettysburg"))
    assert "error" not in build
