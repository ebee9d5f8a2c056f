"""Leaves of an original, marked where its record says that they begin; all of this is made up."""

import shutil
from pathlib import Path

import pytest

from engross.assemble import Context, assemble
from engross.commands.build import build
from engross.commands.request import BuildRequest
from engross.model.finding import EngrossError
from engross.model.text import Point, Run, leaves
from engross.parse.parse import parse
from engross.read import open_book
from engross.verify import verify_folder

BOOK = Path(__file__).parents[2] / "faults" / "_book"
KNOWN = """leaves:
  - {leaf: "8", block: p-001}
  - {leaf: 8ob, exact: opened again, certainty: low}
  - {leaf: "9", block: p-004}
"""


@pytest.fixture
def letter(tmp_path: Path) -> Path:
    return Path(shutil.copytree(BOOK, tmp_path / "book"))


def know(book: Path, lines: str, held: str = '{from: "8", to: "9"}') -> None:
    """Write leaves into the letter's record, and which ones its file has."""
    path = book / "documents/letter/document.yaml"
    record = path.read_text("utf-8").rstrip() + f"\n  leaves: {held}\n{lines}"
    path.write_text(record, "utf-8")


def told(book: Path) -> list[str]:
    try:
        _, findings = assemble(parse(open_book(book)), Context("0" * 64))
    except EngrossError as error:
        findings = tuple(error.findings)
    return [f"{one.code} {one.message}" for one in findings]


def woven(book: Path) -> list[tuple[str, str]]:
    """Each mark: number and certainty, and the words before and behind it."""
    edition, _ = assemble(parse(open_book(book)), Context("0" * 64))
    body = edition.section("letter").body
    assert body is not None
    rows = []
    for leaf in leaves(body.blocks):
        before = ""
        for index, item in enumerate(leaf.content):
            if isinstance(item, Run):
                before = item.text
            elif isinstance(item, Point) and item.kind == "break":
                behind = leaf.content[index + 1]
                assert isinstance(behind, Run)
                label = f"{item.get('unit')} {item.get('label')} {item.get('certainty')}"
                rows.append((label, f"{before[-8:]}|{behind.text[:8]}"))
    return rows


def test_a_leaf_is_marked_before_the_words_that_it_begins_with(letter: Path) -> None:
    know(letter, KNOWN)
    assert woven(letter) == [
        ("leaf 8 high", "|A letter"),
        ("leaf 8ob low", "and was |reopened"),
        ("leaf 9 high", "|The harb"),
    ]
    assert told(letter) == []


def test_a_first_leaf_that_begins_with_the_document_is_not_marked_alone(letter: Path) -> None:
    know(letter, 'leaves:\n  - {leaf: "8", block: p-001, exact: A letter}\n')
    assert woven(letter) == []
    assert told(letter) == []


def test_a_mark_stands_behind_the_call_of_a_note_that_ends_there(letter: Path) -> None:
    know(letter, KNOWN.replace("opened again", "and was opened"))
    notes = letter / "documents/letter/notes.yaml"
    notes.write_text(
        notes.read_text("utf-8").replace("closed on Monday", '"closed on Monday "'), "utf-8"
    )
    edition, _ = assemble(parse(open_book(letter)), Context("0" * 64))
    body = edition.section("letter").body
    assert body is not None
    points = [
        one.kind for leaf in leaves(body.blocks) for one in leaf.content if isinstance(one, Point)
    ]
    assert points[:3] == ["break", "note", "break"]


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        (
            '  - {leaf: "10", block: p-099}\n',
            "N004 leaf '10' begins with the block 'p-099', which the transcript does not have",
        ),
        ('  - {leaf: "10"}\n', "N004 leaf '10' begins with no words and no block"),
        (
            '  - {leaf: "10", exact: on Monday}\n',
            "N004 leaf '10' begins in p-003, which is not behind the beginning of leaf '9'",
        ),
        (
            '  - {leaf: "10", exact: on Munday}\n',
            "N001 leaf '10' quotes 'on Munday', which is not in the transcript; "
            "nearest (89 %): 'on Monday' in p-003",
        ),
    ],
)
def test_a_leaf_that_cannot_begin_there_is_refused(letter: Path, lines: str, message: str) -> None:
    know(letter, KNOWN + lines)
    assert told(letter) == [message]


@pytest.mark.parametrize(
    ("held", "more", "named"),
    [
        ('{from: "8", to: "12"}', "", "leaf 9 is marked and leaves 10 to 12 are not"),
        ('{from: "8", to: "10"}', "", "leaf 9 is marked and leaf 10 is not"),
        (
            '{from: "8", to: "11"}',
            '  - {leaf: "11", exact: nobody knows}\n',
            "leaf 9 is marked and leaf 10 is not",
        ),
    ],
)
def test_leaves_between_marks_that_are_not_known_are_told(
    letter: Path, held: str, more: str, named: str
) -> None:
    know(letter, KNOWN + more, held)
    assert told(letter) == [f"N005 {named}: what follows its mark may stand on another leaf"]


def test_every_medium_has_the_marks_and_the_proof_holds_them_against_the_record(
    letter: Path,
) -> None:
    know(letter, KNOWN)
    made = build(
        BuildRequest(book=letter, kinds=("epub", "print", "web"), out=letter / "out", jobs=1)
    )
    assert [str(found) for found in made.findings if found.is_error] == []
    folder = letter / "out" / "letter-1961" / "draft"
    assert verify_folder(folder).findings == ()
    page = (folder / "web" / "letter.html").read_text("utf-8")
    assert (
        '<span class="leaf-break" data-furniture="" id="leaf-l-8ob"><a href="#leaf-l-8ob">' in page
    )
    record = folder / "evidence/documents/letter/document.yaml"
    record.write_text(record.read_text("utf-8").replace("opened again", "was opened"), "utf-8")
    epub = (folder / "letter-1961.epub").read_bytes()
    said = [str(one.message) for one in verify_folder(folder, only={"a.epub": epub}).findings]
    assert said == [
        "letter#p-003 marks the leaves [l. 8ob?] after 33 characters, by the evidence "
        "8ob after 30 characters"
    ]
