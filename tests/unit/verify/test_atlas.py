"""Where the faults of the proof send those who read them."""

import re
from pathlib import Path

import pytest

from engross.catalog import family, finding
from engross.inspect.checking import located
from engross.model.finding import Place
from engross.parse.parse import parse
from engross.read import open_book
from engross.verify.atlas import Atlas, mend

BOOK = Path(__file__).parents[2] / "sabotage/pages"
PLACE = re.compile(r"(?:look at|see) [\w./-]+\.(?:yaml|md|xml):\d+(?::\d+)?, the \w+ ")


@pytest.fixture(scope="module")
def atlas() -> Atlas:
    return Atlas.of(parse(open_book(BOOK)))


@pytest.mark.parametrize("code", family("P"))
def test_no_fault_of_the_proof_is_to_be_reported_without_file_line_and_construct(
    code: str, atlas: Atlas
) -> None:
    entry = family("P")[code]
    message = entry.example.partition(f"{code} ")[2]
    for fix in ("", "look at the style sheets, the book's own first"):
        assert PLACE.search(mend(message, fix, atlas))
    assert "report it as a bug" not in entry.fix


@pytest.mark.parametrize(
    ("message", "place"),
    [
        (
            "answer#p-003 in EPUB/answer.xhtml: after 'x' stands 'y'",
            "documents/answer/transcript.md:5, the paragraph 'Ships from the north wait outside.'",
        ),
        ("letter/note/monday is called 2", "documents/letter/notes.yaml:2:5, the note 'monday'"),
        ("'imprint' does not say 'Hull'", "manifest.yaml:28:5, the section 'imprint'"),
        ("marc.xml gives as rights in 540 ''", "manifest.yaml:20:3, the field 'rights'"),
        ("'persons#pike' stands twice", "persons.yaml:2:5, the entry 'pike'"),
        ("C-0002 is not there", "corrections.yaml:18:5, the entry C-0002"),
        ("two parsers see 3 and 4 pages", "manifest.yaml:1:10, the edition 'letter-1961'"),
    ],
)
def test_a_fault_is_looked_for_where_its_words_are_written(
    message: str, place: str, atlas: Atlas
) -> None:
    assert mend(message, "", atlas).startswith(f"look at {place}, and at the templates")


def test_without_a_book_that_can_be_read_the_folder_is_taken_anew() -> None:
    assert mend("x", "", None) == (
        "take the whole folder from a copy that is whole, or build the edition again"
    )


def test_a_finding_that_is_to_be_reported_names_a_place_in_the_book() -> None:
    made = Place("letter-1961.epub/EPUB/answer.xhtml", 12)
    findings = [finding(code, made, "'#p-099' leads nowhere") for code in ("Q015", "Q016")]
    one, other = located(findings, parse(open_book(BOOK)))
    assert one.fix.endswith("the finding names; see manifest.yaml:34:5, the section 'answer'")
    assert other.fix == findings[1].fix
