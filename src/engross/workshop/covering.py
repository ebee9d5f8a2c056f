"""The cover for each printer: measured from the interior's pages, drawn, finished, judged."""

from dataclasses import replace

from engross.cache.store import Store
from engross.catalog import finding
from engross.check.preflight import Report
from engross.check.preflight.cover import CoverWanted, preflight_cover, wanted_file
from engross.check.preflight.peak import with_peak
from engross.make.press import pdfx
from engross.make.press.barcode import Bars, bars
from engross.make.press.cover import Design, draw_folded, draw_wrap
from engross.make.press.fit import fit
from engross.make.press.wrap import Wrap, measure
from engross.make.typeset.joining.join import Plan
from engross.make.typeset.values import Typesetting
from engross.model.finding import Finding, Place
from engross.model.output import Output
from engross.render.sheets import styles
from engross.schema.profile import Profile
from engross.schema.trim import points
from engross.workshop.making import Workshop
from engross.workshop.printing import (
    MANIFEST,
    MARKS,
    Pressed,
    by_others,
    chosen,
    judgement,
    measured,
    press_of,
)


def for_cover(typesetting: Typesetting, plan: Plan, workshop: Workshop, name: str) -> Pressed:
    """
    The cover for one printer, or why there is none.

    Args:
        typesetting: of the whole edition; its pages make the spine.
        plan: what the file says of itself.
        workshop: the edition in work.
        name: of the printer's profile.
    """
    manifest = workshop.edition.manifest
    profile = chosen(name, workshop)
    if not isinstance(profile, Profile):
        return Pressed(None, profile)
    sheet, faults = fit(name, profile, measured(typesetting, workshop), MANIFEST)
    if sheet is None:
        return Pressed(None, faults)
    wanted = manifest.print
    wrap, findings = measure(
        profile, wanted.trim, sheet.binding, sheet.pages, wanted.paper, MANIFEST
    )
    if wrap is None:
        return Pressed(None, findings)
    try:
        code = (
            bars(manifest.isbn.print, profile.cover.value.barcode) if manifest.isbn.print else None
        )
    except ValueError as error:
        wrong = finding("W282", MANIFEST, str(error), "correct isbn.print, or the printer's box")
        return Pressed(None, (*findings, wrong))
    design = designed(workshop, profile, code)
    if isinstance(design, Finding):
        return Pressed(None, (*findings, design))
    file = f"{manifest.edition}-cover-{name}.pdf"
    press = press_of(profile, workshop)
    isbn = code.isbn if code else ""
    content, more, report = finished(design, wrap, plan, profile, press, file)
    if workshop.outside:
        report = with_peak(report, content, wanted_file(profile, what(wrap, profile, isbn)))
    output = Output("cover", file, content, name, 1 if wrap.spine else 4)
    found = (*findings, *more, *report.findings(file))
    others = by_others(report, file) if code or workshop.outside else ()
    return Pressed(output, found, (judgement(report, file), *others))


def designed(workshop: Workshop, profile: Profile, code: Bars | None) -> Design | Finding:
    """What the cover is drawn from, or why its image cannot be read."""
    manifest = workshop.edition.manifest
    image = None
    if manifest.cover.image:
        held = workshop.sources.file(manifest.cover.image, MANIFEST)
        if isinstance(held, Finding):
            return held
        image = held.content
    return Design(
        workshop.edition,
        styles(manifest.style, "wrap", workshop.own_sheets),
        Store(workshop.cache_folder),
        workshop.own_templates,
        image,
        code,
        points(profile.cover.value.barcode.edge),
        workshop.pool,
        workshop.own_faces,
    )


def what(wrap: Wrap, profile: Profile, isbn: str) -> CoverWanted:
    """What preflight is to find."""
    return CoverWanted(
        printer=profile.title,
        panel=wrap.panel,
        spine=wrap.spine,
        bleed=wrap.bleed,
        safe=wrap.safe,
        clear=wrap.clear,
        pages=wrap.pages,
        spine_from=wrap.spine_from,
        hinge=wrap.hinge,
        isbn=isbn,
    )


def finished(
    design: Design, wrap: Wrap, plan: Plan, profile: Profile, press: pdfx.Press, file: str
) -> tuple[bytes, tuple[Finding, ...], Report]:
    """The cover with its mark where preflight agrees, what was told on the way, and the report."""
    draw = draw_wrap if wrap.spine else draw_folded
    want = what(wrap, profile, design.bars.isbn if design.bars else "")
    wanted = wanted_file(profile, want)
    content = draw(design, wrap, plan, press)
    report = preflight_cover(content, wanted, want, design.store)
    more: tuple[Finding, ...] = ()
    if lost := [fault for fault in report.faults if fault.code in MARKS]:
        press = replace(press, standard="none")
        content = draw(design, wrap, plan, press)
        report = preflight_cover(content, replace(wanted, standard="none"), want, design.store)
        reasons = "; ".join(f"{fault.code} {fault.text}" for fault in lost[:3])
        message = f"the mark {wanted.standard} was taken off: {reasons}"
        more = (finding("W290", Place(file), message, "mend what it names, then build again"),)
    return content, more, report
