"""Files that claim a mark, judged: who does not earn it loses it before anything is published."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import replace

from engross.cache.store import Store
from engross.catalog import finding
from engross.check.preflight import Report, Wanted, preflight
from engross.check.preflight.cover import preflight_cover
from engross.check.preflight.inks import with_peak
from engross.check.preflight.report import Fault
from engross.check.setting import Measure, measure
from engross.check.tools.findings import findings
from engross.check.tools.verapdf import TOOL, Flavour, verapdf
from engross.check.tools.verdict import Verdict, not_checked
from engross.make.press import archive
from engross.model.check import Checked, Output
from engross.model.finding import Finding, Place, Severity
from engross.workshop.candidate import Candidate

MEASURED = 200
"""Pages up to which every build measures its typography; longer books when they are released."""
MARKS = frozenset({"W234", "W245", "W246", *(f"W26{n}" for n in range(6))})
"""Faults that take a file its mark of PDF/X."""
FLAVOURS: tuple[Flavour, ...] = ("ua1", "3a")
OTHERS = {"barcode": "zbar", "plates": "Ghostscript"}
"""Lines of a preflight report that another program wrote."""


def settle(
    candidate: Candidate, store: Store, *, outside: bool
) -> tuple[Output, list[Checked], list[Finding]]:
    """
    Hold a file against what it claims, and take its mark off where it is not earned.

    The bytes depend on the edition alone, so programs that not every machine has can stop a release
    and never change the file; with `outside` they are asked. `store` keeps what was found of the
    same bytes.
    """
    output = candidate.output
    file, content = output.name, output.content
    report = _report(candidate, content, candidate.wanted, store)
    checks: list[Checked] = []
    found: list[Finding] = []
    reading = output.kind == "screen"
    if reading:
        checks.append(judgement(report, file))
    if lost := _lost(candidate, report):
        found.append(_taken(candidate, lost))
        content = candidate.plain()
        report = _report(candidate, content, candidate.unmarked, store)
    elif reading:
        for verdict in outside_verdicts(content, store, asked=outside):
            checks.append(verdict.checked(file))
            found += findings(verdict, file) if outside else ()
    if outside and not reading:
        report = with_peak(report, content, candidate.wanted)
    if not reading:
        checks.append(judgement(report, file))
        if candidate.cover is None or candidate.cover.isbn or outside:
            checks += by_others(report, file)
    elif (output.pages or 0) <= MEASURED or outside:
        row, told = typography(measure(content, store), file)
        checks.append(row)
        found += told
    return replace(output, content=content), checks, [*found, *report.findings(file)]


def _report(candidate: Candidate, content: bytes, wanted: Wanted, store: Store) -> Report:
    if candidate.cover is not None:
        return preflight_cover(content, wanted, candidate.cover, store)
    return preflight(content, wanted, store)


def _lost(candidate: Candidate, report: Report) -> list[Fault]:
    """What costs a file its mark: of the reading PDF every fault."""
    if candidate.wanted.standard == "none" or (candidate.output.kind == "screen" and report.passed):
        return []
    reading = candidate.output.kind == "screen"
    return [fault for fault in report.faults if reading or fault.code in MARKS]


def _taken(candidate: Candidate, lost: Sequence[Fault]) -> Finding:
    standard = candidate.wanted.standard
    marks = (
        f"marks {archive.UA} and {archive.A} were"
        if standard == "reading"
        else f"mark {standard} was"
    )
    reasons = "; ".join(f"{fault.code} {fault.text}" for fault in lost[:3])
    message = f"the {marks} taken off: {reasons}"
    return finding("W290", Place(candidate.output.name), message)


def typography(measures: Sequence[Measure], file: str) -> tuple[Checked, list[Finding]]:
    """
    The measures as a report lists them; all interiors have the same pages.

    What is only worth a look is told, and fails nothing.
    """
    said = "; ".join(f"{one.name}: {one.text}" for one in measures)
    found = [one.finding(file) for one in measures if not one.passed]
    passed = all(one.severity is Severity.INFO for one in found)
    return Checked.judged("typography", file, passed, said), found


def outside_verdicts(content: bytes, store: Store, *, asked: bool) -> Iterator[Verdict]:
    """What veraPDF says; a build does not ask it, since it would take longer than the build."""
    digest = hashlib.sha256(content).hexdigest()
    for flavour in FLAVOURS:
        if asked:
            yield verapdf(content, flavour, store)
        else:
            yield not_checked(f"{TOOL} {flavour}", digest, "asked when a version is released")


def judgement(report: Report, file: str) -> Checked:
    """Preflight as the report of a build lists it."""
    said = "; ".join(f"{line.name}: {line.text}" for line in report.lines)
    return Checked.judged("preflight", file, report.passed, said)


def by_others(report: Report, file: str) -> Iterator[Checked]:
    """What other programs found in the course of preflight, or that they were not there."""
    for line in report.lines:
        if line.name in OTHERS:
            yield Checked(f"{OTHERS[line.name]} {line.name}", file, line.state, line.text)
