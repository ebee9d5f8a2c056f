"""An EPUB as it is read back: its entries, its package, its documents. Nothing of EbookLib."""

import io
import posixpath
import struct
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from engross.catalog import finding
from engross.model.finding import Finding, Place
from engross.read.damage import BROKEN
from engross.read.xml import parse_xml

XHTML = "{http://www.w3.org/1999/xhtml}"
OPF = "{http://www.idpf.org/2007/opf}"
DC = "{http://purl.org/dc/elements/1.1/}"
EPUB_TYPE = "{http://www.idpf.org/2007/ops}type"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
CONTAINER = "{urn:oasis:names:tc:opendocument:xmlns:container}"


@dataclass(frozen=True, slots=True)
class Document:
    """A file of XHTML."""

    name: str
    """In the archive."""
    root: etree._Element

    @property
    def section(self) -> str:
        """The section that it holds, or a piece of: `d12` of `EPUB/d12.p-256.xhtml`."""
        return posixpath.basename(self.name).partition(".")[0]

    def place(self, book: str, element: etree._Element | None = None) -> Place:
        """Where an element stands, as `book.epub/EPUB/file.xhtml`."""
        line = element.sourceline if element is not None else None
        return Place(f"{book}/{self.name}", line if isinstance(line, int) else 0)

    def elements(self, tag: str) -> Iterator[etree._Element]:
        """All elements of an XHTML tag, in order."""
        return self.root.iter(f"{XHTML}{tag}")


@dataclass(frozen=True, slots=True)
class Opened:
    """What was found in the archive."""

    book: str
    """The file's own name."""
    entries: tuple[zipfile.ZipInfo, ...]
    files: dict[str, bytes]
    package_name: str
    package: etree._Element
    documents: dict[str, Document]

    def resolve(self, document: str, target: str) -> tuple[str, str]:
        """The file and the fragment that a relative address names."""
        path, _, fragment = target.partition("#")
        if not path:
            return document, fragment
        return posixpath.normpath(posixpath.join(posixpath.dirname(document), path)), fragment

    def spine(self) -> tuple[Document, ...]:
        """The files of the text in the order of reading."""
        names = {item.get("id"): self.item_name(item) for item in self.items()}
        order = [names.get(one.get("idref"), "") for one in self.package.iter(f"{OPF}itemref")]
        return tuple(self.documents[name] for name in order if name in self.documents)

    def items(self) -> Iterator[etree._Element]:
        """The lines of the package's manifest."""
        return self.package.iter(f"{OPF}item")

    def item_name(self, item: etree._Element) -> str:
        """The file of a line of the manifest."""
        return self.resolve(self.package_name, item.get("href") or "")[0]


DAMAGE = (*BROKEN, struct.error, StopIteration)
"""What zipfile and lxml raise where an archive is damaged, encrypted or of an unknown kind."""


def words(element: etree._Element) -> str:
    """The text inside an element."""
    return "".join(str(piece) for piece in element.itertext()).strip()


def open_epub(book: str, content: bytes) -> Opened | tuple[Finding, ...]:
    """Read an EPUB whole, or say why it cannot be read."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = tuple(archive.infolist())
            files = {entry.filename: archive.read(entry) for entry in entries}
        container = parse_xml(files["META-INF/container.xml"])
        found = next(container.iter(f"{CONTAINER}rootfile"))
        package_name = found.get("full-path") or ""
        package = parse_xml(files[package_name])
    except DAMAGE as error:
        return (_unreadable(Place(book), str(error)),)
    documents: dict[str, Document] = {}
    faults: list[Finding] = []
    for name, data in files.items():
        if name.endswith(".xhtml"):
            try:
                documents[name] = Document(name, parse_xml(data))
            except etree.XMLSyntaxError as error:
                faults.append(_unreadable(Place(f"{book}/{name}", error.lineno or 0), error.msg))
    if faults:
        return tuple(faults)
    return Opened(book, entries, files, package_name, package, documents)


def _unreadable(place: Place, why: str) -> Finding:
    return finding(
        "Q010",
        place,
        f"the EPUB cannot be read back: {why}",
        "build again; if it stays so, report it as a bug",
    )
