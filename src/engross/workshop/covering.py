"""The cover for each printer: measured from the interior's pages, drawn, finished."""

from dataclasses import replace

from engross.catalog import finding
from engross.check.preflight.cover import CoverWanted, wanted_file
from engross.make.press.barcode import Bars, bars
from engross.make.press.cover import Design, draw_folded, draw_wrap
from engross.make.press.wrap import Wrap, measure
from engross.make.typeset.values import Plan, Typesetting
from engross.model.check import Output
from engross.schema.profile import Profile
from engross.schema.trim import points
from engross.workshop.candidate import Candidate, Pressed
from engross.workshop.printing import MANIFEST, fitted, press_of
from engross.workshop.workshop import Workshop


def for_cover(typesetting: Typesetting, plan: Plan, workshop: Workshop, name: str) -> Pressed:
    """
    The cover for one printer, by the name of its profile, or why there is none.

    The pages of the whole edition make its spine.
    """
    manifest = workshop.edition.manifest
    found = fitted(typesetting, workshop, name)
    if isinstance(found, Pressed):
        return found
    profile, sheet, _ = found
    wanted = manifest.print
    wrap, findings = measure(
        profile, wanted.trim, sheet.binding, sheet.pages, wanted.paper, MANIFEST
    )
    if wrap is None:
        return Pressed(None, findings)
    isbn = manifest.isbn.print
    try:
        code = bars(isbn, profile.cover.value.barcode, manifest.cover.ean_5) if isbn else None
    except ValueError as error:
        wrong = finding("W282", MANIFEST, str(error), "correct isbn.print, or the printer's box")
        return Pressed(None, (*findings, wrong))
    design = designed(workshop, profile, code)
    file = f"{manifest.edition}-cover-{name}.pdf"
    press = press_of(profile, workshop)
    draw = draw_wrap if wrap.spine else draw_folded
    look = what(wrap, profile, code.isbn if code else "", code.more if code else "")
    whole = wanted_file(profile, look)
    pages = 1 if wrap.spine else 4
    output = Output("cover", file, draw(design, wrap, plan, press), name, pages)
    plain = replace(press, standard="none")
    return Pressed(
        Candidate(
            output,
            whole,
            replace(whole, standard="none"),
            lambda: draw(design, wrap, plan, plain),
            look,
        ),
        findings,
    )


def designed(workshop: Workshop, profile: Profile, code: Bars | None) -> Design:
    """What the cover is drawn from."""
    return Design(
        workshop.edition,
        workshop.sheet("wrap"),
        workshop.store,
        workshop.own_templates,
        workshop.cover_picture,
        code,
        points(profile.cover.value.barcode.edge),
        workshop.pool,
        workshop.own_faces,
        workshop.idle,
    )


def what(wrap: Wrap, profile: Profile, isbn: str, more: str) -> CoverWanted:
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
        more=more,
    )
