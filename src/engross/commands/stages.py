"""The seven stages of a build, in order."""

from collections.abc import Sequence
from dataclasses import replace
from importlib.metadata import version

from engross import __version__
from engross.assemble import assemble
from engross.cache.store import Store
from engross.catalog import finding, stop
from engross.commands.book import FoundBook, shown
from engross.commands.outcome import Outcome, status_of
from engross.commands.release.releasing import Finished, Releasing
from engross.commands.request import BuildRequest, Known
from engross.inspect.checking import check_outputs, prove
from engross.make.deposit import make_deposit
from engross.make.typeset.engines import Engines
from engross.model.finding import EngrossError, Place, errors
from engross.model.output import Output
from engross.parse.parse import parse
from engross.publish import probe, publish, receipt, versions
from engross.read import open_book
from engross.render import render
from engross.revision.recorded import Departure, departure, stated, vouched
from engross.revision.standing import stand
from engross.schema.manifest import KINDS
from engross.workshop.faces import judge_faces
from engross.workshop.making import Workshop, make
from engross.workshop.notices import with_notices
from engross.workshop.pictures import judge_pictures, judge_sheets
from engross.workshop.progress import Progress
from engross.workshop.texts import text_face


def stages(
    request: BuildRequest,
    found: FoundBook,
    progress: Progress,
    known: Known,
    releasing: Releasing | None = None,
    departed: Departure | None = None,
) -> Finished:
    """
    Read, parse, assemble, render, make, check, publish.

    What was to be a released version and came out otherwise is made again, as a draft (`departed`).

    Raises:
        EngrossError: with every finding of the stage that cannot go on; dist is as it was.
    """
    _check_kinds(request.kinds)
    _check_imposing(request.impose)
    with progress.stage("read"):
        probe(found.dist)
        sources = releasing.open(found.folder) if releasing else open_book(found.folder)
    with progress.stage("parse"):
        parts = departed.change if departed else None
        state = stand(sources, parse(sources), releasing.version if releasing else "", parts)
        book = state.book
        manifest = book.manifest.value
        known.edition, known.version = manifest.edition, manifest.version
        known.released = state.released
    with progress.stage("assemble"):
        if errors(state.findings):
            raise stop(state.findings)
        context = replace(
            state.context(sources.digest()),
            fonts=(text_face(sources, manifest.style),),
            engine=(f"engross {__version__}", f"WeasyPrint {version('weasyprint')}"),
        )
        edition, warnings = assemble(book, context)
        if request.blind:
            from engross.workshop.proofs import blinded

            edition = blinded(edition)
        store = Store(found.folder / ".engross" / "cache" if request.cache else None)
        if bad := [*judge_pictures(edition, sources, store), *judge_sheets(sources)]:
            raise stop([*book.findings, *warnings, *bad])
        warnings += judge_faces(book.manifest, sources)
        if errors(warnings):
            raise stop([*book.findings, *warnings])
    with progress.stage("render"):
        engines = request.engines or Engines()
        workshop = Workshop(sources, edition, found.folder, request.jobs, request.cache, engines)
        workshop.outside = releasing is not None or request.checked
        workshop.impose = request.impose
        workshop.corrections = book.ledger.value.corrections if book.ledger else ()
        pages = render(edition, "page", workshop.own_templates)
    kinds = request.kinds or manifest.outputs
    if "bag" in kinds:  # which holds everything
        kinds = tuple(dict.fromkeys((*manifest.outputs, *kinds)))
    with progress.stage("make"):
        try:
            if request.proof:
                from engross.workshop.proofs import make_proof

                made = make_proof(workshop, pages, state, request.since, progress)
            elif request.only:
                from engross.workshop.offprint import make_offprint

                made = make_offprint(workshop, pages, request.only, kinds, progress)
            else:
                made = with_notices(make(workshop, pages, kinds, progress), workshop, state)
        finally:
            if request.engines is None:
                engines.close()
    partial = request.kinds or request.only or request.proof or request.blind or request.impose
    whole = not partial
    made_with = versions(made.versions, made.fonts)
    other_pages = request.proof or request.only or request.blind
    other = None if other_pages else departure(state, made.outputs, made_with, whole=whole)
    if other:
        return stages(request, found, progress, known, releasing, other)
    with progress.stage("check"):
        findings = [*book.findings, *warnings, *made.findings, *sources.changed()]
        findings += [departed.finding] if departed else []
        checks, more = check_outputs(made.outputs, store, outside=workshop.outside)
        checks = [*made.checks, *checks]
        findings += more
        if whole and not errors(findings):
            proved, more = prove(made.outputs)
            checks += proved
            findings += more
        if releasing:
            findings = releasing.judge(state, findings, checks)
        if errors(findings):
            raise stop(findings)
        if status := status_of(findings, strict=request.strict):
            raise EngrossError(findings, status)
    with progress.stage("publish"):

        def record(outputs: Sequence[Output]) -> bytes:
            return receipt(
                manifest.edition,
                manifest.version,
                sources.digests(),
                outputs,
                versions=made_with,
                fonts=made.fonts,
                licences=made.licences,
                checks=vouched(state, made.outputs) or stated(checks),
                parameters={"to": ",".join(kinds)} if not whole else {},
            )

        if "bag" in kinds:
            bag = make_deposit(edition, made.outputs, record(made.outputs))
            made = replace(made, outputs=(*made.outputs, bag))
        proof = record(made.outputs)
        # A release is also published under its version, which is never overwritten.
        pointers = [releasing.version] if releasing else []
        for pointer in [*pointers, "current" if whole else "draft"]:
            result = publish(
                made.outputs,
                manifest.edition,
                found.dist,
                pointer,
                proof,
                wait=request.wait,
                say=lambda words: progress.remark("publish", words),
            )
    place = shown(result.path)
    outcome = Outcome(
        edition=manifest.edition,
        version=manifest.version,
        released=state.released,
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
    return Finished(outcome, sources, state, edition, made, result)


def _check_imposing(way: str) -> None:
    if way not in ("", "booklet"):
        message = f"pages cannot be imposed as '{way}'"
        raise stop([finding("C001", Place(), message, "write --impose booklet")])


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
