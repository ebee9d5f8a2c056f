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


def ranks(words: Iterable[str], language: str = "en") -> dict[str, int]:
    """
    The place of each word among the others, whatever their order was.

    >>> words = ["New York", "Newark", "Ōno", "Ono", "Échange", "Edge"]
    >>> sorted(words, key=ranks(words).get)
    ['Échange', 'Edge', 'Newark', 'New York', 'Ono', 'Ōno']
    >>> sorted(["chata", "cíl", "hora"], key=ranks(["chata", "cíl", "hora"], "cs").get)
    ['cíl', 'hora', 'chata']
    """
    from feruca import collate

    changed, own = _tailoring(language), script_of(language)
    pattern = re.compile("|".join(sorted(changed, key=len, reverse=True)) or "(?!)")
    keys: dict[str, list[str]] = {}
    for word in sorted(set(words)):
        whole = unicodedata.normalize("NFC", word)
        keys.setdefault(pattern.sub(lambda found: changed[found[0]], whole), []).append(word)
    found = sorted(collate(sorted(keys), tailoring="default"), key=lambda key: _script(key) != own)
    return {word: rank for rank, key in enumerate(found) for word in keys[key]}


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
    """The script of a word's first letter, as Unicode names it; empty where it has none."""
    letter = next(filter(str.isalpha, word), "")
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
