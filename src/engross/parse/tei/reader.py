"""One TEI file, read: parts and documents in order, header, registers, and the account of it."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import PurePosixPath

from lxml import etree

from engross.catalog import finding, stop
from engross.model.finding import Place
from engross.model.source import SourceFile
from engross.parse.tei import calls, checks, parts, registers, renditions
from engross.parse.tei import header as headers
from engross.parse.tei.elements import line_of
from engross.parse.tei.ids import Ids, normal
from engross.parse.tei.names import name_of
from engross.parse.tei.reading import Reading, folded
from engross.parse.tei.source import parse
from engross.parse.tei.volume import Drop, Header, Part, Record, TeiDocument, TeiVolume
from engross.schema.registers import PersonEntry

Parts = tuple[Part | TeiDocument, ...]


def read_tei(file: SourceFile, picture: Callable[[str], str] = lambda _: "") -> TeiVolume:
    """
    Read a TEI P5 file into the same tree that every text becomes.

    `picture` gives the path in the book of a picture that the file names, or nothing.

    Faults in the data are findings of the volume, with their lines; nothing is lost for them.

    Raises:
        EngrossError: the file has a DOCTYPE, is not well formed, is not TEI, or has no text.
    """
    root = parse(file)
    moved = calls.place(root)
    ids = Ids.of(root)
    stem = PurePosixPath(file.path).name.split(".")[0]
    reading = Reading(
        file.path, ids, normal(stem), renditions=renditions.declared(root), picture=picture
    )
    checks.before(reading, root)
    volumes = [root] if name_of(root.tag) == "TEI" else _members(root)
    front: Parts = ()
    body: Parts = ()
    back: Parts = ()
    records: list[Record] = []
    persons: tuple[PersonEntry, ...] = ()
    main: Header | None = None
    texts = 0
    for tei in volumes:
        head = _header(reading, tei)
        for child in tei.iterchildren(etree.Element):
            name = name_of(child.tag)
            if child in texts_of(tei):
                texts += 1
                one = parts.text(reading, child, head, file)
                front, body, back = front + one.front, body + one.body, back + one.back
                records += one.records
                persons += registers.read(reading, child)
            elif name not in ("teiHeader", "TEI", "teiCorpus"):
                reading.account_tree(child, "data")
                records.append(_record(child, "TEI"))
        reading.account(tei, "mapped")
        main = main or head
    if root is not volumes[0]:
        reading.account(root, "mapped")
        main = _header(reading, root)
    if not texts:
        message = "the file has neither <text> nor <sourceDoc>, so there is nothing to build"
        fix = "name a file that holds the text, not only its header"
        raise stop([finding("I004", Place(file.path, line_of(root)), message, fix)])
    body = parts.rest(reading, body)
    _remarks(reading, root)
    for line, text in moved.heads:
        reading.drops.append(Drop(line, "head", text, "its notes stand at their calls"))
    volume = TeiVolume(
        path=file.path,
        sha256=file.sha256,
        id=ids.given(root) or parts.volume_id(reading, main),
        header=main or Header(),
        front=front,
        body=body,
        back=back,
        records=tuple(records),
        persons=persons,
        findings=(),
        coverage=reading.coverage(),
        ids=dict(ids.new),
        renamed={new: old for old, _, new in ids.again},
    )
    checks.after(reading, root, volume)
    return replace(volume, findings=reading.told())


def texts_of(tei: etree._Element) -> list[etree._Element]:
    """The texts of a file; of one that has none, its transcription by surfaces."""
    children = list(tei.iterchildren(etree.Element))
    texts = [child for child in children if name_of(child.tag) == "text"]
    return texts or [child for child in children if name_of(child.tag) == "sourceDoc"]


def _members(corpus: etree._Element) -> list[etree._Element]:
    return [one for one in corpus.iterdescendants(etree.Element) if name_of(one.tag) == "TEI"]


def _header(reading: Reading, tei: etree._Element) -> Header | None:
    for child in tei.iterchildren(etree.Element):
        if name_of(child.tag) == "teiHeader":
            return headers.read(reading, child)
    return None


def _record(element: etree._Element, region: str) -> Record:
    xml = etree.tostring(element, encoding="utf-8", with_tail=False)
    return Record(name_of(element.tag), region, xml, line_of(element))


def _remarks(reading: Reading, root: etree._Element) -> None:
    """Keep comments and processing instructions as data."""
    nodes = list(root.itersiblings(preceding=True))[::-1]
    nodes += [*root.iter(etree.Comment, etree.ProcessingInstruction), *root.itersiblings()]
    for node in nodes:
        text = etree.tostring(node, encoding="unicode", with_tail=False)
        reading.remarks.append((line_of(node), folded(text)))
