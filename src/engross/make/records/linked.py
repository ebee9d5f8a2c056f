"""Records in JSON: schema.org for search engines, OPDS 2.0 for catalogues, CSL for citations."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from engross.assemble.edition import DocumentContent, Section
from engross.make.records.citing import cite_document
from engross.make.records.facts import Facts, Format, doi_of, line
from engross.model.edtf import read
from engross.schema.manifest import Person

ROLES = {"aut": "author", "edt": "editor", "trl": "translator"}
"""Members of schema.org and of OPDS, by MARC relator; all others are contributors."""
FORMATS = {
    "epub": "https://schema.org/EBook",
    "screen": "https://schema.org/EBook",
    "print": "https://schema.org/Paperback",
}


def as_bytes(value: object) -> bytes:
    """JSON in one form: sorted keys, UTF-8."""
    return (json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()


def json_ld(facts: Facts) -> dict[str, Any]:
    """The edition as a schema.org Book, with an example for each format."""
    manifest = facts.manifest
    book: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Book",
        "@id": manifest.identifier,
        "identifier": manifest.identifier_this or manifest.identifier,
        "name": manifest.title,
        "alternativeHeadline": manifest.subtitle,
        "description": line(manifest.description),
        "inLanguage": manifest.language,
        "datePublished": manifest.date,
        "dateModified": facts.edition.modified,
        "version": manifest.version,
        "creativeWorkStatus": "Published" if facts.edition.released else "Draft",
        "bookEdition": manifest.edition_statement,
        "keywords": list(manifest.subjects),
        "isAccessibleForFree": True if facts.free else None,
        "usageInfo": manifest.rights.terms,
        "license": manifest.rights.licence,
        "copyrightNotice": manifest.rights.statement,
        "publisher": _organisation(facts),
        "url": facts.address,
        "isPartOf": {"@type": "BookSeries", "name": manifest.series} if manifest.series else None,
        "hasPart": [_document(section) for section in facts.documents],
        "workExample": [_example(facts, form) for form in facts.formats],
    }
    book |= _people(manifest.people, lambda one: {"@type": "Person", "name": one.name})
    return _filled(book)


def _example(facts: Facts, form: Format) -> dict[str, Any]:
    row: dict[str, Any] = {
        "@type": "Book",
        "bookFormat": FORMATS[form.kind],
        "encodingFormat": form.media_type,
        "isbn": form.isbn,
        "name": facts.manifest.title,
        "inLanguage": facts.manifest.language,
    }
    if form.kind == "epub":
        row |= accessible(facts)
    return _filled(row)


def accessible(facts: Facts) -> dict[str, Any]:
    """The statement of the EPUB's package in the members of schema.org."""
    found = facts.accessibility
    return _filled(
        {
            "accessMode": list(found.modes),
            "accessModeSufficient": [
                {"@type": "ItemList", "itemListElement": [mode]} for mode in found.sufficient
            ],
            "accessibilityFeature": list(found.features),
            "accessibilityHazard": list(found.hazards),
            "accessibilitySummary": found.summary,
            "conformsTo": found.conforms_to,
        }
    )


def _document(section: Section) -> dict[str, Any]:
    content = section.content
    assert isinstance(content, DocumentContent)
    record = content.record
    return _filled(
        {
            "@type": "ArchiveComponent",
            "name": record.title.supplied,
            "alternateName": record.title.original,
            "genre": record.type,
            "dateCreated": record.dates.event,
            "locationCreated": record.place.name if record.place else "",
            "inLanguage": record.language,
            "holdingArchive": {
                "@type": "ArchiveOrganization",
                "name": record.source.repository,
            },
            "itemLocation": content.citation,
            "position": section.number,
        }
    )


IMAGES = {".png": "image/png", ".jpg": "image/jpeg"}


