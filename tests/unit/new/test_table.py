"""Many books at once: a table of records, a field in many manifests."""

import io
import zipfile
from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner

from engross.cli.app import app
from engross.model.source import SourceFile
from engross.parse.load import load
from engross.read.table import read_table
from engross.schema.manifest import Manifest

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


def test_a_list_is_set_whole_or_by_its_items(records: Path) -> None:
    ran("new", "books", "--table", "meta.csv")
    manifest = records / "books/dredger/manifest.yaml"
    fields = ["outputs=[epub, print]", "people.1.name=Ann Sample", "people.1.role=edt"]
    assert ran("set", "books/dredger", *fields)[0] == 0
    text = manifest.read_text()
    assert "Ann Sample" in text
    assert load(Manifest, SourceFile.of("m", text.encode())).value.outputs == ("epub", "print")
    status, _, err = ran("set", "books/dredger", "people.7.name=Bob", "--plain")
    assert status == 2
    assert "the list has 1 items, and '7' is not the next one" in err


@pytest.mark.parametrize(
    ("name", "encoding", "sign", "end"),
    [
        ("a.csv", "utf-8-sig", ";", "\r\n"),
        ("a.csv", "utf-16", "\t", "\n"),
        ("a.txt", "utf-8", "\t", "\n"),
        ("a.tsv", "utf-8", "\t", "\r"),
    ],
)
def test_a_table_is_read_as_spreadsheets_write_it(
    name: str, encoding: str, sign: str, end: str
) -> None:
    rows = [["File", "Title"], ["", ""], ["a.txt", '"Über; den\tFluß, 1"'], ["b.txt", "x"]]
    content = end.join(sign.join(row) for row in rows).encode(encoding)
    read = read_table(SourceFile.of(name, content))
    assert [row.line for row in read] == [1, 3, 4]
    assert [row.cells for row in read[1:]] == [("a.txt", "Über; den\tFluß, 1"), ("b.txt", "x")]


def test_a_workbook_gives_days_and_numbers_as_one_would_type_them(records: Path) -> None:
    heads = ["file", "title", "document.dates.event", "isbn.epub", "run_on", "people.1.name"]
    row = ["a.txt", "One", date(1961, 9, 14), 9783161484100, True, "Ann"]
    (records / "meta.xlsx").write_bytes(workbook([[*heads, "people.1.role"], [], [*row, "edt"]]))
    status, _, err = ran("new", "books", "--table", "meta.xlsx", "--plain")
    assert status == 0, err
    manifest = (records / "books/one/manifest.yaml").read_text()
    assert 'epub: "9783161484100"' in manifest
    record = (records / "books/one/documents/document/document.yaml").read_text()
    assert 'event: "1961-09-14"' in record


@pytest.mark.parametrize(
    ("table", "says"),
    [
        ("", "t.csv:1: error F030 the table is empty"),
        ("file,title\n,\n", "t.csv:1: error F030 the table has no rows below its heads"),
        (
            "file,title,Title\na.txt,A,B\n",
            "t.csv:1:3: error F030 two columns are the field 'title'",
        ),
        (
            "file,titel\na.txt,A\nb.txt,B\n",
            "t.csv:1:2: error F030 the column 'titel' is no field; d",
        ),
        ("file\na.txt\n\nb.txt,B\n", "t.csv:4:2: error F030 the cell 'B' stands in a column with"),
        ('file,title\na.txt,"A\n', "t.csv:2: error F030 the row cannot be read: unexpected end of"),
        ("file,title\na.txt,caf\udce9\n", "t.csv:2:10: error F009 byte 0xE9"),
    ],
)
def test_a_table_that_is_not_understood_is_told_once_with_its_cell(
    records: Path, table: str, says: str
) -> None:
    (records / "t.csv").write_bytes(table.encode("utf-8", "surrogateescape"))
    status, _, err = ran("new", "books", "--table", "t.csv", "--plain")
    assert status == 3
    assert says in err
    assert err.count("error") == 2, "one finding, and the count of them"


def test_columns_and_texts_are_found_by_a_map_and_a_pattern(records: Path) -> None:
    (records / "t.csv").write_text("Kennung;Titel;Bemerkung\na;Первое;-\nb;Zwei;-\n")
    words = ["new", "books", "--table", "t.csv", "--from", "*.txt", "--plain"]
    words += ["--map", "Titel=title", "--map", "Bemerkung="]
    status, _, err = ran(*words)
    assert status == 3
    assert "t.csv:1:1: error F030 the column 'Kennung' is no field" in err
    assert ran(*words, "--map", "Kennung=id")[0] == 0
    assert sorted(path.name for path in (records / "books").iterdir()) == ["a", "b"]
    (records / "c.txt").write_text("Nobody asks for this.\n")
    status, _, err = ran("new", "more", *words[2:], "--map", "Kennung=id")
    assert status == 3
    assert "t.csv: error F030 no row is about c.txt, which '*.txt' finds" in err


def workbook(rows: list[list[object]]) -> bytes:
    """A workbook with these cells in its first sheet."""
    main = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    related = "http://schemas.openxmlformats.org/package/2006/relationships"

    def cell(value: object) -> str:
        if isinstance(value, date):
            return f'<c s="1"><v>{(value - date(1899, 12, 30)).days}</v></c>'
        if isinstance(value, bool):
            return f'<c t="b"><v>{int(value)}</v></c>'
        if isinstance(value, int):
            return f"<c><v>{value}</v></c>"
        return f'<c t="inlineStr"><is><t>{value}</t></is></c>'

    def relations(*targets: tuple[str, str]) -> str:
        links = "".join(
            f'<Relationship Id="r{number}" Type="{office}/{kind}" Target="{target}"/>'
            for number, (kind, target) in enumerate(targets, 1)
        )
        return f'<Relationships xmlns="{related}">{links}</Relationships>'

    sheet = "".join(f"<row>{''.join(map(cell, row))}</row>" for row in rows)
    files = {
        "_rels/.rels": relations(("officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": f'<workbook {main} xmlns:r="{office}"><sheets>'
        '<sheet name="A" sheetId="1" r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": relations(
            ("worksheet", "worksheets/sheet1.xml"), ("styles", "styles.xml")
        ),
        "xl/styles.xml": f"<styleSheet {main}><cellXfs>"
        '<xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>',
        "xl/worksheets/sheet1.xml": f"<worksheet {main}><sheetData>{sheet}</sheetData></worksheet>",
    }
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return target.getvalue()
