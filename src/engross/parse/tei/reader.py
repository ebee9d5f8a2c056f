"""One TEI file, read: parts and documents in order, header, registers, and the account of it."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import PurePosixPath

from lxml import etree

from engross.catalog import finding, stop
from engross.model.finding import Place
from engross.model.source import SourceFile
from engross.parse.tei import calls, checks, parts, registers, renditions
from engross.parse.tei import header as headers
from engross.parse.tei.elements import line_of
from engross.parse.tei.facsimile import facsimile
from engross.parse.tei.ids import Ids, normal
from engross.parse.tei.names import name_of
from engross.parse.tei.reading import Reading, folded
from engross.parse.tei.source import parse
from engross.parse.tei.volume import Drop, Header, Part, TeiDocument, TeiVolume
from engross.schema.registers import PersonEntry

Parts = tuple[Part | TeiDocument, ...]


@dataclass(slots=True)
class _Held:
    """What the texts of a file hold."""

    front: Parts = ()
    body: Parts = ()
    back: Parts = ()
    persons: tuple[PersonEntry, ...] = ()

    def take(
        self, reading: Reading, tei: etree._Element, head: Header | None, file: SourceFile
    ) -> None:
        """Read one `TEI`: its texts; what stands beside them is kept as data."""
        for child in tei.iterchildren(etree.Element):
            name = name_of(child.tag)
            if child in texts_of(tei):
                one = parts.text(reading, child, head, file)
                self.front += one.front
                self.body += one.body
                self.back += one.back
                self.persons += registers.read(reading, child)
            elif name not in ("teiHeader", "TEI", "teiCorpus"):
                reading.account_tree(child, "data")


def read_tei(file: SourceFile, picture: Callable[[str], str] = lambda _: "") -> TeiVolume:
    """
    Read a TEI P5 file into the same tree that every text becomes.

    `picture` gives the path in the book of a picture that the file names, or nothing.

    Faults in the data are findings of the volume, with their lines; nothing is lost for them.

    Raises:
        EngrossError: the file is not well formed, is not TEI, or has no text.
    """
    root = parse(file)
    moved = calls.place(root)
    ids = Ids.of(root)
    stem = PurePosixPath(file.path).name.split(".")[0]
    reading = Reading(
        file.path, ids, normal(stem), renditions=renditions.declared(root), picture=picture
    )
    checks.before(reading, root)
    held = _Held()
    main: Header | None = None
    for tei in root.iter(etree.Element):
        if name_of(tei.tag) in ("TEI", "teiCorpus"):
            head = _header(reading, tei)
            main = main or head
            reading.account(tei, "mapped")
            held.take(reading, tei, head, file)
    if not any(texts_of(tei) for tei in root.iter(etree.Element) if name_of(tei.tag) == "TEI"):
        message = "the file has neither <text> nor <sourceDoc>, so there is nothing to build"
        raise stop([finding("I004", Place(file.path, line_of(root)), message)])
    body = parts.rest(reading, held.body)
    _remarks(reading, root)
    for line, text in moved.heads:
        reading.drops.append(Drop(line, "head", text, "its notes stand at their calls"))
    volume = TeiVolume(
        path=file.path,
        sha256=file.sha256,
        id=ids.given(root) or parts.volume_id(reading, main),
        header=main or Header(),
        front=held.front,
        body=body,
        back=held.back + facsimile(reading, root),
        persons=held.persons,
        findings=(),
        coverage=reading.coverage(),
    )
    checks.after(reading, root, volume)
    return replace(volume, findings=reading.told())


def texts_of(tei: etree._Element) -> list[etree._Element]:
    """The texts of a file; of one that has none, its transcription by surfaces."""
    children = list(tei.iterchildren(etree.Element))
    texts = [child for child in children if name_of(child.tag) == "text"]
    return texts or [child for child in children if name_of(child.tag) == "sourceDoc"]


def _header(reading: Reading, tei: etree._Element) -> Header | None:
    for child in tei.iterchildren(etree.Element):
        if name_of(child.tag) == "teiHeader":
            return headers.read(reading, child)
    return None


def _remarks(reading: Reading, root: etree._Element) -> None:
    """Keep comments and processing instructions as data."""
    nodes = list(root.itersiblings(preceding=True))[::-1]
    nodes += [*root.iter(etree.Comment, etree.ProcessingInstruction), *root.itersiblings()]
    for node in nodes:
        text = etree.tostring(node, encoding="unicode", with_tail=False)
        reading.remarks.append((line_of(node), folded(text)))
