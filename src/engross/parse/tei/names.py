"""Names of TEI elements and of the name spaces around them, short and in full, both ways."""

from functools import cache

TEI = "http://www.tei-c.org/ns/1.0"
XML = "{http://www.w3.org/XML/1998/namespace}"
FRUS = ("http://history.state.gov/frus/ns/1.0", "http://history.state.gov/ns/1.0")
"""The name space of FRUS in both its ages; ours to write is the first."""
XHTML = "http://www.w3.org/1999/xhtml"


@cache
def name_of(tag: str) -> str:
    """
    The element's name: bare for TEI, with a prefix for the name spaces that we know.

    >>> name_of("{http://history.state.gov/ns/1.0}attachment")
    'frus:attachment'
    """
    if not tag.startswith("{"):
        return tag
    space, local = tag[1:].split("}", 1)
    if space == TEI:
        return local
    if space in FRUS:
        return f"frus:{local}"
    if space == XHTML:
        return f"xhtml:{local}"
    return tag


def tag_of(name: str) -> str:
    """
    The qualified name of an element that a short name means.

    >>> tag_of("frus:attachment")
    '{http://history.state.gov/frus/ns/1.0}attachment'
    """
    if name.startswith("{"):
        return name
    if name.startswith("frus:"):
        return f"{{{FRUS[0]}}}{name[5:]}"
    if name.startswith("xhtml:"):
        return f"{{{XHTML}}}{name[6:]}"
    return f"{{{TEI}}}{name}"
