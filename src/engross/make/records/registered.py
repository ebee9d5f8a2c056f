"""What DataCite and Crossref are given with a DOI; only where the manifest names one."""

from typing import Any

from lxml import etree

from engross.make.records.facts import Facts, creators, doi_of, inverted
from engross.schema.manifest import Person

CONTRIBUTORS = {"edt": "Editor", "com": "DataCollector", "rps": "HostingInstitution"}
"""DataCite's kinds, by MARC relator; anything else is Other."""
CROSSREF = "http://www.crossref.org/schema/5.3.1"
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
        "publicationYear": int(facts.year),
        "dates": [{"date": facts.edition.day or manifest.date, "dateType": "Issued"}],
        "language": manifest.language,
        "version": manifest.version,
        "subjects": [{"subject": one} for one in manifest.subjects],
        "descriptions": [
            {"description": " ".join(text.split()), "descriptionType": "Abstract"}
            for text in [manifest.description]
            if text
        ],
        "rightsList": [{"rights": rights.statement, "rightsUri": rights.licence}],
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
    doi = doi_of(manifest.identifier_this) or doi_of(manifest.identifier)
    root = etree.fromstring(f'<doi_batch xmlns="{CROSSREF}" version="5.3.1"/>'.encode())
    publisher = manifest.publisher.name if manifest.publisher else ""
    day = facts.edition.day or manifest.date
    head = _in(root, "head")
    _in(head, "doi_batch_id", f"{manifest.edition}-{manifest.version}")
    _in(head, "timestamp", day.replace("-", "") + "000000")
    depositor = _in(head, "depositor")
    _in(depositor, "depositor_name", publisher)
    _in(depositor, "email_address", manifest.rights.contact)
    _in(head, "registrant", publisher)
    kind = "edited_book" if facts.people("edt") else "monograph"
    book = _in(_in(root, "body"), "book", book_type=kind)
    about = _in(book, "book_metadata", language=manifest.language.partition("-")[0])
    named = [one for one in creators(facts.edition) + facts.people("trl") if one.role in ROLES]
    people = _in(about, "contributors") if named else about
    for number, one in enumerate(named):
        _person(people, one, first=not number)
    titles = _in(about, "titles")
    _in(titles, "title", manifest.title)
    if manifest.subtitle:
        _in(titles, "subtitle", manifest.subtitle)
    _in(about, "edition_number", manifest.version.partition(".")[0])
    date = _in(about, "publication_date", media_type="online")
    year, month, number_ = day.split("-")
    for tag, value in (("month", month), ("day", number_), ("year", year)):
        _in(date, tag, value)
    isbns = {form.kind: form.isbn for form in facts.formats if form.isbn}
    for form, isbn in isbns.items():
        _in(about, "isbn", isbn, media_type="print" if form == "print" else "electronic")
    if not isbns:
        _in(about, "noisbn", reason="archive_volume")
    _in(_in(about, "publisher"), "publisher_name", publisher)
    data = _in(about, "doi_data")
    _in(data, "doi", doi)
    _in(data, "resource", manifest.publisher.url if manifest.publisher else "")
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True))


def _person(parent: etree._Element, one: Person, *, first: bool) -> None:
    """Somebody by name as a catalogue files it; nothing is guessed of a name without `file_as`."""
    facts = {"sequence": "first" if first else "additional", "contributor_role": ROLES[one.role]}
    family, _, given = one.file_as.partition(", ")
    if not given:
        _in(parent, "organization", one.name, **facts)
        return
    row = _in(parent, "person_name", **facts)
    _in(row, "given_name", given)
    _in(row, "surname", family)


def _in(parent: etree._Element, tag: str, text: str = "", **facts: str) -> etree._Element:
    element = etree.SubElement(parent, f"{{{CROSSREF}}}{tag}", facts)
    element.text = text or None
    return element
