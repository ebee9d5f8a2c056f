"""Lists stand in the order of their language."""

import random

import pytest

from engross.language import Words
from engross.language.order import ranks

ENGLISH = ["Échange", "Edge", "Newark", "New York", "“Quoted,” a title", "U.N.", "Unesco"]
JAPANESE = ["Hatoyama Ichirō", "Ikeda Hayato", "Ōhira Masayoshi", "Okazaki Katsuo", "Ono", "Ōno"]
GERMAN = ["Ärger", "Arm", "Arzt", "Ober", "Öl", "Straße", "Strasser", "Über", "Ufer", "Zug"]
RUSSIAN = ["Ёж", "ёлка", "ель", "жук", "икра", "йод", "МИД", "ЦК КПСС", "яма"]
SWEDISH = ["Adam", "Zorn", "Zvezda", "Åberg", "Ärlig", "Öberg"]


def mixed(words: list[str]) -> list[str]:
    other = list(words)
    random.Random(7).shuffle(other)
    assert other != words
    return other


@pytest.mark.parametrize(
    ("language", "wanted"),
    [("en", ENGLISH), ("en", JAPANESE), ("de", GERMAN), ("ru", RUSSIAN)],
    ids=["en", "ja-Latn", "de", "ru"],
)
def test_words_stand_in_the_order_of_their_language(language: str, wanted: list[str]) -> None:
    assert list(Words(language).sorted(mixed(wanted), str)) == wanted


def test_letters_of_their_own_stand_where_a_catalogue_puts_them() -> None:
    rank = ranks(mixed(SWEDISH), "z å ä ö")
    assert sorted(SWEDISH, key=lambda word: rank[word]) == SWEDISH
    assert ranks(SWEDISH) != rank, "by Unicode alone they are kinds of a and o"
    spanish = ["nuez", "nylon", "ñame", "oso"]
    rank = ranks(spanish, "n ñ, t þ")
    assert sorted(mixed(spanish), key=lambda word: rank[word]) == spanish


def test_the_order_does_not_depend_on_how_a_letter_is_stored() -> None:
    rank = ranks(["Ōno", "O\u0304no", "Ono"])
    assert rank["Ōno"] == rank["O\u0304no"] > rank["Ono"]
