"""Files for the press and for reading, from one typesetting: placed, finished, not yet judged."""

from collections.abc import Sequence
from dataclasses import replace

from engross.catalog import finding
from engross.check.preflight import interior, reading
from engross.check.preflight.record import colour_profile
from engross.make.press import archive, pdfx, profiles
from engross.make.press.fit import Interior, Sheet, fit
from engross.make.typeset.values import Attachment, Plan, Typesetting
from engross.make.typeset.writing.write import write
from engross.model.check import Output
from engross.model.finding import Finding, Place
from engross.model.source import SourceFile
from engross.schema.profile import Profile
from engross.workshop.candidate import Candidate, Pressed
from engross.workshop.printers import own_profiles
from engross.workshop.workshop import Workshop

MANIFEST = Place("manifest.yaml")


def for_press(typesetting: Typesetting, plan: Plan, workshop: Workshop, name: str) -> Pressed:
    """The interior for one printer, by the name of its profile, or why there is none."""
    manifest = workshop.edition.manifest
    found = fitted(typesetting, workshop, name)
    if isinstance(found, Pressed):
        return found
    profile, sheet, told = found
    boxed = placed(plan, sheet)
    file = f"{manifest.edition}-print-{name}.pdf"
    ends = range(sheet.pages - sheet.blanks + 1, sheet.pages + 1)
    empty = [*blanks(typesetting), *ends]
    wanted = interior(profile, manifest.print.trim, sheet.binding, sheet.pages, empty)
    press = press_of(profile, workshop)
    content = write(typesetting, boxed, pdfx.finish(press))
    output = Output("print", file, content, name, sheet.pages)
    plain = replace(press, standard="none")
    return Pressed(
        Candidate(
            output,
            wanted,
            replace(wanted, standard="none"),
            lambda: write(typesetting, boxed, pdfx.finish(plain)),
        ),
        told,
    )


def fitted(
    typesetting: Typesetting, workshop: Workshop, name: str
) -> tuple[Profile, Sheet, tuple[Finding, ...]] | Pressed:
    """A printer's profile, the pages as it takes them and what is to be told; or why not."""
    profile = chosen(name, workshop)
    if not isinstance(profile, Profile):
        return Pressed(None, profile)
    sheet, told = fit(name, profile, measured(typesetting, workshop), MANIFEST)
    return Pressed(None, told) if sheet is None else (profile, sheet, told)


def chosen(name: str, workshop: Workshop) -> Profile | tuple[Finding, ...]:
    """The printer's profile with the book's printing condition, or why it cannot be used."""
    profile = profiles.find(name, own_profiles(workshop.sources), MANIFEST)
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


def measured(typesetting: Typesetting, workshop: Workshop) -> Interior:
    """What a printer asks of the typeset book."""
    rows = [row for part in typesetting.parts for row in part.pages]
    wanted = workshop.edition.manifest.print
    return Interior(
        trim=wanted.trim,
        binding=wanted.binding,
        pages=len(typesetting.pages),
        inner=min(row.inner for row in rows),
        outer=min(row.outer for row in rows),
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


def for_reading(
    typesetting: Typesetting,
    plan: Plan,
    workshop: Workshop,
    attachments: Sequence[Attachment],
) -> Pressed:
    """The reading PDF, with the marks of PDF/UA-1 and PDF/A-3a and its attached sources."""
    manifest = workshop.edition.manifest
    read = replace(plan, medium="screen")
    content = write(typesetting, read, archive.finish(attachments))
    count, empty = len(typesetting.pages), blanks(typesetting)
    name = f"{manifest.edition}-screen.pdf"
    return Pressed(
        Candidate(
            Output("screen", name, content, pages=count),
            reading(manifest.print.trim, count, empty),
            reading(manifest.print.trim, count, empty, marked=False),
            lambda: write(typesetting, read, archive.finish(attachments, frozenset())),
        )
    )
