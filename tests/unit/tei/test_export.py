"""TEI as an output."""

import pytest
from lxml import etree
from tests.tei_volume import make_tei_volume, points

from engross.make.tei import make_tei
from engross.model.source import SourceFile
from engross.model.text import Body, Leaf, Mark, Note, Point, Run
from engross.parse.tei import prove, read_tei
from engross.parse.tei.proof import of_tree, segments
from engross.schema.document import DocumentRecord
from engross.schema.ledger import Correction

NS = {"t": "http://www.tei-c.org/ns/1.0"}
XML = "{http://www.w3.org/XML/1998/namespace}"


@pytest.mark.parametrize("name", ["volume", "letter", "choice", "dirty"])
def test_a_volume_that_is_exported_reads_the_same(volume, file, name):
    first = volume(name)
    written = SourceFile.of("again.xml", make_tei_volume(first, file(name)))
    second = read_tei(written)
    assert prove(second, written) == ()
    for kind in ("break", "note", "gap", "line", "space", "reference"):
        assert points(second, kind) == points(first, kind), kind
    for one, other in zip(first.walk(), second.walk(), strict=True):
        assert other.id == one.id
        assert segments(of_tree(other.body).text) == segments(of_tree(one.body).text)
        assert [(n.id, n.kind, n.label) for n in other.body.notes] == [
            (n.id, n.kind, n.label) for n in one.body.notes
        ]
    for element in ("ref", "persName", "pb", "note", "choice", "sic", "corr", "del", "add", "c"):
        assert second.coverage.count(element).total == first.coverage.count(element).total
    assert second.header == first.header
    assert make_tei_volume(second, written) == written.content


def _record() -> DocumentRecord:
    return DocumentRecord.model_validate(
        {
            "id": "sample",
            "received": {"sha256": "0" * 64},
            "title": {"supplied": "A Letter", "original": "Letter"},
            "dates": {"event": "1901-02-03"},
            "place": {"name": "Sampletown", "supplied": True, "certainty": "low"},
            "language": "en",
            "source_language": "ru",
            "source": {
                "repository": "Sample Archive",
                "fond": "1",
                "opis": "2",
                "delo": "3",
                "leaves": {"from": "4", "to": "5ob"},
            },
            "participants": [{"name": "Writer", "role": "author", "person": "writer"}],
            "hands": [{"id": "h1", "description": "blue pencil"}],
        }
    )


def _correction(identifier: str, **more: object) -> Correction:
    return Correction.model_validate(
        {
            "id": identifier,
            "status": "verified",
            "kind": "transcription",
            "class": "substantive",
            "at": {"address": "sample", "exact": "Minster", "block": "p-002"},
            "read": "Minister",
            "reason": "a slip of the typist",
            "resp": "editor",
            "decided": {"by": "Editor One", "on": "2001-02-03"},
            **more,
        }
    )


BODY = Body(
    blocks=(
        Leaf("p-001", "heading", (Run("Letter"),), level=1),
        Leaf(
            "p-002",
            "paragraph",
            (
                Run("The "),
                Run(
                    "Minister",
                    (
                        Mark(
                            "correction",
                            (
                                ("id", "C-0001"),
                                ("old", "Minster"),
                                ("new", "Minister"),
                                ("show", "corr"),
                            ),
                        ),
                    ),
                ),
                Point("correction-end", (("id", "C-0001"),)),
                Run(" came", (Mark("emphasis"),)),
                Point("note", (("id", "came"),)),
                Run("."),
                Run("Above", (Mark("reference", (("address", "sample#p-001"),)),)),
                Run("Elsewhere", (Mark("reference", (("address", "introduction"),)),)),
                Point("citation", (("source", "book"), ("locator", "p. 2"))),
                Run("X", (Mark("person", (("key", "writer"),)),)),
                Point("correction-end", (("id", "C-0002"),)),
            ),
        ),
        Leaf("p-003", "marginal", (Run("Seen."),), (("hand", "#h1"),)),
        Leaf("p-004", "heading", (Run("Second part"),), level=2),
        Leaf("p-005", "signature", (Run("W."),)),
    ),
    notes=(
        Note(
            "came",
            "editor",
            (Leaf("p-001", "paragraph", (Run("Or "), Run("went", (Mark("emphasis"),)), Run("."))),),
            number=1,
            resp="ed",
        ),
    ),
)


