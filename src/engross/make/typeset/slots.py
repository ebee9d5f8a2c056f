"""
The printed numbers of pages: estimated from the sources, then settled.

A slot holds as many zeros as its number has digits; the digits are written with the file, so a unit
is laid out again only when the number of digits was wrong. A roman number is written as it is.
The first estimate depends on nothing but the sources, the units without slots and a few others that
are chosen by their place, so a clean and an incremental build go the same way. From `PATIENCE`
rounds on a slot only grows, and the writer pads it; digits are bounded, so the rounds end.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from html import unescape

from engross.make.typeset.crossing import Part
from engross.make.typeset.runs import MEMBER
from engross.make.typeset.values import Page, Unit
from engross.model.address import section_of
from engross.model.lists import numeral

SLOT = re.compile(r'(<a\b[^>]*?href="https://page\.invalid/#([^"]*)"[^>]*>)([^<]*)(</a>)')
TAG = re.compile(r"<[^>]*>")
PER_PAGE = 2_300
"""Characters of a page, for the estimate of a volume of which nothing is typeset yet."""
SAMPLE = 12
"""Units that tell how many characters a page of this volume takes."""
STEP = 20
"""Characters; finer, and a word more in a sampled unit would move the estimate of all others."""
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


def length(unit: Unit) -> int:
    """Characters of a unit's text, notes and generated words included."""
    return len(TAG.sub("", unit.html))


def estimate(unit: Unit, per_page: int = PER_PAGE) -> int:
    """The pages of a unit, from the length of its text."""
    return _pages(length(unit), per_page)


def _pages(characters: int, per_page: int) -> int:
    return max(1, -(-characters // per_page))


def sample(units: Sequence[Unit], some: Sequence[int]) -> list[int]:
    """The units of the body that are typeset first, spread over the volume."""
    body = [n for n in some if units[n].matter == "body"]
    if len(body) <= 2 * SAMPLE:
        return []
    return [body[index * len(body) // SAMPLE] for index in range(SAMPLE)]


def per_page(units: Sequence[Unit], parts: Mapping[int, Part]) -> int:
    """
    How many characters a page takes, by the units of the body that are typeset.

    The better it is, the fewer units are laid out again because a number has more digits.
    """
    known = [(length(units[n]), len(parts[n].pages)) for n in parts if units[n].matter == "body"]
    total = sum(pages for _, pages in known)
    if total < 2 * SAMPLE:
        return PER_PAGE
    steps = range(PER_PAGE // 2 // STEP * STEP, 2 * PER_PAGE, STEP)
    return min(steps, key=lambda step: abs(sum(_pages(size, step) for size, _ in known) - total))


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
        for key, spot in part.dests.items():
            places.setdefault(key, starts[index] + spot.page)
    waiting: dict[str, list[int]] = {}
    for index, unit in enumerate(units):
        if index not in parts:
            for section in {one.address for one in unit.sections}:
                waiting.setdefault(section, []).append(index)
    found = {}
    for address in sorted(set(wanted)):
        if address in places:
            found[address] = pages[places[address]].label
            continue
        for index in waiting.get(section_of(address), ()):
            offset = position(units[index], address)
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


def paginate(
    units: Sequence[Unit], counts: Sequence[int], roman_front: bool, first: int = 1
) -> list[Page]:
    """
    Put the pages of all units in order, blank ones where a unit opens on the other side.

    The first page is a right-hand page. With a roman front the first page that is not front matter
    is 1 and a right-hand page; otherwise one arabic sequence counts all pages. An offprint has
    another `first` than 1, and its first page stands on the side that it has in the volume.
    """
    pages: list[Page] = []
    front = roman_front and any(unit.matter == "front" for unit in units)
    number = 0

    def add(unit: int | None, page: int = 0) -> None:
        nonlocal number
        number += 1
        label = numeral(number, "lower-roman") if front else str(number)
        pages.append(Page(unit, page, label, recto=len(pages) % 2 == 0))

    for index, (unit, count) in enumerate(zip(units, counts, strict=True)):
        begins = front and unit.matter != "front"
        if (unit.opening == "recto" or begins) and len(pages) % 2 != (begins and first % 2 == 0):
            add(None)
        if begins:
            front, number = False, first - 1
        if unit.opening == "verso" and len(pages) % 2 == 0:
            add(None)
        for page in range(count):
            add(index, page)
    return pages
