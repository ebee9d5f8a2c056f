"""The proof of the records: read back field by field, and compared with the evidence."""

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from copy import copy
from importlib import resources

from lxml import etree

from engross.parse.book import DocumentSource
from engross.read.xml import parse_xml
from engross.verify.facts import archival
from engross.verify.ground import Ground
from engross.verify.judge import lettered
from engross.verify.plain import bare, difference, missing, spaced
from engross.verify.recorded import Fields, fields_of_record, misplaced
from engross.verify.report import Log
from engross.verify.said import Expected
from engross.verify.values import Values
from engross.verify.versions import prove_versions

TEI = "{http://www.tei-c.org/ns/1.0}"
XML_ID = "{http://www.w3.org/XML/1998/namespace}id"
ASIDE = frozenset({"note", "sic", "orig", "fw", "figDesc"})
"""Elements of a TEI file whose words are not the text's own."""

WANTED: Mapping[str, Mapping[str, str | list[str]]] = tomllib.loads(
    resources.files(__package__).joinpath("records.toml").read_text("utf-8")
)
"""By file, or the end of its name: what each field has to say."""
OWNER = re.compile(r"^(?:(?:each|form|every|onix|marc) |manifest\.|record\.)*")
FREE = "*"
"""What only another program judges."""
CITED = ("manifest.title", "manifest.subtitle", "manifest.version", "year", "cited")
"""What every citation of the edition says."""


def prove_records(files: Mapping[str, bytes], ground: Ground, log: Log) -> None:
    """
    Compare every field of title, people, numbers, days, rights and texts with the evidence.

    Args:
        files: of the records, by their path below `metadata/`.
        ground: what the evidence says.
        log: takes checks and findings.
    """
    since, count = len(log.findings), 0
    known = Values(ground)
    known["cover file"] = [name for name in files if name.endswith(("-cover.png", "-cover.jpg"))]
    for name, content in sorted(files.items()):
        if name.startswith("tei/"):
            _tei(name, content, known, log)
            count += 1
            continue
        shop = name == "onix-google.xml"
        wanted = WANTED.get("onix.xml" if shop else name) or WANTED.get(name.rpartition(".")[2], {})
        versions = name in {"changes.atom", "changelog.json"}
        if not (wanted or versions or name == "cite.txt"):
            continue
        try:
            found = fields_of_record(name, content)
        except (ValueError, etree.XMLSyntaxError, RecursionError) as error:
            log.fault("P001", f"{name} cannot be read: {error}")
            continue
        faults = _cited(found, known)
        if name != "cite.txt":
            faults = record_faults(found, wanted, known, shop=shop)
        for message in faults:
            log.fault("P025", f"{name} {message}")
        if versions:
            prove_versions(name, found, ground, log)
        count += len(wanted)
    log.check("records", count, "fields", since)


def record_faults(
    found: Fields,
    wanted: Mapping[str, str | list[str]],
    known: Values,
    *,
    shop: bool = False,
) -> Iterator[str]:
    """What a record says otherwise than the evidence, in words; a `shop` takes part of the rest."""
    for key, value in wanted.items():
        said = [spaced(one) for one in found.get(key, []) if one]
        if isinstance(value, list):
            if strange := next((one for one in said if one not in map(spaced, value)), ""):
                yield f"gives in {key} '{strange[:80]}', not '{'; '.join(value)[:80]}'"
        elif value == "cited":
            for text in said:
                if lost := uncited(text, [], known):
                    yield f"cites in {key} {lost}"
        elif value.endswith("references"):
            yield from referred(key, said, known, whole=value != "references")
        elif value != FREE and (set(said) - set(known[value]) if shop else said != known[value]):
            what = OWNER.sub("", value)
            here, there = "; ".join(said), "; ".join(known[value])
            yield f"gives as {what} in {key} '{here[:80]}', not '{there[:80]}'"
    for key in found if wanted else ():
        above = {key, key.rpartition("/")[0]} & wanted.keys()
        if not above and not any(one.startswith(f"{key}/") for one in wanted):
            yield f"has a field '{key}' that no evidence asks for"


def _cited(found: Fields, known: Values) -> Iterator[str]:
    """What is wrong with the ways to cite the edition and each document."""
    publisher = known["manifest.publisher.name"]
    titles = {one.id: one.record.value.title.supplied for one in known.documents}
    for address, said in found.items():
        own = [titles[address]] if address in titles else []
        if lost := uncited(" ".join(said), [*own, *publisher], known):
            yield f"cites {address} {lost}"


def uncited(text: str, more: Sequence[str], known: Values) -> str:
    """What a citation of the edition leaves out or adds, in words; "" for nothing."""
    ground = known.ground
    parts = [*more, *(one for key in CITED for one in known[key])]
    if lost := next((part for part in parts if bare(part) not in bare(text)), ""):
        return f"without '{lost[:60]}'"
    strange = ground.known.strange(bare(text), ground.every, known.citing)
    return f"with '{strange[:60]}', which no evidence has" if strange else ""


