"""`engross batch`: its arguments; what it shows is in `batch_show`."""

from pathlib import Path
from typing import Annotated

import typer


def batch(
    books: Annotated[list[str], typer.Argument(help="Folders, patterns, or files that list them.")],
    scheduler: Annotated[
        str, typer.Option(help="A running Dask scheduler, tcp://…; without it local workers.")
    ] = "",
    to: Annotated[str, typer.Option(help="Kinds of outputs, with commas.")] = "",
    out: Annotated[Path | None, typer.Option(help="One dist for all editions.")] = None,
    jobs: Annotated[int, typer.Option("-j", "--jobs", min=0, help="Workers; 0: one a core.")] = 0,
    report: Annotated[Path | None, typer.Option(help="Write an HTML report there.")] = None,
    catalogue: Annotated[
        Path | None, typer.Option(help="Write a catalogue of what was built into this folder.")
    ] = None,
    check: Annotated[
        bool, typer.Option("--check", help="Let EPUBCheck judge all EPUBs at the end.")
    ] = False,
    no_cache: Annotated[bool, typer.Option("--no-cache", help="Build everything anew.")] = False,
    json: Annotated[bool, typer.Option("--json", help="One JSON object a line.")] = False,
    plain: Annotated[bool, typer.Option("--plain", help="Plain lines, nothing redrawn.")] = False,
) -> None:
    """Build many books: each its own edition, resumable, with one report."""
    from engross.batch.command import BatchRequest
    from engross.batch.command import batch as command
    from engross.cli.batch_show import show
    from engross.cli.edge import TerminatedError

    request = BatchRequest(
        books=tuple(books),
        kinds=tuple(kind.strip() for kind in to.split(",") if kind.strip()),
        out=out,
        scheduler=scheduler,
        jobs=jobs,
        report=report,
        catalogue=catalogue,
        cache=not no_cache,
        check=check,
    )
    shown = show(json=json, plain=plain)
    try:
        with shown.live():
            outcome = command(request, shown.hear, shown.say)
    except (KeyboardInterrupt, TerminatedError) as ending:
        ending.add_note("what was finished is in dist, run again for the rest")
        raise
    shown.end(outcome)
    raise typer.Exit(outcome.exit_status)
