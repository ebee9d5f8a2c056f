import json
from pathlib import Path

import pytest
from PIL import Image

from engross.assemble import Context, assemble
from engross.commands.check import check
from engross.commands.new import new
from engross.commands.request import NewRequest
from engross.model.text import leaves
from engross.parse.parse import parse
from engross.read import open_book
from engross.render import render

DAY = "2026-11-23"


def test_books_that_are_called_alike_are_told_apart(tmp_path: Path) -> None:
    identifiers = set()
    for name in ("pervyj", "vtoroj"):
        source = tmp_path / f"{name}.txt"
        source.write_text(f"{name}\n", "utf-8")
        assert new(NewRequest(tmp_path / name, source, "Письмо", "ru", "letter", DAY)).ok
        manifest = parse(open_book(tmp_path / name)).manifest.value
        assert manifest.edition == name
        identifiers.add(manifest.identifier)
    assert len(identifiers) == 2


def test_a_book_from_nothing_has_no_error(tmp_path: Path) -> None:
    assert new(NewRequest(tmp_path / "edition", title="A Letter", date=DAY)).ok
    outcome = check(tmp_path / "edition")
    fix = "\n    fix: write your own, or take the section out of manifest.yaml"
    assert [str(f) for f in outcome.findings if f.code == "T021"] == [
        "documents/document/transcript.md:1: T021 these are the form's words: “Replace this"
        f" paragraph by the text of …”{fix}",
        "introduction.md:3: T021 these are the form's words: “Say here what the document is, how"
        f" it …”{fix}",
    ]
    assert {f.code for f in outcome.findings} == {"T021", "R007"}
    assert outcome.edition == "a-letter"


def test_a_folder_that_holds_something_is_left_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "kept.txt").write_text("mine")
    outcome = new(NewRequest(tmp_path, date=DAY))
    assert outcome.exit_status == 2
    assert [str(f) for f in outcome.findings] == [
        f"engross: C020 {tmp_path} is there already and not empty\n"
        "    fix: name a new folder; nothing was written"
    ]
    assert [path.name for path in tmp_path.iterdir()] == ["kept.txt"]


def test_the_memorandums_record_gives_the_same_transcript_and_citation(
    book: Path, tmp_path: Path
) -> None:
    record = book / "documents/yamada/received.txt"
    made = tmp_path / "edition"
    assert new(NewRequest(made, source=record, document="yamada", date=DAY)).ok
    ours = parse(open_book(book)).documents[0]
    theirs = parse(open_book(made)).documents[0]
    assert [(leaf.role, leaf.text) for leaf in leaves(theirs.body.blocks)] == [
        (leaf.role, leaf.text) for leaf in leaves(ours.body.blocks)
    ]
    mine, yours = theirs.record.value.source, ours.record.value.source
    assert mine == yours
    assert theirs.received.content == ours.received.content
    names = {(person.name, person.role) for person in theirs.record.value.contributors}
    assert names == {("Allison Smith", "trl"), ("Sergey Radchenko", "dnr")}


def test_every_line_of_a_record_is_accounted_for(book: Path, tmp_path: Path) -> None:
    made = tmp_path / "edition"
    new(NewRequest(made, source=book / "documents/yamada/received.txt", date=DAY))
    found = {f.code: f.message for f in check(made).findings}
    assert found.keys() == {"T021", "R007", "R006"}
    assert found["R006"] == (
        "the digital copy is on a host that is not the archive's own: "
        "https://wilson-center.drivingcreative.com/document/300268"
    )


def test_markdown_keeps_its_structure(tmp_path: Path) -> None:
    source = tmp_path / "letter.md"
    source.write_text("# A Letter\n\nDear *Sir*,\n\n- one\n- two\n")
    made = tmp_path / "edition"
    assert new(NewRequest(made, source=source, date=DAY)).ok
    assert {f.code for f in check(made).findings} == {"T021", "R007"}
    body = parse(open_book(made)).documents[0].body
    assert [leaf.text for leaf in leaves(body.blocks)] == ["A Letter", "Dear Sir,", "one", "two"]


def test_a_plain_text_is_escaped_where_markdown_would_take_it(tmp_path: Path) -> None:
    source = tmp_path / "letter.txt"
    source.write_text(
        "1. First of *all* [see] <b>\n# not a head\n\n- nor a 5 * 3 list\n\n::: nor a fence\n"
    )
    made = tmp_path / "edition"
    assert new(NewRequest(made, source=source, date=DAY)).ok
    assert {f.code for f in check(made).findings} == {"T021", "R007"}


def test_the_schemas_are_written_and_named_in_the_first_lines(tmp_path: Path) -> None:
    made = tmp_path / "edition"
    new(NewRequest(made, title="A Letter", date=DAY))
    for path in sorted(made.rglob("*.yaml")):
        first = path.read_text().split("\n", 1)[0]
        schema = first.removeprefix("# yaml-language-server: $schema=")
        assert json.loads((path.parent / schema).read_text())["type"] == "object", path


