"""The bench's own parts; nothing here looks at a clock."""

import os
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pypdfium2
import pytest

sys.path.insert(0, str(Path(__file__).parent))

import timed
from measure import Cost, Watch, measure
from scale import BASES, NAMES, TYPST, write
from scale import table as volume_table
from volume import write_volume

from bench import SCRIPT, Run, runs, table


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


def test_typst_sets_the_volume_beside_us(tmp_path: Path) -> None:
    book = write_volume(tmp_path / "book", 2)
    words = [sys.executable, str(TYPST), str(book), str(tmp_path)]
    assert measure(words, dict(os.environ), tmp_path / "log.txt").cpu > 0
    with pypdfium2.PdfDocument(tmp_path / "volume.pdf") as made:
        text = made[1].get_textpage().get_text_range()
    assert text.count("Record of Conversation 1") == 1
    assert "Compare Document 2, p. " in "".join(
        " ".join(page.get_textpage().get_text_range().split())
        for page in pypdfium2.PdfDocument(tmp_path / "volume.pdf")
    )


def test_a_command_that_fails_stops_the_bench_with_its_words(tmp_path: Path) -> None:
    command = [sys.executable, "-c", "import sys; sys.exit('no such book')"]
    with pytest.raises(RuntimeError, match=r"status 1\nno such book$"):
        measure(command, dict(os.environ), tmp_path / "log.txt")


def test_the_memory_of_a_command_and_of_its_workers_is_told_apart() -> None:
    worker = "held = bytearray(90 << 20); input()"
    code = f"import subprocess, sys\nsubprocess.run([sys.executable, '-c', {worker!r}])\n"
    # the worker holds its memory until the watch has seen it, and ends when its input does
    with subprocess.Popen([sys.executable, "-c", code], stdin=subprocess.PIPE) as child:
        watch = Watch(child.pid)
        while watch.worker < 90 and child.poll() is None:
            time.sleep(0.01)
        child.communicate(b"\n")
        watch.end()
    assert watch.worker > 90 > watch.parent > 0


def test_the_table_has_a_row_for_everything_that_was_measured(tmp_path: Path) -> None:
    rows = [row for run in runs(tmp_path) for row in names(run, tmp_path)]
    cost = {name: Cost(float(n), float(n), 100) for n, name in enumerate(rows, 1)}
    lines = list(table(cost))
    name = "engross, EPUB and print, clean, stages 1 to 5"
    assert lines[4] == f"| {name} | 7.00 | 7.00 | 100 | 2.33 | 2.33 | ≤ 1.3 |"
    assert sum(line.startswith("| ") for line in lines) == 17


def names(run: Run, folder: Path) -> list[str]:
    """The rows of a run, as if it had been run."""
    if run.parts is not None:
        run.parts.write_text('{"check": [1, 2], "publish": [0.5, 0.5]}')
    return [name for name, _ in run.costs(Cost(5, 6, 100))]


def test_a_build_is_told_apart_into_its_making_its_checks_and_its_publishing(
    tmp_path: Path,
) -> None:
    parts = tmp_path / "parts.json"
    parts.write_text('{"check": [1, 2], "publish": [0.5, 0.25]}')
    assert dict(Run("both", (), parts=parts).costs(Cost(5, 6, 100))) == {
        "both": Cost(5, 6, 100),
        "both, check": Cost(1, 2, 100),
        "both, publish": Cost(0.5, 0.25, 100),
        "both, made": Cost(3.5, 3.75, 100),
    }


def test_what_is_counted_inside_of_something_counted_is_counted_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    clock = iter(range(100))
    monkeypatch.setattr(timed, "_cpu", lambda: next(clock))
    monkeypatch.setattr(timed, "SPENT", {"check": [0.0, 0.0], "publish": [0.0, 0.0]})
    with timed.counted("check"), timed.counted("check"):
        pass
    with timed.counted("publish"):
        pass
    assert [cpu for _, cpu in timed.SPENT.values()] == [2.0, 1.0]


def test_a_volume_has_a_row_for_everything_that_was_measured() -> None:
    cost = {name: Cost(n, n, 100, 90, 80) for n, name in enumerate(NAMES, 1)}
    rows = list(volume_table("L", cost, 1_500, 3))
    assert set(BASES) | set(BASES.values()) <= set(NAMES)
    assert rows[7] == (
        "| engross, print, clean | 4.00 | 4.00 | 90 | 80 | 4.00 | 4.00 | wall ≤ 0.45 |"
    )
    assert sum(row.startswith("| ") for row in rows) == len(NAMES) + 1
    assert rows[-1].startswith(
        "1,500 pages; pages a CPU second: 375.0 by engross, clean, 1500.0 by the script. "
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
