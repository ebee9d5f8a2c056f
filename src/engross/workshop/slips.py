"""Beside an edition: a correction slip for each earlier release, and a booklet to print at home."""

from collections.abc import Sequence
from dataclasses import replace

from engross.make.press.booklet import A4, LETTER, impose, order
from engross.make.typeset.press import typeset
from engross.make.typeset.writing.write import write
from engross.model.check import Output
from engross.release.frozen import Release, place_of
from engross.render.sections import slip
from engross.workshop.pages import plan
from engross.workshop.workshop import Workshop


def make_slips(workshop: Workshop, earlier: Sequence[Release]) -> list[Output]:
    """
    Make the slips, each in the order of its own printing's pages.

    Raises:
        EngrossError: the template fails or the leaf cannot be typeset.
    """
    edition = workshop.edition
    outputs = []
    for release in earlier:
        version = release.version
        entries = [one for one in edition.changes.entries if version in dict(one.pages)]
        if not entries:
            continue
        order = release.order
        entries.sort(key=lambda entry: place_of(entry.was or entry.address, order))
        told = version, release.record.date
        rendered = slip(edition, told, entries, workshop.own_templates)
        leaf = replace(workshop.unit(rendered), display=True)
        house = workshop.house
        typesetting = typeset([leaf], house, store=workshop.store, pool=workshop.pool(house))
        said = replace(plan(workshop), title=f"{rendered.title}: {edition.manifest.title}")
        name = f"{edition.manifest.edition}-correction-slip-{version}.pdf"
        content = write(typesetting, said)
        outputs.append(Output("slip", name, content, pages=len(typesetting.pages)))
    return outputs


def booklet(outputs: Sequence[Output], workshop: Workshop) -> list[Output]:
    """The first interior that was made, in pairs, on the paper that goes with the trim's units."""
    manifest = workshop.edition.manifest
    interior = next((one for one in outputs if one.kind == "print"), None)
    if interior is None or interior.pages is None:
        return []
    paper = A4 if manifest.print.trim.endswith("mm") else LETTER
    sides = len(list(order(interior.pages)))
    name = f"{manifest.edition}-booklet.pdf"
    return [Output("booklet", name, impose(interior.content, paper), pages=sides)]
