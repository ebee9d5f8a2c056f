"""Correction slips: a PDF of one leaf for each earlier release that lacks corrections."""

from dataclasses import replace

from engross.assemble.edition import CorrectionEntry, CorrectionsContent
from engross.make.typeset.joining.join import join
from engross.make.typeset.press import typeset
from engross.model.output import Output
from engross.release.versions import ordered
from engross.render.slip import slip
from engross.workshop.pages import plan
from engross.workshop.workshop import Workshop


def make_slips(workshop: Workshop) -> list[Output]:
    """
    Make the slips.

    Raises:
        EngrossError: the template fails or the leaf cannot be typeset.
    """
    edition = workshop.edition
    contents = [section.content for section in edition.sections]
    listed = next((one for one in contents if isinstance(one, CorrectionsContent)), None)
    outputs = []
    for release in edition.earlier if listed else ():
        entries = [entry for entry in listed.entries if _lacks(release[0], entry)] if listed else []
        if not entries:
            continue
        rendered = slip(edition, release, entries, workshop.own_templates)
        leaf = replace(workshop.unit(rendered), display=True)
        typesetting = typeset([leaf], workshop.house, store=workshop.store)
        said = replace(plan(workshop), title=f"{rendered.title}: {edition.manifest.title}")
        name = f"{edition.manifest.edition}-correction-slip-{release[0]}.pdf"
        content = join(typesetting, said)
        outputs.append(Output("slip", name, content, pages=len(typesetting.pages)))
    return outputs


def _lacks(version: str, entry: CorrectionEntry) -> bool:
    return not entry.version or ordered(version) < ordered(entry.version)