def referred(
    key: str, said: Sequence[str], known: Values, *, whole: bool = False, ordered: bool = True
) -> Iterator[str]:
    """
    Each reference to an archive has the values of its document, in their order, and no other.

    Those that are not `ordered` stand as their words are sorted, not as the documents stand.
    """
    ground = known.ground
    sources = [archival(one.record.value.source, ground.words) for one in ground.documents]
    rows = [row for row in ([fact.words for fact in facts] for facts in sources) if row]
    if whole:  # a field has them all, behind the version
        rows = [[*known["standing"], *(value for row in rows for value in row)]]
    said = [one.removeprefix("Original:|") for one in said]
    if len(said) != len(rows):
        yield f"has {len(said)} references to archives in {key}, not {len(rows)}"
    for text, first in zip(said, list(rows), strict=False):
        fits = (row for row in rows if not missing(text, row))
        row = first if ordered else max(fits, key=len, default=rows[0])
        rows.remove(row)
        strange = ground.known.strange(bare(text), lettered(bare(one).casefold() for one in row))
        lost = missing(text, row)
        if lost or strange:
            how = f"without '{lost}'" if lost else f"with '{strange[:40]}'"
            yield f"refers in {key} to '{text[:80]}', {how} in its place"


def _tei(name: str, content: bytes, known: Values, log: Log) -> None:
    """A document in TEI: its header by fields, its text and its notes letter for letter."""
    document = name.removeprefix("tei/").removesuffix(".xml")
    try:
        tree = parse_xml(content)
    except etree.XMLSyntaxError as error:
        log.fault("P001", f"{name} cannot be read: {error}")
        return
    mine, ground = copy(known), known.ground
    mine.documents = [one for one in ground.documents if one.id == document]
    manifest = ground.book.manifest.value
    made = [p for d in mine.documents for p in (*d.record.value.contributors, *manifest.people)]
    once = [*dict.fromkeys((person.name, person.role) for person in reversed(made))]
    mine["own people"] = [name for name, _ in reversed(once)]
    for message in misplaced(tree, "tei", mine):
        log.fault("P025", f"{name} {message}")
    _text(name, tree, document, ground.expected, log)
    for one in mine.documents:
        if not one.in_tei:
            for message in _misworked(tree, one, ground):
                log.fault("P025", f"{name} {message}")


def _misworked(tree: etree._Element, document: DocumentSource, ground: Ground) -> Iterator[str]:
    """What the file says of our own work otherwise: shelf mark, notes' numbers, corrections."""
    numbers, source = ground.expected.numbers, document.record.value.source
    values = [source.fond, source.opis, source.delo]
    values += [source.leaves.from_, source.leaves.to] if source.leaves else []
    shelf = "".join(one.text or "" for one in tree.iterfind(f".//{TEI}msIdentifier/{TEI}idno"))
    if lost := missing(shelf, filter(None, values)):
        yield f"gives the shelf mark '{shelf}' without '{lost}'"
    for note in tree.iter(f"{TEI}note"):
        address = note.get(XML_ID, "").replace("-note-", "/note/", 1)
        if address in numbers and note.get("n") != str(numbers[address]):
            yield f"gives {address} the number {note.get('n')}"
    edits = {f"#{one.correction.id}": one for one in ground.texts[document.id].edits}
    for choice in tree.iter(f"{TEI}choice"):
        if edit := edits.get(choice.get("corresp", "")):
            for part in choice:
                said = bare("".join(map(str, part.itertext())))
                right = edit.old if part.tag == f"{TEI}sic" else edit.correction.read or ""
                if said != bare(right):
                    yield f"has '{said}' for '{right}' in {edit.correction.id}"
    entries = {one.id: one for one in ground.entries}
    told = {one.get(XML_ID, ""): one for one in tree.iter(f"{TEI}change")}
    for identity in (key[1:] for key in edits if key[1:] not in told):
        yield f"does not tell of {identity}"
    for identity, change in told.items():
        entry = entries.get(identity)
        said = bare(f"{change.get('type')} {change.text}")
        if entry is None or said != bare(f"{entry.kind} {entry.reason}"):
            yield f"tells of {identity} '{said[:60]}'"


def _text(name: str, tree: etree._Element, document: str, expected: Expected, log: Log) -> None:
    body = tree.find(f".//{TEI}body")
    words = bare("".join(_own(body))) if body is not None else ""
    at = 0
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
    wanted = [expected.said[one].text for one in expected.notes.get(document, ())]
    notes = [spaced("".join(_own(one))) for one in tree.iter(f"{TEI}note") if one.get(XML_ID)]
    if lost := next((one for one in wanted if notes and bare(one) not in map(bare, notes)), ""):
        log.fault("P025", f"{name} does not have the note '{lost[:60]}'")


def _own(element: etree._Element) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        if isinstance(child.tag, str) and etree.QName(child).localname not in ASIDE:
            yield from _own(child)
        yield child.tail or ""