def _made() -> tuple[bytes, etree._Element]:
    ledger = [
        _correction("C-0001"),
        _correction("C-0002", read="", at={"address": "sample", "exact": " Yes."}),
        _correction("C-0003", status="rejected"),
    ]
    content = make_tei(_record(), BODY, corrections=ledger)
    return content, etree.fromstring(content)


def test_a_correction_is_sic_and_corr_with_who_answers_for_it():
    root = _made()[1]
    choices = root.findall(".//t:choice", NS)
    assert [
        (
            choice.get("corresp"),
            choice.findtext("t:sic", None, NS),
            choice.findtext("t:corr", None, NS),
            choice.find("t:corr", NS).get("resp"),
            choice.find("t:corr", NS).get("cert"),
        )
        for choice in choices
    ] == [
        ("#C-0001", "Minster", "Minister", "#editor", "high"),
        ("#C-0002", " Yes.", "", "#editor", "high"),
    ]
    changes = root.findall(".//t:revisionDesc/t:change", NS)
    assert [(c.get(f"{XML}id"), c.get("when"), c.text) for c in changes] == [
        ("C-0001", "2001-02-03", "a slip of the typist"),
        ("C-0002", "2001-02-03", "a slip of the typist"),
    ]


def test_the_record_becomes_a_manuscript_description():
    root = _made()[1]
    assert root.findtext(".//t:msIdentifier/t:repository", None, NS) == "Sample Archive"
    assert root.findtext(".//t:msIdentifier/t:idno", None, NS) == "f. 1, op. 2, d. 3, ll. 4–5ob"
    assert root.findtext(".//t:creation/t:placeName/t:supplied", None, NS) == "Sampletown"
    assert [lang.get("ident") for lang in root.findall(".//t:language", NS)] == ["en", "ru"]
    assert root.find(".//t:handNote", NS).get(f"{XML}id") == "h1"


def test_a_note_carries_its_text_number_and_responsibility():
    (note,) = _made()[1].findall(".//t:note", NS)
    assert dict(note.attrib) == {
        f"{XML}id": "sample-note-came",
        "type": "editorial",
        "n": "1",
        "resp": "#ed",
    }
    assert "".join(note.itertext()) == "Or went."


def test_pointers_lead_to_what_the_file_holds_and_name_what_it_does_not():
    root = _made()[1]
    assert [dict(ref.attrib) for ref in root.findall(".//t:body//t:ref", NS)] == [
        {"target": "#sample-p-001"},
        {"n": "introduction"},
        {"type": "citation", "n": "book"},
    ]
    assert [dict(name.attrib) for name in root.findall(".//t:body//t:persName", NS)] == [
        {"key": "writer"}
    ]


def test_a_later_heading_begins_a_division_and_a_signature_stands_in_a_closer():
    body = _made()[1].find(".//t:body", NS)
    assert [etree.QName(child).localname for child in body] == ["head", "p", "ab", "div"]
    division = body[-1]
    assert [etree.QName(child).localname for child in division] == ["head", "closer"]
    assert division.findtext("t:closer/t:signed", None, NS) == "W."
    assert dict(body[2].attrib) == {
        "hand": "#h1",
        "type": "marginal",
        f"{XML}id": "sample-p-003",
    }


def test_our_own_document_reads_back_with_the_received_words():
    content = _made()[0]
    file = SourceFile.of("sample.xml", content)
    volume = read_tei(file)
    assert prove(volume, file) == ()
    assert [f for f in volume.findings if f.code in ("I011", "I012")] == []
    (document,) = volume.documents
    assert segments(of_tree(document.body).text) == [
        "Letter",
        "The Minster came.AboveElsewherep. 2X Yes.",
        "Seen.",
        "Second part",
        "W.",
    ]
    assert document.record.source.repository == "Sample Archive"
    assert document.record.dates.event == "1901-02-03"
