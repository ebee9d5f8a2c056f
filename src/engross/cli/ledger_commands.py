"""The commands of an edition's life: correct, release, diff."""

import datetime
import re
import sys
from dataclasses import replace
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from engross.cli.options import BookArgument, JsonOption, PlainOption
from engross.commands.outcome import Outcome

commands = typer.Typer()


def today() -> str:
    """The day on which the command was typed: the one clock that engross reads, and only here."""
    return datetime.datetime.now(tz=datetime.UTC).astimezone().date().isoformat()


def asks(*, json: bool) -> bool:
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
def correct(
    address: Annotated[
        str,
        typer.Argument(help="yamada, yamada/note/kurile, manifest/title, p13; or C-0002."),
    ] = "",
    old: Annotated[str, typer.Argument(help="The words as received, to the letter.")] = "",
    new: Annotated[str | None, typer.Argument(help='The new words; "" deletes.')] = None,
    reason: Annotated[str, typer.Option(help="Why; printed for the reader.")] = "",
    kind: Annotated[
        str, typer.Option(help="transcription, translation, original, apparatus.")
    ] = "",
    class_: Annotated[
        str, typer.Option("--class", help="accidental, or substantive: readers want to know.")
    ] = "",
    status: Annotated[
        str, typer.Option(help="reported, verified, held, rejected, withdrawn.")
    ] = "",
    show: Annotated[str, typer.Option(help="corr, sic, sic-corr, note-only.")] = "",
    evidence: Annotated[str, typer.Option(help="What proves it: a leaf of the scan.")] = "",
    prefix: Annotated[str, typer.Option(help="Words directly before the old ones.")] = "",
    suffix: Annotated[str, typer.Option(help="Words directly after the old ones.")] = "",
    block: Annotated[str, typer.Option(help="The block: p-012.")] = "",
    with_next: Annotated[
        bool, typer.Option("--with-next", help="Make the block and the next one a paragraph.")
    ] = False,
    supersedes: Annotated[str, typer.Option(help="The entry that this one replaces.")] = "",
    by: Annotated[str, typer.Option(help="Who decided.")] = "the editors",
    reported_by: Annotated[str, typer.Option(help="Who saw it. Default: who decided.")] = "",
    on: Annotated[str, typer.Option(help="When: YYYY-MM-DD. Default: today.")] = "",
    book: Annotated[Path | None, typer.Option(help="The book's folder.")] = None,
    list_: Annotated[bool, typer.Option("--list", help="List the ledger.")] = False,
    marked: Annotated[
        Path | None,
        typer.Option("--from", help="A PDF with a reader's marks."),
    ] = None,
    split: Annotated[
        bool, typer.Option("--split", help="Put each entry into a file of its own.")
    ] = False,
    joined: Annotated[
        bool, typer.Option("--join", help="Put all entries into one file again.")
    ] = False,
    all_: Annotated[
        bool,
        typer.Option(
            "--all", help='Every place in ADDRESS and its notes; ADDRESS "*": everywhere.'
        ),
    ] = False,
    adopt: Annotated[
        bool, typer.Option("--adopt", help="Propose entries for texts edited after a release.")
    ] = False,
    yes: Annotated[bool, typer.Option("--yes", help="With --adopt, --all: write them.")] = False,
    json: JsonOption = False,
    plain: PlainOption = False,
) -> None:
    """Enter a correction in the ledger: recorded once, applied exactly once."""
    from engross.commands.correct import correct as command
    from engross.commands.correct import opened

    if list_:
        end(opened.listed(book), json=json, plain=plain)
    if split or joined:
        end(opened.rearrange(book, apart=split), json=json, plain=plain)
    request = opened.CorrectRequest(
        address=address,
        old=old,
        new=new,
        reason=reason,
        by=by,
        reported_by=reported_by,
        on=_checked(on, r"\d{4}-\d{2}-\d{2}", "--on") or today(),
        kind=kind,
        class_=class_,
        status=status,
        show=show,
        evidence=evidence,
        prefix=prefix,
        suffix=suffix,
        block=block,
        supersedes=supersedes,
        book=book,
        with_next=with_next,
    )
    if marked is not None:
        from engross.commands.correct.marked import take_marks

        end(take_marks(request, marked), json=json, plain=plain)
    if adopt:
        from engross.commands.correct.adopt import adopt as adopting

        end(adopting(request, write_them=yes), json=json, plain=plain)
    if re.fullmatch(r"C-(\d{4,}|new-[0-9a-f]{8})", address):
        given = (status, reason, class_, kind, show, evidence, supersedes)
        others = {"OLD": old, "NEW": new, "--block": block, "--prefix": prefix, "--suffix": suffix}
        if not any(given):
            raise typer.BadParameter("say what the entry gets", param_hint="--status")
        if kept := [name for name, value in others.items() if value]:
            message = "an entry keeps its words: enter others with --supersedes"
            raise typer.BadParameter(message, param_hint=kept[0])
        end(command.change_entry(address, request), json=json, plain=plain)
    if address and new is not None and not reason and asks(json=json):
        reason = typer.prompt("Why, for the reader")
        request = replace(request, reason=reason)
    wordless = kind in {"structure", "typography", "apparatus"} and not old and new is None
    recorded = with_next or wordless
    if not address or (new is None and not recorded) or not reason:
        missing = "ADDRESS" if not address else "NEW" if new is None else "--reason"
        raise typer.BadParameter("is missing", param_hint=missing)
    if all_:
        from engross.commands.correct.everywhere import everywhere

        if not yes and asks(json=json):
            yes = agreed(everywhere(request, write_them=False), "Enter them?")
        end(everywhere(request, write_them=yes), json=json, plain=plain)
    end(command.correct(request), json=json, plain=plain)


