"""One TEI file, read: parts and documents in order, header, registers, and the account of it."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import PurePosixPath

from lxml import etree

from engross.catalog import finding, stop
from engross.model.finding import Place
from engross.model.source import SourceFile
from engross.model.text import Body, Figure, Leaf, Origin, Run
from engross.parse.tei import calls, dates, links, parts, registers, renditions
from engross.parse.tei import header as headers
from engross.parse.tei.elements import DATA_LISTS, line_of
from engross.parse.tei.fold import stand_in
from engross.parse.tei.ids import Ids, normal
from engross.parse.tei.manuscripts import every, first
from engross.parse.tei.names import TEI, XML, name_of
from engross.parse.tei.reading import Reading, Scope, folded, words
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
    before(reading, root)
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
    after(reading, root, volume)
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


def before(reading: Reading, root: etree._Element) -> None:
    """Report duplicate ids, a missing name space, impossible dates, dangling pointers."""
    if not root.tag.startswith(f"{{{TEI}}}"):
        reading.report(
            "I020",
            root,
            "the file is not in the name space of TEI; read as if it were",
            f'write <{name_of(root.tag)} xmlns="{TEI}">',
        )
    for identifier, element, new in reading.ids.again:
        first = reading.ids.holders[identifier].sourceline
        reading.report(
            "I010",
            element,
            f"xml:id {identifier!r} stands here and at line {first}; this one is read as {new!r}",
            "give each element its own xml:id",
        )
    data: set[etree._Element] = set()
    for element in root.iter(etree.Element):
        above = element.getparent()
        if above in data or name_of(element.tag) in ("teiHeader", "facsimile", *DATA_LISTS):
            data.add(element)
        elif element.attrib:
            links.check(reading, element)
        dates.check(reading, element)


def after(reading: Reading, root: etree._Element, volume: TeiVolume) -> None:
    """Report numbers out of order, and elements that the account has missed or counted twice."""
    last, last_id = 0, ""
    for document in volume.documents:
        if not document.number.isdigit():
            continue
        number = int(document.number)
        if last_id and number != last + 1:
            place = Place(reading.path, document.line)
            message = f"document {document.id!r} has number {number} after {last} of {last_id!r}"
            reading.findings.append(finding("I016", place, message))
        last, last_id = number, document.id
    wanted = Counter(name_of(element.tag) for element in root.iter(etree.Element))
    have = {row.name: row.total for row in volume.coverage.elements}
    for name, count in sorted(wanted.items()):
        if have.get(name, 0) != count:
            reading.report(
                "I031",
                root,
                f"<{name}> stands {count} times in the file, and {have.get(name, 0)} times in the"
                " account of what was read",
                "this is a fault of the program: report it with the file",
            )


def facsimile(reading: Reading, root: etree._Element) -> tuple[Part, ...]:
    """The pictures that are at hand, each once, as a part behind the text; or nothing."""
    labels = {one.get("facs", ""): one.get("n", "") for one in every(root, "pb")}
    scope, figures, met = Scope("facsimile"), list[Figure](), set[str]()
    for element, url in _named(root):
        path = reading.picture(url)
        if not path or path in met:
            continue
        met.add(path)
        above = element.getparent()
        surface = above if above is not None else element
        page = labels.get(url) or labels.get(f"#{surface.get(f'{XML}id')}") or surface.get("n", "")
        origin = Origin(reading.path, line_of(element))
        run = Run(f"[{page}]", (stand_in("page"),))
        caption = Leaf(scope.next_leaf(), "caption", (run,), origin=origin) if page else None
        said = words(first(element, "desc")) or page or path.rpartition("/")[2]
        figures.append(Figure(path, said, caption, origin=origin))
    identifier = reading.ids.free("facsimile") if figures else ""
    body = Body(tuple(figures))
    return (Part(identifier, "facsimile", "Facsimile", body),) if figures else ()


def _named(root: etree._Element) -> Iterator[tuple[etree._Element, str]]:
    """Each picture's element and address, in the order of the file."""
    for one in every(root, "facsimile"):
        yield from ((graphic, graphic.get("url", "")) for graphic in every(one, "graphic"))
    for one in every(root, "pb"):
        if (address := one.get("facs", "")) and not address.startswith("#"):
            yield one, address
