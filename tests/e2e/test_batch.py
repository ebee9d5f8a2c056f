"""Many small books at once, as they are built from the command line."""

import hashlib
import json
import os
import pty
import re
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from lxml import etree
from PIL import Image
from tests.bench.batch_books import write_books

ENGROSS = (sys.executable, "-m", "engross", "batch")
NO_DASK = """
import sys
from engross.cli.main import run
try:
    run()
finally:
    found = {name.partition(".")[0] for name in sys.modules}
    print("imported:", sorted(found & {"dask", "distributed", "tornado", "engross"}))
"""


@dataclass
class Run:
    """One batch with --json."""

    status: int
    rows: list[dict[str, Any]] = field(default_factory=list)

    @property
    def states(self) -> dict[str, str]:
        """By the folder's name."""
        return {Path(row["folder"]).name: row["state"] for row in self.books}

    @property
    def books(self) -> list[dict[str, Any]]:
        return [row for row in self.rows if row["event"] == "book"]


def batch(folder: Path, *words: str) -> Run:
    result = subprocess.run(
        [*ENGROSS, *words, "--json"], cwd=folder, capture_output=True, text=True, check=False
    )
    assert result.stderr == ""
    return Run(result.returncode, [json.loads(line) for line in result.stdout.splitlines()])


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Four books, of which the third is bad; the first has records."""
    folder = tmp_path_factory.mktemp("shelf")
    books = list(write_books(folder / "books", 4, size=1, outputs="epub"))
    books[2].joinpath("documents", "record", "received.txt").write_text("Something else.\n")
    manifest = books[0] / "manifest.yaml"
    manifest.write_text(
        manifest.read_text().replace("outputs: [epub]", "outputs: [epub, metadata]")
    )
    return folder


@pytest.fixture(scope="module")
def first(shelf: Path) -> Run:
    words = ("--report", "made/report.html", "--catalogue", "made", "--title", "A & B")
    return batch(shelf, "books/*", "-j", "2", "--drafts", *words)


@pytest.fixture(scope="module")
def second(shelf: Path, first: Run) -> Run:
    return batch(shelf, "books/*", "-j", "2")


def test_two_workers_build_all_but_the_bad_book_which_is_reported(first: Run) -> None:
    states = {"book-0001": "done", "book-0002": "done", "book-0003": "failed", "book-0004": "done"}
    assert first.states == states
    assert first.status == 3
    bad = next(row for row in first.books if row["state"] == "failed")
    assert (bad["findings"][0]["code"], bad["findings"][0]["path"]) == (
        "T001",
        "books/book-0003/documents/record/document.yaml",
    )
    assert {row["worker"] for row in first.books} == {"0", "1"}


def test_each_line_is_an_object_and_the_last_says_how_it_came_out(first: Run) -> None:
    events = [row["event"] for row in first.rows]
    assert [event for event in events[1:] if event != "message"] == [*["book"] * 4, "end"]
    assert first.rows[0]["message"].startswith("2 local workers")
    assert first.rows[-1] == {
        "event": "end",
        "ok": False,
        "exit_status": 3,
        "summary": "4 books: 3 done, 0 reused, 1 failed, 0 lost",
        "findings": [],
    }
    assert [row["finished"] for row in first.books] == [1, 2, 3, 4]


def test_an_account_is_small_and_names_what_was_published(shelf: Path, first: Run) -> None:
    for row in first.books:
        assert len(json.dumps(row)) < 2000
        for made in row["outputs"]:
            content = (shelf / made["path"]).read_bytes()
            assert hashlib.sha256(content).hexdigest() == made["sha256"]
    assert sum(len(row["outputs"]) for row in first.books) == 3


def test_a_second_run_builds_nothing_that_is_in_dist(second: Run) -> None:
    assert second.status == 3
    assert second.states == {
        "book-0001": "reused",
        "book-0002": "reused",
        "book-0003": "failed",
        "book-0004": "reused",
    }


def test_the_report_has_the_failures_first(shelf: Path, first: Run) -> None:
    page = (shelf / "made" / "report.html").read_text()
    assert page.index("<h3>books/book-0003</h3><p>failed</p>") < page.index("All editions")
    assert "4 books: 3 done, 0 reused, 1 failed, 0 lost." in page


def test_the_catalogue_lists_every_whole_edition_and_its_checksums_hold(
    shelf: Path, first: Run
) -> None:
    made = shelf / "made"
    feed = json.loads((made / "opds.json").read_text())
    assert feed["metadata"]["numberOfItems"] == 3
    assert [one["metadata"]["title"] for one in feed["publications"]] == [
        "Generated Book 1",
        "Generated Book 2",
        "Generated Book 4",
    ]
    assert feed["links"] == [{"rel": "self", "href": "opds.json", "type": "application/opds+json"}]
    for number, one in zip((1, 2, 4), feed["publications"], strict=True):
        self_, epub = one["links"]
        assert (self_["rel"], self_["href"]) == ("self", f"publications/generated-000{number}.json")
        assert (epub["rel"], epub["type"]) == (
            "http://opds-spec.org/acquisition/open-access",
            "application/epub+zip",
        )
        assert (made / epub["href"]).is_file()
        alone = json.loads((made / self_["href"]).read_text())
        assert alone["metadata"] == one["metadata"]
        assert (made / "publications" / alone["links"][1]["href"]).is_file()
        for row, place in ((one, made), (alone, made / "publications")):
            with Image.open(place / row["images"][0]["href"]) as picture:
                assert (picture.format, picture.width) == ("PNG", 320)
    page = (made / "index.html").read_text()
    assert page.count("<h2>Generated Book") == 3
    assert page.count('<li><img src="covers/') == 3
    assert "<h1>A &amp; B</h1>" in page
    assert feed["metadata"]["title"] == "A & B"
    older = etree.parse(made / "opds.xml").getroot()
    atom = "{http://www.w3.org/2005/Atom}"
    assert older.findtext(f"{atom}title") == "A & B"
    for entry in older.findall(f"{atom}entry"):
        picture, file = (made / link.get("href", "") for link in entry.findall(f"{atom}link"))
        assert picture.is_file()
        assert file.suffix == ".epub"
        assert file.is_file()
    assert '<input id="q" type="search">' in page
    assert (made / "onix.xml").read_text().count("<Product>") == 1
    rows = dict(line.split("  ")[::-1] for line in (made / "SHA256SUMS").read_text().splitlines())
    assert set(rows) >= {"index.html", "onix.xml", "opds.json", "opds.xml"}
    assert len(rows) == 4 + 3 * 3
    for name, digest in rows.items():
        assert hashlib.sha256((made / name).read_bytes()).hexdigest() == digest


def test_drafts_are_left_out_of_the_catalogue_and_counted(shelf: Path, first: Run) -> None:
    done = batch(shelf, "books/*", "-j", "1", "--catalogue", "released")
    said = "3 not released, and not in the catalogue; --drafts lists them"
    assert {"event": "message", "message": said} in done.rows
    feed = json.loads((shelf / "released" / "opds.json").read_text())
    assert feed["metadata"]["numberOfItems"] == 0


def test_one_worker_never_imports_dask(tmp_path: Path) -> None:
    list(write_books(tmp_path, 2, size=1, outputs="epub"))
    result = subprocess.run(
        [sys.executable, "-c", NO_DASK, "batch", "book-*", "-j", "1", "--plain"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.stdout == "imported: ['engross']\n"
    lines = result.stderr.splitlines()
    assert lines[0].startswith("2/2: 2 done, 0 reused, 0 failed; ")
    assert lines[1] == (
        "2 books: 2 done, 0 reused, 0 failed, 0 lost; every whole edition is in its dist"
    )
    assert result.returncode == 0


def test_a_terminal_shows_a_table_of_workers(tmp_path: Path) -> None:
    list(write_books(tmp_path, 1, size=1, outputs="epub"))
    master, slave = pty.openpty()
    environment = {**os.environ, "COLUMNS": "100", "LINES": "30", "TERM": "xterm"}
    process = subprocess.Popen(
        [*ENGROSS, "book-*", "-j", "1"], cwd=tmp_path, stderr=slave, env=environment
    )
    os.close(slave)
    shown = b""
    try:
        while part := os.read(master, 4096):
            shown += part
    except OSError:
        pass  # Linux says so when the other end is closed
    os.close(master)
    assert process.wait() == 0
    words = re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", shown.decode())
    assert "1/1: 1 done, 0 reused, 0 failed; " in words
    assert re.search(r"worker +done +reused +failed +CPU s a book +MB +last edition", words)
    assert re.search(r"0 +1 +0 +0 +\d+\.\d +\d+ +generated-0001", words)


def test_a_word_that_names_no_book_ends_the_batch_before_it_begins(shelf: Path) -> None:
    run = batch(shelf, "books/*", "boks/*")
    assert run.status == 2
    assert [row["event"] for row in run.rows] == ["end"]
    assert [row["message"] for row in run.rows[0]["findings"]] == ["'boks/*' names no book"]


def test_an_address_without_a_scheduler_is_a_finding(shelf: Path) -> None:
    run = batch(shelf, "books/*", "--scheduler", "tcp://127.0.0.1:1")
    assert run.status == 6
    (found,) = run.rows[-1]["findings"]
    assert found["code"] == "E031"
    assert found["message"] == "no scheduler answers at tcp://127.0.0.1:1"


@pytest.mark.slow
def test_epubcheck_judges_all_books_and_keeps_what_it_said(
    tmp_path: Path, epubcheck_tool: str
) -> None:
    list(write_books(tmp_path, 2, size=1, outputs="epub"))
    runs = [batch(tmp_path, "book-*", "-j", "1", "--check") for _ in range(2)]
    for run in runs:
        assert run.status == 0
        assert [row["verdict"] for row in run.rows if row["event"] == "epub"] == ["passed"] * 2
    said = [[row["message"] for row in run.rows if row["event"] == "message"] for run in runs]
    assert said == [["EPUBCheck: 2 EPUBs, 0 judged before"], []]
