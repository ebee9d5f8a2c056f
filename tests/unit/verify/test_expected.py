"""What an address must say, computed without the stages that make it."""

from pathlib import Path

import pytest

import engross
from engross.language import Words
from engross.verify.around import DATES, written
from engross.verify.pieces import Piece

CATALOGUES = Path(engross.__file__).parent / "templates/words"


@pytest.mark.parametrize("language", ["en", "en-GB", "de", "de-AT", "ru", "fr"])
@pytest.mark.parametrize("iso", ["1961", *(f"1961-{month:02}" for month in range(1, 13))])
def test_a_date_is_expected_as_the_edition_writes_it(language: str, iso: str) -> None:
    assert written(iso, language) == Words(language).day(iso)
    if len(iso) > 4:
        assert written(f"{iso}-09", language) == Words(language).day(f"{iso}-09")


def test_each_language_that_an_edition_speaks_has_its_dates() -> None:
    assert set(DATES) == {"en", *(path.stem for path in CATALOGUES.glob("*.po"))}


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
