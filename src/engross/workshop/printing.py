"""Files for the press and for reading, from one typesetting: placed, finished, and judged."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from engross.cache.store import Store
from engross.catalog import finding
from engross.check.preflight import Report, State, Wanted, interior, preflight, reading
from engross.check.preflight.peak import with_peak
from engross.check.preflight.record import colour_profile
from engross.check.setting import Measure, measure
from engross.check.tools.findings import findings
from engross.check.tools.verapdf import TOOL, Flavour, verapdf
from engross.check.tools.verdict import Status, Verdict, not_checked
from engross.make.press import archive, pdfx, profiles
from engross.make.press.fit import Interior, Sheet, fit
from engross.make.typeset.joining.join import Plan, join
from engross.make.typeset.values import Typesetting
from engross.model.check import Checked
from engross.model.finding import Finding, Place
from engross.model.output import Output
from engross.model.source import SourceFile
from engross.schema.profile import Profile
from engross.workshop.making import Workshop

MANIFEST = Place("manifest.yaml")
MEASURED = 200
"""Pages up to which every build measures its typography; longer books when they are released."""
MARKS = frozenset({"W234", "W245", "W246", *(f"W26{n}" for n in range(6))})
"""Faults that take a file its mark of PDF/X."""
FLAVOURS: tuple[Flavour, ...] = ("ua1", "3a")


@dataclass(frozen=True, slots=True)
class Pressed:
    """A file, and what was found on the way to it."""

    output: Output | None
    findings: tuple[Finding, ...] = ()
    checks: tuple[Checked, ...] = ()


def for_press(typesetting: Typesetting, plan: Plan, workshop: Workshop, name: str) -> Pressed:
    """
    The interior for one printer, or why there is none.

    Args:
        typesetting: of the whole edition.
        plan: what the file says of itself; its boxes are the printer's.
        workshop: the edition in work.
        name: of the printer's profile.
    """
    manifest = workshop.edition.manifest
    profile = chosen(name, workshop)
    if not isinstance(profile, Profile):
        return Pressed(None, profile)
    sheet, told = fit(name, profile, measured(typesetting, workshop), MANIFEST)
    if sheet is None:
        return Pressed(None, told)
    joined = join(typesetting, placed(plan, sheet))
    file = f"{manifest.edition}-print-{name}.pdf"
    ends = range(sheet.pages - sheet.blanks + 1, sheet.pages + 1)
    empty = [*blanks(typesetting), *ends]
    wanted = interior(profile, manifest.print.trim, sheet.binding, sheet.pages, empty)
    content, report, more = marked(joined, profile, wanted, workshop, file)
    if workshop.outside:
        report = with_peak(report, content, wanted)
    return Pressed(
        Output("print", file, content, name, sheet.pages),
        (*told, *more, *report.findings(file)),
        (judgement(report, file), *by_others(report, file)),
    )


def chosen(name: str, workshop: Workshop) -> Profile | tuple[Finding, ...]:
    """The printer's profile with the book's printing condition, or why it cannot be used."""
    profile = profiles.find(name, own_profiles(workshop), MANIFEST)
    if not isinstance(profile, Profile):
        return profile
    profile = profiles.as_ordered(profile, workshop.edition.manifest.print.intent)
    if not profile.icc:
        return profile
    match workshop.sources.file(profile.icc, MANIFEST):
        case Finding() as absent:
            return (absent,)
        case file:
            kind, colours = colour_profile(file.content)
    if (kind, colours) == ("prtr", "CMYK"):
        return profile
    what = "no ICC profile" if kind == "none" else f"an ICC profile of class '{kind}' for {colours}"
    return (
        finding(
            "W287",
            Place(profile.icc),
            f"{profile.icc} is {what}, and a press needs one of class 'prtr' for CMYK",
            f"name the output profile of {profile.intent.value.identifier} that the printer gives",
        ),
    )


def own_profiles(workshop: Workshop) -> Mapping[str, SourceFile]:
    """The book's own profiles, by path."""
    found = {}
    for path in workshop.sources.find("profiles/*.yaml"):
        file = workshop.sources.file(path)
        if isinstance(file, SourceFile):
            found[path] = file
    return found


def measured(typesetting: Typesetting, workshop: Workshop) -> Interior:
    """What a printer asks of the typeset book."""
    rows = [row for part in typesetting.parts for row in part.side["pages"]]
    wanted = workshop.edition.manifest.print
    return Interior(
        trim=wanted.trim,
        binding=wanted.binding,
        pages=len(typesetting.pages),
        inner=min(row["inner"] for row in rows),
        outer=min(row["outer"] for row in rows),
    )


def placed(plan: Plan, sheet: Sheet) -> Plan:
    """The plan with a printer's boxes."""
    return replace(
        plan,
        medium="print",
        bleed_outer=sheet.bleed_outer,
        bleed_top=sheet.bleed_head,
        bleed_bottom=sheet.bleed_foot,
        bleed_inner=sheet.bleed_inner,
        gutter_shift=sheet.gutter_shift,
        multiple=sheet.multiple,
    )


