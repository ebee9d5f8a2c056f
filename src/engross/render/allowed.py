"""
What a book's own template may make: words and pictures of the edition, nothing that runs.

What it makes is read twice: as the XML that the program takes it for, and as the HTML that a
browser takes it for. What either finds counts. Elements and attributes are on the list by name.
"""

import tomllib
from collections.abc import Iterator
from importlib.resources import files
from typing import Any

from lxml import etree

from engross.model.address import leads, scheme
from engross.read.css import asks
from engross.read.xml import parse_xml

TABLE = tomllib.loads(files(__package__).joinpath("allowed.toml").read_text("utf-8"))
TEXT, DRAWING, FRAMES, EVERYWHERE, OF_DRAWINGS = (
    frozenset(TABLE[name].split())
    for name in ("text", "drawing", "frames", "everywhere", "of-drawings")
)
OF = {element: frozenset(names.split()) for element, names in TABLE["of"].items()}
MANY = 40
"""Attributes of one element."""
SCRIPTS = frozenset({"search.js", "search-words.js", "copy.js"})
"""Files of the web edition that a page may run."""


def faults(name: str, made: str) -> tuple[str, ...]:
    """What stands in the text that a template has made and may not, in words, each once."""
    whole = name.startswith(("frames/", "web/"))
    return tuple(dict.fromkeys(_strange(name, made, whole=whole)))


def _strange(name: str, made: str, *, whole: bool) -> Iterator[str]:
    if not name.startswith("web/"):
        around = f'<x xmlns:epub="http://www.idpf.org/2007/ops">{made}</x>'
        wrapped = made if made.lstrip().startswith(("<?xml", "<!DOCTYPE")) else around
        try:
            root = parse_xml(wrapped.encode())
        except etree.XMLSyntaxError:
            return  # the renderer says so, with its place
        for node in root.iter():
            if not isinstance(node.tag, str):
                if not isinstance(node, etree._Comment):
                    yield "a processing instruction or an entity"
            elif node is not root or etree.QName(node).localname != "x":
                yield from _element(node, whole=whole)
    import tinyhtml5

    html = made.partition("?>")[2] if made.startswith("<?xml") else made
    for node in tinyhtml5.parse(html).iter():
        if isinstance(node.tag, str):
            frame = node.tag.rpartition("}")[2] in {"html", "head", "body"} and not node.attrib
            if whole or not frame:
                yield from _element(node, whole=whole)


def _element(element: Any, *, whole: bool) -> Iterator[str]:
    name = str(element.tag).rpartition("}")[2].lower()
    if name not in TEXT | DRAWING | (FRAMES if whole else frozenset()):
        yield f"<{name}>"
        return
    attributes = {_local(str(key)): str(value) for key, value in element.attrib.items()}
    if len(attributes) > MANY:
        yield f"<{name}> with more than {MANY} attributes"
        return
    good = EVERYWHERE | (OF_DRAWINGS if name in DRAWING else OF.get(name, frozenset()))
    for key, value in attributes.items():
        if key not in good and not key.startswith(("aria-", "data-")):
            yield f"the attribute {key}"
        else:
            yield from _attribute(name, key, value)
    if name == "script":
        data = attributes.get("type") == "application/ld+json" and "src" not in attributes
        said = (element.text or "").strip()
        if not data and (said or attributes.get("src") not in SCRIPTS):
            yield "<script> with a text" if said else f'<script src="{attributes.get("src", "")}">'
    elif name == "link" and attributes.get("rel") not in {"stylesheet", "canonical"}:
        yield f'<link rel="{attributes.get("rel", "")}">'


def _local(key: str) -> str:
    """A name without its space, but for those of `xml:`, of which only `lang` is harmless."""
    space, _, local = key.rpartition("}")
    return (f"xml:{local}" if space.endswith("XML/1998/namespace") else local).lower()


def _attribute(element: str, key: str, value: str) -> Iterator[str]:
    if key == "rel" and element == "a" and "attachment" in value.lower().split():
        yield 'rel="attachment"'
    elif key == "style" or (element in DRAWING and "(" in value):
        if asks(value) or "\\" in value:
            yield f"an address in {key}"
    elif key in {"href", "src"}:
        good = leads(value) if element == "a" else leads(value) and not scheme(value)
        if not good and not value.startswith("edition:"):
            yield f"a reference to '{value[:60]}'"
