"""What the package says of the book: identity, people, rights, and accessibility as it is."""

from collections.abc import Sequence

from engross.assemble.edition import DocumentContent, Edition
from engross.make.epub.container import Entry
from engross.make.records.accessibility import accessibility
from engross.make.records.facts import CREATORS, creators
from engross.render import Rendered

MARC = "marc:relators"


def metadata(edition: Edition, rendered: Sequence[Rendered], *, paged: bool) -> tuple[Entry, ...]:
    """
    The lines of the package's metadata; only what the manifest has or the files show.

    Args:
        edition: what is published.
        rendered: its sections as they stand in the EPUB.
        paged: whether the files mark the pages of a printing.
    """
    manifest = edition.manifest
    lines: list[Entry] = []

    def add(element: str, value: str, **attributes: str) -> None:
        if value:
            lines.append(Entry(element, " ".join(value.split()), attributes))

    def meta(property_: str, value: str, refines: str = "", scheme: str = "") -> None:
        attributes = {"property": property_}
        if refines:
            attributes["refines"] = f"#{refines}"
        if scheme:
            attributes["scheme"] = scheme
        if value:
            lines.append(Entry("", " ".join(value.split()), attributes))

    add("title", manifest.title, id="title")
    meta("title-type", "main", "title")
    if manifest.subtitle:
        add("title", manifest.subtitle, id="subtitle")
        meta("title-type", "subtitle", "subtitle")
    add("language", manifest.language)
    if manifest.isbn.epub:
        add("identifier", f"urn:isbn:{manifest.isbn.epub.replace('-', '')}", id="isbn")
        meta("identifier-type", "15", "isbn", "onix:codelist5")
    named = manifest.people
    others = [one for one in creators(edition) if one not in named]
    for number, person in enumerate([*others, *named], 1):
        element = "creator" if person in others or person.role in CREATORS else "contributor"
        add(element, person.name, id=f"person-{number}")
        meta("role", person.role, f"person-{number}", MARC)
        meta("file-as", person.file_as, f"person-{number}")
    if manifest.publisher:
        add("publisher", manifest.publisher.name)
    add("date", manifest.date)
    for section in edition.sections:
        if isinstance(section.content, DocumentContent):
            add("source", section.content.citation)
    rights = manifest.rights
    add("rights", " ".join(part for part in (rights.statement, rights.terms) if part))
    add("description", manifest.description)
    for subject in manifest.subjects:
        add("subject", subject)
    if manifest.series:
        meta("belongs-to-collection", manifest.series)
        lines[-1] = Entry("", manifest.series, {**lines[-1].attributes, "id": "series"})
        meta("collection-type", "series", "series")
        meta("group-position", manifest.volume, "series")
    meta("schema:version", manifest.version)
    return (*lines, *statements(edition, rendered, paged=paged))


def statements(edition: Edition, rendered: Sequence[Rendered], *, paged: bool) -> tuple[Entry, ...]:
    """The accessibility of the files as the package says it; see `records.accessibility`."""
    found = accessibility(edition, rendered, paged=paged)
    lines = [("schema:accessMode", value) for value in found.modes]
    lines += [("schema:accessModeSufficient", value) for value in found.sufficient]
    lines += [("schema:accessibilityFeature", value) for value in found.features]
    lines += [("schema:accessibilityHazard", value) for value in found.hazards]
    lines.append(("schema:accessibilitySummary", found.summary))
    if paged:
        lines.append(("pageBreakSource", page_source(edition)))
    if found.exemption:
        lines.append(("a11y:exemption", found.exemption))
    entries = [Entry("", " ".join(value.split()), {"property": name}) for name, value in lines]
    if found.conforms_to:
        claim = {"property": "dcterms:conformsTo", "id": "conformance"}
        entries.append(Entry("", found.conforms_to, claim))
        refined = {"refines": "#conformance"}
        entries.append(Entry("", found.certified_by, {"property": "a11y:certifiedBy", **refined}))
        entries.append(Entry("", found.certified_on, {"property": "dcterms:date", **refined}))
    return tuple(entries)


def page_source(edition: Edition) -> str:
    """The printing whose pages are marked: by ISBN, else by title and the edition's identifier."""
    manifest = edition.manifest
    if manifest.isbn.print:
        return f"urn:isbn:{manifest.isbn.print.replace('-', '')}"
    source = edition.words.say("page-source", title=manifest.title)
    return f"{source} ({manifest.identifier})"
