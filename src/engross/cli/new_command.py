"""`engross new`: asks little, takes flags, and never waits for an answer without a terminal."""

import datetime
import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer


class Changes(StrEnum):
    """What becomes of the tracked changes of a word processor's file."""

    ACCEPT = "accept"
    REJECT = "reject"


def new(
    folder: Annotated[Path, typer.Argument(help="A new folder, or a book to add a document to.")],
    source: Annotated[
        Path | None,
        typer.Option(
            "--from", help="A record or text (.txt), Markdown, Word, ODT, RTF, HTML, TEI."
        ),
    ] = None,
    title: Annotated[str, typer.Option(help="The edition's title.")] = "",
    language: Annotated[str, typer.Option(help="Of the edition, BCP 47: en, de, ru.")] = "",
    document: Annotated[str, typer.Option(help="The id of the document.")] = "",
    changes: Annotated[
        Changes, typer.Option(help="What becomes of tracked changes: accept or reject.")
    ] = Changes.ACCEPT,
    table: Annotated[
        Path | None,
        typer.Option(help="CSV, TSV or XLSX: a row is a book, a column file, title or a field."),
    ] = None,
    dry: Annotated[
        bool, typer.Option("--dry-run", help="With --table: show the first books, write nothing.")
    ] = False,
    json: Annotated[
        bool, typer.Option("--json", help="One JSON object on standard output.")
    ] = False,
    plain: Annotated[bool, typer.Option("--plain", help="No colour, nothing redrawn.")] = False,
) -> None:
    """
    Write a new book that builds at once, commented like a form.

    In a book that exists, write the document that --document names.
    """
    from engross.cli.show import print_findings, print_json
    from engross.commands.new import NewRequest
    from engross.commands.new import new as command
    from engross.commands.new_document import is_book

    if table is not None:
        from engross.cli.ledger_commands import end
        from engross.commands.table import new_from_table

        today = datetime.datetime.now(datetime.UTC).date().isoformat()
        asked = NewRequest(
            folder, None, title, language, document, today, changes is Changes.ACCEPT
        )
        end(new_from_table(folder, table, asked, dry=dry), json=json, plain=plain)
    there = is_book(folder)
    asks = sys.stdin.isatty() and not (there or json or plain)
    if not title and source is None and asks:
        title = typer.prompt("Title of the edition", default=folder.name, err=True)
    today = datetime.datetime.now(datetime.UTC).date().isoformat()
    accept = changes is Changes.ACCEPT
    outcome = command(NewRequest(folder, source, title, language, document, today, accept))
    if json:
        print_json(outcome.as_json())
        raise typer.Exit(outcome.exit_status)
    print_findings(outcome.findings, outcome.book, plain=plain)
    if outcome.ok:
        for path in outcome.extra["created"]:
            if "/.schema/" not in path:
                sys.stderr.write(f"{path}\n")
        for words in outcome.extra["unplaced"]:
            sys.stderr.write(f"not placed: {words}\n")
        for path in outcome.extra["changed"]:
            sys.stderr.write(f"changed: {path}\n")
        made = f"document {document} is in" if there else "a new book in"
        sys.stderr.write(f"{made} {folder}; now: engross build {folder}\n")
    else:
        sys.stderr.write("nothing was written\n")
    raise typer.Exit(outcome.exit_status)
