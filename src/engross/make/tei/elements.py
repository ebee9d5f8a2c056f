"""Making elements: names, attributes, mixed content."""

from collections.abc import Iterable

from lxml import etree

from engross.model.text import Attributes
from engross.parse.tei.names import XML, tag_of


def add(
    parent: etree._Element, name: str, text: str = "", attributes: Iterable[tuple[str, str]] = ()
) -> etree._Element:
    """Append an element with text and attributes; empty attributes are left out."""
    element = etree.SubElement(parent, tag_of(name))
    for key, value in attributes:
        if value:
            element.set(key, value)
    if text:
        element.text = text
    return element


def append_text(parent: etree._Element, text: str) -> None:
    """Add characters at the end of what an element holds."""
    if len(parent):
        last = parent[-1]
        last.tail = (last.tail or "") + text
    else:
        parent.text = (parent.text or "") + text


def set_attributes(element: etree._Element, attributes: Attributes, *without: str) -> None:
    """Write the attributes of the source back."""
    for key, value in attributes:
        if key in without or key == "schemaLocation" or (key == "id" and not value):
            continue
        if key in ("id", "lang", "lang-given", "space", "base"):
            key = f"{XML}{key.removesuffix('-given')}"
        element.set(key, value)


def slug(name: str) -> str:
    """A name in lower case, its words joined by hyphens."""
    kept = "".join(sign if sign.isalnum() else "-" for sign in name.lower())
    return "-".join(part for part in kept.split("-") if part)


def pointer(name: str) -> str:
    """Who is responsible, as the pointer that TEI wants: `#the-editors`; nothing for nobody."""
    return name if name.startswith("#") or not name else f"#{slug(name)}"
