"""A text goes out as a Word file, and its tracked changes come back as entries and questions."""

import re
import sys
import zipfile
from pathlib import Path

import pytest

from engross.commands.correct.marked import take_marks
from engross.commands.correct.word import write_word
from engross.commands.request import CorrectRequest
from engross.parse.parse import parse
from engross.read import open_book

WHO = 'w:id="90{n}" w:author="A. Reader" w:date="2026-11-30T10:00:00Z"'
COMMENTS = (
    '<w:comments xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
    '<w:comment w:id="7" w:author="A. Reader" w:date="2026-11-30T10:00:00Z"><w:p><w:r>'
    "<w:t>Which dream?</w:t></w:r></w:p></w:comment></w:comments>"
)


def run(words: str, tag: str = "t") -> str:
    return f'<w:r><w:{tag} xml:space="preserve">{words}</w:{tag}></w:r>'


def gone(words: str) -> str:
    return f"<w:del {WHO.format(n=1)}>{run(words, 'delText')}</w:del>"


def come(words: str) -> str:
    return f"<w:ins {WHO.format(n=2)}>{run(words)}</w:ins>"


def rewritten(source: Path, target: Path, *changes: tuple[str, str]) -> None:
    """The file as Word saves it after somebody tracked such changes in it."""
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            text = old.read(name)
            if name == "word/document.xml":
                for words, instead in changes:
                    run_ = re.search(rb"<w:r><w:t[^>]*>[^<]*" + re.escape(words.encode()), text)
                    assert run_ is not None, words
                    between = f'</w:t></w:r>{instead}<w:r><w:t xml:space="preserve">'.encode()
                    at = run_.end() - len(words.encode())
                    text = text[:at] + between + text[run_.end() :]
            if name == "word/comments.xml":
                text = COMMENTS.encode()
            new.writestr(name, text)


def sent(book: Path, folder: Path, address: str = "yamada") -> Path:
    request = CorrectRequest(address, on="2026-12-01", book=book)
    outcome = write_word(request, folder / "out.docx")
    assert outcome.ok, outcome.findings
    return folder / "out.docx"


def test_tracked_changes_become_entries_and_questions(book_copy: Path, tmp_path: Path) -> None:
    out, back = sent(book_copy, tmp_path), tmp_path / "back.docx"
    remark = '<w:commentRangeStart w:id="7"/>' + run("this dream")
    remark += '<w:commentRangeEnd w:id="7"/><w:r><w:commentReference w:id="7"/></w:r>'
    rewritten(
        out,
        back,
        ("extremely", gone("extremely") + come("very")),
        ("this dream", remark),
        ("only in transit", gone("only ") + run("in transit")),
        ("unresolved issues", come("old and ") + run("unresolved issues")),
        ("personally convinced", "<w:r><w:t>quite sure</w:t></w:r>"),
    )
    request = CorrectRequest("", on="2026-12-01", book=book_copy)
    outcome = take_marks(request, back)
    assert outcome.ok, outcome.findings
    [untracked] = outcome.extra["unplaced"]
    assert untracked.startswith("yamada#p-006: changed without being tracked, or not of this book")
    book = parse(open_book(book_copy))
    assert book.ledger is not None
    rows = [
        (row.id, row.status, row.at.block, row.at.exact, row.read, row.reported and row.reported.by)
        for row in book.ledger.value.corrections[1:]
    ]
    assert rows == [
        ("C-0002", "reported", "p-005", "only ", "", "A. Reader"),
        ("C-0003", "reported", "p-005", "extremely", "very", "A. Reader"),
        ("C-0004", "reported", "p-006", "", "old and ", "A. Reader"),
    ]
    questions = (book_copy / "queries.yaml").read_text("utf-8")
    assert "question: Which dream?" in questions
    assert "exact: this dream" in questions


def test_a_file_that_nobody_changed_has_no_marks(book_copy: Path, tmp_path: Path) -> None:
    """Not even one of a section of the editors, with its citations and emphasis."""
    request = CorrectRequest("", on="2026-12-01", book=book_copy)
    for address in ("yamada", "introduction"):
        outcome = take_marks(request, sent(book_copy, tmp_path, address))
        assert (outcome.ok, outcome.extra["lines"]) == (True, ["out.docx has no marks"])


def test_a_new_paragraph_has_no_place_and_is_told(book_copy: Path, tmp_path: Path) -> None:
    out, back = sent(book_copy, tmp_path), tmp_path / "back.docx"
    rewritten(out, back, ("extremely", f"</w:p><w:p>{come('A new paragraph.')}</w:p><w:p>"))
    outcome = take_marks(CorrectRequest("", on="2026-12-01", book=book_copy), back)
    assert (
        'a paragraph without address: not placed: "" A new paragraph.'
        in (outcome.extra["unplaced"])
    )


def test_what_has_no_paragraphs_is_not_written(book_copy: Path, tmp_path: Path) -> None:
    outcome = write_word(CorrectRequest("nowhere", book=book_copy), tmp_path / "out.docx")
    message = "the edition has no text 'nowhere' of paragraphs"
    assert [(row.code, row.message) for row in outcome.findings] == [("L010", message)]
    assert not (tmp_path / "out.docx").exists()


def test_without_pandoc_one_line_says_how_to_get_it(
    book_copy: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pypandoc", None)
    outcome = write_word(CorrectRequest("yamada", book=book_copy), tmp_path / "out.docx")
    [found] = outcome.findings
    assert (found.code, found.message) == ("E042", "to write out.docx, pandoc is needed")
    assert found.fix == "install it: pip install 'engross[pandoc]'"
