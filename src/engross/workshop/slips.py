"""Correction slips: a PDF of one leaf for each earlier release that lacks corrections."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from engross.make.typeset.press import typeset
from engross.make.typeset.writing.write import write
from engross.model.output import Output
from engross.release.frozen import Release
from engross.render.slip import slip
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
        order = {address: at for at, address in enumerate(release.pages.pages or release.texts)}
        entries.sort(key=lambda entry: _position(entry.was or entry.address, order))
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


def _position(address: str, order: Mapping[str, int]) -> int:
    """Where an address stands in a printing; where its section does, if it is new."""
    places = address, address.partition("#")[0], address.partition("/")[0]
    return next((order[one] for one in places if one in order), len(order))
