"""
How words look in the source: `@rend`, `@rendition` through the header's declarations, `@style`.

Several may hold at once. What only a page can show (sizes, colours, positions) is passed over.
"""

import re
from collections.abc import Iterator
from functools import cache

from lxml import etree

from engross.model.text import Mark
from engross.parse.tei.elements import RENDITIONS, kinds_of
from engross.parse.tei.names import TEI, XML
from engross.parse.tei.reading import Reading, words

CSS = {(name, said): kind for kind, (name, said) in kinds_of("css").items()}
"""Property and value, as patterns, with the kind of mark or the posture of a paragraph."""
USUAL = {name: kind for kind, names in kinds_of("usual").items() for name in names}
"""Names of the Deutsches Textarchiv, where a file uses them without declaring them."""
POSTURES = frozenset({"center", "right", "indent"})


def declared(root: etree._Element) -> dict[str, str]:
    """The style of each rendition that the header declares, by its id in the file."""
    return {
        one.get(f"{XML}id", ""): words(one)
        for tag in (f"{{{TEI}}}rendition", "rendition")
        for one in root.iter(tag)
    }


def looks(reading: Reading, element: etree._Element) -> tuple[str, ...]:
    """Every kind of mark, and the posture, that `@rendition` and `@style` ask for."""
    found: list[str] = []
    for pointer in element.get("rendition", "").split():
        name = pointer.rpartition("#")[2]
        if name in reading.renditions:
            found += _of_css(reading.renditions[name])
        elif name in USUAL:
            found.append(USUAL[name])
    found += _of_css(element.get("style", ""))
    return tuple(dict.fromkeys(found))


def of_words(reading: Reading, element: etree._Element) -> tuple[str, ...]:
    """The kinds of marks for an element's words, what `@rend` says first."""
    rend = [RENDITIONS[word] for word in element.get("rend", "").split() if word in RENDITIONS]
    kinds = (kind for kind in (*rend, *looks(reading, element)) if kind not in POSTURES)
    return tuple(dict.fromkeys(kinds))


def further(kinds: tuple[str, ...]) -> list[Mark]:
    """Marks that belong to the same element as the one before them."""
    return [Mark(kind, (("same", "yes"),)) for kind in kinds]


@cache
def _of_css(style: str) -> tuple[str, ...]:
    return tuple(_declarations(style)) if style else ()


def _declarations(style: str) -> Iterator[str]:
    for declaration in style.lower().split(";"):
        name, _, value = (part.strip() for part in declaration.partition(":"))
        for (property_, wanted), kind in CSS.items():
            if re.fullmatch(property_, name) and re.fullmatch(wanted, value):
                yield kind
