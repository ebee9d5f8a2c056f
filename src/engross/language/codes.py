"""Codes of languages that mean the same."""


def shortest(code: str) -> str:
    """
    A code whose language has two letters wherever BCP 47 wants two; others stay as they are.

    >>> shortest("fra"), shortest("ger-Latn"), shortest("grc"), shortest("german")
    ('fr', 'de-Latn', 'grc', 'german')
    """
    from babel.core import get_global

    first, hyphen, rest = code.strip().partition("-")
    return f"{get_global('language_aliases').get(first.lower(), first)}{hyphen}{rest}"
