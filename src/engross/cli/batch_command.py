"""`engross batch`: its arguments; what it shows is in `batch_show`."""

from dataclasses import replace
from typing import Annotated

import typer

from engross.cli.options import asks, comma_list
from engross.commands.request import BatchRequest


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
