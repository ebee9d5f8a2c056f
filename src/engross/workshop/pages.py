"""
Outputs that have pages: one typesetting, joined for print and for the screen.

An EPUB alone asks where pages begin, and makes none: what joins and judges them is loaded by those
who do.
"""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, TypedDict

from engross.cache.store import Store
from engross.make.typeset import press
from engross.make.typeset.fonts import named
from engross.make.typeset.pagemap import page_map
from engross.make.typeset.pool import Pool
from engross.make.typeset.press import typeset
from engross.make.typeset.runs import run_together
from engross.make.typeset.values import House, Laid, Typesetting, Unit
from engross.make.typeset.versions import engine
from engross.model.output import Output
from engross.model.source import SourceFile
from engross.render import Rendered
from engross.render.sheets import styles
from engross.workshop.making import Making, Workshop
from engross.workshop.progress import Progress

if TYPE_CHECKING:
    from engross.make.press.archive import Attachment
    from engross.make.typeset.joining.join import Plan
    from engross.workshop.printing import Pressed


def make_pages(
    workshop: Workshop, pages: Sequence[Rendered], kinds: Sequence[str], progress: Progress
) -> Making:
    """
    Typeset the sections and join them for each printer's profile and for the screen.

    Raises:
        EngrossError: a unit cannot be typeset without loss.
    """
    from engross.workshop.printing import for_press, for_reading

    typesetting = set_pages(workshop, pages, progress)
    look = house(workshop)
    pressed: list[Pressed] = []
    said = plan(workshop)
    if "print" in kinds or workshop.impose:
        for profile in workshop.edition.manifest.print.profiles:
            progress.remark("make", f"print for {profile}")
            pressed.append(for_press(typesetting, said, workshop, profile))
    if workshop.impose:
        pressed.append(booklet(pressed, workshop))
    if "cover" in kinds:
        from engross.workshop.covering import for_cover

        for profile in workshop.edition.manifest.print.profiles:
            progress.remark("make", f"cover for {profile}")
            pressed.append(for_cover(typesetting, said, workshop, profile))
    if "screen" in kinds:
        progress.remark("make", "reading PDF")
        pressed.append(for_reading(typesetting, said, workshop, attachments(workshop)))
    return Making(
        tuple(one.output for one in pressed if one.output is not None),
        (*typesetting.findings, *(found for one in pressed for found in one.findings)),
        len(typesetting.units),
        typesetting.typeset,
        versions={name: number for name, number in engine() if name != "engross"},
        fonts={face.name: face.digest for face in look.fonts},
        licences={face.name: face.licence for face in look.fonts if face.licence},
        checks=tuple(check for one in pressed for check in one.checks),
        page_map=page_map(typesetting),
    )


def booklet(pressed: "Sequence[Pressed]", workshop: Workshop) -> "Pressed":
    """The first interior that was made, in pairs, on the paper that goes with the trim's units."""
    from engross.make.press.booklet import A4, LETTER, impose, order
    from engross.workshop.printing import Pressed

    manifest = workshop.edition.manifest
    interior = next((one.output for one in pressed if one.output is not None), None)
    if interior is None or interior.pages is None:
        return Pressed(None)
    paper = A4 if manifest.print.trim.endswith("mm") else LETTER
    sides = len(list(order(interior.pages)))
    name = f"{manifest.edition}-booklet.pdf"
    return Pressed(Output("booklet", name, impose(interior.content, paper), pages=sides))


def set_pages(workshop: Workshop, pages: Sequence[Rendered], progress: Progress) -> Typesetting:
    """
    The one typesetting of an edition, made when first asked for.

    Raises:
        EngrossError: a unit cannot be typeset without loss.
    """
    if workshop.typesetting is None:
        workshop.typesetting = typeset(**_order(workshop, pages, progress))
    return workshop.typesetting


def lay(workshop: Workshop, pages: Sequence[Rendered], progress: Progress) -> Laid:
    """
    What stands on which page, also where no pages are made: then nothing is drawn for a join.

    Raises:
        EngrossError: a unit cannot be typeset without loss.
    """
    if workshop.typesetting is not None:
        return workshop.typesetting
    if workshop.laid is None:
        workshop.laid = press.lay(**_order(workshop, pages, progress))
    return workshop.laid


class _Order(TypedDict):
    """What both need to know."""

    units: Sequence[Unit]
    house: House
    pool: Pool
    store: Store
    jobs: int
    roman_front: bool
    first: int
    progress: Callable[[int, int], None]


def _order(workshop: Workshop, pages: Sequence[Rendered], progress: Progress) -> _Order:
    look = house(workshop)
    return {
        "units": units(pages, workshop),
        "house": look,
        "pool": workshop.pool(look),
        "store": Store(workshop.cache_folder),
        "jobs": workshop.jobs,
        "roman_front": workshop.edition.long,
        "first": workshop.first,
        "progress": lambda done, all_: progress.remark("make", f"typeset {done} of {all_} units"),
    }


def units(pages: Sequence[Rendered], workshop: Workshop) -> list[Unit]:
    """What is laid out alone: a section, or a chapter whose documents run on."""
    groups: list[list[Unit]] = []
    for section in pages:
        made = unit(section, workshop)
        if section.runs_on and groups:
            groups[-1].append(made)
        else:
            groups.append([made])
    return [run_together(group) for group in groups]


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
    """The sheets and faces that the manifest's house style asks for, and the trim that it names."""
    edition = workshop.edition
    sheet = styles(edition.manifest.style, "print", workshop.own_sheets, volume=edition.volume)
    trim = f"@page {{ size: {edition.manifest.print.trim} }}"
    assets = {f"edition:{path}": content for path, content in workshop.pictures.items()}
    return House((sheet, trim), named(sheet, workshop.own_faces), assets)


def plan(workshop: Workshop) -> "Plan":
    """What every PDF of the edition says of itself; boxes are added for each printer."""
    from engross.make.typeset.joining.join import Plan

    edition = workshop.edition
    manifest = edition.manifest
    authors = [person.name for person in manifest.people if person.role in {"aut", "edt", "trl"}]
    return Plan(
        medium="screen",
        title=manifest.title,
        authors=tuple(authors),
        language=manifest.language,
        subject=manifest.subtitle,
        keywords=manifest.subjects,
        created=f"{manifest.date}T00:00:00Z",
        modified=f"{edition.modified}T00:00:00Z",
        identifier=manifest.identifier,
    )


SOURCES = (
    ("manifest.yaml", "application/yaml", "The manifest of the edition"),
    ("corrections.yaml", "application/yaml", "The ledger of corrections"),
    ("documents/*/received.txt", "text/plain", "The text as the archive gave it"),
    ("documents/*/transcript.md", "text/markdown", "The transcript"),
    ("documents/*/original.*", "text/plain", "The original that the transcript translates"),
    ("sources/*.xml", "application/tei+xml", "The volume as TEI"),
)
"""What travels in the reading PDF: files of the book, their kind, and what they are."""


def attachments(workshop: Workshop) -> "list[Attachment]":
    """The sources of the edition, for the reading PDF; a document's files carry its name."""
    from engross.make.press.archive import Attachment

    found = []
    for pattern, media, about in SOURCES:
        for path in workshop.sources.find(pattern):
            file = workshop.sources.file(path)
            if isinstance(file, SourceFile):
                name = path.removeprefix("documents/").replace("/", "-")
                found.append(Attachment(name, file.content, media, about))
    return found
