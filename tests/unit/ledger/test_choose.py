"""The context of a new entry: none where none is needed, else the fewest words."""

import pytest

from engross.ledger.anchor import Span, choose, locate

TEXTS = {
    "p-001": "a letter by Japanese Premier Minister Mr. Ikeda",
    "p-002": "he read over Premier Minister Ikeda's letter, and the Premier Minister read it",
    "p-003": "signature",
    "p-004": "signature",
}


def chosen(block: str, words: str, nth: int = 1) -> tuple[str, str]:
    text, start = TEXTS[block], -1
    for _ in range(nth):
        start = text.index(words, start + 1)
    span = Span(block, start, start + len(words))
    target = choose("yamada", span, TEXTS)
    assert locate(target, TEXTS) == span
    assert target.block == block
    return target.prefix, target.suffix


def test_words_that_stand_once_need_no_context() -> None:
    assert chosen("p-001", "Japanese") == ("", "")


@pytest.mark.parametrize(
    ("block", "nth", "wanted"),
    [
        ("p-001", 1, ("Japanese ", "")),
        ("p-002", 1, ("over ", "")),
        ("p-002", 2, ("the ", "")),
    ],
)
def test_words_that_stand_often_get_the_fewest_words_around_them(block, nth, wanted) -> None:
    assert chosen(block, "Premier Minister", nth) == wanted


def test_where_two_blocks_are_alike_the_block_tells_them_apart() -> None:
    assert chosen("p-004", "signature") == ("", "")


def test_an_insertion_gets_a_word_on_either_side() -> None:
    at = TEXTS["p-001"].index("Premier")
    target = choose("yamada", Span("p-001", at, at), TEXTS)
    assert (target.exact, target.prefix, target.suffix) == ("", "Japanese ", "Premier")
