"""`engross build`: the seven stages, in order."""

from dataclasses import dataclass, replace
from pathlib import Path

from engross.assemble import Context, assemble
from engross.catalog import finding, stop
from engross.commands.book import FoundBook, find_book, shown
from engross.commands.checking import check_outputs
from engross.commands.making import Workshop, make
from engross.commands.outcome import Outcome, status_of
from engross.commands.progress import Listener, Progress, silent
from engross.model.finding import EngrossError, Place, errors
from engross.parse.book import parse
from engross.publish import publish, receipt, versions
from engross.read import open_book
from engross.render import render
from engross.schema.manifest import KINDS


@dataclass(frozen=True, slots=True)
class BuildRequest:
    """What was asked for on the command line."""

    book: Path | None = None
    kinds: tuple[str, ...] = ()
    """Empty: what the manifest lists."""
    out: Path | None = None
    only: str = ""
    """An address: nothing else is made, and it goes under `draft`."""
    proof: bool = False
    jobs: int = 0
    """Workers; 0 is one a core."""
    cache: bool = True
    strict: bool = False
    wait: bool = False


@dataclass(slots=True)
class _Known:
    """What a build knows by the time it fails."""

    edition: str = ""
    version: str = ""
    released: bool = False


def build(request: BuildRequest, listen: Listener = silent) -> Outcome:
    """
    Make an edition and publish it, whole or not at all.

    Whatever is wrong comes back in the outcome with its exit status; `published` says what is in
    dist then.
    """
    found = find_book(request.book, request.out)
    progress = Progress(listen)
    known = _Known()
    try:
        return _stages(request, found, progress, known)
    except EngrossError as error:
        return Outcome(
            edition=known.edition,
            version=known.version,
            released=known.released,
            published=found.published(known.edition),
            findings=error.findings,
            seconds=progress.seconds,
            exit_status=error.exit_status,
            book=found.shown,
        )


def _stages(request: BuildRequest, found: FoundBook, progress: Progress, known: _Known) -> Outcome:
    _check_kinds(request.kinds)
    with progress.stage("read"):
        sources = open_book(found.folder)
    with progress.stage("parse"):
        book = parse(sources)
        manifest = book.manifest.value
        known.edition, known.version = manifest.edition, manifest.version
    with progress.stage("assemble"):
        edition, warnings = assemble(book, Context(sources.digest()))
    with progress.stage("render"):
        workshop = Workshop(sources, edition, found.folder, request.jobs, request.cache)
        pages = render(edition, "page", workshop.own_templates)
    kinds = request.kinds or manifest.outputs
    with progress.stage("make"):
        made = make(workshop, pages, kinds, progress)
    with progress.stage("check"):
        findings = [*book.findings, *warnings, *made.findings, *sources.changed()]
        checks, more = check_outputs(made.outputs)
        findings += more
        if errors(findings):
            raise stop(findings)
    with progress.stage("publish"):
        whole = not request.kinds and not request.only and not request.proof
        result = publish(
            made.outputs,
            manifest.edition,
            found.dist,
            "current" if whole else "draft",
            receipt(
                manifest.edition,
                manifest.version,
                sources.digests(),
                made.outputs,
                versions=versions(),
                checks=[row.for_receipt() for row in checks],
                parameters={"to": ",".join(kinds)} if not whole else {},
            ),
            wait=request.wait,
            say=lambda words: progress.remark("publish", words),
        )
    place = shown(result.path)
    return Outcome(
        edition=manifest.edition,
        version=manifest.version,
        published=place,
        unchanged=result.unchanged,
        outputs=tuple(replace(row, path=f"{place}/{row.path}") for row in made.rows()),
        findings=tuple(findings),
        checks=tuple(checks),
        units={"total": made.units, "typeset": made.typeset, "reused": made.units - made.typeset},
        seconds=progress.seconds,
        exit_status=status_of(findings, strict=request.strict),
        book=found.shown,
    )


def _check_kinds(kinds: tuple[str, ...]) -> None:
    unknown = [kind for kind in kinds if kind not in KINDS]
    if unknown:
        raise stop(
            [
                finding(
                    "C001",
                    Place(),
                    f"there is no kind of output '{kind}'",
                    f"use some of {', '.join(KINDS)}, joined by commas",
                )
                for kind in unknown
            ]
        )
