"""
The printed numbers of pages: estimated from the sources, then settled.

A slot holds as many zeros as its number has digits; the digits are written at the join, so a unit
is laid out again only when the number of digits was wrong. A roman number is written as it is.
The first estimate depends on nothing but the sources and the units without slots, so a clean and an
incremental build go the same way. From `PATIENCE` rounds on a slot only grows, and the join pads
it; digits are bounded, so the rounds end.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from html import unescape

from engross.make.typeset.runs import MEMBER
from engross.make.typeset.values import Page, Part, Unit
from engross.model.address import section_of

SLOT = re.compile(r'(<a\b[^>]*?href="https://page\.invalid/#([^"]*)"[^>]*>)([^<]*)(</a>)')
TAG = re.compile(r"<[^>]*>")
PER_PAGE = 2_300
"""Characters of a page, for the estimate; the better it is, the fewer second rounds."""
PATIENCE = 3
ROUNDS = 12


def targets(html: str) -> set[str]:
    """The addresses whose page numbers a unit prints."""
    return {unescape(match[1]) for match in SLOT.findall(html)}


def fill(html: str, forms: Mapping[str, str]) -> str:
    """Give every slot of a unit its form."""
    return SLOT.sub(lambda found: f"{found[1]}{forms.get(unescape(found[2]), '0')}{found[4]}", html)


def form(label: str) -> str:
    """What stands for a label while its unit is laid out."""
    return "0" * len(label) if label.isdigit() else label


def estimate(unit: Unit) -> int:
    """The pages of a unit, from the length of its text."""
    return max(1, -(-len(TAG.sub("", unit.html)) // PER_PAGE))


def labels(
    wanted: Iterable[str], units: Sequence[Unit], parts: Mapping[int, Part], pages: Sequence[Page]
) -> dict[str, str]:
    """
    The label of the page on which each address begins.

    Where the unit of an address is not yet typeset, its place in the text says how far in it is.
    An address that is nowhere has no label.
    """
    starts: dict[int, int] = {}
    counts: dict[int, int] = {}
    for index, page in enumerate(pages):
        if page.unit is not None:
            starts.setdefault(page.unit, index)
            counts[page.unit] = counts.get(page.unit, 0) + 1
    places: dict[str, int] = {}
    for index, part in parts.items():
        for key, (page_index, *_) in part.side["dests"].items():
            places.setdefault(key, starts[index] + int(page_index))
    found = {}
    for address in sorted(set(wanted)):
        if address in places:
            found[address] = pages[places[address]].label
            continue
        for index, unit in enumerate(units):
            if index in parts or section_of(address) not in {one.address for one in unit.sections}:
                continue
            offset = position(unit, address)
            if offset is not None:
                found[address] = pages[starts[index] + int(offset * counts[index])].label
                break
    return found


def position(unit: Unit, address: str) -> float | None:
    """How far into its unit an address stands, 0 to just under 1; None if it is not in it."""
    if address == unit.address:
        return 0.0
    local = address.removeprefix(f"{unit.address}#")
    needles = (f'data-address="{address}"', f'id="{local}"', f'{MEMBER}="{address}"')
    for needle in (*needles, f'id="{address}"'):
        at = unit.html.find(needle)
        if at >= 0:
            return at / len(unit.html)
    return None


def settle(old: Mapping[str, str], new: Mapping[str, str], turn: int) -> dict[str, str]:
    """The forms of the next round: as needed, and from `PATIENCE` rounds on never shorter."""
    if turn < PATIENCE:
        return dict(new)
    return {
        address: max(wanted, old.get(address, wanted), key=len) if wanted.isdigit() else wanted
        for address, wanted in new.items()
    }
