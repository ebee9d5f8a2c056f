"""A rendered section as a tree, and back."""

from lxml import etree

OPS = "http://www.idpf.org/2007/ops"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
VOID = frozenset({"br", "hr", "img", "wbr", "link", "meta", "input", "col"})


def opened(html: str) -> etree._Element:
    """The section's element, inside a wrapper that has the namespaces."""
    root: etree._Element = etree.fromstring(f'<x xmlns:epub="{OPS}">{html}</x>')
    return root[0]


def xhtml(element: etree._Element) -> str:
    """The element as XHTML again, without the wrapper's namespace on it."""
    text: str = etree.tostring(element, encoding="unicode", with_tail=False)
    return text.replace(f' xmlns:epub="{OPS}"', "")


def closed(element: etree._Element) -> str:
    """The element as HTML: only what HTML knows, void elements without an end."""
    for one in element.iter():
        if not isinstance(one.tag, str):
            continue
        if XML_LANG in one.attrib:
            del one.attrib[XML_LANG]
        if one.tag not in VOID and one.text is None and not len(one):
            one.text = ""  # else it would be written as one tag, which HTML leaves open
    return xhtml(element)


def new(tag: str, text: str = "", **attributes: str) -> etree._Element:
    """An element; `class_` is the attribute class, `data_x` is data-x."""
    element = etree.Element(tag)
    for name, value in attributes.items():
        element.set(name.rstrip("_").replace("_", "-"), value)
    element.text = text or None
    return element


def has_class(element: etree._Element, name: str) -> bool:
    """Whether a class is among the element's."""
    return name in (element.get("class") or "").split()


def swap(old: etree._Element, fresh: etree._Element) -> None:
    """Put an element into another's place; what follows stays."""
    parent = old.getparent()
    assert parent is not None
    fresh.tail = old.tail
    parent.replace(old, fresh)


def behind(element: etree._Element, fresh: etree._Element) -> None:
    """Put an element directly behind another, before the text that follows it."""
    fresh.tail = element.tail
    element.tail = "\n"
    element.addnext(fresh)


def find(element: etree._Element, path: str) -> list[etree._Element]:
    """The elements that an XPath names."""
    found = element.xpath(path)
    assert isinstance(found, list)
    return [one for one in found if isinstance(one, etree._Element)]


def by_class(element: etree._Element, tag: str, name: str) -> list[etree._Element]:
    """The elements of a tag that have a class, in order."""
    return [one for one in element.iter(tag) if has_class(one, name)]
