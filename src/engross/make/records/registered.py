"""What DataCite and Crossref are given with a DOI; only where the manifest names one."""

from typing import Any

from engross.make.records.facts import Facts, creators, doi_of, inverted

CONTRIBUTORS = {"edt": "Editor", "com": "DataCollector", "rps": "HostingInstitution"}
"""DataCite's kinds, by MARC relator; anything else is Other."""
ROLES = {"aut": "author", "edt": "editor", "trl": "translator"}
"""Crossref's kinds; nobody else is named there."""


def datacite(facts: Facts, before: str) -> dict[str, Any]:
    """
    The attributes of DataCite's metadata schema 4, as its REST interface takes them.

    What is registered is this version's own DOI where it has one, else the edition's; `before` is
    the DOI of the version before it.
    """
    manifest = facts.manifest
    whole, this = doi_of(manifest.identifier), doi_of(manifest.identifier_this)
    made = creators(facts.edition)
    rest = [one for one in manifest.people if one not in made]
    related = [("IsVersionOf", whole if this else ""), ("IsNewVersionOf", before)]
    rights = manifest.rights
    named = "rightsUri" if ":" in rights.licence else "rightsIdentifier"  # an SPDX expression
    licence = {named: rights.licence} if rights.licence else {}
    found: dict[str, Any] = {
        "doi": this or whole,
        "schemaVersion": "http://datacite.org/schema/kernel-4",
        "types": {"resourceTypeGeneral": "Book", "resourceType": "Documentary edition"},
        "titles": [
            {"title": manifest.title},
            *([{"title": manifest.subtitle, "titleType": "Subtitle"}] if manifest.subtitle else []),
        ],
        "creators": [{"name": inverted(one)} for one in made],
        "contributors": [
            {"name": inverted(one), "contributorType": CONTRIBUTORS.get(one.role, "Other")}
            for one in rest
        ],
        "publisher": {"name": manifest.publisher.name if manifest.publisher else ":unav"},
        "publicationYear": facts.year,
        "dates": [{"date": facts.edition.day or manifest.date, "dateType": "Issued"}],
        "language": manifest.language,
        "version": manifest.version,
        "subjects": [{"subject": one} for one in manifest.subjects],
        "descriptions": [
            {"description": " ".join(text.split()), "descriptionType": "Abstract"}
            for text in [manifest.description]
            if text
        ],
        "rightsList": [{"rights": rights.statement, **licence}],
        "formats": sorted({form.media_type for form in facts.formats}),
        "alternateIdentifiers": [
            {"alternateIdentifier": form.isbn, "alternateIdentifierType": "ISBN"}
            for form in facts.formats
            if form.isbn
        ],
        "relatedIdentifiers": [
            {"relatedIdentifier": doi, "relatedIdentifierType": "DOI", "relationType": kind}
            for kind, doi in related
            if doi
        ],
    }
    return {key: value for key, value in found.items() if value}


def crossref(facts: Facts) -> bytes:
    """A deposit for Crossref: a book, its people and ISBNs; `depositor` is left to be filled in."""
    manifest = facts.manifest
    named = [one for one in creators(facts.edition) + facts.people("trl") if one.role in ROLES]
    return facts.written(
        "crossref.xml",
        doi=doi_of(manifest.identifier_this) or doi_of(manifest.identifier),
        date=facts.edition.day or manifest.date,
        named=[(one, ROLES[one.role]) for one in named],
    )
