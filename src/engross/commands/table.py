"""`engross new --table`: a row of a table is a book; all of them are written, or none."""

import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from glob import glob
from pathlib import Path

from engross.catalog import finding, stop
from engross.catalog.nearest import nearest
from engross.commands.book import FoundBook
from engross.commands.ending import ended
from engross.commands.fields import judged
from engross.commands.new import drafted, refuse, write_book
from engross.commands.outcome import Outcome
from engross.commands.request import NewRequest
from engross.disk.refused import written
from engross.model.address import slug_of
from engross.model.finding import EngrossError, Finding, Place
from engross.new.write import Asked, book_files
from engross.parse.shape import has_field, keys_of
from engross.read import Limits, open_file
from engross.read.bounded import within
from engross.read.table import Row, read_table
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
class TableRequest:
    """A table, and how its columns and texts are found."""

    table: Path
    """CSV, TSV or a workbook; its first row names the columns."""
    fields: Mapping[str, str] = field(default_factory=dict)
    """The fields of columns that are called otherwise; "" for a column that is left out."""
    dry: bool = False
    """Whether the first books are told, and nothing is written."""


@dataclass(frozen=True, slots=True)
class _Record:
    """A row of the table that is a book."""

    place: Place
    cells: Mapping[str, str]
    """By field; `file`, `title`, `language` and `id` are no fields of a manifest."""
    columns: Mapping[str, int]
    """Where a field's cell stands, from 1."""

    def at(self, message: str) -> Place:
        """The place of the cell that a message speaks of, else of the row."""
        for name, column in self.columns.items():
            shown = "edition" if name == "id" else name.removeprefix(INNER)
            if f"'{shown}'" in message:
                return replace(self.place, column=column)
        return self.place


def new_from_table(folder: Path, asked: TableRequest, request: NewRequest) -> Outcome:
    """
    Write a book for each row of a table.

    The columns are `file` (a text, relative to the table), `title`, `language`, `id`, fields of
    the manifest (`rights.status`, `people.1.name`) and of the document (`document.source.fond`).

    Args:
        folder: a new one, to hold the books.
        asked: the table.
        request: what rows without a value of their own get; its `source` is a pattern that finds
            the texts instead, by the name that `file`, else `id`, has.
    """
    book = FoundBook(folder, "", folder / "dist")
    return ended(book, lambda _: _new(folder, asked, request))


def _new(folder: Path, asked: TableRequest, request: NewRequest) -> Outcome:
    refuse(folder)
    books: set[str] = set()
    files: dict[str, bytes] = {}
    findings: list[Finding] = []
    lines: list[str] = []
    texts = _texts(request.source)
    records = tuple(_records(asked))
    if texts is not None:
        findings += _unnamed(asked.table, str(request.source), texts, records)
    for row in records:
        try:
            slug, made, faults = _book(row, asked.table.parent, texts, request)
        except EngrossError as error:
            findings += [replace(one, place=row.at("'file'")) for one in error.findings]
            continue
        if slug in books:
            message = f"the book '{slug}' is in the table twice"
            fix = "give each row an id or a title of its own"
            faults.append(finding("C020", row.place, message, fix))
        books.add(slug)
        files |= {f"{slug}/{path}": content for path, content in made.items()}
        findings += [replace(one, place=row.at(one.message)) for one in faults]
        said = ", ".join(f"{name}: {cell}" for name, cell in row.cells.items() if cell)
        lines.append(f"{folder}/{slug} ({said})")
    findings = list(dict.fromkeys(findings))
    if any(found.is_error for found in findings):
        raise stop(findings)
    if not asked.dry:
        with written(str(folder)):
            write_book(folder, files)
    rest = len(lines) - FIRST
    shown = [*lines[:FIRST], *([f"and {rest} more"] if rest > 0 else [])] if asked.dry else []
    done = "would be written" if asked.dry else f"written; now: engross batch {folder}/*"
    number = "1 book" if len(books) == 1 else f"{len(books)} books"
    lines = [*shown, f"{number} {done}"]
    return Outcome(findings=tuple(findings), extra={"lines": lines, "books": sorted(books)})


def _texts(pattern: Path | None) -> dict[str, Path] | None:
    """The files that a pattern finds, by their names with and without ending."""
    if pattern is None:
        return None
    found = [Path(name) for name in sorted(glob(str(pattern)))]  # noqa: PTH207 - absolute ones too
    return {name: path for path in found for name in (path.stem, path.name)}


