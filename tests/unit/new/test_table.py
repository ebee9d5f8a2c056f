"""Many books at once: a table of records, a field in many manifests."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from engross.cli.app import app

TABLE = """\
file,title,id,language,rights.status,document.source.repository
a.txt,The Dredger's Log,dredger,en,cleared,Muster Archive
b.txt,On Ice,,en,pending,Example Archive
"""


def ran(*words: str) -> tuple[int, str, str]:
    result = CliRunner().invoke(app, list(words))
    return result.exit_code, result.stdout, result.stderr


@pytest.fixture
def records(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for name in ("a", "b"):
        (tmp_path / f"{name}.txt").write_text("A first line.\n\nA second one.\n")
    (tmp_path / "meta.csv").write_text(TABLE)
    return tmp_path


def test_a_row_of_a_table_is_a_book_with_its_fields(records: Path) -> None:
    status, out, err = ran("new", "books", "--table", "meta.csv", "--plain")
    assert (status, out) == (0, "2 books written; now: engross batch books/*\n"), err
    manifest = (records / "books/dredger/manifest.yaml").read_text()
    assert "The Dredger's Log" in manifest
    assert "  status: cleared" in manifest
    assert "#" in manifest, "comments are kept"
    record = (records / "books/on-ice/documents/document/document.yaml").read_text()
    assert 'repository: "Example Archive"' in record
    assert ran("check", "books/dredger", "--plain")[0] == 0


def test_a_dry_run_shows_the_first_books_and_writes_nothing(records: Path) -> None:
    status, out, _ = ran("new", "books", "--table", "meta.csv", "--dry-run")
    assert status == 0
    assert out.splitlines()[0].startswith("books/dredger (file: a.txt, title: The Dredger's Log,")
    assert out.splitlines()[-1] == "2 books would be written"
    assert not (records / "books").exists()


def test_every_fault_of_a_table_is_told_with_row_and_column(records: Path) -> None:
    wrong = TABLE.replace("cleared", "cleard").replace("b.txt", "c.txt")
    (records / "meta.csv").write_text(wrong)
    status, _, err = ran("new", "books", "--table", "meta.csv", "--plain")
    assert status == 5
    assert "meta.csv:2:5: error M" in err
    assert "meta.csv:3:1: error F001" in err
    assert not (records / "books").exists()


def test_a_field_is_set_in_many_manifests_or_in_none(records: Path) -> None:
    ran("new", "books", "--table", "meta.csv")
    manifests = [records / f"books/{name}/manifest.yaml" for name in ("dredger", "on-ice")]
    before = [one.read_text() for one in manifests]
    books = ["books/dredger", "books/on-ice"]
    assert ran("set", *books, "rights.status=cleared", "series=Papers")[:2] == (
        0,
        "changed: books/dredger/manifest.yaml\nchanged: books/on-ice/manifest.yaml\n"
        "2 of 2 manifests changed\n",
    )
    after = [one.read_text() for one in manifests]
    assert all("status: cleared" in text and "series: Papers" in text for text in after)
    comments = [[row for row in text.splitlines() if "#" in row] for text in (*before, *after)]
    assert comments[:2] == comments[2:]
    status, _, err = ran("set", *books, "rights.status=free", "--plain")
    assert status == 3
    assert err.count("error M") == 2
    assert [one.read_text() for one in manifests] == after
