"""A table of records as a spreadsheet or a database writes it: rows of texts."""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime

from engross import catalog
from engross.catalog.install import python
from engross.model.finding import Place
from engross.model.source import SourceFile
from engross.read.text import decode

WORKBOOKS = (".xlsx", ".xls", ".ods")
TEXTS = (".csv", ".tsv", ".txt")
SEPARATORS = ",;\t"
"""What parts cells in a text: the one of them that the first line has most of."""


@dataclass(frozen=True, slots=True)
class Row:
    """A row that is not empty."""

    line: int
    """From 1: where it begins in the file; of a workbook, its number."""
    cells: tuple[str, ...]
    """Without space around them."""


def read_table(file: SourceFile) -> tuple[Row, ...]:
    """
    The rows of a table, the first being its heads.

    Raises:
        EngrossError: it is no table (C021, F030), no text (F009 to F012), or what reads workbooks
            is not installed (E042).
    """
    suffix = f".{file.path.rpartition('.')[2].lower()}"
    if suffix not in (*WORKBOOKS, *TEXTS):
        fix = "save the table as CSV, TSV or XLSX"
        message = f"unsupported file type: {file.path}"
        raise catalog.stop([catalog.finding("C021", Place(), message, fix)])
    rows = _sheet(file) if suffix in WORKBOOKS else _lines(file)
    stripped = [Row(row.line, tuple(cell.strip() for cell in row.cells)) for row in rows]
    return tuple(row for row in stripped if any(row.cells))


def _lines(file: SourceFile) -> Iterator[Row]:
    text = _text(file)
    first = "".join(text.partition("\n")[0].split('"')[::2])
    reader = csv.reader(io.StringIO(text), delimiter=max(SEPARATORS, key=first.count), strict=True)
    before = 0
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            message = f"the row cannot be read: {error}"
            fix = "close the quotation mark; one within a cell is written twice"
            place = Place(file.path, before + 1)
            raise catalog.stop([catalog.finding("F030", place, message, fix)]) from None
        yield Row(before + 1, tuple(cells))
        before = reader.line_num


def _text(file: SourceFile) -> str:
    """The words of the table, which is no evidence: UTF-16 with its mark is as good as UTF-8."""
    if file.content.startswith((b"\xff\xfe", b"\xfe\xff")):
        with_mark = file.content.decode("utf-16", "replace")
        file = SourceFile.of(file.path, with_mark.encode())
    text, faults = decode(file)
    if text is None:
        fix = "save the table as XLSX or as 'CSV UTF-8', or {}"
        raise catalog.stop([replace(one, fix=fix.format(one.fix)) for one in faults])
    return text


def _sheet(file: SourceFile) -> Iterator[Row]:
    """The first sheet of a workbook."""
    try:
        from python_calamine import CalamineWorkbook
    except ImportError:
        fix = f"install it: {python('engross[tables]')}"
        needed = f"to read {file.path}, python-calamine is needed"
        raise catalog.stop([catalog.finding("E042", Place(), needed, fix)]) from None
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(file.content)).get_sheet_by_index(0)
    for number, cells in enumerate(sheet.to_python(skip_empty_area=False), 1):
        yield Row(number, tuple(_word(cell) for cell in cells))


def _word(cell: object) -> str:
    """A cell as an editor would type it: whole numbers without decimals, days as ISO has them."""
    match cell:
        case bool():
            return str(cell).lower()
        case float() if cell.is_integer():
            return str(int(cell))
        case datetime() if not (cell.hour or cell.minute or cell.second):
            return cell.date().isoformat()
        case date():
            return cell.isoformat()
    return str(cell)
