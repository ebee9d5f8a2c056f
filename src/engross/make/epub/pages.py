"""Where the pages of the printed form begin in the files of an EPUB."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from lxml import etree

from engross.catalog import finding, stop
from engross.make.markup import OPS, opened, xhtml
from engross.make.typeset.values import PageStart
from engross.model.address import section_of
from engross.model.finding import Finding, Place
from engross.model.unseen import seen
from engross.render import Rendered

EPUB_TYPE = f"{{{OPS}}}type"
LEAF = 'class="leaf-break"'


def leaf_id(words: str) -> str:
    """
    The id of a leaf's mark, where it has none of its own.

    >>> leaf_id("[l. 125ob?]")
    'leaf-l-125ob'
    """
    return "leaf-" + "-".join(re.findall(r"\w+", words)).lower()


def mark_leaves(
    rendered: Sequence[Rendered],
) -> tuple[tuple[Rendered, ...], tuple[tuple[str, str], ...]]:
    """
    Give each mark of a leaf of the original an id: a series of its own, beside the pages.

    Returns:
        the sections, and target and label of each mark in reading order.
    """
    leaves: list[tuple[str, str]] = []
    result: list[Rendered] = []
    for section in rendered:
        if LEAF not in section.html:
            result.append(section)
            continue
        root = opened(section.html)
        taken = {identity for element in root.iter() if (identity := element.get("id"))}
        for mark in root.iter("span"):
            words = (mark.text or "").strip("[]")
            if mark.get("class") != "leaf-break" or not words:
                continue
            identity = mark.get("id") or leaf_id(words)
            if identity in taken and not mark.get("id"):
                continue  # the same leaf again: the first mark is where it begins
            taken.add(identity)
            mark.set("id", identity)
            leaves.append((f"{section.address}.xhtml#{identity}", words))
        result.append(replace(section, html=xhtml(root)))
    return tuple(result), tuple(leaves)


def mark_pages(
    rendered: Sequence[Rendered], starts: Sequence[PageStart]
) -> tuple[tuple[Rendered, ...], tuple[tuple[str, str], ...], tuple[PageStart, ...]]:
    """
    Set a mark where each page begins.

    Returns:
        the sections, target and label of each mark in reading order, and each page whose place was
        not found.
    """
    by_section: dict[str, list[PageStart]] = {}
    for start in starts:
        by_section.setdefault(section_of(start.address), []).append(start)
    known = {section.address for section in rendered}
    lost = [start for start in starts if section_of(start.address) not in known]
    pages: list[tuple[str, str]] = []
    result: list[Rendered] = []
    for section in rendered:
        wanted = by_section.get(section.address, [])
        if not wanted:
            result.append(section)
            continue
        root = opened(section.html)
        for start in wanted:
            if _mark(root, section.address, start):
                pages.append((f"{section.address}.xhtml#page-{start.label}", start.label))
            else:
                lost.append(start)
        result.append(replace(section, html=xhtml(root)))
    return tuple(result), tuple(pages), tuple(lost)


def _mark(root: etree._Element, section: str, start: PageStart) -> bool:
    if start.address == section and not start.offset:
        root.text, mark = None, _span(start.label, "div")
        mark.tail = "\n"
        root.insert(0, mark)
        return True
    if start.address == section:
        pieces = list(_texts(root, generated=True))
    else:
        found = root.xpath(".//*[@data-address=$address]", address=start.address)
        if not isinstance(found, list) or not found or not isinstance(found[0], etree._Element):
            return False
        pieces = list(_texts(found[0]))
    left = start.offset
    for element, slot, text in pieces:
        counted = [index for index, character in enumerate(text) if _counts(character)]
        if left < len(counted):
            _split(element, slot, counted[left], start.label)
            return True
        left -= len(counted)
    return False


def _texts(
    element: etree._Element, *, generated: bool = False
) -> Iterator[tuple[etree._Element, str, str]]:
    """
    The pieces of a block's own text, in order, with where each hangs.

    `generated` takes a section's words that have no address instead.
    """
    if element.text:
        yield element, "text", element.text
    for child in element:
        outside = generated and child.get("data-address") is not None
        furniture = child.get("data-furniture") is not None or child.get(EPUB_TYPE) == "pagebreak"
        if not furniture and not outside:
            yield from _texts(child, generated=generated)
        if child.tail:
            yield child, "tail", child.tail


def _counts(character: str) -> bool:
    """Whether a page counts the character: neither white space nor a break that comes and goes."""
    return not character.isspace() and character != "\u2010" and bool(seen(character))


def _split(element: etree._Element, slot: str, index: int, label: str) -> None:
    mark = _span(label, "span")
    if slot == "text":
        text = element.text or ""
        element.text, mark.tail = text[:index], text[index:]
        element.insert(0, mark)
    else:
        text = element.tail or ""
        parent = element.getparent()
        assert parent is not None
        element.tail, mark.tail = text[:index], text[index:]
        tail = element.tail
        parent.insert(parent.index(element) + 1, mark)
        element.tail = tail


def _span(label: str, tag: str) -> etree._Element:
    mark = etree.Element(tag)
    mark.set("id", f"page-{label}")
    mark.set(EPUB_TYPE, "pagebreak")
    mark.set("role", "doc-pagebreak")
    mark.set("aria-label", label)
    mark.set("data-furniture", "")
    return mark


def none_lost(starts: Sequence[PageStart]) -> None:
    """
    Stop where a page begins nowhere.

    Raises:
        EngrossError: with a finding for each.
    """
    if starts:
        raise stop([_lost(start) for start in starts])


def _lost(start: PageStart) -> Finding:
    return finding(
        "Q002",
        Place(),
        f"page {start.label} begins in '{start.address}' after {start.offset} characters, "
        "which the EPUB does not have",
    )
