"""Which page of the volume each page of each unit is, and what is printed on it."""

from collections.abc import Sequence

from engross.make.typeset.values import Page, Unit
from engross.model.lists import numeral


def paginate(
    units: Sequence[Unit], counts: Sequence[int], roman_front: bool, first: int = 1
) -> list[Page]:
    """
    Put the pages of all units in order, blank versos where a unit opens on a right-hand page.

    The first page is a right-hand page. With a roman front the first page that is not front matter
    is 1 and a right-hand page; otherwise one arabic sequence counts all pages. An offprint has
    another `first` than 1, and its first page stands on the side that it has in the volume.
    """
    pages: list[Page] = []
    front = roman_front and any(unit.matter == "front" for unit in units)
    number = 0
    for index, (unit, count) in enumerate(zip(units, counts, strict=True)):
        begins = front and unit.matter != "front"
        turned = begins and first % 2 == 0
        if (unit.opening == "recto" or begins) and len(pages) % 2 != turned:
            number += 1
            label = numeral(number, "lower-roman") if front else str(number)
            pages.append(Page(None, 0, label, recto=False))
        if begins:
            front, number = False, first - 1
        for page in range(count):
            number += 1
            label = numeral(number, "lower-roman") if front else str(number)
            pages.append(Page(index, page, label, recto=len(pages) % 2 == 0))
    return pages
