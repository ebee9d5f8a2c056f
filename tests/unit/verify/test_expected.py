"""What an address must say, computed without the stages that make it."""

import shutil
from pathlib import Path

import pytest
from lxml import etree
from tests.unit.language.dates_anew import DATES, written

import engross
from engross.language import Words
from engross.parse.parse import parse
from engross.read import open_book
from engross.schema.document import Dates
from engross.verify.around import misdated
from engross.verify.expected import expect
from engross.verify.marks import astray
from engross.verify.pieces import Piece

CATALOGUES = Path(engross.__file__).parent / "templates/words"


OTHERS = ["1961", "1961~", "../1961-03", "1961-03/..", "1961-03/1961-05", "1961-03-02/1961-03-05"]
OTHERS += [
    "1961-03-02/1961-05-05",
    "1960-03/1961-05",
    "-0043",
    *(f"1961-{n}" for n in range(21, 25)),
]


@pytest.mark.parametrize("language", [*DATES, "en-GB", "de-AT", "pt-BR", "fr-CA"])
def test_a_date_is_expected_as_the_edition_writes_it(language: str) -> None:
    months = [f"1961-{month:02}" for month in range(1, 13)]
    dates = [*months, *(f"{month}-09" for month in months), *OTHERS]
    words = Words(language)
    assert [written(iso, language) for iso in dates] == [words.day(iso) for iso in dates]
    julian = ("1917-11-07", "1917-10-25")
    assert written(julian[0], language, julian[1]) == words.day(*julian)


@pytest.mark.parametrize(
    ("event", "julian", "written", "right"),
    [
        ("1961-09-14", "", "14 September 1961", True),
        ("1961-09-14", "", "15 September 1961", False),
        ("1961-09-14", "", "14 October 1961", False),
        ("1961-09-14", "", "14 September 1691", False),
        ("-0043-03-15", "", "15 March 44 BC", True),
        ("1919-05-03/1919-05-07", "", "3–7 May 1919", True),
        ("1917-11-07", "1917-10-25", "7 November 1917", False),
    ],
)
def test_the_day_of_a_document_has_the_numbers_and_the_month_of_its_date(
    event: str, julian: str, written: str, right: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Words, "day", lambda *_: written)
    dates = Dates.model_validate({"event": event} | ({"julian": julian} if julian else {}))
    assert misdated(dates, Words("en")) == ("" if right else written)


def test_each_language_that_an_edition_speaks_has_its_dates() -> None:
    assert set(DATES) == {path.stem for path in CATALOGUES.glob("*.toml")}


def test_points_behind_a_replaced_word_move_with_the_text() -> None:
    piece = Piece(
        "Premier Minister Ikeda", [(7, "call", "a"), (16, "call", "b"), (22, "call", "c")]
    )
    piece.replace(0, 7, "Prime")
    assert piece.text == "Prime Minister Ikeda"
    assert piece.points == [(5, "call", "a"), (14, "call", "b"), (20, "call", "c")]


def test_points_within_a_replaced_stretch_stand_behind_the_new_words() -> None:
    piece = Piece("one two three", [(0, "call", "a"), (5, "call", "b")])
    piece.replace(4, 7, "2")
    assert piece.text == "one 2 three"
    assert piece.points == [(0, "call", "a"), (5, "call", "b")]


def test_an_insertion_stands_before_the_points_at_its_place() -> None:
    piece = Piece("one three", [(4, "call", "a")])
    piece.replace(4, 4, "two ")
    assert piece.text == "one two three"
    assert piece.points == [(8, "call", "a")]


@pytest.mark.parametrize("key", ["pike", "persons/pike"])
def test_a_person_who_is_cited_leads_to_the_entry(key: str, tmp_path: Path) -> None:
    book = tmp_path / "book"
    shutil.copytree(Path(__file__).parents[2] / "sabotage/pages", book)
    with (book / "introduction.md").open("a", encoding="utf-8") as file:
        file.write(f"\nThe master was [@{key}].\n")
    said = expect(parse(open_book(book)), {}).said["introduction#p-004"]
    assert said.text == "The master was Ivan Pike."
    assert {mark[2:] for mark in said.marks} == {("link", "persons#pike")}


def test_a_list_that_is_cut_leads_to_its_places_through_all_pieces() -> None:
    pieces = [etree.fromstring(f'<section><a href="{name}.xhtml"/></section>') for name in "ab"]
    assert astray(pieces, ["a", "b"], "contents", {"a", "b"}) == ""
    assert astray(pieces, ["b", "a"], "contents", {"a", "b"}) == "a"