def blanks(typesetting: Typesetting) -> list[int]:
    """Numbers of the pages that nothing stands on, from 1."""
    return [n for n, page in enumerate(typesetting.pages, start=1) if page.unit is None]


def press_of(profile: Profile, workshop: Workshop) -> pdfx.Press:
    """What a file for a printer says of itself; the condition's profile is a file of the book."""
    held = workshop.sources.file(profile.icc) if profile.icc else None
    icc = held.content if isinstance(held, SourceFile) else None
    return pdfx.Press(profile.standard.value, profile.intent.value, icc)


def marked(
    joined: bytes, profile: Profile, wanted: Wanted, workshop: Workshop, file: str
) -> tuple[bytes, Report, tuple[Finding, ...]]:
    """The finished file with its mark, or without it where preflight does not agree."""
    store = Store(workshop.cache_folder)
    press = press_of(profile, workshop)
    content = pdfx.finish(joined, press)
    report = preflight(content, wanted, store)
    lost = [fault for fault in report.faults if fault.code in MARKS]
    if not lost or wanted.standard == "none":
        return content, report, ()
    content = pdfx.finish(joined, replace(press, standard="none"))
    report = preflight(content, replace(wanted, standard="none"), store)
    reasons = "; ".join(f"{fault.code} {fault.text}" for fault in lost[:3])
    message = f"the mark {wanted.standard} was taken off: {reasons}"
    fix = "mend what it names, then build again"
    return content, report, (finding("W290", Place(file), message, fix),)


def for_reading(
    typesetting: Typesetting,
    plan: Plan,
    workshop: Workshop,
    attachments: Sequence[archive.Attachment],
) -> Pressed:
    """
    The reading PDF, with the marks of PDF/UA-1 and PDF/A-3a where our own checks agree.

    Its bytes depend on the edition alone, so veraPDF, which not every machine has, can stop a
    release and not change the file.

    Args:
        typesetting: of the whole edition.
        plan: what the file says of itself.
        workshop: the edition in work.
        attachments: the sources that travel in it.
    """
    manifest = workshop.edition.manifest
    store = Store(workshop.cache_folder)
    file = f"{manifest.edition}-screen.pdf"
    joined = join(typesetting, replace(plan, medium="screen"))
    count, empty = len(typesetting.pages), blanks(typesetting)
    content = archive.finish(joined, attachments)
    report = preflight(content, reading(manifest.print.trim, count, empty), store)
    checks = [judgement(report, file)]
    found: list[Finding] = []
    if report.passed:
        for verdict in outside_verdicts(content, store, asked=workshop.outside):
            checks.append(outside_judgement(verdict, file))
            found += findings(verdict, file) if workshop.outside else ()
    else:
        reasons = "; ".join(f"{fault.code} {fault.text}" for fault in report.faults[:3])
        message = f"the marks {archive.UA} and {archive.A} were taken off: {reasons}"
        found.append(finding("W290", Place(file), message, "mend what it names, then build again"))
        content = archive.finish(joined, attachments, frozenset())
        plain = reading(manifest.print.trim, count, empty, marked=False)
        report = preflight(content, plain, store)
    if count <= MEASURED or workshop.outside:
        measures = measure(content, store)
        checks.append(typography(measures, file))
        found += [one.finding(file) for one in measures if not one.passed]
    output = Output("screen", file, content, pages=count)
    return Pressed(output, (*found, *report.findings(file)), tuple(checks))


def typography(measures: Sequence[Measure], file: str) -> Checked:
    """The measures as the report of a build lists them; all interiors have the same pages."""
    said = "; ".join(f"{one.name}: {one.text}" for one in measures)
    passed = all(one.passed for one in measures)
    return Checked("typography", file, "passed" if passed else "failed", said)


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
    return Checked("preflight", file, "passed" if report.passed else "failed", said)


OTHERS = {"barcode": "zbar", "plates": "Ghostscript"}
"""Lines of a preflight report that another program wrote."""


def by_others(report: Report, file: str) -> Iterator[Checked]:
    """What other programs found in the course of preflight, or that they were not there."""
    states: dict[State, Literal["passed", "failed", "not checked"]] = {
        State.PASSED: "passed",
        State.FAILED: "failed",
        State.NOT_CHECKED: "not checked",
    }
    for line in report.lines:
        if line.name in OTHERS:
            yield Checked(f"{OTHERS[line.name]} {line.name}", file, states[line.state], line.text)


def outside_judgement(verdict: Verdict, file: str) -> Checked:
    """A veraPDF verdict as the report of a build lists it."""
    states: dict[Status, Literal["passed", "failed", "not checked"]] = {
        Status.PASSED: "passed",
        Status.FAILED: "failed",
        Status.NOT_CHECKED: "not checked",
    }
    said = states[verdict.status]
    return Checked(verdict.tool, file, said, verdict.reason, verdict.version)
