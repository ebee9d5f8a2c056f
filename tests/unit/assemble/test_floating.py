"""Notes whose words an entry of the ledger deletes."""

import shutil
from pathlib import Path

import pytest

from engross.assemble import assemble
from engross.model.finding import EngrossError
from engross.parse.parse import parse
from engross.read import open_book
from engross.release.frozen import Context

LETTER = Path(__file__).parents[2] / "faults/_book"
ENTRY = """  - id: C-0002
    status: verified
    kind: transcription
    class: accidental
    at: {{address: {address}, exact: {exact}}}
    read: ""
    reason: A slip.
    decided: {{by: the editors, on: "2026-12-01"}}
"""


def judged(folder: Path, exact: str, address: str = "letter", words: str = "") -> list[str]:
    """What is said of the letter with an entry that deletes words."""
    book = folder / "book"
    shutil.copytree(LETTER, book)
    with (book / "corrections.yaml").open("a", encoding="utf-8") as ledger:
        ledger.write(ENTRY.format(exact=exact, address=address))
    if words:
        (book / "introduction.md").write_text(words, "utf-8")
    try:
        assemble(parse(open_book(book)), Context("0" * 64))
    except EngrossError as error:
        return [f"{found.place} {found.code} {found.message}" for found in error.findings]
    return []


def test_a_note_whose_words_are_deleted_would_float(tmp_path: Path) -> None:
    assert judged(tmp_path, "closed on Monday and") == [
        'corrections.yaml:13:5 L029 C-0002 deletes "closed on Monday and", the words that the note '
        "'monday' hangs from: its call would float"
    ]


@pytest.mark.parametrize("exact", ["on Monday and", "opened again on Thursday"])
def test_a_note_of_which_words_are_left_hangs_from_them(tmp_path: Path, exact: str) -> None:
    assert [row for row in judged(tmp_path, exact) if "L029" in row] == []


def test_a_footnote_floats_unless_the_word_stood_twice(tmp_path: Path) -> None:
    prose = "# Introduction\n\nIt was was[^1] closed early[^2].\n\n[^1]: So.\n\n[^2]: Thus.\n"
    found = judged(tmp_path / "early", "early", "introduction", prose)
    assert [row.partition(" hangs")[0].rpartition("the ")[2] for row in found] == ["note 'n-2'"]
    second = "was, prefix: 'was '"
    assert judged(tmp_path / "twice", second, "introduction", prose) == []
