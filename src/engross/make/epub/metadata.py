"""What the package says of the book: identity, people, rights, and accessibility as it is."""

import re
from collections.abc import Sequence

from engross.assemble.edition import DocumentContent, Edition
from engross.make.epub.container import Entry
from engross.render import Rendered
from engross.render.words import Words

MARC = "marc:relators"
CREATORS = frozenset({"aut", "edt", "com"})
"""Roles whose bearers a catalogue calls creators; all others are contributors."""


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
    for number, person in enumerate(manifest.people, 1):
        element = "creator" if person.role in CREATORS else "contributor"
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
    for property_, value in accessibility(edition, rendered, paged=paged):
        meta(property_, value)
    return tuple(lines)


def accessibility(
    edition: Edition, rendered: Sequence[Rendered], *, paged: bool
) -> tuple[tuple[str, str], ...]:
    """
    Accessibility metadata, computed from the files; no conformance is claimed.

    A feature is named only if the files have it; hazards are denied only if nothing in the book
    moves, sounds or runs.
    """
    html = "\n".join(section.html for section in rendered)
    images = re.findall(r"<img\b[^>]*>", html)
    described = all(re.search(r'\balt="[^"]+"', image) for image in images)
    words = Words(edition.manifest.language, edition.strings)
    features = [
        "displayTransformability",
        "readingOrder",
        "structuralNavigation",
        "tableOfContents",
    ]
    features += ["alternativeText"] if images and described else []
    features += ["index"] if any(section.kind == "index" for section in rendered) else []
    features += ["pageBreakMarkers", "pageNavigation"] if paged else []
    features += ["ARIA"] if ' role="doc-' in html else []
    lines = [("schema:accessMode", "textual")]
    lines += [("schema:accessMode", "visual")] if images else []
    if not images or described:
        lines.append(("schema:accessModeSufficient", "textual"))
    lines += [("schema:accessibilityFeature", feature) for feature in sorted(features)]
    if not re.search(r"<(video|audio|script|object|iframe|canvas|embed)\b", html):
        lines.append(("schema:accessibilityHazard", "none"))
    summary = edition.manifest.accessibility.summary or words.say("accessibility-summary")
    lines.append(("schema:accessibilitySummary", summary))
    if paged and edition.manifest.isbn.print:
        isbn = edition.manifest.isbn.print.replace("-", "")
        lines.append(("pageBreakSource", f"urn:isbn:{isbn}"))
    elif paged:
        source = words.say("page-source", title=edition.manifest.title)
        lines.append(("pageBreakSource", f"{source} ({edition.manifest.identifier})"))
    return tuple(lines)
