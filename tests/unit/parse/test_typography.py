"""Marks of the editors' prose, set as the language has them at a wish; received text never."""

from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.small import DIGEST, judged, page, small

from engross.language import Words
from engross.ledger.anchor import straight
from engross.model.source import SourceFile
from engross.model.text import leaves
from engross.parse.parse import parse
from engross.parse.typography import Marks, smart
from engross.read import open_book
from engross.verify.report import Log
from engross.verify.typed import prove_marks

ENGLISH = Marks.of(Words("en"))


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("\"It's 'so',\" he said of the '90s.", "“It’s ‘so’,” he said of the ’90s."),
        (
            "He said \"he said 'go'\", and \"'Go,' he said.\"",
            "He said “he said ‘go’”, and “‘Go,’ he said.”",
        ),
        ('*"word"* and "*word*"', "*“word”* and “*word*”"),
        ("dogs' and O'Brien's, 'tis", "dogs’ and O’Brien’s, ’tis"),
        ('"One\n\n"two."', "“One\n\n“two.”"),
        ('5\'10" and 3"', '5’10" and 3"'),
        ('\\"kept\\" and `"code"`', '\\"kept\\" and `"code"`'),
        ('[the "page"](http://x.y/"q")', '[the “page”](http://x.y/"q")'),
        ("https://x.org/it's, [@m, p. '4']", "https://x.org/it's, [@m, p. '4']"),
        ('::: figure {alt="x"}\n![it\'s](p.png "a")', '::: figure {alt="x"}\n![it’s](p.png "a")'),
        ('[^1]: "Note," isn\'t it?', "[^1]: “Note,” isn’t it?"),
    ],
)
def test_a_mark_is_set_by_what_stands_around_it(typed: str, printed: str) -> None:
    assert smart(typed, ENGLISH) == printed


@pytest.mark.parametrize(
    ("language", "printed"),
    [("de", "„Er sagte ‚ja‘“"), ("fr", "« Er sagte “ja” »"), ("ru", "«Er sagte „ja“»")],
)
def test_the_language_of_the_edition_has_its_own_marks(language: str, printed: str) -> None:
    made = smart("\"Er sagte 'ja'\"", Marks.of(Words(language)))
    assert " ".join(made.split()) == printed


@given(st.text(alphabet="ab1 '\"\\*[](){}\n.,-“’"))
def test_what_was_typed_can_be_led_back(text: str) -> None:
    assert straight(smart(text, ENGLISH)) == straight(text)


PROSE = 'It\'s "so".[^1]\n\n[^1]: The "note" isn\'t long.\n'
NOTES = """\
notes:
  - {id: own, at: {exact: first}, text: 'The "first".'}
  - {id: theirs, origin: source, at: {exact: paragraph}, text: 'The "author".'}
"""
LEDGER = f"""\
ledger: "1"
edition: small
base: {{paper: {DIGEST}}}
corrections:
  - id: C-0001
    status: verified
    kind: apparatus
    class: accidental
    at: {{address: introduction, exact: It's "so", block: p-001,
      block_sha256: {sha256(b"It" + b"'s " + b'"so".').hexdigest()}}}
    read: So it is
    reason: A slip.
    decided: {{by: the editors, on: "2026-11-30"}}
"""


def test_a_document_is_set_where_the_manifest_says_so_counted_and_led_back(tmp_path: Path) -> None:
    text = "It's \"a first\" paragraph, 'so' said O'Brien of the 5\" gun.\n"
    files = {"documents/paper/notes.yaml": NOTES.replace("exact: first", "exact: 'It''s \"a'")}
    sections, more = "document: paper\ncolophon", "apostrophes: typographic\n"
    folder = small(tmp_path, sections, files, more)
    record = folder / "documents/paper/document.yaml"
    for name in ("received.md", "transcript.md"):
        (folder / "documents/paper" / name).write_text(text, "utf-8")
    digest = sha256(text.encode()).hexdigest()
    record.write_text(record.read_text("utf-8").replace(DIGEST, digest), "utf-8")
    [document] = parse(open_book(folder)).documents
    assert list(document.texts.values()) == [
        'It’s “a first” paragraph, ‘so’ said O’Brien of the 5" gun.'
    ]
    assert document.notes.value.notes[0].text == 'The "first".', "prose has a key of its own"
    edition, findings = judged(folder)
    assert [one for one in findings if one.is_error] == []
    said = "Straight quotation marks and apostrophes of “paper” that are printed as typographic "
    assert said + "ones: 6." in page(edition, "colophon")
    log, book = Log("evidence"), parse(open_book(folder))
    prove_marks(book, log)
    assert log.findings == []
    other = SourceFile.of("transcript.md", text.replace("first", "second").encode())
    prove_marks(replace(book, documents=(replace(document, transcript=other),)), log)
    assert [one.code for one in log.findings] == ["P028"]


def test_prose_and_notes_are_set_and_corrected_as_typed_and_sources_kept(tmp_path: Path) -> None:
    files = {"i.md": PROSE, "documents/paper/notes.yaml": NOTES}
    sections = "{prose: i.md, id: introduction}\ndocument: paper"
    folder = small(tmp_path, sections, files, "typography: smart\n")
    book = parse(open_book(folder))
    [prose], [document] = book.prose, book.documents
    assert [leaf.text for leaf in leaves(prose.body.blocks)] == ["It’s “so”."]
    assert [leaf.text for leaf in leaves(prose.body.notes[0].blocks)] == ["The “note” isn’t long."]
    assert [one.text for one in document.notes.value.notes] == ["The “first”.", 'The "author".']
    log = Log("evidence")
    prove_marks(book, log)
    assert log.findings == []
    other = SourceFile.of("i.md", PROSE.replace("isn't", "is not").encode())
    prove_marks(replace(book, prose=(replace(prose, file=other),)), log)
    assert [str(one).partition("\n")[0] for one in log.findings] == [
        "evidence: P028 i.md is not what was typed, but for its quotation marks"
    ]
    (tmp_path / "corrections.yaml").write_text(LEDGER, "utf-8")
    edition, findings = judged(folder)
    assert [one for one in findings if one.is_error] == []
    introduction = next(one for one in edition.sections if one.address == "introduction")
    assert introduction.body
    assert next(iter(leaves(introduction.body.blocks))).text == "So it is."
