"""A transcript says the received words; how the typist laid them out is not compared."""

import pytest

from engross.model.finding import Place
from engross.parse.markdown import parse_markdown
from engross.parse.transcript import prove_transcript
from engross.schema.document import Received

TYPED = """Return of Vessels
------------------------------
| Year  | Vessels ... Tons   |
| 1921  | 112 ....... 48,310 |
------------------------------

  1) The quay
  2) The jetty,
     rebuilt
       * in stone

12 Quay Street
Muster
"""
TABLE = "Return of Vessels\n\n| Year | Vessels | Tons |\n|--|--|--|\n| 1921 | 112 | 48,310 |\n\n"
LIST = "1. The quay\n2. The jetty, rebuilt\n   - in stone\n\n"
ADDRESS = "12 Quay Street\\\nMuster\n"


def prove(transcript: str, received: str = TYPED) -> list[str]:
    named = Received.model_validate(
        {"sha256": "0" * 64, "lines": [{"lines": "1-14", "use": "transcript"}]}
    )
    received += "\n" * (15 - received.count("\n"))
    body = parse_markdown(transcript, "transcript.md", dialect="transcript")
    place = Place("document.yaml", 4, 1)
    found = prove_transcript(body, received, named, "transcript.md", place)
    return [f"{one.place}: {one.code} {one.message}" for one in found]


@pytest.fixture
def apart() -> str:
    """The same with a blank line before the table, which is a paragraph of its own then."""
    return TYPED.replace("Vessels\n---", "Vessels\n\n---", 1)


def test_tables_and_lists_stand_over_received_words(apart: str) -> None:
    assert prove(TABLE + LIST + ADDRESS, apart) == []


def test_a_cell_that_differs_is_told(apart: str) -> None:
    assert prove(TABLE.replace("112", "121") + LIST + ADDRESS, apart) == [
        "transcript.md:5: T002 p-006 says “121”, and received.txt:5 goes on with "
        "“112 ....... 48,310…”"
    ]


def test_a_number_of_a_list_that_differs_is_told(apart: str) -> None:
    assert prove(TABLE + LIST.replace("1. ", "4. ") + ADDRESS, apart) == [
        "transcript.md:7: T002 p-008 says “The quay”, and received.txt:8 goes on with "
        "“1) The quay 2) The…”"
    ]


def test_a_line_ends_where_a_received_one_does(apart: str) -> None:
    assert prove(TABLE + LIST + "12 Quay\\\nStreet Muster\n", apart) == [
        "transcript.md:11: T002 p-011 begins a line with “Street Muster”, where no line of "
        "received.txt:13 begins"
    ]


def test_a_rule_stands_for_a_drawn_one() -> None:
    text = "One\n\n* * *\n\nTwo\n"
    assert prove("One\n\n---\n\nTwo\n", text) == []


def test_words_beyond_the_received_ones_are_told() -> None:
    assert prove("One\n\nTwo\n", "One\n") == [
        "transcript.md:3: T002 the transcript has 2 blocks, more than the 1 paragraphs of "
        "received.txt"
    ]
    assert prove("One\n", "One\n\nTwo\n") == [
        "transcript.md:1: T002 the transcript has 1 blocks, fewer than the 2 paragraphs of "
        "received.txt"
    ]


def test_a_blank_within_a_line_is_no_layout() -> None:
    assert prove("12 Quay Street\\\nMuster\n", "12 QuayStreet\nMuster\n") == [
        "transcript.md:1: T002 p-001 says “12 Quay Street Mus…”, and received.txt:1 goes on with "
        "“12 QuayStreet Must…”"
    ]
