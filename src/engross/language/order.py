"""
The order of words: Unicode's collation with the root table of CLDR, and what a language changes.

The root order lists German, Russian, French and transliterated Japanese as they are listed: marks
on letters and case decide only between words that are otherwise equal, spaces and marks between
letters not at all. Some languages have letters of their own behind others; their catalogues name
them (`letters-after`). This is the one module that imports feruca.
"""

import unicodedata
from collections.abc import Iterable

NONE = "-"
BEHIND = 0xF0000
"""Private characters sort behind all letters; one of them behind `z` is a letter after `z`."""


def ranks(words: Iterable[str], after: str = NONE) -> dict[str, int]:
    """
    The place of each word among the others.

    Args:
        words: any order; it does not matter to the result.
        after: groups of a letter and those behind it: `n ñ`, or `z å ä ö`; `-` for none.

    >>> words = ["New York", "Newark", "Ōno", "Ono", "Échange", "Edge"]
    >>> sorted(words, key=ranks(words).get)
    ['Échange', 'Edge', 'Newark', 'New York', 'Ono', 'Ōno']
    """
    from feruca import collate

    table = _table(after)
    keys: dict[str, list[str]] = {}
    for word in sorted(set(words)):
        keys.setdefault(unicodedata.normalize("NFC", word).translate(table), []).append(word)
    found = collate(sorted(keys), tailoring="default")
    return {word: rank for rank, key in enumerate(found) for word in keys[key]}


def _table(after: str) -> dict[int, str]:
    """What stands for the letters that a language has of its own, capitals too."""
    groups = [group.split() for group in after.split(",")] if after != NONE else []
    return {
        ord(form(letter)): f"{form(first)}{chr(BEHIND + place)}"
        for first, *letters in groups
        for place, letter in enumerate(letters)
        for form in (str.lower, str.upper)
    }
