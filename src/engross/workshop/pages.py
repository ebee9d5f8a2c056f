"""
Outputs that have pages: one typesetting, written for print and for the screen.

An EPUB alone asks where pages begin, and makes none: what writes and judges them is loaded by those
who do.
"""

from engross.make.records.facts import creators
from engross.make.typeset.values import Attachment, Plan, page_map
from engross.make.typeset.versions import engine
from engross.model.source import SourceFile
from engross.workshop.candidate import Pressed
from engross.workshop.printing import for_press, for_reading
from engross.workshop.workshop import Making, Workshop


def make_pages(workshop: Workshop) -> Making:
    """
    Typeset the sections and write them for each printer's profile and for the screen.

    Raises:
        EngrossError: a unit cannot be typeset without loss.
    """
    typesetting, kinds = workshop.typesetting, workshop.kinds
    pressed: list[Pressed] = []
    said = plan(workshop)
    profiles = workshop.edition.manifest.print.profiles
    if "print" in kinds or workshop.impose:
        for profile in profiles:
            workshop.progress.remark("make", f"print for {profile}")
            pressed.append(for_press(typesetting, said, workshop, profile))
    if "cover" in kinds:
        from engross.workshop.covering import for_cover

        for profile in profiles:
            workshop.progress.remark("make", f"cover for {profile}")
            pressed.append(for_cover(typesetting, said, workshop, profile))
    if "screen" in kinds:
        workshop.progress.remark("make", "reading PDF")
        pressed.append(for_reading(workshop.reading, said, workshop, attachments(workshop)))
    faces = workshop.house.fonts
    candidates = tuple(one.candidate for one in pressed if one.candidate is not None)
    return Making(
        tuple(one.output for one in candidates),
        (*typesetting.findings, *(found for one in pressed for found in one.findings)),
        len(typesetting.units),
        typesetting.typeset,
        versions={name: number for name, number in engine() if name != "engross"},
        candidates=candidates,
        fonts={face.name: face.digest for face in faces},
        licences={face.name: face.licence for face in faces if face.licence},
        page_map=page_map(typesetting),
    )


def plan(workshop: Workshop) -> Plan:
    """What every PDF of the edition says of itself; boxes are added for each printer."""
    edition = workshop.edition
    manifest = edition.manifest
    named = [person for person in manifest.people if person.role in {"aut", "edt", "trl"}]
    authors = [person.name for person in named or creators(edition)]
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
        words={
            "page": edition.words.say("page-mark", label="{}"),
            "paragraph": edition.words.say("paragraph-label", number="{}"),
            "note": edition.words.say("note-label", number="{}"),
        },
    )


SOURCES = (
    ("manifest.yaml", "application/yaml", "The manifest of the edition"),
    ("corrections.yaml", "application/yaml", "The ledger of corrections"),
    ("corrections/*.yaml", "application/yaml", "An entry of the ledger"),
    ("documents/*/received.txt", "text/plain", "The text as the archive gave it"),
    ("documents/*/transcript.md", "text/markdown", "The transcript"),
    ("documents/*/original.*", "text/plain", "The original that the transcript translates"),
    ("sources/*.xml", "application/tei+xml", "The volume as TEI"),
)
"""What travels in the reading PDF: files of the book, their kind, and what they are."""


def attachments(workshop: Workshop) -> list[Attachment]:
    """The sources of the edition, for the reading PDF; a document's files carry its name."""
    found = []
    for pattern, media, about in SOURCES:
        for path in workshop.sources.find(pattern):
            file = workshop.sources.file(path)
            if isinstance(file, SourceFile):
                name = path.removeprefix("documents/").replace("/", "-")
                found.append(Attachment(name, file.content, media, about))
    return found
