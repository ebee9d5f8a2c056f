"""Signs of lists, and characters without ink."""

import doctest

import pytest

from engross.ledger.anchor import Span, locate
from engross.model import lists, unseen
from engross.render import inlines
from engross.schema.base import Anchor
from engross.verify.plain import paper


def test_the_examples_of_the_docstrings_hold() -> None:
    for module in (lists, unseen, inlines):
        tested = doctest.testmod(module)
        assert tested.attempted
        assert tested.failed == 0


@pytest.mark.parametrize(
    ("text", "doubtful"),
    [("می\u200cرود", False), ("of\u2060it", True), ("\u200bx", True), ("a\ufe0f", False)],
)
def test_a_joiner_of_persian_is_spelling_and_one_of_english_is_doubtful(
    text: str, doubtful: bool
) -> None:
    assert bool(unseen.DOUBTFUL.search(text)) is doubtful
    assert paper(text) == "".join(sign for sign in text if not unseen.UNSEEN.match(sign))


def test_a_quotation_need_not_have_the_characters_without_ink() -> None:
    texts = {"p-001": "mi\u200cravad, of\u2060it"}
    assert locate(Anchor(exact="miravad"), texts) == Span("p-001", 0, 8)
    assert locate(Anchor(exact="of\u2060it"), texts) == Span("p-001", 10, 15)


def test_an_address_is_divided_behind_its_signs_and_ends_before_a_full_stop() -> None:
    nodes = inlines.written("See www.example.org/a-b, p. 4, and catalog.archives.gov/id.")
    found = [(node.kind, node.text) for node in nodes if not isinstance(node, inlines.Spot)]
    assert found == [
        ("text", "See "),
        ("address", "www.example.org/a-b"),
        ("text", ", "),
        ("bound", "p. 4,"),
        ("text", " and "),
        ("address", "catalog.archives.gov/id"),
        ("text", "."),
    ]
