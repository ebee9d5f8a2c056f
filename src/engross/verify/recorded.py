"""Records as they are read back: by field, with other parsers than those that wrote them."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Any

from lxml import etree

from engross.read.xml import parse_xml
from engross.verify.plain import TABLES

Fields = dict[str, list[str]]
"""What each field of a record says, in the order in which it stands there."""
SPACES = {
    "tei": "http://www.tei-c.org/ns/1.0",
    "opf": "http://www.idpf.org/2007/opf",
    "dc": "http://purl.org/dc/elements/1.1/",
    "ncx": "http://www.daisy.org/z3986/2005/ncx/",
    "h": "http://www.w3.org/1999/xhtml",
    "epub": "http://www.idpf.org/2007/ops",
}
"""The names of vocabularies in paths."""
LINE = re.compile(r"\s*+(\w++)(?:\s{2}-\s?|\s*+=\s*+)(.*)")
"""A line of BibTeX or RIS: a name and a value."""


def fields_of_record(name: str, content: bytes) -> Fields:
    """
    Read a record.

    A field of XML goes by the names above it and of itself, without those of the root; what has
    nothing but leaves in it is one field, and its value theirs, with bars between them. A field of
    JSON goes by its keys; of several items in a row only the first is the edition's own, and the
    others stand below `part`.

    Raises:
        ValueError, etree.XMLSyntaxError, RecursionError: it is none.
    """
    found: Fields = {}
    for key, value in _rows(name, content):
        found.setdefault(key, []).append(" ".join(value.split()))
    return found


@cache
def _path(path: str) -> etree.XPath:
    return etree.XPath(path, namespaces=SPACES)


def misplaced(tree: etree._Element, kind: str, known: Mapping[str, Sequence[str]]) -> Iterator[str]:
    """What stands at the places of a file of some kind otherwise than the evidence has it."""
    for path, value in TABLES["at"][kind].items():
        if path[0] == "~" and not known[value]:  # others stand there
            continue
        rows: Any = _path(path.lstrip("?~"))(tree)
        texts = ("".join(map(str, o.itertext())) if hasattr(o, "itertext") else o for o in rows)
        said = [one for one in (" ".join(text.split()) for text in texts) if one]
        right = [one for one in known[value] if one]
        if said != right and (said or not path.startswith("?")):
            what = value.removeprefix("manifest.").removeprefix("record.")
            yield f"gives as {what} '{'; '.join(said)[:60]}', not '{'; '.join(right)[:60]}'"


def _rows(name: str, content: bytes) -> Iterator[tuple[str, str]]:
    if name.endswith((".xml", ".atom")):
        for child in parse_xml(content).iterchildren(etree.Element):
            yield from _elements(child, "")
    elif name.endswith((".json", ".jsonld")):
        data = json.loads(content)
        rows = data if isinstance(data, list) else [data]
        for number, one in enumerate(rows):
            yield from _values(one, "part" if number else "")
    elif name == "cite.txt":
        for block in content.decode().split("\n\n"):
            head, _, value = block.partition("\n    ")
            yield head, value
    elif name == "listing.txt":
        for block in content.decode().split("\n\n"):
            head, _, value = block.partition("\n    ")
            head, _, role = head.partition("  [")[0].partition(" (")
            label = head.rstrip(" 0123456789")
            if value and not value.startswith("-- nothing"):
                yield label, f"{role.rstrip(')')}|{value}".lstrip("|")
    else:
        for line in content.decode().splitlines():
            if row := LINE.fullmatch(line):
                yield from _line(row[1], row[2].rstrip(","))


def _elements(element: etree._Element, above: str) -> Iterator[tuple[str, str]]:
    name = etree.QName(element).localname
    kids = list(element.iterchildren(etree.Element))
    if "tag" in element.attrib:  # of MARC
        tag, codes = element.get("tag", ""), "".join(one.get("code", "") for one in kids)
        yield tag, "|".join(one.text or "" for one in kids or [element])
        if kids:
            yield f"{tag} marks", f"{element.get('ind1')}{element.get('ind2')}{codes}"
        return
    key = f"{above}/{name}" if above else name
    if kids and not any(len(kid) for kid in kids):
        yield key, "|".join(kid.text or "" for kid in kids)
        yield from ((f"{key}/{etree.QName(kid).localname}", kid.text or "") for kid in kids)
    elif kids:
        for kid in kids:
            yield from _elements(kid, key)
    else:
        yield key, element.text or ""


def _values(data: object, key: str) -> Iterator[tuple[str, str]]:
    match data:
        case dict():
            for name, value in data.items():
                yield from _values(value, f"{key}/{name}" if key else str(name))
        case list():
            for value in data:
                yield from _values(value, key)
        case None:
            return
        case _:
            yield key, str(data)


def _line(name: str, value: str) -> Iterator[tuple[str, str]]:
    if value.startswith("{"):
        value = re.sub(r"\\([&%$#_{}])", r"\1", value.removeprefix("{").removesuffix("}"))
        value = value.removeprefix("{").removesuffix("}")
    for part in value.split(" and ") if name in {"author", "editor", "translator"} else [value]:
        yield name, part
