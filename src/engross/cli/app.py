"""The commands as typer sees them: arguments, help with examples, and nothing else."""

import contextlib
import secrets
import sys
from dataclasses import replace
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from engross import __version__
from engross.catalog.nearest import nearest
from engross.cli import freeze_command, ledger_commands
from engross.cli.options import (
    BookArgument,
    JsonOption,
    PlainOption,
    StrictOption,
    asks,
    comma_list,
)
from engross.commands.request import BatchRequest, BuildRequest, NewRequest


class Changes(StrEnum):
    """What becomes of the tracked changes of a word processor's file."""

    ACCEPT = "accept"
    REJECT = "reject"


PORT = 8731


class Group(TyperGroup):
    """Knows other tools' words for our commands, and asks `did you mean` for the rest."""

    ALIASES = {"render": "build", "serve": "preview", "init": "new"}  # noqa: RUF012 - read only

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """A command by its name or alias."""
        return super().get_command(ctx, self.ALIASES.get(cmd_name, cmd_name))

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """Like typer's, with a suggestion for a name that does not exist."""
        name = args[0] if args else ""
        if self.get_command(ctx, name) is None:
            close = nearest(name, [*self.commands, *self.ALIASES], 50)
            hint = f" Did you mean '{close}'?" if close else ""
            ctx.fail(f"There is no command '{name}'.{hint}")
        return super().resolve_command(ctx, args)