def _unnamed(
    table: Path, pattern: str, texts: Mapping[str, Path], records: Sequence[_Record]
) -> Iterator[Finding]:
    """A finding for each text without a row."""
    named = {texts.get(row.cells.get("file") or row.cells.get("id", "")) for row in records}
    for path in sorted({*texts.values()} - named):
        message = f"no row is about {path}, which '{pattern}' finds"
        fix = "add a row whose file or id is the file's name, or narrow the pattern"
        yield finding("F030", Place(table.name), message, fix)


def _book(
    row: _Record, beside: Path, texts: Mapping[str, Path] | None, request: NewRequest
) -> tuple[str, dict[str, bytes], list[Finding]]:
    """A row's folder, the files of its book, and what is wrong with them."""
    cells = row.cells
    name = cells.get("file", "")
    source = beside / name if name else None
    if texts is not None:
        name = name or cells.get("id", "")
        source = texts.get(name, Path(str(request.source)).parent / name)
    title = cells.get("title") or request.title
    draft, found = drafted(replace(request, source=source, title=title))
    title = title or (draft.title if draft else "") or cells.get("id", "")
    slug = cells.get("id") or slug_of(title, source.stem if source else "")
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


def _records(asked: TableRequest) -> Iterator[_Record]:
    """
    The rows under the heads.

    Raises:
        EngrossError: with all that is wrong with heads and the number of cells (F030).
    """
    table, limits = asked.table, Limits.from_environment(os.environ)
    file = open_file(table)
    rows = within(table.name, limits, partial(read_table, file), len(file.content))
    if len(rows) < 2:
        message = "the table has no rows below its heads" if rows else "the table is empty"
        fix = "write the names of the columns into the first row, and a book into each row below"
        raise stop([finding("F030", Place(table.name, 1), message, fix)])
    heads = [asked.fields.get(one, one.lower().replace(" ", "_")) for one in rows[0].cells]
    if faults := [*_faults_of_heads(asked, rows[0], heads), *_odd_cells(table, rows)]:
        raise stop(faults)
    columns = {name: column for column, name in enumerate(heads, 1) if name}
    for row in rows[1:]:
        cells = [*row.cells, *[""] * (len(heads) - len(row.cells))]
        values = {name: cells[column - 1] for name, column in columns.items()}
        yield _Record(Place(table.name, row.line), values, columns)


def _faults_of_heads(asked: TableRequest, top: Row, heads: Sequence[str]) -> Iterator[Finding]:
    """Columns that are no field, or one field twice; columns of the map that are not there."""
    known = [*OWN, *keys_of(Manifest), *(INNER + name for name in keys_of(DocumentRecord))]
    for column, (head, name) in enumerate(zip(top.cells, heads, strict=True), 1):
        at = Place(asked.table.name, top.line, column)
        if name and name in heads[: column - 1]:
            message = f"two columns are the field '{name}'"
            fix = f"rename one, or leave a column out that has a name of its own: --map '{head}='"
            yield finding("F030", at, message, fix)
        elif name and not (
            name in OWN
            or (name.startswith(INNER) and has_field(DocumentRecord, name.removeprefix(INNER)))
            or has_field(Manifest, name)
        ):
            meant = nearest(name, known)
            message = f"the column '{head}' is no field" + (
                f"; did you mean {meant}?" if meant else ""
            )
            fix = f"say which one it is: --map '{head}=FIELD', or leave it out: --map '{head}='"
            yield finding("F030", at, message, fix)
    for head in sorted({*asked.fields} - {*top.cells}):
        message = f"--map names a column '{head}', which the table does not have"
        yield finding("F030", Place(asked.table.name, top.line), message)


def _odd_cells(table: Path, rows: Sequence[Row]) -> Iterator[Finding]:
    """Cells in columns that have no head."""
    named = {column for column, head in enumerate(rows[0].cells) if head}
    for row in rows[1:]:
        for column, cell in enumerate(row.cells):
            if cell and column not in named:
                message = f"the cell '{cell}' stands in a column without a name"
                fix = "name the column in the first row, or put quotation marks around a cell that "
                fix += "holds the sign between cells"
                yield finding("F030", Place(table.name, row.line, column + 1), message, fix)
