"""Records are read back with the libraries that their readers use."""

import io
import json
from dataclasses import replace

import bibtexparser
import pymarc
import pytest
import rispy
from lxml import etree
from tests.golden.sample import MANIFEST, edition

from engross.make.records.facts import Facts, facts
from engross.make.records.files import faults, make_records
from engross.make.records.linked import csl, json_ld, opds
from engross.make.records.listing import fields
from engross.make.records.onix import NAMESPACE, onix
from engross.make.records.reference import bibtex, marcxml, ris
from engross.schema.manifest import Manifest

TITLE = "A Sample Document & Its Edition: Every Kind of Thing, 1 January 2000"
CITATION = "Archive of Samples, f. 1, op. 2, d. 3, l. 7"
N = f"{{{NAMESPACE}}}"


def of(**changes: object) -> Facts:
    manifest = Manifest.model_validate({**MANIFEST, **changes})
    return facts(replace(edition(), manifest=manifest), (), paged=False)


def test_bibtex_reads_back_with_the_same_fields(known: Facts) -> None:
    library = bibtexparser.parse_string(bibtex(known).decode())
    assert library.failed_blocks == []
    (entry,) = library.entries
    assert entry.key == "sample"
    assert {field.key: field.value for field in entry.fields} == {
        "title": "{" + TITLE.replace("&", r"\&") + "}",
        "editor": "Person, First",
        "translator": "Second Person",
        "publisher": "Sample Press",
        "address": "Nowhere",
        "year": "2026",
        "version": "1.0",
        "series": "Samples",
        "volume": "3",
        "isbn": "9780000000002",
        "language": "en",
        "note": f"version 1.0, draft 0123456789ab; {CITATION}",
    }


def test_ris_reads_back_with_the_same_fields(known: Facts) -> None:
    (entry,) = rispy.loads(ris(known).decode())
    assert entry["type_of_reference"] == "BOOK"
    assert entry["title"] == TITLE
    assert entry["subsidiary_authors"] == ["Second Person"]
    assert entry["year"] == "2026"
    assert entry["keywords"] == ["Samples"]
    assert entry["unknown_tag"]["AV"] == [CITATION]  # rispy knows no place in an archive


def test_marc_reads_back_with_the_same_fields(known: Facts) -> None:
    (record,) = pymarc.parse_xml_to_array(io.BytesIO(marcxml(known)))
    assert len(record["008"].data) == 40
    assert record["008"].data[35:38] == "eng"
    assert record.title == "A Sample Document & Its Edition : Every Kind of Thing, 1 January 2000"
    assert [field["a"] for field in record.get_fields("020")] == ["9780000000002", "9780000000019"]
    assert [(f["a"], f["4"]) for f in record.get_fields("700")] == [
        ("Person, First", "edt"),
        ("Second Person", "trl"),
    ]
    assert record["534"]["l"] == CITATION
    assert [field.tag for field in record.fields] == sorted(field.tag for field in record.fields)


def test_csl_has_the_edition_and_each_document(known: Facts) -> None:
    book, letter = csl(known)
    assert (book["id"], book["type"], book["title"]) == ("sample", "book", TITLE)
    assert book["editor"] == [{"family": "Person", "given": "First"}]
    assert book["translator"] == [{"literal": "Second Person"}]
    assert book["issued"] == {"date-parts": [[2026, 11, 24]]}
    assert letter["archive"] == "Archive of Samples"
    assert letter["archive_location"] == CITATION
    assert letter["container-title"] == TITLE
    assert letter["original-date"] == {"date-parts": [[2000, 1, 1]]}


def test_opds_leads_to_files_that_are_made_and_never_to_the_printers(known: Facts) -> None:
    (publication,) = opds(known, "sample-cover.png")["publications"]
    assert [link["href"] for link in publication["links"]] == [
        "../sample.epub",
        "../sample-screen.pdf",
    ]
    assert publication["images"] == [{"href": "sample-cover.png", "type": "image/png"}]
    assert publication["metadata"]["modified"] == "2026-11-24T00:00:00Z"


def test_json_ld_has_an_example_for_each_format_with_its_own_isbn(known: Facts) -> None:
    book = json_ld(known)
    assert [example.get("isbn") for example in book["workExample"]] == [
        "9780000000002",
        "9780000000019",
        None,
    ]
    assert book["editor"] == [{"@type": "Person", "name": "First Person"}]
    assert book["creativeWorkStatus"] == "Draft"


def test_each_format_is_a_product_with_its_own_isbn(known: Facts) -> None:
    root = etree.fromstring(onix(known))
    products = list(root.iter(f"{N}Product"))
    assert [
        (
            product.findtext(f"{N}ProductIdentifier/{N}IDValue"),
            product.findtext(f"{N}DescriptiveDetail/{N}ProductForm"),
            product.findtext(f"{N}DescriptiveDetail/{N}ProductFormDetail"),
        )
        for product in products
    ] == [
        ("9780000000002", "ED", "E101"),
        ("9780000000019", "BC", None),
        ("sample-screen", "ED", "E107"),
    ]


@pytest.mark.parametrize(
    ("status", "code"), [("conditional", "01"), ("pending", "01"), ("cleared", "02")]
)
def test_it_is_free_of_charge_until_the_rights_are_cleared(status: str, code: str) -> None:
    root = etree.fromstring(onix(of(rights={"status": status, "statement": "S."})))
    assert {element.text for element in root.iter(f"{N}UnpricedItemType")} == {code}
    assert not list(root.iter(f"{N}Price"))


def test_a_title_longer_than_the_form_takes_is_told_with_its_length() -> None:
    known = of(title="T" * 150, subtitle="S" * 60)
    assert [str(fault) for fault in faults(known)] == [
        "manifest.yaml: Q301 title and subtitle has 12 characters more than the 200 that the form "
        "takes (KDP: title and subtitle together)\n"
        "    fix: shorten it, or give the form a shorter one"
    ]
    text = {field.name: str(field) for field in fields(known)}["Title and subtitle"]
    assert text.startswith(
        "Title and subtitle  [212 characters of 200 (KDP: title and subtitle together), "
        "12 TOO MANY]"
    )


def test_every_record_is_made_with_the_same_bytes_each_time(known: Facts) -> None:
    first = {output.name: output.content for output in make_records(known, cover=b"\x89PNG")}
    again = {output.name: output.content for output in make_records(known, cover=b"\x89PNG")}
    assert first == again
    assert sorted(first) == [
        "metadata/cite.txt",
        "metadata/csl.json",
        "metadata/listing.txt",
        "metadata/marc.xml",
        "metadata/onix-google.xml",
        "metadata/onix.xml",
        "metadata/opds.json",
        "metadata/sample-cover.png",
        "metadata/sample.bib",
        "metadata/sample.ris",
        "metadata/schema.jsonld",
        "metadata/tei/letter.xml",
    ]
    for name, content in first.items():
        if name.endswith(("json", "jsonld")):
            assert json.loads(content)
        if name.endswith(".xml"):
            etree.fromstring(content)
