"""The proof of the records: read back field by field, and compared with the evidence."""

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from importlib.resources import files

from lxml import etree

from engross.read.xml import parse_xml
from engross.verify.facts import archival
from engross.verify.ground import Ground
from engross.verify.plain import bare, difference, missing, spaced
from engross.verify.recorded import Fields, fields_of_record
from engross.verify.report import Log
from engross.verify.said import Expected
from engross.verify.values import values
from engross.verify.versions import prove_versions

TEI = "{http://www.tei-c.org/ns/1.0}"
ASIDE = frozenset({"note", "sic", "orig", "fw", "figDesc"})
"""Elements of a TEI file whose words are not the text's own."""

CITED = ("title", "subtitle", "version", "year", "cited")
"""What every citation of the edition says."""


@cache
def wanted_fields() -> Mapping[str, Mapping[str, str]]:
    """By file, or the end of its name: which value each field has, by its name in `values`."""
    table = files(__package__).joinpath("records.toml").read_text("utf-8")
    return tomllib.loads(table)


def prove_records(files: Mapping[str, bytes], ground: Ground, log: Log) -> None:
    """
    Compare every field of title, people, numbers, days, rights and texts with the evidence.

    Args:
        files: of the records, by their path below `metadata/`.
        ground: what the evidence says.
        log: takes checks and findings.
    """
    since, count = len(log.findings), 0
    known = {key: [spaced(one) for one in row if one] for key, row in values(ground).items()}
    for name, content in sorted(files.items()):
        if name.startswith("tei/"):
            _text(name, content, ground.expected, log)
            count += 1
            continue
        wanted = wanted_fields().get(name) or wanted_fields().get(name.rpartition(".")[2], {})
        versions = name in {"changes.atom", "changelog.json"}
        if not (wanted or versions or name == "cite.txt"):
            continue
        try:
            found = fields_of_record(name, content)
        except (ValueError, etree.XMLSyntaxError, RecursionError) as error:
            log.fault("P001", f"{name} cannot be read: {error}")
            continue
        for message in _faults(name, found, wanted, known, ground):
            log.fault("P025", f"{name} {message}")
        if versions:
            prove_versions(name, found, ground, log)
        count += len(wanted)
    log.check("records", count, "fields", since)


def _faults(
    name: str,
    found: Fields,
    wanted: Mapping[str, str],
    known: Mapping[str, Sequence[str]],
    ground: Ground,
) -> Iterator[str]:
    for key, value in wanted.items():
        said = [spaced(one) for one in found.get(key, []) if one]
        if value == "references":
            yield from _referred(key, said, ground)
        elif said != known[value]:
            what = value.replace("onix ", "").replace("marc ", "")
            here, there = "; ".join(said), "; ".join(known[value])
            yield f"gives as {what} in {key} '{here[:80]}', not '{there[:80]}'"
    titles = {one.id: one.record.value.title.supplied for one in ground.documents}
    for address, said in found.items() if name == "cite.txt" else ():
        own = [titles[address]] if address in titles else []
        if lost := uncited(" ".join(said), [*own, *known["publisher"]], known):
            yield f"cites {address} without '{lost[:60]}'"


def uncited(text: str, more: Sequence[str], known: Mapping[str, Sequence[str]]) -> str:
    """What a citation of the edition leaves out; "" for nothing."""
    parts = [*more, *(one for key in CITED for one in known[key])]
    return next((part for part in parts if bare(part) not in bare(text)), "")


def _referred(key: str, said: Sequence[str], ground: Ground) -> Iterator[str]:
    """Each reference to an archive has the values of its document, in their order."""
    sources = [archival(one.record.value.source, ground.words) for one in ground.documents]
    rows = [row for row in ([fact.words for fact in facts] for facts in sources) if row]
    if len(said) != len(rows):
        yield f"has {len(said)} references to archives in {key}, not {len(rows)}"
    for text, row in zip(said, rows, strict=False):
        if lost := missing(text, row):
            yield f"refers in {key} to '{text[:80]}', without '{lost}' in its place"


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
