"""Deposits for DataCite and Crossref: a DOI per version, and how it stands to others."""

from pathlib import Path

import pytest
from lxml import etree
from tests.small import judged, small
from tests.unit.records.test_citing import of

from engross.make.records.files import make_records
from engross.make.records.registered import crossref, datacite

NAMES = {"c": "http://www.crossref.org/schema/5.3.1"}
DOIS = {"identifier": "doi:10.1000/1", "identifier_this": "https://doi.org/10.1000/1.v2"}
PEOPLE = [
    {"name": "First Person", "file_as": "Person, First", "role": "edt"},
    {"name": "A Second Body", "role": "trl"},
]


def test_a_version_names_the_edition_and_the_version_before_it() -> None:
    found = datacite(of(**DOIS, people=PEOPLE), "10.1000/1.v1")
    assert found["doi"] == "10.1000/1.v2"
    assert found["relatedIdentifiers"] == [
        {"relatedIdentifier": doi, "relatedIdentifierType": "DOI", "relationType": kind}
        for kind, doi in (("IsVersionOf", "10.1000/1"), ("IsNewVersionOf", "10.1000/1.v1"))
    ]
    assert found["creators"] == [{"name": "Person, First"}]
    assert found["contributors"] == [{"name": "A Second Body", "contributorType": "Other"}]
    assert {"titles", "publisher", "publicationYear", "types"} <= found.keys()


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"publisher": None, "people": [], "subjects": [], "description": ""},
        {"rights": {"status": "cleared", "statement": "S.", "licence": "CC-BY-4.0"}},
        {"people": PEOPLE, "subtitle": "Papers"},
    ],
)
def test_datacites_own_schema_takes_it(changes: dict[str, object]) -> None:
    reason = "the Python package datacite, which has the schema, is not installed"
    schema = pytest.importorskip("datacite.schema45", reason=reason)
    found = datacite(of(**DOIS, **changes), "10.1000/1.v1")
    assert [error.message for error in schema.validator.iter_errors(found)] == []


def test_an_edition_with_one_doi_is_a_version_of_nothing() -> None:
    found = datacite(of(identifier="doi:10.1000/1"), "")
    assert found["doi"] == "10.1000/1"
    assert "relatedIdentifiers" not in found


def test_crossref_is_given_people_by_their_roles_and_the_doi_of_the_version() -> None:
    root = etree.fromstring(crossref(of(**DOIS, people=PEOPLE, isbn={})))
    said = {
        path: root.xpath(f"string(//c:{path})", namespaces=NAMES)
        for path in ("doi", "surname", "given_name", "organization", "title", "edition_number")
    }
    assert said | {"title": ""} == {
        "doi": "10.1000/1.v2",
        "surname": "Person",
        "given_name": "First",
        "organization": "A Second Body",
        "title": "",
        "edition_number": "1",
    }
    assert root.xpath("//c:organization/@contributor_role", namespaces=NAMES) == ["translator"]
    assert root.xpath("//c:book/@book_type", namespaces=NAMES) == ["edited_book"]


def test_without_a_doi_nothing_is_to_be_deposited() -> None:
    names = {one.name for one in make_records(of())}
    assert not names & {"metadata/datacite.json", "metadata/crossref.xml"}
    names = {one.name for one in make_records(of(**DOIS))}
    assert {"metadata/datacite.json", "metadata/crossref.xml"} <= names


def test_a_role_that_no_catalogue_knows_is_told(tmp_path: Path) -> None:
    people = "people: [{name: A, role: edt}, {name: B, role: edi}]\n"
    _, findings = judged(small(tmp_path, "document: paper", {}, people))
    assert [(one.code, one.message) for one in findings if one.code == "R024"] == [
        ("R024", "'edi' is no MARC relator code; did you mean edt?")
    ]


def test_prices_without_effect_are_told(tmp_path: Path) -> None:
    more = "outputs: [epub, cover]\ncover: {ean_5: '53000'}\nprices:\n"
    more += "  - {format: print, amount: '24.00', currency: GBP}\n"
    _, findings = judged(small(tmp_path, "document: paper", {}, more))
    assert [(str(one.place), one.message) for one in findings if one.code == "R025"] == [
        ("manifest.yaml:9:14", "there is a price for 'print', which is not among the outputs"),
        (
            "manifest.yaml:7:16",
            "the cover is to have an EAN-5, and there is no ISBN of the print to set it beside",
        ),
    ]
