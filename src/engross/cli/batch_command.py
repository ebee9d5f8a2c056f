"""`engross batch`: a line a book for machines, a redrawn line or plain lines for people."""

import json as json_module
import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from engross.batch.command import Tally
    from engross.batch.work import Account


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
    no_cache: Annotated[bool, typer.Option("--no-cache", help="Build everything anew.")] = False,
    json: Annotated[bool, typer.Option("--json", help="One JSON object a line.")] = False,
    plain: Annotated[bool, typer.Option("--plain", help="One line a book, no colour.")] = False,
) -> None:
    """Build many books: each its own edition, resumable, with one report."""
    from engross.batch.command import BatchRequest
    from engross.batch.command import batch as command
    from engross.cli.show import print_findings

    terminal = sys.stderr.isatty() and not plain

    def hear(account: "Account", tally: "Tally") -> None:
        if json:
            row = {"event": "book", **asdict(account)}
            sys.stdout.write(json_module.dumps(row, ensure_ascii=False) + "\n")
            sys.stdout.flush()
            return
        if not account.whole:
            clear = "\r\x1b[K" if terminal else ""
            sys.stderr.write(f"{clear}{account.folder}: {account.state}\n")
            sys.stderr.writelines(f"    {words}\n" for words in account.findings)
        line = (
            f"{tally.finished}/{tally.total}: {tally.done} done, {tally.reused} reused, "
            f"{tally.failed} failed; {tally.rate:.0f} a minute, {tally.left:.0f} s left"
        )
        if terminal:
            sys.stderr.write(f"\r\x1b[K{line}")
            sys.stderr.flush()
        elif tally.finished == tally.total or tally.finished % 25 == 0:
            sys.stderr.write(f"{line}\n")

    def say(words: str) -> None:
        if json:
            sys.stdout.write(json_module.dumps({"event": "cluster", "message": words}) + "\n")
        else:
            sys.stderr.write(f"{words}\n")

    request = BatchRequest(
        books=tuple(books),
        kinds=tuple(kind.strip() for kind in to.split(",") if kind.strip()),
        out=out,
        scheduler=scheduler,
        jobs=jobs,
        report=report,
        catalogue=catalogue,
        cache=not no_cache,
    )
    outcome = command(request, hear, say)
    if json:
        row = {"event": "end", "ok": outcome.exit_status == 0, "summary": outcome.words}
        sys.stdout.write(json_module.dumps(row) + "\n")
    else:
        if terminal:
            sys.stderr.write("\n")
        print_findings(outcome.findings, "", plain=plain)
        sys.stderr.write(f"{outcome.words}; every whole edition is in its dist\n")
    raise typer.Exit(outcome.exit_status)
