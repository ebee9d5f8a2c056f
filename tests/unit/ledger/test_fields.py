"""Fields of a file are corrected by quotation, and stay what their file allows."""

import pytest

from engross.ledger.entries import Entries
from engross.ledger.fields import OF_MANIFEST, correct_fields, field_texts, of_document
from engross.model.finding import Place
from engross.schema.ledger import Correction
from engross.schema.manifest import Manifest

MANIFEST = Manifest.model_validate(
    {
        "edition": "a",
        "title": "The Amabssador of Japan",
        "short_title": "Yamada",
        "date": "1961-09-14",
        "identifier": "urn:x:1",
        "people": [{"name": "A. Smith", "role": "trl"}, {"name": "B. Jones", "role": "edt"}],
        "rights": {"status": "cleared", "statement": "None are known."},
        "sections": ["title-page"],
    }
)


def entry(address: str, exact: str, read: str | None, **more: object) -> tuple[Correction, Place]:
    values = {
        "id": "C-0001",
        "status": "verified",
        "kind": "apparatus",
        "class": "accidental",
        "at": {"address": address, "exact": exact},
        "read": read,
        "reason": "A slip.",
        **more,
    }
    return Correction.model_validate(values), Place("corrections.yaml", 9, 5)


def test_words_are_fields_and_switches_are_none() -> None:
    assert field_texts(MANIFEST, OF_MANIFEST) == {
        "manifest/title": "The Amabssador of Japan",
        "manifest/short-title": "Yamada",
        "manifest/people/1/name": "A. Smith",
        "manifest/people/2/name": "B. Jones",
        "manifest/rights/statement": "None are known.",
    }


def test_only_the_quoted_words_of_a_field_change() -> None:
    rows = [entry("manifest/title", "Amabssador", "Ambassador")]
    value, edits, findings = correct_fields(MANIFEST, OF_MANIFEST, Entries(rows))
    assert findings == ()
    told = ("The Amabssador of Japan", "The Ambassador of Japan")
    assert [(edit.old, edit.new) for edit in edits] == [told]  # readers are told it whole
    assert value == MANIFEST.model_copy(update={"title": "The Ambassador of Japan"})


def test_a_field_within_a_list_is_named_by_its_place() -> None:
    rows = [entry("manifest/people/2/name", "Jones", "Johns")]
    value, _, _ = correct_fields(MANIFEST, OF_MANIFEST, Entries(rows))
    assert [person.name for person in value.people] == ["A. Smith", "B. Johns"]


def test_entries_for_other_texts_leave_a_file_alone() -> None:
    rows = [entry("yamada", "Amabssador", "Ambassador")]
    assert correct_fields(MANIFEST, OF_MANIFEST, Entries(rows)) == (MANIFEST, (), ())
    assert correct_fields(MANIFEST, of_document("yamada"), Entries(rows))[0] is MANIFEST


@pytest.mark.parametrize(
    ("row", "wanted"),
    [
        (
            entry("manifest/title", "Ambasador", "Ambassador"),
            'L001 C-0001: "Ambasador" is not in manifest/title; nearest (78 %): "Amabssador"',
        ),
        (
            entry("manifest/subtitle", "Moscow", "Tokyo"),
            'L001 C-0001: "Moscow" is not in manifest/subtitle, which says nothing',
        ),
        (
            entry("manifest/title", "Amabssador", "Ambassador", show="sic-corr"),
            "L025 C-0001: a field of a file has no note and no paragraphs, so it takes the new "
            "words alone",
        ),
        (
            entry("manifest/title", "Amabssador", "Ambassador", kind="transcription"),
            "L025 C-0001: a field of a file has no note and no paragraphs, so it takes the new "
            "words alone",
        ),
        (
            entry("manifest/title", "The Amabssador of Japan", ""),
            'L026 C-0001: manifest/title cannot read "": String should have at least 1 character',
        ),
    ],
)
def test_what_a_field_cannot_take_is_said(row: tuple[Correction, Place], wanted: str) -> None:
    value, edits, findings = correct_fields(MANIFEST, OF_MANIFEST, Entries([row]))
    assert [f"{found.code} {found.message}" for found in findings] == [wanted]
    assert (value, edits) == (MANIFEST, ())
