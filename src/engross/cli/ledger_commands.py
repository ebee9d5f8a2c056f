"""The commands of an edition's life: correct, release, diff."""

import datetime
import re
import sys
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from engross.cli.options import BookArgument, JsonOption, PlainOption, asks
from engross.commands.outcome import Outcome
from engross.commands.request import CorrectRequest, ReleaseRequest

commands = typer.Typer()


def today() -> str:
    """The day on which the command was typed: the one clock that engross reads, and only here."""
    return datetime.datetime.now(tz=datetime.UTC).astimezone().date().isoformat()


def asks_back(*, json: bool) -> bool:
    """Whether somebody sits there who can be asked."""
    return sys.stdin.isatty() and not json


def agreed(shown: Outcome, question: str) -> bool:
    """Whether what is shown is wanted; with nothing to show, all is as it should be or told."""
    if shown.exit_status or not shown.extra.get("lines"):
        return True
    sys.stdout.write("".join(f"{line}\n" for line in shown.extra["lines"]))
    return typer.confirm(question)


def end(outcome: Outcome, *, json: bool, plain: bool) -> NoReturn:
    """Print the command's own lines, then what every command ends with."""
    from engross.cli.run import finish

    if not json:
        for line in outcome.extra.get("lines", ()):
            sys.stdout.write(f"{line}\n")
        sys.stdout.flush()
    finish(outcome, json=json, plain=plain)


@commands.command(
    epilog='Examples: engross correct p13 "Premier Minister" "Prime Minister" '
    '--reason "a slip of the typist" · engross correct --list · engross correct C-0002 '
    "--status held · engross correct --adopt --yes"
)
@asks(CorrectRequest)
def correct(request: CorrectRequest, json: JsonOption = False, plain: PlainOption = False) -> None:
    """Enter a correction in the ledger: recorded once, applied exactly once."""
    from engross.commands.correct import correct as command
    from engross.commands.correct import opened

    request = replace(request, on=_checked(request.on, r"\d{4}-\d{2}-\d{2}", "--on") or today())
    done = partial(end, json=json, plain=plain)
    if request.list_:
        done(opened.listed(request))
    if request.split or request.joined:
        done(opened.rearrange(request))
    if request.word is not None:
        from engross.commands.correct.word import write_word

        done(write_word(request, request.word))
    if request.marked is not None:
        from engross.commands.correct.marked import take_marks

        done(take_marks(request, request.marked))
    if request.take_down:
        if request.take_down not in {"privacy", "rights"} or not (
            request.address and request.reason
        ):
            message = "takes privacy or rights, with ADDRESS and --reason"
            raise typer.BadParameter(message, param_hint="--take-down")
        from engross.commands.correct.takedown import take_down as taking

        done(taking(request, request.take_down, everywhere=request.all_))
    if request.adopt:
        from engross.commands.correct.adopt import adopt as adopting

        done(adopting(request, write_them=request.yes))
    if re.fullmatch(r"C-(\d{4,}|new-[0-9a-f]{8})", request.address):
        done(command.change_entry(request.address, _changes(request)))
    request = _whole(request, ask=asks_back(json=json))
    if request.all_:
        yes = request.yes
        if not yes and asks_back(json=json):
            yes = agreed(command.everywhere(request, write_them=False), "Enter them?")
        done(command.everywhere(request, write_them=yes))
    done(command.correct(request))


def _changes(request: CorrectRequest) -> CorrectRequest:
    """What is asked of an entry that exists; its words are not to be changed."""
    others = {name: getattr(request, name) for name in ("old", "new", "block", "prefix", "suffix")}
    if not request.given:
        raise typer.BadParameter("say what the entry gets", param_hint="--status")
    if kept := [name for name, value in others.items() if value]:
        hint = kept[0].upper() if kept[0] in ("old", "new") else f"--{kept[0]}"
        message = "an entry keeps its words: enter others with --supersedes"
        raise typer.BadParameter(message, param_hint=hint)
    return request


