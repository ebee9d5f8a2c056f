"""A unit's XHTML as the tree that is laid out, and whose text each element holds."""

import re
from dataclasses import dataclass
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from engross.make.typeset.engine.mirrored import LEFTWARD
from engross.model.unseen import DIRECTION, RANGES, inked

XHTML = "{http://www.w3.org/1999/xhtml}"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
SPACE = re.compile(rf"[\s\u2010{RANGES}]+")
"""White space, and what comes and goes at a line's end: the engine's hyphens, break marks."""


@dataclass(frozen=True, slots=True)
class Owner:
    """Whose words an element's own text is."""

    address: str | None
    furniture: bool
    note: str | None
    """Address, else id, of the note around it."""
    section: str | None = None
    """Address of the section around it, in a unit of several."""


def parse(html: str) -> Element:
    """
    The tree of a section, without namespaces but SVG's and MathML's, its words as pages take them.

    Raises:
        ElementTree.ParseError: the section is not well-formed.
    """
    root = ElementTree.fromstring(html)  # noqa: S314  # our own templates wrote it, without DTD
    for element in root.iter():
        if isinstance(element.tag, str) and element.tag.startswith(XHTML):
            element.tag = element.tag[len(XHTML) :]
        if XML_LANG in element.attrib:
            element.set("lang", element.attrib.pop(XML_LANG))
        element.text, element.tail = inked(element.text or ""), inked(element.tail or "")
    for block in root.iter() if DIRECTION.search(html) else ():
        words = DIRECTION.sub("", "".join(block.itertext()))
        if "data-address" in block.attrib and not LEFTWARD.search(words):
            for element in block.iter():  # no letter asks for marks that turn figures about
                element.text = DIRECTION.sub("", element.text or "")
                for child in element:
                    child.tail = DIRECTION.sub("", child.tail or "")
    return root


def page_document(section: Element, language: str, classes: str) -> Element:
    """A whole document around a section."""
    root = Element("html", {"lang": language})
    ElementTree.SubElement(ElementTree.SubElement(root, "head"), "title").text = "unit"
    ElementTree.SubElement(root, "body", {"class": classes}).append(section)
    return root


def classes(element: Element) -> frozenset[str]:
    """The classes of an element."""
    return frozenset(element.get("class", "").split())


def is_note(element: Element) -> bool:
    """Whether the element floats to the foot of the page."""
    return "note" in classes(element)


def note_key(element: Element) -> str:
    """What a note is told by: its address, else its id."""
    return element.get("data-address") or element.get("id") or ""


def owners(root: Element) -> dict[Element, Owner]:
    """Whose words the own text of each element is."""
    found: dict[Element, Owner] = {}

    def descend(element: Element, above: Owner) -> None:
        note = note_key(element) if is_note(element) else above.note
        address = element.get("data-address", above.address)
        furniture = above.furniture or element.get("data-furniture") is not None
        if is_note(element):
            address, furniture = element.get("data-address") or note, False
        here = Owner(address, furniture, note, element.get("data-section", above.section))
        found[element] = here
        for child in element:
            descend(child, here)

    descend(root, Owner(None, False, None))
    return found


def bare(text: str) -> str:
    """A text without white space and soft breaks: what must be the same in source and page."""
    return SPACE.sub("", text)


def own_text(element: Element) -> str:
    """The words that stand directly in an element."""
    return (element.text or "") + "".join(child.tail or "" for child in element)
