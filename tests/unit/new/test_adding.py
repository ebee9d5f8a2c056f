"""`engross new` in a book that exists: one document more, and all else as it was."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from engross.cli.app import app
from engross.commands.check import check
from engross.commands.new import new
from engross.commands.outcome import Outcome
from engross.commands.request import NewRequest
from engross.parse.parse import parse
from engross.read import open_book

FILES = ("document.yaml", "notes.yaml", "received.txt", "transcript.md")
LETTER = "The harbour was closed on Monday.\n\nNobody knows why.\n"


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """A book of one document."""
    folder = tmp_path / "edition"
    assert new(NewRequest(folder, title="Letters", document="first", date="2026-11-29")).ok
    return folder


def add(book: Path, document: str = "second", **more: str) -> Outcome:
    source = book.parent / "letter.txt"
    source.write_text(LETTER, "utf-8")
    return new(NewRequest(book, source=source, document=document, **more))


def sections(book: Path, manifest: str) -> list[str]:
    """The documents in reading order after one was added to a book with these sections."""
    path = book / "manifest.yaml"
    text = path.read_text("utf-8")
    head, tail = text.index("sections:"), text.index("outputs:")
    path.write_text(f"{text[:head]}{manifest}\n{text[tail:]}", "utf-8")
    outcome = add(book)
    assert outcome.ok
    if outcome.extra["unplaced"]:
        return list(outcome.extra["unplaced"])
    return [document.id for document in parse(open_book(book)).documents]


def test_a_document_comes_behind_the_last_one_and_comments_stay(book: Path) -> None:
    before = (book / "manifest.yaml").read_text("utf-8")
    outcome = add(book, title="A Closed Harbour")
    # Not the ledger: two editors add documents on two branches, and git merges their work.
    changed = [path.removeprefix(f"{book}/") for path in outcome.extra["changed"]]
    assert changed == ["manifest.yaml"]
    old = "  - document: first\n"
    assert (book / "manifest.yaml").read_text("utf-8") == before.replace(
        old, f"{old}  - document: second\n"
    )
    assert {found.code for found in check(book).findings} == {"T021", "R007"}
    second = parse(open_book(book)).documents[1]
    assert second.record.value.title.supplied == "A Closed Harbour"
    assert second.received.content == LETTER.encode()


def test_it_has_the_language_of_the_edition_unless_another_is_named(book: Path) -> None:
    text = (book / "manifest.yaml").read_text("utf-8")
    (book / "manifest.yaml").write_text(text.replace("language: en", "language: de"), "utf-8")
    add(book)
    add(book, "third", language="ru")
    documents = parse(open_book(book)).documents
    assert [one.record.value.language for one in documents] == ["en", "de", "ru"]


@pytest.mark.parametrize(
    ("manifest", "wanted"),
    [
        ("sections:\n- {document: first}   # the only one\n- colophon\n", ["first", "second"]),
        ("sections:\n  - document: first\n    # more of them\n", ["first", "second"]),
        ("sections:\n  - documents\n", ["first", "second"]),
        (
            "sections: [{document: first}, colophon]\n",
            ["its name among the sections of manifest.yaml: write - document: second"],
        ),
        (
            "sections:\n  - documents: [first]\n",
            ["its name among the sections of manifest.yaml: write - document: second"],
        ),
    ],
    ids=["flow", "comment", "all", "one line", "list"],
)
def test_a_place_is_found_or_asked_for(book: Path, manifest: str, wanted: list[str]) -> None:
    assert sections(book, manifest) == wanted


@pytest.mark.parametrize(
    ("document", "code"), [("first", "C020"), ("../first", "C003"), ("First", "C003")]
)
def test_what_is_there_is_never_written_over(book: Path, document: str, code: str) -> None:
    before = {path: path.read_bytes() for path in book.rglob("*") if path.is_file()}
    outcome = add(book, document)
    assert [found.code for found in outcome.findings] == [code]
    assert {path: path.read_bytes() for path in book.rglob("*") if path.is_file()} == before


def test_a_book_with_faults_is_not_added_to(book: Path) -> None:
    (book / "manifest.yaml").write_text("edition: letters\n", "utf-8")
    outcome = add(book)
    assert outcome.exit_status == 3
    assert not (book / "documents/second").exists()


def test_without_a_name_the_way_is_said(book: Path) -> None:
    (found,) = new(NewRequest(book, date="2026-11-29")).findings
    assert found.fix == f"add a document to it: engross new {book} --document ID --from FILE"


def test_the_command_says_what_it_wrote_and_what_it_changed(book: Path) -> None:
    source = book.parent / "letter.txt"
    source.write_text(LETTER, "utf-8")
    said = CliRunner().invoke(app, ["new", str(book), "--document", "b", "--from", str(source)])
    assert said.stderr.splitlines() == [
        *(f"{book}/documents/b/{name}" for name in FILES),
        f"changed: {book}/manifest.yaml",
        f"document b is in {book}; now: engross build {book}",
    ]


def test_without_a_file_a_form_is_written(book: Path) -> None:
    assert new(NewRequest(book, document="third-letter")).ok
    third = parse(open_book(book)).documents[1]
    assert third.record.value.title.supplied == "Third letter"
