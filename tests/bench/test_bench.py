"""The bench's own parts; nothing here looks at a clock."""

import os
import sys
import zipfile
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from measure import Cost, measure
from scale import BASES, NAMES, write
from scale import table as volume_table

from bench import SCRIPT, table


def test_the_plain_script_still_makes_the_book(book: Path, tmp_path: Path) -> None:
    cost = measure(
        [sys.executable, SCRIPT, str(book), str(tmp_path), "--to", "epub"],
        dict(os.environ),
        tmp_path / "log.txt",
    )
    assert (tmp_path / "log.txt").read_text() == ""
    assert cost.memory > 0
    names = zipfile.ZipFile(tmp_path / "script.epub").namelist()
    assert {"EPUB/introduction.xhtml", "EPUB/yamada.xhtml", "EPUB/persons.xhtml"} <= set(names)


def test_a_command_that_fails_stops_the_bench_with_its_words(tmp_path: Path) -> None:
    command = [sys.executable, "-c", "import sys; sys.exit('no such book')"]
    with pytest.raises(RuntimeError, match=r"status 1\nno such book$"):
        measure(command, dict(os.environ), tmp_path / "log.txt")


def test_the_table_has_a_row_for_everything_that_was_measured() -> None:
    names = (
        "python",
        "version",
        "script both",
        "both",
        "again",
        "script static",
        "script epub",
        "epub",
        "checked",
    )
    cost = {name: Cost(float(n), float(n), 100) for n, name in enumerate(names, 1)}
    rows = list(table(cost))
    assert rows[4] == (
        "| engross, EPUB and print, clean | 4.00 | 4.00 | 100 | 1.33 | 1.33 | ≤ 1.3 of the script |"
    )
    assert sum(row.startswith("| ") for row in rows) == 11


def test_a_volume_has_a_row_for_everything_that_was_measured() -> None:
    cost = {name: Cost(n, n, 100, 90, 80) for n, name in enumerate(NAMES, 1)}
    rows = list(volume_table("L", cost, 1_500, 3))
    assert set(BASES) | set(BASES.values()) <= set(NAMES)
    assert rows[6] == (
        "| engross, print, clean | 3.00 | 3.00 | 90 | 80 | 3.00 | 3.00 | wall ≤ 0.45 |"
    )
    assert sum(row.startswith("| ") for row in rows) == len(NAMES) + 1
    assert rows[-1].startswith(
        "1,500 pages; pages a CPU second: 500.0 by engross, clean, 1500.0 by the script. "
    )


def test_the_tables_of_other_volumes_stay_as_they_are(tmp_path: Path) -> None:
    report = tmp_path / "performance.md"
    marks = "".join(f"<!-- volume {n} -->\nold {n}\n<!-- end of volume {n} -->\n" for n in "SM")
    report.write_text(f"Before\n{marks}After\n")
    write("M", "new", report)
    assert report.read_text() == (
        "Before\n<!-- volume S -->\nold S\n<!-- end of volume S -->\n"
        "<!-- volume M -->\n\nnew\n\n<!-- end of volume M -->\nAfter\n"
    )
