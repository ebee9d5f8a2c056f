"""Lists stand in the order of their language."""

import random

import pytest

from engross.language import Words
from engross.language.order import ranks, unlisted
from engross.schema.registers import Abbreviation, IndexEntry, PersonEntry

ENGLISH = ["Échange", "Edge", "Newark", "New York", "“Quoted,” a title", "U.N.", "Unesco"]
JAPANESE = ["Hatoyama Ichirō", "Ikeda Hayato", "Ōhira Masayoshi", "Okazaki Katsuo", "Ono", "Ōno"]
GERMAN = ["Ärger", "Arm", "Arzt", "Ober", "Öl", "Straße", "Strasser", "Über", "Ufer", "Zug"]
RUSSIAN = ["Ёж", "ёлка", "ель", "жук", "икра", "йод", "МИД", "ЦК КПСС", "яма"]


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


@pytest.mark.parametrize(
    ("language", "wanted"),
    [
        ("sv-FI", ["Adam", "Zorn", "Zvezda", "Åberg", "Ärlig", "Öberg"]),
        ("es", ["nuez", "nylon", "ñame", "oso"]),
        ("cs", ["cesta", "čas", "hrad", "Chata", "iris", "Řím", "sůl", "šest"]),
        ("pl", ["lato", "lyra", "Łódź", "mak", "zupa", "źródło", "żaba"]),
        ("ja", ["かめら", "かんだ", "こあ", "こうひい", "コーヒー", "コーラ", "さくら", "やまだ"]),
        ("zh", ["安徽", "北京", "邓小平", "毛泽东", "章太炎", "张伟", "周恩来", "Zhang"]),
        ("zh-Hant", ["一", "丁", "王", "李", "張", "陳"]),
        ("uk", ["архів", "гора", "ґанок", "дім", "Єва", "їжак", "йод", "London"]),
        ("hu", ["cukor", "csak", "dal", "olaj", "őr", "öröm", "sor", "szó"]),
        ("da", ["Zola", "Ærø", "Øst", "Århus"]),
        ("tr", ["cam", "çay", "hal", "ılık", "Irak", "İran", "kar"]),
        ("en", ["Ōno", "zebra", "архив", "山田"]),
        ("ru", ["архив", "Ёж", "Archiv"]),
        ("ja", ["山田", "Yamada"]),
    ],
)
def test_letters_of_a_language_stand_where_cldr_puts_them(language: str, wanted: list[str]) -> None:
    rank = ranks(reversed(wanted), language)
    assert sorted(rank, key=rank.__getitem__) == wanted


def test_a_name_without_letters_has_a_place() -> None:
    assert ranks(["Marsh", "[…]"], "en") == {"[…]": 1, "Marsh": 0}


def test_a_sort_key_decides_before_the_name() -> None:
    people = (
        PersonEntry(id="ikeda", name="池田", sort="いけだ"),
        PersonEntry(id="yamada", name="山田", file_as="山田", sort="やまだ"),
        PersonEntry(id="aoki", name="青木", sort="あおき"),
    )
    words = Words("ja")
    assert [one.id for one in words.sorted(people, lambda one: one.filed)] == [
        "aoki",
        "ikeda",
        "yamada",
    ]
    assert IndexEntry(heading="B", sort="a").filed == "a"
    assert Abbreviation(abbr="B", expansion="b").filed == "B"


def test_the_order_does_not_depend_on_how_a_letter_is_stored() -> None:
    rank = ranks(["Ōno", "O\u0304no", "Ono"])
    assert rank["Ōno"] == rank["O\u0304no"] > rank["Ono"]


@pytest.mark.parametrize(
    ("word", "language", "wanted"),
    [
        ("山田久就", "ja", True),
        ("やまだ ひさなり", "ja", False),
        ("钱锺书", "zh", True),
        ("张伟", "zh-Hans", False),
        ("陳", "zh-TW", False),
        ("山田", "en", False),
    ],
)
def test_a_word_that_no_order_lists_is_known(word: str, language: str, wanted: bool) -> None:
    assert unlisted(word, language) is wanted
