"""
The locators of an index: pages in order, each once, ranges joined.

On pages a heading's places stand in `<span class="locators">`, each a slot, with `data-to` where it
is a range. Only when the pages are known can two places on one page become one number, so these
are words of the unit and not slots: the index is laid out last, and again when a page moves.
"""

import re
from collections.abc import Mapping
from html import escape, unescape

LOCATORS = re.compile(r'<span class="locators">(.*?)</span>', re.DOTALL)
PLACE = re.compile(
    r'<a\b[^>]*?href="https://page\.invalid/#([^"]*)"(?: data-to="([^"]*)")?[^>]*>[^<]*</a>'
)
DASH = "–"


def has_locators(html: str) -> bool:
    """Whether a unit prints pages that depend on one another."""
    return '<span class="locators">' in html


def goals(html: str) -> set[str]:
    """Every address whose page a unit's locators need."""
    found: set[str] = set()
    for group in LOCATORS.findall(html):
        for first, last in PLACE.findall(group):
            found |= {unescape(first), unescape(last)}
    return found - {""}


def resolve(html: str, labels: Mapping[str, str]) -> str:
    """Write the pages; an address without a label keeps its place with 0."""

    def group(match: re.Match[str]) -> str:
        places = [
            (
                labels.get(unescape(first), "0"),
                labels.get(unescape(last or first), "0"),
                first,
            )
            for first, last in PLACE.findall(match[1])
        ]
        links = [
            f'<a href="https://section.invalid/#{goal}">{escape(words)}</a>'
            for words, goal in merged(places)
        ]
        return f'<span class="located">{", ".join(links)}</span>'

    return LOCATORS.sub(group, html)


def merged(places: list[tuple[str, str, str]]) -> list[tuple[str, str]]:
    """
    Pages in order, without those that an earlier one covers.

    >>> merged([("12", "12", "a"), ("9", "9", "b"), ("12", "15", "c"), ("14", "14", "d")])
    [('9', 'b'), ('12–15', 'a')]
    """
    rows: list[list[str]] = []
    for first, last, goal in sorted(places, key=lambda row: (rank(row[0]), rank(row[1]))):
        if rows and rank(first) <= rank(rows[-1][1]):
            if rank(last) > rank(rows[-1][1]):
                rows[-1][1] = last
        else:
            rows.append([first, last, goal])
    return [
        (first if first == last else f"{first}{DASH}{last}", goal) for first, last, goal in rows
    ]


def rank(label: str) -> tuple[int, int]:
    """
    The order of a page's label: roman numbers before arabic ones.

    >>> sorted(["12", "9", "xl", "ix"], key=rank)
    ['ix', 'xl', '9', '12']
    """
    if label.isdigit():
        return 1, int(label)
    values = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}
    digits = [values.get(letter, 0) for letter in label]
    following = [*digits[1:], 0]
    total = sum(-d if d < n else d for d, n in zip(digits, following, strict=True))
    return 0, total
