"""Which way a language is written."""

from functools import cache
from typing import Literal

Direction = Literal["ltr", "rtl"]

SCRIPTS = frozenset({"adlm", "arab", "hebr", "mand", "nkoo", "rohg", "samr", "syrc", "thaa"})
"""ISO 15924 codes of the scripts in use that run from right to left."""


def subtag(language: str) -> str:
    """
    The script that a BCP 47 tag names, in small letters; "" where it names none.

    >>> [subtag(tag) for tag in ("sa-Latn", "zh-hant-TW", "de-1901", "fr")]
    ['latn', 'hant', '', '']
    """
    later = language.lower().split("-")[1:]
    return next((part for part in later if len(part) == 4 and part.isalpha()), "")


@cache
def direction(language: str) -> Direction:
    """
    The direction of a BCP 47 tag: of its script where it names one, else as CLDR has it.

    >>> [direction(tag) for tag in ("he", "ar-Latn", "az-Arab", "ja", "x-house")]
    ['rtl', 'ltr', 'rtl', 'ltr', 'ltr']
    """
    if script := subtag(language):
        return "rtl" if script in SCRIPTS else "ltr"
    from babel import Locale, UnknownLocaleError

    try:
        order = Locale.parse(language.lower().partition("-")[0]).character_order
    except (UnknownLocaleError, ValueError):
        return "ltr"
    return "rtl" if order == "right-to-left" else "ltr"