def test_a_tei_file_becomes_a_book_and_stays_as_it_is(tmp_path: Path) -> None:
    volume = Path(__file__).parent.parent.parent / "data/tei/volume.xml"
    made = tmp_path / "edition"
    assert new(NewRequest(made, source=volume, date=DAY)).ok
    assert (made / "sources/volume.xml").read_bytes() == volume.read_bytes()
    assert not (made / "documents").exists()
    outcome = check(made)
    assert outcome.edition == "sample01"
    assert [f.code for f in outcome.findings if f.is_error] == []


def test_the_header_of_a_tei_file_fills_the_manifest(tmp_path: Path) -> None:
    volume = Path(__file__).parent.parent.parent / "data/tei/volume.xml"
    made = tmp_path / "edition"
    assert new(NewRequest(made, source=volume, date=DAY)).ok
    manifest = parse(open_book(made)).manifest.value
    assert (manifest.title, manifest.series, manifest.volume) == (
        "Letters",
        "Sample Series, 1901",
        "I",
    )
    assert [(p.name, p.role) for p in manifest.people] == [
        ("Editor One", "edt"),
        ("Editor Two", "edt"),
    ]
    text = (made / "manifest.yaml").read_text()
    assert '# publisher: {name: "Sample Press", place: "Sampletown"}' in text


@pytest.mark.parametrize(
    ("words", "bound"), [(1, ("perfect", ("generic",))), (5_000, ("case", ("offset",)))]
)
def test_a_tei_file_of_many_documents_becomes_a_volume_in_its_language(
    tmp_path: Path, words: int, bound: tuple[str, tuple[str, ...]]
) -> None:
    text = "Text. " * words
    documents = "".join(
        f'<div type="document" n="{n}" xml:id="d{n}"><head>{n}. Brief</head><p>{text}</p></div>'
        for n in range(1, 14)
    )
    source = tmp_path / "briefe.xml"
    source.write_text(
        '<TEI xmlns="http://www.tei-c.org/ns/1.0" xml:id="briefe"><teiHeader><fileDesc><titleStmt>'
        '<title level="a">Briefe</title><author>Schnitzler, Arthur</author></titleStmt></fileDesc>'
        '<profileDesc><langUsage><language ident="de-AT"/></langUsage></profileDesc></teiHeader>'
        f"<text><body>{documents}</body></text></TEI>"
    )
    made = tmp_path / "edition"
    assert new(NewRequest(made, source=source, date=DAY)).ok
    manifest = parse(open_book(made)).manifest.value
    assert (manifest.edition, manifest.title, manifest.language) == ("briefe", "Briefe", "de")
    assert [(p.name, p.file_as, p.role) for p in manifest.people] == [
        ("Arthur Schnitzler", "Schnitzler, Arthur", "aut")
    ]
    assert (manifest.print.binding, manifest.print.profiles) == bound
    assert "documents-list" in manifest.sections


def test_a_kind_of_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    source = tmp_path / "letter.pages"
    source.write_bytes(b"PK")
    outcome = new(NewRequest(tmp_path / "edition", source=source, date=DAY))
    assert outcome.exit_status == 2
    assert [str(f) for f in outcome.findings] == [
        "engross: C021 unsupported file type: letter.pages\n"
        "    fix: save the text as .txt, .md, .docx, .odt, .rtf, .html or TEI in .xml first"
    ]
    assert not (tmp_path / "edition").exists()


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "The rights in this edition have not been settled."),
        ("de", "Die Rechte an dieser Ausgabe sind nicht geklärt."),
    ],
)
def test_a_new_book_says_once_and_in_its_language_that_its_rights_are_open(
    tmp_path: Path, language: str, said: str
) -> None:
    made = tmp_path / "edition"
    assert new(NewRequest(made, title="A Letter", language=language, date=DAY)).ok
    edition, _ = assemble(parse(open_book(made)), Context("0" * 64))
    imprint = next(one for one in render(edition, "page") if one.kind == "imprint")
    assert imprint.html.count(said) == 1
    change = (made / "manifest.yaml").read_text("utf-8").replace(said, "The heirs were asked.")
    (made / "manifest.yaml").write_text(change, "utf-8")
    edition, _ = assemble(parse(open_book(made)), Context("0" * 64))
    imprint = next(one for one in render(edition, "page") if one.kind == "imprint")
    assert (imprint.html.count("The heirs were asked."), imprint.html.count(said)) == (1, 1)


def test_pictures_beside_a_markdown_file_are_plates_of_its_document(tmp_path: Path) -> None:
    Image.new("L", (30, 40)).save(tmp_path / "seal.png")
    source = tmp_path / "letter.md"
    source.write_text("Dear Sir.\n\n![A seal](seal.png)\n\n![Lost](lost.png)\n", "utf-8")
    made = new(NewRequest(tmp_path / "edition", source=source, document="letter", date=DAY))
    assert made.extra["unplaced"] == [
        "the picture lost.png: put it beside the text, then engross plate"
    ]
    record = (tmp_path / "edition/documents/letter/document.yaml").read_text("utf-8")
    assert 'file: "seal.png"' in record
    told = [f.message for f in check(tmp_path / "edition").findings if f.code == "T020"]
    assert told == [
        "'documents/letter/lost.png' stands in the text, and is no plate of document.yaml"
    ]
