"""Codes of languages that mean the same; codes of countries and currencies."""

BIBLIOGRAPHIC = {
    "ar": "ara", "be": "bel", "bg": "bul", "ca": "cat", "cs": "cze", "da": "dan", "de": "ger",
    "el": "gre", "en": "eng", "es": "spa", "et": "est", "eu": "baq", "fa": "per", "fi": "fin",
    "fr": "fre", "ga": "gle", "he": "heb", "hi": "hin", "hr": "hrv", "hu": "hun", "hy": "arm",
    "is": "ice", "it": "ita", "ja": "jpn", "ka": "geo", "kk": "kaz", "ko": "kor", "la": "lat",
    "lt": "lit", "lv": "lav", "mn": "mon", "nl": "dut", "no": "nor", "pl": "pol", "pt": "por",
    "ro": "rum", "ru": "rus", "sk": "slo", "sl": "slv", "sq": "alb", "sr": "srp", "sv": "swe",
    "tr": "tur", "uk": "ukr", "vi": "vie", "yi": "yid", "zh": "chi",
}  # fmt: skip
"""ISO 639-2/B, which ONIX and MARC ask for, by ISO 639-1."""


def shortest(code: str) -> str:
    """
    A code whose language has two letters wherever BCP 47 wants two; others stay as they are.

    >>> shortest("fra"), shortest("ger-Latn"), shortest("grc"), shortest("german")
    ('fr', 'de-Latn', 'grc', 'german')
    """
    from babel.core import get_global

    first, hyphen, rest = code.strip().partition("-")
    return f"{get_global('language_aliases').get(first.lower(), first)}{hyphen}{rest}"


def bibliographic(language: str) -> str:
    """
    The three letters of a language in ISO 639-2/B; `und` for one that we do not know.

    >>> bibliographic("ru-Latn")
    'rus'
    """
    first = language.split("-")[0]
    return BIBLIOGRAPHIC.get(first, first if len(first) == 3 else "und")


def is_currency(code: str) -> bool:
    """Whether ISO 4217 has the code."""
    from babel.numbers import is_currency as known

    return known(code)


def is_country(code: str) -> bool:
    """Whether ISO 3166 has the code, of two letters."""
    from babel import Locale

    return len(code) == 2 and code.isupper() and code in Locale("en").territories
