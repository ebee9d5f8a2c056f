"""Outputs that have pages: one typesetting, joined for print and for the screen."""

from collections.abc import Sequence
from typing import Literal

from engross.cache.store import Store
from engross.commands.making import Making, Workshop
from engross.commands.progress import Progress
from engross.make.typeset.fonts import named
from engross.make.typeset.join import Plan, join
from engross.make.typeset.pagemap import page_map
from engross.make.typeset.press import typeset
from engross.make.typeset.values import House, Typesetting, Unit
from engross.make.typeset.versions import engine
from engross.model.output import Output
from engross.render import Rendered
from engross.render.sheets import styles

GENERIC_BLEED = 9.0
"""Points: an eighth of an inch on every side but the bound one."""


def make_pages(
    workshop: Workshop, pages: Sequence[Rendered], kinds: Sequence[str], progress: Progress
) -> Making:
    """
    Typeset the sections and join them for each printer's profile and for the screen.

    Raises:
        EngrossError: a unit cannot be typeset without loss.
    """
    units = [unit(section, workshop) for section in pages]
    look = house(workshop)
    typesetting = typeset(
        units,
        look,
        store=Store(workshop.cache_folder),
        jobs=workshop.jobs,
        roman_front=workshop.edition.manifest.form == "long",
        progress=lambda done, total: progress.remark("make", f"typeset {done} of {total} units"),
    )
    outputs: list[Output] = []
    slug = workshop.edition.manifest.edition
    if "print" in kinds:
        for profile in workshop.edition.manifest.print.profiles:
            content = joined(typesetting, workshop, "print")
            name = f"{slug}-print-{profile}.pdf"
            outputs.append(Output("print", name, content, profile, len(typesetting.pages)))
    if "screen" in kinds:
        content = joined(typesetting, workshop, "screen")
        outputs.append(
            Output("screen", f"{slug}-screen.pdf", content, pages=len(typesetting.pages))
        )
    return Making(
        tuple(outputs),
        typesetting.findings,
        len(units),
        typesetting.typeset,
        {name: number for name, number in engine() if name != "engross"},
        {
            f"{face.family} {face.weight}{' italic' if face.italic else ''}": face.digest
            for face in look.fonts
        },
        page_map=page_map(typesetting),
    )


def unit(section: Rendered, workshop: Workshop) -> Unit:
    """A rendered section as the typesetter takes it: the edition's title stands on versos."""
    manifest = workshop.edition.manifest
    return Unit(
        address=section.address,
        html=section.html,
        language=section.language,
        title=section.title,
        verso=manifest.short_title or manifest.title,
        recto=section.short_title,
        opening=section.opening,
        matter=section.matter,
        display=section.display,
        level=section.level,
    )


def house(workshop: Workshop) -> House:
    """The sheets and faces that the manifest's house style asks for."""
    sheet = styles(workshop.edition.manifest.style, "print", workshop.own_sheets)
    return House((sheet,), named(sheet))


def joined(
    typesetting: Typesetting, workshop: Workshop, medium: Literal["print", "screen"]
) -> bytes:
    """The bytes of one PDF: generic bleed on the three trimmed sides in print, none on screens."""
    edition = workshop.edition
    manifest = edition.manifest
    bleed = GENERIC_BLEED if medium == "print" else 0.0
    authors = [person.name for person in manifest.people if person.role in {"aut", "edt", "trl"}]
    plan = Plan(
        medium=medium,
        title=manifest.title,
        authors=tuple(authors),
        language=manifest.language,
        subject=manifest.subtitle,
        keywords=manifest.subjects,
        created=f"{manifest.date}T00:00:00Z",
        modified=f"{edition.modified}T00:00:00Z",
        identifier=manifest.identifier,
        bleed_outer=bleed,
        bleed_top=bleed,
        bleed_bottom=bleed,
    )
    return join(typesetting, plan)
