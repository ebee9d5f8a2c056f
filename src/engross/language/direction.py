"""Which way a language is written."""

from functools import cache
from typing import Literal

Direction = Literal["ltr", "rtl"]

SCRIPTS = frozenset({"adlm", "arab", "hebr", "mand", "nkoo", "rohg", "samr", "syrc", "thaa"})
"""ISO 15924 codes of the scripts in use that run from right to left."""


@cache
def direction(language: str) -> Direction:
    """
    The direction of a BCP 47 tag: of its script where it names one, else as CLDR has it.

    >>> [direction(tag) for tag in ("he", "ar-Latn", "az-Arab", "ja", "x-house")]
    ['rtl', 'ltr', 'rtl', 'ltr', 'ltr']
    """
    subtags = language.lower().split("-")
    if script := next((part for part in subtags[1:] if len(part) == 4 and part.isalpha()), ""):
        return "rtl" if script in SCRIPTS else "ltr"
    from babel import Locale, UnknownLocaleError

    try:
        order = Locale.parse(subtags[0]).character_order
    except (UnknownLocaleError, ValueError):
        return "ltr"
    return "rtl" if order == "right-to-left" else "ltr"
