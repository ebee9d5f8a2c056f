"""The seven stages of a build, in order."""

import os
from collections.abc import Sequence, Set
from dataclasses import dataclass, replace

from engross.assemble.edition import Edition
from engross.cache.store import Store
from engross.catalog import finding, stop
from engross.commands.book import find_book, shown
from engross.commands.ending import Run
from engross.commands.outcome import Outcome, status_of
from engross.commands.request import BuildRequest
from engross.commands.task import Task
from engross.inspect.checking import inspected, located, settled
from engross.make.deposit import make_deposit
from engross.make.typeset.pool import Engines
from engross.make.typeset.values import PageStart
from engross.model.check import Checked, Output
from engross.model.finding import EngrossError, Finding, Place, errors
from engross.publish import Published, probe, publish, receipt, released, versions
from engross.read import Sources
from engross.revision.recorded import stated, vouched
from engross.revision.standing import Standing
from engross.workshop.assembled import assembled
from engross.workshop.languages import judge_language
from engross.workshop.making import last_starts
from engross.workshop.workshop import Making, Workshop


@dataclass(frozen=True, slots=True)
class Finished:
    """A build, with all that was known on the way."""

    outcome: Outcome
    sources: Sources
    standing: Standing
    edition: Edition
    made: Making
    published: Published


def stages(request: BuildRequest, run: Run, task: Task) -> Finished:
    """
    Read, parse, assemble, render, make, check, publish.

    What was to be a released version and came out otherwise is made again, as a draft.

    Raises:
        EngrossError: with every finding of the stage that cannot go on; dist is as it was.
    """
    progress, store = run.progress, Store(run.found.cache if request.cache else None)
    with progress.stage("read"):
        probe(run.found.dist)
        before = released(run.found.dist)
        sources = task.open(run.found.folder)
    departed = task.departed.change if task.departed else None
    state = assembled(sources, store, task.version, progress, run.known, departed)
    if errors(state.findings):
        raise stop(state.findings)
    if bad := errors(judge_language(state.standing.book, request.kinds)):
        raise stop(bad)
    standing, edition = state.standing, task.change(state.edition)
    with progress.stage("render"):
        last, told = last_starts(run.found.dist / run.known.edition) if task.pages else (None, None)
        workshop = _workshop(request, run, task, sources, edition, standing, store, last)
        _ = workshop.pages
    with progress.stage("make"):
        made = task.make(workshop, standing)
    with progress.stage("check"):
        made, checks, found = settled(made, store, outside=workshop.outside)
        made = task.complete(made, workshop, standing)
        if other := task.compare(standing, made):
            return stages(request, run, replace(task, departed=other))
        found = [*state.findings, *made.findings, *sources.changed(), *found]
        found += [task.departed.finding] if task.departed else []
        found += [told] if told else []
        checks, found = inspected(made.outputs, checks, found, workshop, whole=not task.partial)
        dist, ledger = find_book(run.found.folder).dist, standing.book.ledger
        if ledger and any(entry.taken_down for entry in ledger.value.corrections):
            from engross.commands.sealing import without_sealed  # loads what proves an edition

            files = {output.name: output.content for output in made.outputs}
            slug, entries = edition.manifest.edition, ledger.value.corrections
            judged, held = without_sealed(dist, slug, entries, files)
            checks, found = [*checks, *judged], [*found, *held]
        findings = task.judge(located(found, standing.book), checks)
        if errors(findings):
            raise stop(findings)
        if status := status_of(findings, strict=request.strict):
            raise EngrossError(findings, status)
    with progress.stage("publish"):
        made, proof = _vouched(made, workshop, standing, task, checks)
        result = _publish(request, run, task, made, proof, sources, before)
    outcome = _outcome(request, run, made, result, findings, checks)
    return Finished(outcome, sources, standing, edition, made, result)


def _outcome(
    request: BuildRequest,
    run: Run,
    made: Making,
    result: Published,
    findings: Sequence[Finding],
    checks: Sequence[Checked],
) -> Outcome:
    return run.outcome(
        published=shown(result.path),
        unchanged=result.unchanged,
        outputs=tuple(replace(row, path=f"{shown(result.path)}/{row.path}") for row in made.rows()),
        findings=tuple(findings),
        checks=tuple(checks),
        units={"total": made.units, "typeset": made.typeset, "reused": made.units - made.typeset},
        exit_status=status_of(findings, strict=request.strict),
    )


def _workshop(
    request: BuildRequest,
    run: Run,
    task: Task,
    sources: Sources,
    edition: Edition,
    standing: Standing,
    store: Store,
    last: tuple[PageStart, ...] | None,
) -> Workshop:
    kinds = request.kinds or edition.manifest.outputs
    if "bag" in kinds:  # which holds everything
        kinds = tuple(dict.fromkeys((*edition.manifest.outputs, *kinds)))
    ledger = standing.book.ledger
    return Workshop(
        sources,
        edition,
        kinds,
        store,
        request.engines or Engines(),
        ledger.value.corrections if ledger else (),
        request.jobs or os.cpu_count() or 1,
        impose=task.impose,
        outside=bool(task.version) or request.checked,
        last=last,
        progress=run.progress,
    )


def _vouched(
    made: Making, workshop: Workshop, standing: Standing, task: Task, checks: Sequence[Checked]
) -> tuple[Making, bytes]:
    """What is published, a bag among it where one is wanted, and the receipt."""
    manifest = workshop.edition.manifest
    asked = {"to": ",".join(workshop.kinds), "pages": task.pages}

    def record(outputs: Sequence[Output]) -> bytes:
        return receipt(
            manifest.edition,
            manifest.version,
            workshop.sources.digests(),
            outputs,
            versions=versions(made.versions, made.fonts),
            fonts=made.fonts,
            licences=made.licences,
            checks=vouched(standing, made.outputs) or stated(checks),
            parameters={k: v for k, v in asked.items() if v and task.partial},
        )

    if "bag" in workshop.kinds:
        bag = make_deposit(workshop.edition, made.outputs, record(made.outputs))
        made = replace(made, outputs=(*made.outputs, bag))
    return made, record(made.outputs)


def _publish(
    request: BuildRequest,
    run: Run,
    task: Task,
    made: Making,
    proof: bytes,
    sources: Sources,
    before: Set[str],
) -> Published:
    def stale() -> list[Finding]:
        """What happened since the book was read, asked when nobody else can publish."""
        own = f"{run.known.edition}/{task.version}"
        new = sorted(released(run.found.dist) - before - {own})
        late = (
            f"version {one.rpartition('/')[2]} was released while this was built" for one in new
        )
        return [*(finding("V016", Place(), one) for one in late), *sources.changed()]

    result = None
    for pointer in task.pointers:
        result = publish(
            made.outputs,
            run.known.edition,
            run.found.dist,
            pointer,
            proof,
            wait=request.wait,
            say=lambda words: run.progress.remark("publish", words),
            stale=stale,
        )
    assert result is not None
    return result