def opds(facts: Facts, cover: str = "") -> dict[str, Any]:
    """
    A feed with this one publication, its files to be had without asking.

    `cover` names its picture, beside the feed; an OPDS publication should have one.
    """
    manifest = facts.manifest
    metadata: dict[str, Any] = {
        "@type": "http://schema.org/Book",
        "title": manifest.title,
        "subtitle": manifest.subtitle,
        "identifier": manifest.identifier,
        "language": manifest.language,
        "modified": f"{facts.edition.modified}T00:00:00Z",
        "published": manifest.date,
        "description": line(manifest.description),
        "subject": list(manifest.subjects),
        "publisher": manifest.publisher.name if manifest.publisher else "",
        "belongsTo": {"series": {"name": manifest.series}} if manifest.series else None,
        "accessibility": _opds_accessibility(facts),
    }
    metadata |= _people(manifest.people, _opds_person)
    publication: dict[str, Any] = {
        "metadata": _filled(metadata),
        "links": [
            {
                "rel": "http://opds-spec.org/acquisition/open-access",
                "href": f"../{form.name}",
                "type": form.media_type,
                "title": form.kind,
            }
            for form in facts.formats
            if form.kind != "print"
        ],
        "images": [{"href": cover, "type": IMAGES[cover[-4:]]}] if cover else [],
    }
    return {
        "metadata": {"title": manifest.title, "modified": f"{facts.edition.modified}T00:00:00Z"},
        "links": [{"rel": "self", "href": "opds.json", "type": "application/opds+json"}],
        "publications": [publication],
    }


def _opds_accessibility(facts: Facts) -> dict[str, Any]:
    found = facts.accessibility
    return _filled(
        {
            "accessMode": list(found.modes),
            "accessModeSufficient": [list(found.sufficient)] if found.sufficient else [],
            "feature": list(found.features),
            "hazard": list(found.hazards),
            "summary": found.summary,
            "conformsTo": found.conforms_to,
            "exemption": found.exemption,
            "certification": {"certifiedBy": found.certified_by} if found.certified_by else None,
        }
    )


def _opds_person(person: Person) -> dict[str, Any]:
    row = {"name": person.name, "sortAs": person.file_as}
    return _filled(row if person.role in ROLES else {**row, "role": person.role})


def csl(facts: Facts) -> list[dict[str, Any]]:
    """The edition and each of its documents as items of CSL-JSON."""
    manifest = facts.manifest
    common: dict[str, Any] = {
        "publisher": manifest.publisher.name if manifest.publisher else "",
        "publisher-place": manifest.publisher.place if manifest.publisher else "",
        "issued": _dated(facts.edition.modified),
        "language": manifest.language,
        "version": manifest.version,
        "URL": facts.address,
        "DOI": doi_of(manifest.identifier_this or manifest.identifier),
        "note": "" if facts.edition.released else "draft, not released",
    }
    isbns = [form.isbn for form in facts.formats if form.isbn]
    rows: list[dict[str, Any]] = [
        {
            "id": manifest.edition,
            "type": "book",
            "title": facts.title,
            "title-short": manifest.short_title,
            "collection-title": manifest.series,
            "collection-number": manifest.volume,
            "ISBN": " ".join(isbns),
            **common,
            **_csl_people(manifest.people),
        }
    ]
    for section in facts.documents:
        content = section.content
        assert isinstance(content, DocumentContent)
        record = content.record
        rows.append(
            {
                "id": f"{manifest.edition}-{section.address}",
                "type": "chapter",
                "title": record.title.supplied,
                "genre": record.type,
                "container-title": facts.title,
                "collection-title": manifest.series,
                "chapter-number": section.number,
                "archive": record.source.repository,
                "archive-place": record.source.place,
                "archive_location": content.citation,
                "original-date": _dated(record.dates.event),
                "event-place": record.place.name if record.place else "",
                **common,
                **_csl_people((*record.contributors,)),
                "annote": cite_document(facts, section).text,
            }
        )
    return [_filled(row) for row in rows]


def _csl_people(people: Sequence[Person]) -> dict[str, Any]:
    found: dict[str, list[dict[str, str]]] = {}
    for person in people:
        if person.role in ROLES:
            family, _, given = person.file_as.partition(", ")
            name = {"family": family, "given": given} if given else {"literal": person.name}
            found.setdefault(ROLES[person.role], []).append(name)
    return dict(found)


def _people(people: Sequence[Person], write: Any) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = {}
    for person in people:
        found.setdefault(ROLES.get(person.role, "contributor"), []).append(write(person))
    return found


def _organisation(facts: Facts) -> dict[str, Any] | None:
    publisher = facts.manifest.publisher
    if publisher is None:
        return None
    return _filled({"@type": "Organization", "name": publisher.name, "url": publisher.url})


def _filled(row: Mapping[str, Any]) -> dict[str, Any]:
    """Only what has a value."""
    return {name: value for name, value in row.items() if value not in ("", None, [], {})}


def _dated(iso: str) -> dict[str, Any]:
    """A date as CSL has it; nothing where it is not known."""
    begin, _ = read(iso)
    parts = (begin.year - (begin.year < 1), begin.month, begin.day) if begin else ()
    return {"date-parts": [[part for part in parts if part]]} if parts else {}
