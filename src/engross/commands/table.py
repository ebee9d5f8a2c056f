"""`engross new --table`: a row of a table is a book; all of them are written, or none."""

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from engross.catalog import finding, stop
from engross.catalog.install import python
from engross.commands.book import FoundBook
from engross.commands.ending import ended
from engross.commands.fields import judged
from engross.commands.new import drafted, refuse, write_book
from engross.commands.outcome import Outcome
from engross.commands.request import NewRequest
from engross.disk import fs
from engross.disk.refused import written
from engross.model.address import slug_of
from engross.model.finding import EngrossError, Finding, Place
from engross.new.write import Asked, book_files
from engross.read import decode, open_file
from engross.schema.base import Model
from engross.schema.document import DocumentRecord
from engross.schema.manifest import Manifest

OWN = ("id", "file", "title", "language")
"""Columns that are no fields: the book's folder, its text, and what `new` asks for."""
INNER = "document."
"""What the name of a column begins with that is a field of `document.yaml`."""
DOCUMENT = "document"
FIRST = 3
"""Books that a dry run shows."""


@dataclass(frozen=True, slots=True)
class _Row:
    """A row of the table that is a book."""

    place: Place
    cells: Mapping[str, str]

    def at(self, message: str) -> Place:
        """The place of the cell that a message speaks of, else of the row."""
        for column, name in enumerate(self.cells, 1):
            if f"'{name.removeprefix(INNER)}'" in message:
                return replace(self.place, column=column)
        return self.place


def new_from_table(folder: Path, table: Path, request: NewRequest, *, dry: bool) -> Outcome:
    """
    Write a book for each row of a table.

    Args:
        folder: a new one, to hold the books.
        table: CSV, TSV or XLSX; its first row names the columns: `file` (a text, relative to the
            table), `title`, `language`, `id`, fields of the manifest (`rights.status`) and of the
            document (`document.source.fond`).
        request: what rows without a value of their own get.
        dry: whether the first books are told, and nothing is written.
    """
    return ended(
        FoundBook(folder, "", folder / "dist"), lambda _: _new(folder, table, request, dry=dry)
    )


def _new(folder: Path, table: Path, request: NewRequest, *, dry: bool) -> Outcome:
    refuse(folder)
    books: dict[str, dict[str, bytes]] = {}
    findings: list[Finding] = []
    lines: list[str] = []
    for row in _rows(table):
        try:
            slug, files, faults = _book(row, table.parent, request)
        except EngrossError as error:
            findings += [replace(one, place=row.at("'file'")) for one in error.findings]
            continue
        if slug in books:
            message = f"the book '{slug}' is in the table twice"
            fix = "give each row an id or a title of its own"
            faults.append(finding("C020", row.place, message, fix))
        books[slug] = files
        findings += [replace(one, place=row.at(one.message)) for one in faults]
        said = ", ".join(f"{name}: {cell}" for name, cell in row.cells.items() if cell)
        lines.append(f"{folder}/{slug} ({said})")
    if any(found.is_error for found in findings):
        raise stop(findings)
    if not dry:
        with written(str(folder)):
            _write(folder, books)
    rest = len(lines) - FIRST
    shown = [*lines[:FIRST], *([f"and {rest} more"] if rest > 0 else [])] if dry else []
    done = "would be written" if dry else f"written; now: engross batch {folder}/*"
    lines = [*shown, f"{len(books)} books {done}"]
    return Outcome(findings=tuple(findings), extra={"lines": lines, "books": sorted(books)})


def _write(folder: Path, books: Mapping[str, Mapping[str, bytes]]) -> None:
    """All books, or none."""
    try:
        for slug, files in books.items():
            write_book(folder / slug, files)
    except BaseException:
        fs.remove_tree(folder)
        raise


def _book(
    row: _Row, beside: Path, request: NewRequest
) -> tuple[str, dict[str, bytes], list[Finding]]:
    """A row's folder, the files of its book, and what is wrong with them."""
    cells = row.cells
    name = cells.get("file", "")
    source = beside / name if name else None
    title = cells.get("title") or request.title
    asked = replace(request, source=source, title=title)
    draft, found = drafted(asked)
    title = title or (draft.title if draft else "") or cells.get("id", "")
    slug = cells.get("id") or slug_of(title)
    language = cells.get("language") or request.language or "en"
    files = book_files(Asked(slug, title, language, request.date, DOCUMENT), draft)
    faults = [one for one in found if one.is_error]
    inner = {k.removeprefix(INNER): v for k, v in cells.items() if k.startswith(INNER) and v}
    outer = {k: v for k, v in cells.items() if v and k not in OWN and not k.startswith(INNER)}
    record = f"documents/{DOCUMENT}/document.yaml"
    parts: tuple[tuple[str, Mapping[str, str], type[Model]], ...] = (
        ("manifest.yaml", outer, Manifest),
        (record, inner, DocumentRecord),
    )
    for path, fields, model in parts:
        text, more = judged(files[path].decode(), path, fields, model)
        files[path] = text.encode()
        faults += more
    return slug, files, faults


def _rows(table: Path) -> Iterator[_Row]:
    """The rows under the heading, without empty ones; values without space around them."""
    rows = iter(_cells(table))
    heads = [cell.strip() for cell in next(rows, [])]
    for number, cells in enumerate(rows, 2):
        values = dict(zip(heads, (cell.strip() for cell in cells), strict=False))
        if any(values.values()):
            yield _Row(Place(table.name, number), values)


def _cells(table: Path) -> Sequence[Sequence[str]]:
    file = open_file(table)
    suffix = table.suffix.lower()
    if suffix == ".xlsx":
        try:
            from python_calamine import CalamineWorkbook
        except ImportError:
            fix = f"install it: {python('engross[tables]')}"
            needed = f"to read {table.name}, python-calamine is needed"
            raise stop([finding("E042", Place(), needed, fix)]) from None
        sheet = CalamineWorkbook.from_filelike(io.BytesIO(file.content)).get_sheet_by_index(0)
        return [[_word(cell) for cell in row] for row in sheet.to_python()]
    text, faults = decode(file)
    if text is None:
        raise stop(faults)
    return list(csv.reader(io.StringIO(text), delimiter="\t" if suffix == ".tsv" else ","))


def _word(cell: object) -> str:
    """A cell as it is written: a number without the decimals that a table gives it."""
    whole = isinstance(cell, float) and cell.is_integer()
    return str(int(cell) if whole and isinstance(cell, float) else cell)
