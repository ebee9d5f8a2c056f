"""The proof of the records: read back with other parsers, and compared with the evidence."""

import json
import re
from collections.abc import Iterator, Mapping

from lxml import etree

from engross.read.xml import parse_xml
from engross.verify.ground import Ground
from engross.verify.plain import bare, difference, leaves_of, spaced
from engross.verify.report import Log
from engross.verify.said import Expected

TEI = "{http://www.tei-c.org/ns/1.0}"
ASIDE = frozenset({"note", "sic", "orig", "fw", "figDesc"})
"""Elements of a TEI file whose words are not the text's own."""


def prove_records(files: Mapping[str, bytes], ground: Ground, log: Log) -> None:
    """
    Compare title, people, identifier, version, date, rights and texts with the evidence.

    Args:
        files: of the records, by their path below `metadata/`.
        ground: what the evidence says.
        log: takes checks and findings.
    """
    since, count = len(log.findings), 0
    for name, content in sorted(files.items()):
        if name.startswith("tei/"):
            _text(name, content, ground.expected, log)
            count += 1
            continue
        wanted = WANTED.get(name) or WANTED.get(name.rpartition(".")[2], ())
        nothing = name == "onix.xml" and not SOLD & {*ground.book.manifest.value.outputs}
        if not wanted or nothing:
            continue
        try:
            leaves = [spaced(leaf) for leaf in _leaves(name, content)]
        except (ValueError, etree.XMLSyntaxError, RecursionError) as error:
            log.fault("P001", f"{name} cannot be read: {error}")
            continue
        whole = "\n".join(["", *leaves, ""])
        for what, value in _values(ground):
            if what in wanted and value:
                count += 1
                if not any(form in whole for form in _forms(what, value)):
                    log.fault("P025", f"{name} does not say the {what} '{value[:60]}'")
    log.check("records", count, "values", since)


WANTED: Mapping[str, tuple[str, ...]] = {
    "onix.xml": ("title", "subtitle", "person", "publisher"),
    "marc.xml": ("title", "subtitle", "person", "identifier", "version", "publisher"),
    "opds.json": ("title", "subtitle", "person", "identifier", "day"),
    "csl.json": ("title", "subtitle", "name", "version"),
    "schema.jsonld": ("title", "subtitle", "person", "identifier", "version", "rights", "day"),
    "bib": ("title", "subtitle", "name", "version"),
    "ris": ("title", "subtitle", "name", "version"),
    "changes.atom": ("title", "identifier"),
}
"""By file, or the end of its name: which values it has to say."""
SOLD = frozenset({"epub", "print", "screen"})
"""Outputs that are products to the book trade; its message names each, or nothing at all."""
NAMED = frozenset({"aut", "edt", "trl"})
"""Roles of those whom a reference names."""


def _values(ground: Ground) -> Iterator[tuple[str, str]]:
    manifest = ground.book.manifest.value
    yield from (("title", manifest.title), ("subtitle", manifest.subtitle))
    for person in manifest.people:
        yield "person", f"{person.name}\n{person.file_as}"
        if person.role in NAMED:
            yield "name", f"{person.name}\n{person.file_as}"
    yield from (("identifier", manifest.identifier), ("version", manifest.version))
    yield from (("day", manifest.date), ("rights", manifest.rights.statement))
    yield "publisher", manifest.publisher.name if manifest.publisher else ""


def _forms(what: str, value: str) -> Iterator[str]:
    """How a value may stand in a record."""
    name, _, inverted = value.partition("\n")
    if what == "version":
        yield from (f"ersion {name}", f"\n{name}\n")
    elif what == "title":  # a catalogue counts or cuts the article
        yield from (spaced(name), spaced(name).partition(" ")[2] or spaced(name))
    else:
        yield spaced(name)
    if inverted:
        family, _, given = inverted.partition(", ")
        yield from (inverted, f"{family}\n{given}", f"{given}\n{family}")


def _leaves(name: str, content: bytes) -> Iterator[str]:
    """Every value of a record, in its order."""
    if name.endswith((".xml", ".atom")):
        for element in parse_xml(content).iter(etree.Element):
            yield from (str(value) for value in element.attrib.values())
            yield element.text or ""
        return
    if name.endswith((".json", ".jsonld")):
        yield from leaves_of(_edition(json.loads(content)))
        return
    for line in content.decode("utf-8").splitlines():
        yield re.sub(r"^\s*\w+\s*(?:=\s*|\s{2}-\s)|[{}]|,$", "", line)


def _edition(data: object) -> object:
    """What a JSON record says of the edition itself, without its parts and forms."""
    match data:
        case [first, *_]:  # CSL: the edition, then its documents
            return first
        case {"publications": [{"metadata": metadata}, *_]}:
            return metadata
        case dict():
            return {key: data[key] for key in data if key not in {"hasPart", "workExample"}}
    return data


def _text(name: str, content: bytes, expected: Expected, log: Log) -> None:
    """The text of a document in TEI: block by block, letter for letter."""
    try:
        tree = parse_xml(content)
    except etree.XMLSyntaxError as error:
        log.fault("P001", f"{name} cannot be read: {error}")
        return
    body = tree.find(f".//{TEI}body")
    words = bare("".join(_own(body))) if body is not None else ""
    document, at = name.removeprefix("tei/").removesuffix(".xml"), 0
    for address in expected.blocks.get(document, ()):
        if not address.startswith(f"{document}#"):
            continue
        said = bare(expected.said[address].text)
        found = words.find(said, at)
        if found < 0:
            there = difference(said, words[at : at + len(said)])
            log.fault("P025", f"{name} does not have the text of {address}: {there}")
            return
        at = found + len(said)


def _own(element: etree._Element) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        if isinstance(child.tag, str) and etree.QName(child).localname not in ASIDE:
            yield from _own(child)
        yield child.tail or ""
