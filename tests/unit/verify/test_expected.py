"""What an address must say, computed without the stages that make it."""

from engross.verify.pieces import Piece


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
