"""The words under a link, and the languages that tags mark."""

import pytest

from engross.verify.pages import PageText, Stand
from engross.verify.tagged import Way, foreign, under

UPRIGHT = Stand(10, 40, 100, ((10, 20, 100), (20, 30, 100), (30, 40, 100)))
TURNED = Stand(200, 230, -300, ((200, 210, -300), (210, 220, -300), (220, 230, -300)))
PAGE = PageText(("abc", "xyz"), (UPRIGHT, TURNED), ())


@pytest.mark.parametrize(
    ("box", "words"),
    [
        ((10, 97, 30, 109), "ab"),
        ((10, 117, 30, 129), ""),
        ((291, 210, 303, 230), "yz"),
        ((0, 0, 5, 5), ""),
    ],
)
def test_a_link_lies_on_the_words_in_its_box(
    box: tuple[float, float, float, float], words: str
) -> None:
    assert under(PAGE, box) == words


@pytest.mark.parametrize(
    ("found", "wanted", "right"),
    [
        ("A Letter", "ALetter", True),
        ("ALetter[?]5", "ALetter", True),
        ("Letter", "ALetter", False),
        ("", "", False),
        ("any", "", True),
    ],
)
def test_signs_of_the_house_may_stand_in_a_link(found: str, wanted: str, right: bool) -> None:
    assert Way("x", "".join(found.split())).agrees(Way("x", wanted)) is right


@pytest.mark.parametrize(
    ("found", "wanted", "told"),
    [
        (["en", "fr", "en", "de"], ["fr", "de"], ""),
        (["en", "fr"], ["fr", "de"], "de"),
        (["de", "fr"], ["fr", "de"], "de"),
        (["la", "fr"], ["fr"], "la"),
        (["ru", "fr"], ["fr"], ""),
    ],
)
def test_other_languages_are_marked_in_their_turn(
    found: list[str], wanted: list[str], told: str
) -> None:
    assert foreign(found, wanted, "en", {"ru"}) == told
