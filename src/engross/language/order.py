"""
The order of words: Unicode's collation with the root table of CLDR, and what a language changes.

The root order lists German, Russian, French and transliterated Japanese as they are listed: marks
on letters and case decide only between words that are otherwise equal, spaces and marks between
letters not at all. Words in the script of the language stand before all others. This is the one
module that imports feruca.
"""

import re
import tomllib
import unicodedata
from collections.abc import Iterable
from functools import cache
from importlib.resources import files

BEHIND = 0xF0000
"""Private characters sort behind all letters; one of them behind `z` is a letter after `z`."""
MARK = "\u0301"
"""What tells a letter from one that is listed with it."""
EASTERN = {"HIRAGANA": "CJK", "KATAKANA": "CJK"}
LONG = re.compile("([ぁ-ヺ])ー")
VOWELS = dict(zip("AIUEO", "アイウエオ", strict=True))
"""What a long sound stands for in a list of kana, by how the sign before it ends."""
STANDARDS = {"gb2312": b"\xb0\xa1\xd7\xf9", "big5": b"\xa4\x40\xc6\x7e"}
"""Standards, and where their common Chinese characters begin and end: GB 2312 has them by sound
(pinyin), Big5 by strokes, as names are listed in the People's Republic and in Taiwan."""
HAN = 0x100000
"""What is added to the place of a character in its standard: private characters again."""


def ranks(words: Iterable[str], language: str = "en") -> dict[str, int]:
    """
    The place of each word among the others, whatever their order was.

    >>> words = ["New York", "Newark", "Ōno", "Ono", "Échange", "Edge"]
    >>> sorted(words, key=ranks(words).get)
    ['Échange', 'Edge', 'Newark', 'New York', 'Ono', 'Ōno']
    >>> sorted(["chata", "cíl", "hora"], key=ranks(["chata", "cíl", "hora"], "cs").get)
    ['cíl', 'hora', 'chata']
    >>> sorted(["张", "李", "赵"], key=ranks(["张", "李", "赵"], "zh").get)
    ['李', '张', '赵']
    """
    from feruca import collate

    changed, own = _tailoring(language), script_of(language)
    pattern = re.compile("|".join(sorted(changed, key=len, reverse=True)) or "(?!)")
    keys: dict[str, list[str]] = {}
    for word in sorted(set(words)):
        whole = _listed(unicodedata.normalize("NFC", word), language)
        keys.setdefault(pattern.sub(lambda found: changed[found[0]], whole), []).append(word)
    script = {key: _script(alike[0]) for key, alike in keys.items()}.__getitem__
    found = sorted(collate(sorted(keys), tailoring="default"), key=lambda key: script(key) != own)
    return {word: rank for rank, key in enumerate(found) for word in keys[key]}


def unlisted(word: str, language: str) -> bool:
    """Whether its language does not list a word: kanji, and Chinese characters that are rare."""
    eastern = language.partition("-")[0] in {"ja", "zh"}
    rest = _listed(word, language)
    return eastern and any("CJK UNIFIED" in unicodedata.name(one, "") for one in rest)


def _listed(word: str, language: str) -> str:
    """A word in signs that the root table lists as its language does."""
    first, *others = language.lower().split("-")
    if first == "ja":
        return LONG.sub(lambda one: one[1] + VOWELS.get(unicodedata.name(one[1])[-1], ""), word)
    if first != "zh":
        return word
    standard = "big5" if {"hant", "tw", "hk", "mo"} & set(others) else "gb2312"
    begin, end = STANDARDS[standard][:2], STANDARDS[standard][2:]
    places = ((one, one.encode(standard, "ignore")) for one in word)
    return "".join(
        chr(HAN + int.from_bytes(at)) if begin <= at <= end else one for one, at in places
    )


@cache
def _tailoring(language: str) -> dict[str, str]:
    """What stands for the letters that a language has of its own, capitals too."""
    rows = tomllib.loads(files(__package__).joinpath("order.toml").read_text("utf-8"))
    groups = [group.split() for group in rows.get(language.partition("-")[0], "").split(",")]
    return {
        form(letter): f"{form(first)}{chr(BEHIND + place)}{MARK * like}"
        for first, *behind in filter(None, groups)
        for place, alike in enumerate(behind)
        for like, letter in enumerate(alike.split("/"))
        for form in (str.lower, str.capitalize, str.upper)
    }


def _script(word: str) -> str:
    """The script of a word's first letter, as Unicode names it; a space's where it has none."""
    letter = next(filter(str.isalpha, word), " ")
    name = unicodedata.name(letter, "").partition(" ")[0]
    return EASTERN.get(name, name)


@cache
def script_of(language: str) -> str:
    """The script in which a language writes its own name."""
    from babel import Locale, UnknownLocaleError

    try:
        return _script(Locale.parse(language.partition("-")[0]).get_language_name() or "")
    except (UnknownLocaleError, ValueError):
        return "LATIN"