app = typer.Typer(
    cls=Group,
    help="Make editions of archival documents, and prove them against the evidence.",
    epilog="check judges your files, verify checks published editions, doctor checks this machine.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _version(value: bool) -> None:
    if value:
        typer.echo(f"engross {__version__}")
        raise typer.Exit


@app.callback()
def main(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """Make editions of archival documents, and prove them against the evidence."""


@app.command(
    epilog="Examples: engross new edition · engross new edition --from record.txt --title 'A Call' "
    "· engross new edition --document reply --from reply.txt"
)
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


@app.command(
    epilog="Examples: engross check · engross check editions/yamada --json · engross check --strict"
)
def check(
    book: BookArgument = None,
    strict: StrictOption = False,
    json: JsonOption = False,
    plain: PlainOption = False,
) -> None:
    """Read, parse and assemble a book: all findings, no typesetting."""
    from engross.cli.run import finish, listener
    from engross.commands.check import check as command

    finish(command(book, strict=strict, listen=listener(json, plain)), json=json, plain=plain)


@app.command(
    epilog="Examples: engross build · engross build --to epub,print -j 2 · "
    "engross build --report report.html --open"
)
@asks(BuildRequest)
def build(
    request: BuildRequest,
    to: Annotated[
        str,
        typer.Option(help="By commas: epub, print, screen, cover, web, metadata."),
    ] = "",
    no_cache: Annotated[bool, typer.Option("--no-cache", help="Typeset everything again.")] = False,
    open_: Annotated[bool, typer.Option("--open", help="Open the result.")] = False,
    report: Annotated[Path | None, typer.Option(help="Write an HTML report to this file.")] = None,
    json: JsonOption = False,
    plain: PlainOption = False,
) -> None:
    """Make the edition and publish it into dist/, whole or not at all."""
    from engross.cli.run import finish, listener, open_outputs, write_report
    from engross.commands.build import build as command

    request = replace(request, kinds=comma_list(to), cache=not no_cache)
    outcome = command(request, listener(json, plain))
    if report:
        write_report(outcome, report)
    if open_ and outcome.ok:
        open_outputs(outcome)
    finish(outcome, json=json, plain=plain)


@app.command(
    epilog="Examples: engross verify · engross verify dist/my-edition/current · "
    "engross verify copy.epub --against dist/my-edition/1.0"
)
def verify(
    targets: Annotated[
        list[Path] | None, typer.Argument(help="A book, a published folder, or files.")
    ] = None,
    against: Annotated[
        Path | None, typer.Option(help="The published folder that a lone file belongs to.")
    ] = None,
    json: JsonOption = False,
    plain: PlainOption = False,
) -> None:
    """Prove what is published: received text + verified corrections = what every output says."""
    from engross.cli.run import finish
    from engross.commands.verify import verify as command

    finish(command(tuple(targets or ()), against), json=json, plain=plain)


@app.command(
    epilog="Examples: engross explain N001 · engross explain missing glyph · "
    "engross explain sections · engross explain"
)
def explain(
    words: Annotated[
        list[str] | None,
        typer.Argument(help="A code such as N001, words, or sections; nothing: all codes."),
    ] = None,
    json: JsonOption = False,
) -> None:
    """Say what a finding's code means, or find it by words; list the sections of a book."""
    from engross.cli.explain import explain as command

    raise typer.Exit(command(" ".join(words or ()), json=json))


@app.command(epilog="Examples: engross clean · engross clean editions/yamada --out out")
def clean(
    book: BookArgument = None,
    out: Annotated[Path | None, typer.Option(help="A folder other than dist/.")] = None,
    json: JsonOption = False,
    plain: PlainOption = False,
) -> None:
    """Remove the cache and what no link in dist/ leads to; published editions stay."""
    from engross.cli.run import finish
    from engross.commands.clean import clean as command

    finish(command(book, out), json=json, plain=plain)


@app.command(epilog="Examples: engross doctor · engross doctor --install verapdf")
def doctor(
    install: Annotated[
        str, typer.Option(help="Fetch a checker first: verapdf, ace or axe.", metavar="WHAT")
    ] = "",
    json: JsonOption = False,
    plain: PlainOption = False,
) -> None:
    """Check this machine: what is installed, what is missing, and how to install it."""
    from engross.cli.doctor import doctor as command

    raise typer.Exit(command(install, json=json, plain=plain))


for more in (ledger_commands, freeze_command):
    app.registered_commands += more.commands.registered_commands


@app.command(
    epilog="Examples: engross batch editions/* · engross batch list.txt -j 4 --report batch.html · "
    "engross batch editions/* --scheduler tcp://host:8786"
)
@asks(BatchRequest)
def batch(
    request: BatchRequest,
    books: Annotated[list[str], typer.Argument(help="Folders, patterns, or files that list them.")],
    to: Annotated[str, typer.Option(help="Kinds of outputs, separated by commas.")] = "",
    no_cache: Annotated[bool, typer.Option("--no-cache", help="Build everything again.")] = False,
    json: Annotated[bool, typer.Option("--json", help="One JSON object a line.")] = False,
    plain: Annotated[bool, typer.Option("--plain", help="Plain lines, nothing redrawn.")] = False,
) -> None:
    """Build many books: each its own edition, resumable, with one report."""
    from engross.batch.command import batch as command
    from engross.cli.batch_show import show
    from engross.cli.edge import TerminatedError

    kinds = comma_list(to)
    request = replace(request, books=tuple(books), kinds=kinds, cache=not no_cache)
    shown = show(json=json, plain=plain)
    try:
        with shown.live():
            outcome = command(request, shown.hear, shown.say)
    except (KeyboardInterrupt, TerminatedError) as ending:
        ending.add_note("what was finished is in dist, run again for the rest")
        raise
    shown.end(outcome)
    raise typer.Exit(outcome.exit_status)


@app.command(epilog="Examples: engross preview · engross preview book --port 8732 --open")
def preview(
    book: BookArgument = None,
    port: Annotated[int, typer.Option("--port", min=1, max=65535, help="The port.")] = PORT,
    open_: Annotated[bool, typer.Option("--open", help="Open it in the browser.")] = False,
    json: JsonOption = False,
) -> None:
    """Show the edition on a local page that follows each save, with all findings."""
    from engross.commands.book import find_book
    from engross.commands.doctor import ready

    folder = find_book(book).folder
    ready(port)
    from engross.preview.server import HOST, serve, told_to_open

    secret = secrets.token_urlsafe(16)
    address = f"http://{HOST}:{port}/{secret}/"
    if json:
        from engross.cli.show import print_json
        from engross.commands.outcome import Outcome

        print_json(Outcome(book=str(folder), extra={"address": address}).as_json())
        sys.stdout.flush()
    with told_to_open(address) if open_ else contextlib.nullcontext():
        serve(folder, port, secret, lambda words: sys.stderr.write(f"{words}\n"))
