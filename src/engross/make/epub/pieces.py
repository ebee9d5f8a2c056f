"""
Long sections as several files: cut between blocks, each note with its call, every link led there.

A piece is named by its section and the first block that it holds (`d12.p-256`; no address has a
dot in it). So a name never comes to mean another text: where a later version cuts elsewhere, the
old name is gone, and what a reader wrote beside it is not moved to other words. A cut seldom
moves, either: within the second half of what a file may hold, it falls before the heading or,
where there is none, before the block with the roundest ordinal, which a corrected word does not
change.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, field, replace

from lxml import etree

from engross.make.markup import OPS, by_class, has_class, opened, xhtml
from engross.render import Rendered, anchor

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


MOST = 250_000
"""Bytes of a file, about: older reading systems take long to open a larger one, or refuse it."""
FRAME = 1_000
"""Bytes of what stands around a section in its file, and of a heading above its notes."""
KEPT = ("class", "lang", "dir", "{http://www.w3.org/XML/1998/namespace}lang", "start")
"""Attributes that the later parts of a divided element have, too; what it is, is said once."""


@dataclass(frozen=True, slots=True)
class Pieces:
    """The sections as files."""

    files: tuple[Rendered, ...]
    """In reading order; the address of each is its file's name without the ending."""
    homes: Mapping[str, Mapping[str, str]]
    """By address of a divided section: which file an id stands in."""

    def target(self, href: str) -> str:
        """A target that names a section's file, led to the piece that holds its id."""
        file, mark, identity = href.partition("#")
        section = file.removesuffix(".xhtml")
        home = self.homes.get(section, {}).get(identity, section)
        return f"{home}.xhtml{mark}{identity}" if section in self.homes else href


def divide(
    sections: Sequence[Rendered], continued: Callable[[str], str], most: int = MOST
) -> Pieces:
    """
    Cut every section that is longer than a file should be, `most` bytes.

    No character is added but the heading above the notes of each piece; a single block that is
    longer than a file stays whole. Pages and leaves are marked already; `continued` gives the title
    of a later piece by that of its section.
    """
    files: list[Rendered] = []
    homes: dict[str, Mapping[str, str]] = {}
    cut: set[str] = set()
    for section in sections:
        parts = [section]
        if len(section.html) + FRAME > most // 4 and len(section.html.encode()) + FRAME > most:
            parts, homes[section.address] = _divided(section, continued, most - FRAME)
            cut |= {part.address for part in parts}
        files += parts
    homes = {address: home for address, home in homes.items() if len(set(home.values())) > 1}
    pieces = Pieces(tuple(files), homes)
    if not homes:
        return pieces
    marks = [f'href="{address}.xhtml' for address in homes]
    return replace(
        pieces,
        files=tuple(
            _led(file, pieces)
            if file.address in cut or any(mark in file.html for mark in marks)
            else file
            for file in files
        ),
    )


@dataclass(slots=True)
class _Part:
    """A piece in work."""

    root: etree._Element
    name: str
    copies: dict[etree._Element, etree._Element] = field(default_factory=dict)
    """The part that this piece has of each divided element."""


def _divided(
    section: Rendered, continued: Callable[[str], str], most: int
) -> tuple[list[Rendered], Mapping[str, str]]:
    root = opened(section.html)
    ends = [end for end in by_class(root, "section", "notes") if end.getparent() is root]
    heads = [next((child for child in end if child.tag != "aside"), None) for end in ends]
    notes = {str(note.get("id")): note for end in ends for note in end if note.tag == "aside"}
    for end in ends:
        root.remove(end)
    units = places(root)
    # Bytes of a block and of the notes that it calls.
    held = ((one.element, *(notes[n] for n in _called(one.element) if n in notes)) for one in units)
    sizes = [sum(len(xhtml(one).encode()) for one in some) for some in held]
    parts: list[_Part] = []
    begin = 0
    while begin < len(units):
        after = choose(units, sizes, begin, most)
        parts.append(_part(root, units[begin:after], len(parts), section.address))
        begin = after
    for part in parts if ends else ():
        called = [*_called(part.root), *(notes if part is parts[-1] else ())]
        _place_notes(part.root, called, notes, ends[0], heads[0])
    homes = {
        str(element.get("id")): part.name
        for part in parts
        for element in part.root.iter()
        if element.get("id")
    }
    made = [
        replace(
            section,
            address=part.name,
            title=continued(section.title) if number else section.title,
            html=xhtml(part.root),
        )
        for number, part in enumerate(parts)
    ]
    return made, homes


def _called(element: etree._Element) -> Iterator[str]:
    """The ids of the notes that are called in an element, in order."""
    for call in element.iter("a"):
        if has_class(call, "noteref"):
            yield (call.get("href") or "").partition("#")[2]


def _part(root: etree._Element, units: Sequence[Place], number: int, address: str) -> _Part:
    """Move blocks into a piece, with what it needs of the elements around them."""
    part = _Part(_copy(root, first=not number), _name(address, units[0], number))
    part.copies[root] = part.root
    for unit in units:
        parent = root
        for around, item in zip(unit.around, unit.items, strict=True):
            if around not in part.copies:
                begins = around in unit.begins
                part.copies[around] = _copy(around, first=begins)
                if item and not begins:
                    part.copies[around].set("start", str(item))
                part.copies[parent].append(part.copies[around])
            parent = around
        part.copies[parent].append(unit.element)
    return part


def _copy(element: etree._Element, *, first: bool) -> etree._Element:
    """The element without what it holds; of a later part, without id, role and type."""
    copy = etree.Element(str(element.tag), nsmap={"epub": OPS})
    for name, value in element.attrib.items():
        if first or name in KEPT:
            copy.set(name, value)
    copy.text = "\n"
    copy.tail = "\n"
    return copy


def _name(address: str, unit: Place, number: int) -> str:
    if not number:
        return address
    for element in unit.element.iter():
        if block := element.get("data-address"):
            return f"{address}.{anchor(block)}"
    marked = next((one.get("id") for one in unit.element.iter() if one.get("id")), None)
    return f"{address}.{marked or number + 1}"


def _place_notes(
    part: etree._Element,
    called: Sequence[str],
    notes: dict[str, etree._Element],
    end: etree._Element,
    head: etree._Element | None,
) -> None:
    """Take the notes that are called first in a piece to its end, in the order of their calls."""
    mine: list[etree._Element] = []
    waiting = list(called)
    while waiting:
        note = notes.pop(waiting.pop(0), None)
        if note is not None:
            mine.append(note)
            waiting = [*_called(note), *waiting]
    if not mine:
        return
    place = _copy(end, first=True)
    part.append(place)
    if head is not None:
        place.append(deepcopy(head))
    place.extend(mine)


def _led(file: Rendered, pieces: Pieces) -> Rendered:
    """A file whose links lead to the pieces where their ids stand."""
    root = opened(file.html)
    section = file.address.partition(".")[0]
    for link in root.iter("a"):
        href = link.get("href") or ""
        own = f"{section}.xhtml{href}" if href.startswith("#") else href
        led = pieces.target(own)
        link.set("href", led.removeprefix(f"{file.address}.xhtml") if "#" in led else led)
    return replace(file, html=xhtml(root))


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
