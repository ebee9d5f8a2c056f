"""`engross new`: asks little, takes flags, and never waits for an answer without a terminal."""

import sys
from dataclasses import replace
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from engross.cli.options import JsonOption, PlainOption, asks
from engross.commands.request import NewRequest


class Changes(StrEnum):
    """What becomes of the tracked changes of a word processor's file."""

    ACCEPT = "accept"
    REJECT = "reject"


@asks(NewRequest)
def new(
    request: NewRequest,
    changes: Annotated[
        Changes, typer.Option(help="What to do with tracked changes: accept or reject.")
    ] = Changes.ACCEPT,
    table: Annotated[
        Path | None,
        typer.Option(help="CSV, TSV or XLSX: a row is a book, a column file, title or a field."),
    ] = None,
    columns: Annotated[
        list[str] | None,
        typer.Option("--map", help="With --table: 'COLUMN=FIELD'; 'COLUMN=' leaves it out."),
    ] = None,
    dry: Annotated[
        bool,
        typer.Option("--dry-run", help="With --table: show some books, write nothing."),
    ] = False,
    json: JsonOption = False,
    plain: PlainOption = False,
) -> None:
    """
    Write a new book that builds at once, commented like a form.

    In a book that exists, write the document that --document names.
    """
    from engross.cli.ledger_commands import end, today
    from engross.cli.show import print_findings, print_json
    from engross.commands.new import new as command
    from engross.commands.new_document import is_book

    folder, document = request.folder, request.document
    request = replace(request, date=today(), accept=changes is Changes.ACCEPT)
    if table is not None:
        from engross.commands.table import TableRequest, new_from_table

        fields = {name: meant for name, _, meant in (one.partition("=") for one in columns or ())}
        asked = TableRequest(table, fields, dry)
        end(new_from_table(folder, asked, request), json=json, plain=plain)
    there = is_book(folder)
    given = there or json or plain or request.sample or request.title or request.source
    if sys.stdin.isatty() and not given:
        title = typer.prompt("Title of the edition", default=folder.name, err=True)
        request = replace(request, title=title)
    outcome = command(request)
    if json:
        print_json(outcome.as_json())
        raise typer.Exit(outcome.exit_status)
    print_findings(outcome.findings, outcome.book, plain=plain)
    lines = ["nothing was written"]
    if outcome.ok:
        lines = [path for path in outcome.extra["created"] if "/.schema/" not in path]
        lines += [f"not placed: {words}" for words in outcome.extra["unplaced"]]
        lines += [f"changed: {path}" for path in outcome.extra["changed"]]
        made = f"document {document} is in" if there else "a new book in"
        lines.append(f"{made} {folder}; now: engross build {folder}")
    sys.stderr.write("".join(f"{line}\n" for line in lines))
    raise typer.Exit(outcome.exit_status)
