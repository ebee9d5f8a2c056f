import pytest

from engross.model.finding import Place
from engross.parse.facing import Facing, face
from engross.parse.markdown import parse_markdown
from engross.schema.document import FacingBlocks

GERMAN = "::: heading\nHafen\n:::\n\nWind.\n\nNebel und Horn.\n\nSchluss.\n"
ENGLISH = "::: heading\nHarbour\n:::\n\nWind.\n\nFog.\n\nHorn.\n\nEnd.\n"


def rows(
    german: str, english: str, *asked: tuple[str, str]
) -> tuple[tuple[Facing, ...], list[str]]:
    made = [parse_markdown(text, "original.md", dialect="transcript") for text in (german, english)]
    entries = [FacingBlocks(original=one, transcript=other) for one, other in asked]
    found, findings = face(*made, entries, "original.md", Place("document.yaml", 9, 1))
    return found, [str(fault) for fault in findings]


def test_blocks_face_each_other_in_their_order() -> None:
    assert rows("Wind.\n\nNebel.\n", "Wind.\n\nFog.\n") == (
        (Facing(("p-001",), ("p-001",)), Facing(("p-002",), ("p-002",))),
        [],
    )


def test_a_list_is_one_block_however_many_items_it_has() -> None:
    found, findings = rows("- eins\n- zwei\n\nEnde.\n", "- one, two\n\nEnd.\n")
    assert found == (Facing(("p-001", "p-002"), ("p-001",)), Facing(("p-003",), ("p-002",)))
    assert findings == []


def test_an_entry_lets_two_paragraphs_face_one() -> None:
    found, findings = rows(GERMAN, ENGLISH, ("3", "3-4"))
    assert [row for row in found if len(row.transcript) > 1] == [
        Facing(("p-003",), ("p-003", "p-004"))
    ]
    assert [row.original for row in found] == [("p-001",), ("p-002",), ("p-003",), ("p-004",)]
    assert findings == []


def test_other_counts_are_refused_and_both_are_named() -> None:
    assert rows(GERMAN, ENGLISH) == (
        (),
        [
            "original.md:2: T011 4 blocks (p-001 to p-004) of the original and 5 blocks (p-001 to "
            "p-005) of the transcript are to face each other one by one\n"
            "    fix: part the paragraphs alike, or say under original.facing which face each other"
        ],
    )


def test_other_counts_behind_an_entry_are_told_for_that_stretch() -> None:
    found, findings = rows("Wind.\n\nNebel.\n", "Wind.\n\nFog.\n\nEnd.\n", ("2", "2"))
    assert found == ()
    assert findings == [
        "document.yaml:9:1: T011 no blocks of the original and 1 block (p-003) of the transcript "
        "are to face each other one by one\n"
        "    fix: part the paragraphs alike, or say under original.facing which face each other"
    ]


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        (
            [("9", "1")],
            "document.yaml:9:1: T012 blocks 9 of the original are to face 1 of the transcript, and "
            "one of them does not exist\n"
            "    fix: count the blocks as their addresses do: p-007 is 7",
        ),
        (
            [("3", "3"), ("2", "4")],
            "document.yaml:9:1: T012 blocks 2 of the original face 4 of the transcript before "
            "blocks that an earlier entry has\n"
            "    fix: list the entries of facing in the order of the text, each block in one of "
            "them",
        ),
    ],
)
def test_an_entry_that_names_no_blocks_is_refused(
    asked: list[tuple[str, str]], message: str
) -> None:
    assert rows(GERMAN, ENGLISH, *asked) == ((), [message])


def test_a_heading_that_faces_a_paragraph_is_told_though_the_counts_agree() -> None:
    found, findings = rows("Wind.\n\n::: heading\nHafen\n:::\n", "Wind.\n\nFog.\n")
    assert len(found) == 2
    assert findings == [
        "original.md:4: T013 p-002 of the original is a heading and faces p-002 of the transcript, "
        "which is no heading\n"
        "    fix: look whether a paragraph before it is missing or divided"
    ]
