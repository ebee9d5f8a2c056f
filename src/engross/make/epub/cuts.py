"""Where a long section may be cut, and where it is."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from lxml import etree

from engross.make.markup import has_class

DIVIDED = frozenset({"section", "div", "blockquote", "ul", "ol", "dl"})
"""Elements that may go on in the next file; tables, figures and paragraphs stay whole."""
HOLDERS = ("text", "division", "headnote")
"""Classes of the `div` that hold blocks and may be divided; in another they belong together."""
LISTS = frozenset({"ul", "ol", "dl", "blockquote"})
HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6", "header"})
ORDINAL = re.compile(r"p-(\d+)$")


@dataclass(frozen=True, slots=True)
class Place:
    """A block that is never cut, and where it stands."""

    element: etree._Element
    around: tuple[etree._Element, ...]
    """The divided elements that it stands in, outermost first, the section's own left out."""
    begins: tuple[etree._Element, ...]
    """Those of them whose first block it is."""
    items: tuple[int, ...]
    """For each of them: what an ordered list counts there, 0 elsewhere."""
    before: etree._Element | None
    """What stands before it in the text."""

    @property
    def can_begin(self) -> bool:
        """Whether a file may begin with it: not apart from its heading, its term, its voice."""
        if self.before is None:
            return False
        furniture = self.before.get("data-furniture") is not None
        return not furniture and str(self.before.tag) not in {*HEADINGS, "dt"}

    @property
    def rank(self) -> tuple[int, int]:
        """
        How good a beginning it makes.

        First counts what it begins: a division or a heading (2), a block of the text (1), an item
        or a block of a list or quotation (0); then how often its ordinal can be halved.
        """
        ordinal = _ordinal(self.element)
        halves = (ordinal & -ordinal).bit_length()
        division = any(has_class(one, "division") for one in self.begins)
        if division or str(self.element.tag) in HEADINGS:
            return 2, halves
        return int(not any(str(one.tag) in LISTS for one in self.around)), halves


def places(root: etree._Element) -> list[Place]:
    """The blocks of a section that are never cut, in reading order."""
    found: list[Place] = []
    _walk(root, (), (), (), found)
    return found


def _walk(
    parent: etree._Element,
    around: tuple[etree._Element, ...],
    begins: tuple[etree._Element, ...],
    items: tuple[int, ...],
    found: list[Place],
) -> None:
    for number, child in enumerate(parent):
        begun = begins if not number else ()
        inner = items
        if parent.tag == "ol":
            inner = (*items[:-1], int(parent.get("start") or 1) + number)
        if _divisible(child):
            _walk(child, (*around, child), (*begun, child), (*inner, 0), found)
        else:
            before = found[-1].element if found else None
            found.append(Place(child, around, begun, inner, before))


def _divisible(element: etree._Element) -> bool:
    """Whether an element may go on in the next file: it holds blocks, and nothing but blocks."""
    if element.tag not in DIVIDED or not len(element):
        return False
    if element.tag == "div" and not any(has_class(element, name) for name in HOLDERS):
        return False
    if any(name.startswith("data-") for name in map(str, element.attrib)):
        return False
    texts = (element.text, *(child.tail for child in element))
    return not any(text and text.strip() for text in texts)


def _ordinal(element: etree._Element) -> int:
    """The ordinal of the first block in an element; 1, the least round, where it has none."""
    for one in element.iter():
        match = ORDINAL.search(one.get("data-address") or "")
        if match:
            return int(match[1]) or 1
    return 1


def choose(units: Sequence[Place], sizes: Sequence[int], begin: int, most: int) -> int:
    """
    The block before which a file ends that begins with block `begin`.

    The best beginning among those that leave the file more than half full; where none does, the
    last one that fits; where none fits, the next one.
    """
    if sum(sizes[begin:]) <= most:
        return len(units)
    filled = sizes[begin]
    fitting: list[tuple[int, int]] = []
    for index in range(begin + 1, len(units)):
        if units[index].can_begin:
            if filled <= most:
                fitting.append((index, filled))
            elif not fitting:
                return index
        if filled > most and fitting:
            break
        filled += sizes[index]
    if not fitting:
        return len(units)
    good = [index for index, size in fitting if size > most // 2]
    if good:
        return max(good, key=lambda index: (units[index].rank, -index))
    return fitting[-1][0]
