"""Where the pages of the printed form begin in the files of an EPUB."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from lxml import etree

from engross.catalog import finding
from engross.model.finding import Finding, Place
from engross.render import Rendered, section_of

OPS = "http://www.idpf.org/2007/ops"
EPUB_TYPE = f"{{{OPS}}}type"


@dataclass(frozen=True, slots=True)
class PageStart:
    """The beginning of a printed page."""

    label: str
    """As printed: `12`, `iv`."""
    address: str
    """Of the block in which the page begins, or of a section where a page begins with it."""
    offset: int = 0
    """Characters of the block before it, white space and what is not its own text left out."""


def page_id(label: str) -> str:
    """
    The id of a page's mark.

    >>> page_id("iv")
    'page-iv'
    """
    return f"page-{label}"


def mark_pages(
    rendered: Sequence[Rendered], starts: Sequence[PageStart]
) -> tuple[tuple[Rendered, ...], tuple[tuple[str, str], ...], tuple[Finding, ...]]:
    """
    Set a mark where each page begins.

    Returns:
        the sections, target and label of each mark in reading order, and a finding for each page
        whose place was not found.
    """
    by_section: dict[str, list[PageStart]] = {}
    for start in starts:
        by_section.setdefault(section_of(start.address), []).append(start)
    known = {section.address for section in rendered}
    findings = [_lost(start) for start in starts if section_of(start.address) not in known]
    pages: list[tuple[str, str]] = []
    result: list[Rendered] = []
    for section in rendered:
        wanted = by_section.get(section.address, [])
        if not wanted:
            result.append(section)
            continue
        root = etree.fromstring(f'<x xmlns:epub="{OPS}">{section.html}</x>')
        for start in wanted:
            if _mark(root, section.address, start):
                pages.append((f"{section.address}.xhtml#{page_id(start.label)}", start.label))
            else:
                findings.append(_lost(start))
        result.append(replace(section, html=_inner(root)))
    return tuple(result), tuple(pages), tuple(findings)


def _mark(root: etree._Element, section: str, start: PageStart) -> bool:
    if start.address == section:
        root[0].text, mark = None, _span(start.label, "div")
        mark.tail = "\n"
        root[0].insert(0, mark)
        return True
    found = root.xpath(".//*[@data-address=$address]", address=start.address)
    if not isinstance(found, list) or not found or not isinstance(found[0], etree._Element):
        return False
    left = start.offset
    for element, slot, text in list(_texts(found[0])):
        count = sum(not character.isspace() for character in text)
        if left < count:
            _split(element, slot, _index(text, left), start.label)
            return True
        left -= count
    return False


def _texts(element: etree._Element) -> Iterator[tuple[etree._Element, str, str]]:
    """The pieces of a block's own text, in order, with where each hangs."""
    if element.text:
        yield element, "text", element.text
    for child in element:
        if child.get("data-furniture") is None and child.get(EPUB_TYPE) != "pagebreak":
            yield from _texts(child)
        if child.tail:
            yield child, "tail", child.tail


def _index(text: str, left: int) -> int:
    """Where the character stands that has so many others before it, white space left out."""
    for index, character in enumerate(text):
        if not character.isspace():
            if left == 0:
                return index
            left -= 1
    return len(text)


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
    mark.set("id", page_id(label))
    mark.set(EPUB_TYPE, "pagebreak")
    mark.set("role", "doc-pagebreak")
    mark.set("aria-label", label)
    mark.set("data-furniture", "")
    return mark


def _inner(root: etree._Element) -> str:
    """The section again, without the wrapper's namespace on it."""
    text: str = etree.tostring(root[0], encoding="unicode", with_tail=False)
    return text.replace(f' xmlns:epub="{OPS}"', "")


def _lost(start: PageStart) -> Finding:
    return finding(
        "Q002",
        Place(),
        f"page {start.label} begins in '{start.address}' after {start.offset} characters, "
        "which the EPUB does not have",
        "build everything anew; if it stays so, report it as a bug",
    )
