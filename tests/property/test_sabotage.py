"""
The proof is proved by a program that lies.

Each row of `tests/sabotage/rows.toml` changes a template, a sheet or a builder in a copy of the
program, as a slip or a bad hand might. The copy builds a small book, and its own proof has to
refuse what comes out, by the code that the row names. A row that no longer applies fails as well.
"""

import json
import os
import random
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
BOOKS = ROOT / "tests/sabotage"
"""A letter alone, and `pages`: two documents with all that stands on pages, after a release."""
ROWS = tomllib.loads((ROOT / "tests/sabotage/rows.toml").read_text("utf-8"))["sabotage"]
LEFT = shutil.ignore_patterns("__pycache__", ".engross")
SEED = 1961
SAMPLE = 2
"""Rows that every run of the tests tries; `make prove` tries all."""


@pytest.fixture(scope="session")
def program(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the program, to be sabotaged."""
    folder = tmp_path_factory.mktemp("sabotage")
    shutil.copytree(ROOT / "src", folder / "src", ignore=LEFT)
    shutil.copytree(ROOT / "styles", folder / "styles")
    for name in ("book", "pages"):
        shutil.copytree(BOOKS / name, folder / name, ignore=LEFT)
    return folder


def told(program: Path, row: dict[str, Any]) -> set[str]:
    """The codes of the errors that a build by the sabotaged program ends with."""
    path = program / row["file"]
    text = path.read_text("utf-8")
    path.write_text(text.replace(row["old"], row["new"], 1), "utf-8")
    try:
        command = [
            sys.executable,
            "-m",
            "engross",
            "build",
            str(program / row.get("book", "book")),
            "--json",
        ]
        environment = {**os.environ, "PYTHONPATH": str(program / "src")}
        ended = subprocess.run(command, capture_output=True, env=environment, check=False)
    finally:
        path.write_text(text, "utf-8")
    found = json.loads(ended.stdout or "{}").get("findings", [])
    return {one["code"] for one in found if one["severity"] == "error"}


def missed(program: Path, rows: list[dict[str, Any]]) -> list[str]:
    """The rows that the proof let pass."""
    return [
        f"{row['file']}: {row['new'][:60]!r} ended with {sorted(codes)} instead of {row['by']}"
        for row in rows
        if row["by"] not in (codes := told(program, row))
    ]


def test_every_sabotage_still_applies_to_the_program() -> None:
    lost = [row for row in ROWS if row["old"] not in (ROOT / row["file"]).read_text("utf-8")]
    assert lost == []


def test_the_program_as_it_is_is_not_refused(program: Path) -> None:
    for book in ("book", "pages"):
        row = {"file": ROWS[0]["file"], "old": "", "new": "", "book": book}
        assert told(program, row) == set()


def test_a_sample_of_sabotages_is_caught(program: Path) -> None:
    assert missed(program, random.Random(SEED).sample(ROWS, SAMPLE)) == []


@pytest.mark.slow
def test_every_sabotage_of_the_table_is_caught(
    program: Path, record_property: Callable[[str, object], None]
) -> None:
    record_property("sabotages", len(ROWS))
    assert missed(program, ROWS) == []
