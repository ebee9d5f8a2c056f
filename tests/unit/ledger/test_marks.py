"""A reader's marks in a PDF become entries to judge and questions; what has no place is told."""

import io
from pathlib import Path

import pikepdf
import pypdfium2

from engross.commands.correct.marked import take_marks
from engross.commands.request import CorrectRequest
from engross.parse.parse import parse
from engross.read import open_book

LINE = "and he is extremely glad that this dream"
BELOW = "has come to be true, as Mr. Ikeda says"


def marked(path: Path) -> None:
    """A page with a line of the memorandum and one below it, and what a reader did to the first."""
    pdf = pikepdf.new()
    page = pdf.add_blank_page(page_size=(400, 200))
    face = pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1)
    face.BaseFont = pikepdf.Name.Helvetica
    page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=face))
    page.Contents = pdf.make_stream(
        f"BT /F1 12 Tf 20 100 Td ({LINE}) Tj 0 -13 Td ({BELOW}) Tj ET".encode()
    )
    bare = io.BytesIO()
    pdf.save(bare)
    text = pypdfium2.PdfDocument(bare.getvalue())[0].get_textpage()

    def box(words: str) -> list[float]:
        start = LINE.index(words)
        ends = [text.get_charbox(at) for at in (start, start + len(words) - 1)]
        return [ends[0][0] - 0.5, 97.0, ends[1][2] + 0.5, 110.0]

    def note(kind: str, rect: list[float], said: str) -> pikepdf.Object:
        left, bottom, right, top = rect
        row = pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name(kind), Rect=rect)
        row.Contents, row.T = said, "A. Reader"
        row.QuadPoints = [left, top, right, top, left, bottom, right, bottom]
        return pdf.make_indirect(row)

    strike = note("/StrikeOut", box("extremely"), "")
    instead = note("/Caret", box("extremely"), "very")
    instead.IRT, instead.RT = strike, pikepdf.Name.Group
    gap = [box("that")[2], 93.0, box("this")[0], 106.0]
    asked = note("/Highlight", box("this dream"), "Whose?")
    answer = note("/Text", [0, 0, 20, 20], "See the scan.")
    answer.IRT = asked
    page.Annots = pdf.make_indirect(
        pikepdf.Array(
            [
                strike,
                instead,
                note("/Caret", gap, "just"),
                note("/StrikeOut", box("he"), ""),
                asked,
                answer,
                note("/Text", [10, 180, 20, 190], "A fine book."),
            ]
        )
    )
    pdf.save(path)


def test_marks_become_entries_and_questions(book_copy: Path, tmp_path: Path) -> None:
    marked(tmp_path / "marked.pdf")
    request = CorrectRequest("", on="2026-12-01", book=book_copy)
    outcome = take_marks(request, tmp_path / "marked.pdf")
    assert outcome.ok, outcome.findings
    assert outcome.extra["unplaced"] == ['p. 1: not placed: "" A fine book.']
    book = parse(open_book(book_copy))
    assert book.ledger is not None
    rows = [
        (row.id, row.status, row.at.exact, row.read, row.reported and row.reported.by)
        for row in book.ledger.value.corrections[1:]
    ]
    assert rows == [
        ("C-0002", "reported", "extremely", "very", "A. Reader"),
        ("C-0003", "reported", "", "just ", "A. Reader"),
        ("C-0004", "reported", "and he", "and", "A. Reader"),
    ]
    assert "exact: this dream" in (book_copy / "queries.yaml").read_text("utf-8")
    assert "question: Whose?" in (book_copy / "queries.yaml").read_text("utf-8")
    assert "question: See the scan." in (book_copy / "queries.yaml").read_text("utf-8")
