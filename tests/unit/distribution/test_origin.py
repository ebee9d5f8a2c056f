"""A fault in a finished file is traced to the file of the book that an editor would open."""

import io
import zipfile

import pytest

from engross.catalog import finding
from engross.check.origin import origin
from engross.inspect.validating import traced
from engross.model.finding import Place

EVIDENCE = {
    "manifest.yaml": b"sections:\n  - prose: words/introduction.md\n    id: introduction\n",
    "documents/letter/document.yaml": b"",
    "sources/volume.xml": b"<TEI>\n<div xml:id='d_12'>\n<div xml:id='persons'>\n",
}
PAGE = (
    "<html>\n<body>\n"
    '<p data-address="letter#p-001">One</p>\n'
    '<aside data-address="letter/note/kurile">\n<p>Note</p></aside>\n'
    "</body></html>\n"
)


@pytest.mark.parametrize(
    ("file", "line", "words"),
    [
        ("EPUB/letter.xhtml", 1, "letter, from documents/letter/document.yaml"),
        ("EPUB/letter.xhtml", 3, "letter#p-001, from documents/letter/transcript.md"),
        ("EPUB/letter.xhtml", 5, "letter/note/kurile, from documents/letter/notes.yaml"),
        ("web/letter.html", 0, "letter, from documents/letter/document.yaml"),
        ("EPUB/introduction.xhtml", 0, "introduction, from words/introduction.md"),
        ("EPUB/persons.xhtml", 0, "persons, from sources/volume.xml:3"),
        ("EPUB/sources.xhtml", 0, "sources, from sources.yaml"),
        ("EPUB/d-12.xhtml", 0, "d-12, from sources/volume.xml:2"),
        ("EPUB/letter.p-064.xhtml", 3, "letter#p-001, from documents/letter/transcript.md"),
        ("EPUB/imprint.xhtml", 0, "imprint, from manifest.yaml"),
    ],
)
def test_the_last_address_before_a_place_names_its_source(file: str, line: int, words: str) -> None:
    assert origin(file, line, PAGE, EVIDENCE) == words


def test_without_evidence_no_source_is_guessed() -> None:
    assert origin("EPUB/letter.xhtml", 3, PAGE, {}) == ""


def test_a_checkers_finding_says_where_its_words_came_from() -> None:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("EPUB/letter.xhtml", PAGE)
    files = {"a.epub": target.getvalue()}
    files |= {f"evidence/{name}": body for name, body in EVIDENCE.items()}
    place = Place("a.epub/EPUB/letter.xhtml", 5, 2)
    told = traced(finding("Q101", place, "EPUBCheck: RSC-005: x", "look there"), files)
    assert str(told) == (
        "a.epub/EPUB/letter.xhtml:5:2: Q101 EPUBCheck: RSC-005: x\n"
        "    fix: look there; it stands at letter/note/kurile, from documents/letter/notes.yaml"
    )
