"""Making elements: names, attributes, mixed content."""

from collections.abc import Callable, Iterable

from lxml import etree

from engross.model.text import Attributes
from engross.parse.tei.names import FRUS, TEI, XML, tag_of

Original = Callable[[str], str]
"""The `xml:id` that an id of ours came from, or nothing."""


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


def set_attributes(
    element: etree._Element, attributes: Attributes, original: Original, *without: str
) -> None:
    """Write the attributes of the source back; ids as the source wrote them, where it did."""
    for key, value in attributes:
        if key in without:
            continue
        if key == "id":
            if value:
                element.set(f"{XML}id", original(value) or value)
        elif key in ("lang", "lang-given", "space", "base"):
            element.set(f"{XML}{key.removesuffix('-given')}", value)
        elif key != "schemaLocation":
            element.set(key, value)


def slug(name: str) -> str:
    """A name in lower case, its words joined by hyphens."""
    kept = "".join(sign if sign.isalnum() else "-" for sign in name.lower())
    return "-".join(part for part in kept.split("-") if part)


def pointer(name: str) -> str:
    """Who is responsible, as the pointer that TEI wants: `#the-editors`; nothing for nobody."""
    return name if name.startswith("#") or not name else f"#{slug(name)}"


def root(*, frus: bool = False) -> etree._Element:
    """An empty `TEI`; the name space of FRUS is declared where it is used."""
    names: dict[str | None, str] = {None: TEI, **({"frus": FRUS[0]} if frus else {})}
    return etree.Element(tag_of("TEI"), nsmap=names)  # type: ignore[arg-type]  # None: default


def no_original(_: str) -> str:
    """For texts that were never TEI."""
    return ""