@commands.command(
    epilog="Examples: engross release · engross release --version 1.1 --date 2026-12-01 · "
    'engross release --accept V009:epubcheck --reason "EPUBCheck ran on another machine"'
)
def release(
    book: BookArgument = None,
    version: Annotated[str, typer.Option(help="Default: what the ledger asks for.")] = "",
    date: Annotated[str, typer.Option(help="YYYY-MM-DD. Default: today.")] = "",
    accept: Annotated[
        list[str] | None,
        typer.Option(help="A code, or a code and a check (V009:verapdf), that shall not stop it."),
    ] = None,
    reason: Annotated[str, typer.Option(help="Why it is accepted; the record keeps it.")] = "",
    out: Annotated[Path | None, typer.Option(help="Where to publish, instead of dist/.")] = None,
    jobs: Annotated[int, typer.Option("-j", "--jobs", min=0, help="Workers; 0: one a core.")] = 0,
    git: Annotated[
        bool, typer.Option("--git", help="Commit the book's folder, and tag: SLUG-VERSION.")
    ] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask, on a terminal.")] = False,
    json: JsonOption = False,
    plain: PlainOption = False,
) -> None:
    """Freeze a version: numbers, pages, texts, digests, and a bag to make it again."""
    from engross.cli.run import listener
    from engross.commands.release.release import ReleaseRequest
    from engross.commands.release.release import release as command

    request = ReleaseRequest(
        book=book,
        version=_checked(version, r"[1-9]\d*\.\d+", "--version"),
        date=_checked(date, r"\d{4}-\d{2}-\d{2}", "--date") or today(),
        today=today(),
        accept=tuple(accept or ()),
        reason=reason,
        out=out,
        jobs=jobs,
        git=git,
    )
    if not yes and asks(json=json):
        from engross.commands.release.summary import summary

        shown = summary(request)
        if not agreed(shown, "Release it?"):
            end(replace(shown, extra={}), json=json, plain=plain)
    end(command(request, listener(json, plain)), json=json, plain=plain)


@commands.command(
    epilog="Examples: engross rebase book --evidence new/received.txt · "
    "engross rebase volume --evidence volume.xml --document d12"
)
def rebase(
    book: BookArgument = None,
    evidence: Annotated[Path, typer.Option(help="The received file in its new state.")] = ...,  # type: ignore[assignment]  # typer's sign of an option that must be given
    document: Annotated[str, typer.Option(help="The document that it is of.")] = "",
    reason: Annotated[str, typer.Option(help="Printed for the reader.")] = "",
    class_: Annotated[str, typer.Option("--class", help="accidental or substantive.")] = "",
    by: Annotated[str, typer.Option(help="Who decided.")] = "the editors",
    on: Annotated[str, typer.Option(help="When: YYYY-MM-DD. Default: today.")] = "",
    json: JsonOption = False,
    plain: PlainOption = False,
) -> None:
    """
    Take over a new state of the evidence: a new scan's text, a new TEI file.

    Corrections are confirmed, kept, or held where the archive now reads otherwise; notes and other
    quotations move with their words. The old file stays in the book.
    """
    from engross.commands.correct.opened import CorrectRequest
    from engross.commands.rebase import rebase as command

    day = _checked(on, r"\d{4}-\d{2}-\d{2}", "--on") or today()
    request = CorrectRequest(document, reason=reason, class_=class_, by=by, on=day, book=book)
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
    new: Annotated[str, typer.Argument(help="The same; or current, or draft.")],
    html: Annotated[
        Path | None, typer.Option(help="Write a report with pictures of the changed pages.")
    ] = None,
    book: Annotated[Path | None, typer.Option(help="The book's folder.")] = None,
    out: Annotated[Path | None, typer.Option(help="Another folder than dist/.")] = None,
    json: JsonOption = False,
    plain: PlainOption = False,
) -> None:
    """Say what differs: words, notes, numbers, pages to reprint, what to send again."""
    from engross.commands.diff.diff import diff as command

    end(command(old, new, book, out, html), json=json, plain=plain)
