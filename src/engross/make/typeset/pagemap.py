"""Where each address of a volume is printed."""

from engross.make.typeset.values import Laid


def page_map(work: Laid) -> dict[str, str]:
    """The printed page on which each address begins, in the order of the pages."""
    first: dict[int, int] = {}
    for index, page in enumerate(work.pages):
        if page.unit is not None:
            first.setdefault(page.unit, index)
    found: dict[str, int] = {}
    for number, part in enumerate(work.parts):
        for address, (page_index, *_) in part.side["dests"].items():
            found.setdefault(address, first[number] + int(page_index))
    ordered = sorted(found.items(), key=lambda row: (row[1], row[0]))
    return {address: work.pages[index].label for address, index in ordered}