def _whole(request: CorrectRequest, *, ask: bool) -> CorrectRequest:
    """A remark that has all that an entry needs; the reason is asked for where it is missing."""
    if request.address and request.new is not None and not request.reason and ask:
        request = replace(request, reason=typer.prompt("Why, for the reader"))
    layout = request.kind in {"structure", "typography", "apparatus"}
    wordless = request.with_next or (layout and not request.old)
    lacking = {
        "ADDRESS": not request.address,
        "NEW": request.new is None and not wordless,
        "--reason": not request.reason,
    }
    for name, missing in lacking.items():
        if missing:
            raise typer.BadParameter("is missing", param_hint=name)
    return request


@commands.command(
    epilog="Examples: engross release · engross release --version 1.1 --date 2026-12-01 · "
    'engross release --accept V009:epubcheck --reason "EPUBCheck ran on another machine"'
)
@asks(ReleaseRequest)
def release(
    request: ReleaseRequest,
    accept: Annotated[
        list[str] | None,
        typer.Option(help="A code, or a code and a check (V009:verapdf), that does not stop it."),
    ] = None,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask for confirmation.")] = False,
    json: JsonOption = False,
    plain: PlainOption = False,
) -> None:
    """Freeze a version: numbers, pages, texts, digests, and a bag to make it again."""
    from engross.cli.run import listener
    from engross.commands.release.release import release as command

    _checked(request.version, r"[1-9]\d*\.\d+", "--version")
    date = _checked(request.date, r"\d{4}-\d{2}-\d{2}", "--date") or today()
    request = replace(request, date=date, today=today(), accept=tuple(accept or ()))
    if not yes and asks_back(json=json):
        from engross.commands.release.outbox import summary

        shown = summary(request)
        if not agreed(shown, "Release it?"):
            end(replace(shown, extra={}), json=json, plain=plain)
    end(command(request, listener(json, plain)), json=json, plain=plain)


@commands.command(
    epilog="Examples: engross rebase book --evidence new/received.txt · "
    "engross rebase volume --evidence volume.xml --document d12"
)
@asks(CorrectRequest, "reason", "class_", "by", "on")
def rebase(
    request: CorrectRequest,
    book: BookArgument = None,
    evidence: Annotated[Path, typer.Option(help="The received file in its new state.")] = ...,  # type: ignore[assignment]  # typer's sign of an option that must be given
    document: Annotated[str, typer.Option(help="The document that it is of.")] = "",
    json: JsonOption = False,
    plain: PlainOption = False,
) -> None:
    """
    Take over a new state of the evidence: a new scan's text, a new TEI file.

    Corrections are confirmed, kept, or held where the archive now reads otherwise; notes and other
    quotations move with their words. The old file stays in the book.
    """
    from engross.commands.rebase import rebase as command

    day = _checked(request.on, r"\d{4}-\d{2}-\d{2}", "--on") or today()
    request = replace(request, address=document, book=book, on=day)
    end(command(request, evidence), json=json, plain=plain)


def _checked(value: str, pattern: str, option: str) -> str:
    if value and not re.fullmatch(pattern, value):
        example = "1.1" if "version" in option else "2026-12-01"
        raise typer.BadParameter(f"'{value}' is not like {example}", param_hint=option)
    return value


@commands.command(
    epilog="Examples: engross diff 1.0 1.1 · engross diff 1.0 current --html changes.html · "
    "engross diff old.epub new.epub --json"
)
def diff(
    old: Annotated[str, typer.Argument(help="A release (1.0), a folder, an EPUB or a PDF.")],
    new: Annotated[str, typer.Argument(help="The same, or current, or draft.")],
    html: Annotated[
        Path | None, typer.Option(help="Write a report with pictures of the changed pages.")
    ] = None,
    book: Annotated[Path | None, typer.Option(help="The book's folder.")] = None,
    out: Annotated[Path | None, typer.Option(help="A folder other than dist/.")] = None,
    json: JsonOption = False,
    plain: PlainOption = False,
) -> None:
    """Say what differs: words, notes, numbers, pages to reprint, what to send again."""
    from engross.commands.diff.diff import diff as command

    end(command(old, new, book, out, html), json=json, plain=plain)
