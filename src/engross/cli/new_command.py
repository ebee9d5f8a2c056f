"""`engross new`: asks little, takes flags, and never waits for an answer without a terminal."""

import datetime
import sys
from pathlib import Path
from typing import Annotated

import typer


def new(
    folder: Annotated[Path, typer.Argument(help="The book's folder; it must not exist yet.")],
    source: Annotated[
        Path | None,
        typer.Option("--from", help="A record (.txt), Markdown (.md), Word, TEI (.xml)."),
    ] = None,
    title: Annotated[str, typer.Option(help="The edition's title.")] = "",
    language: Annotated[str, typer.Option(help="Of the edition, BCP 47: en, de, ru.")] = "",
    document: Annotated[str, typer.Option(help="The id of the document.")] = "",
    json: Annotated[
        bool, typer.Option("--json", help="One JSON object on standard output.")
    ] = False,
    plain: Annotated[bool, typer.Option("--plain", help="No colour, nothing redrawn.")] = False,
) -> None:
    """Write a new book that builds at once, commented like a form."""
    from engross.cli.show import print_findings, print_json
    from engross.commands.new import NewRequest
    from engross.commands.new import new as command

    if not title and source is None and sys.stdin.isatty() and not (json or plain):
        title = typer.prompt("Title of the edition", default=folder.name, err=True)
    today = datetime.datetime.now(datetime.UTC).date().isoformat()
    outcome = command(NewRequest(folder, source, title, language, document, today))
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
        sys.stderr.write(f"a new book in {folder}; now: engross build {folder}\n")
    else:
        sys.stderr.write("nothing was written\n")
    raise typer.Exit(outcome.exit_status)
