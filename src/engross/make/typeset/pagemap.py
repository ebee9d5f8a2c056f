"""Where each address of a volume is printed, and where each of its pages begins."""

from dataclasses import dataclass

from engross.make.typeset.values import Laid


@dataclass(frozen=True, slots=True)
class PageStart:
    """The beginning of a printed page."""

    label: str
    """As printed: `12`, `iv`."""
    address: str
    """The block in which the page begins, or the section where a page begins with it or, after
    some characters, in its generated words."""
    offset: int = 0
    """Characters of the block before it, white space and what is not its own text left out."""


def page_map(work: Laid) -> dict[str, str]:
    """The printed page on which each address begins, in the order of the pages."""
    first: dict[int, int] = {}
    for index, page in enumerate(work.pages):
        if page.unit is not None:
            first.setdefault(page.unit, index)
    found: dict[str, int] = {}
    for number, part in enumerate(work.parts):
        for address, spot in part.dests.items():
            found.setdefault(address, first[number] + spot.page)
    ordered = sorted(found.items(), key=lambda row: (row[1], row[0]))
    return {address: work.pages[index].label for address, index in ordered}


def started(laid: Laid) -> tuple[PageStart, ...]:
    """The beginning of each page that has words; blank pages have none."""
    starts: list[PageStart] = []
    for page in laid.pages:
        if page.unit is None:
            continue
        part = laid.parts[page.unit]
        found = part.pages[page.page].starts
        if page.page == 0:
            starts.append(PageStart(page.label, part.address))
        elif found:
            starts.append(PageStart(page.label, found.address, found.offset))
    return tuple(starts)
