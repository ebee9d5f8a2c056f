"""An EPUB or a web edition as it is read back: nothing of what made it."""

import io
import posixpath
import struct
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import unquote

from lxml import etree, html

from engross.catalog import finding
from engross.model.finding import Finding, Place
from engross.read.xml import BROKEN, parse_xml

XHTML = "{http://www.w3.org/1999/xhtml}"
OPF = "{http://www.idpf.org/2007/opf}"
DC = "{http://purl.org/dc/elements/1.1/}"
EPUB_TYPE = "{http://www.idpf.org/2007/ops}type"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
SMALL = 200_000_000
"""Bytes that the files of an EPUB may have when unpacked."""
CONTAINER = "{urn:oasis:names:tc:opendocument:xmlns:container}"


def section_of(file: str) -> str:
    """
    The section whose file this is, or whose piece; no address has a dot in it.

    >>> section_of("EPUB/d12.p-256.xhtml")
    'd12'
    """
    return posixpath.basename(file).partition(".")[0]


@dataclass(frozen=True, slots=True)
class Document:
    """A file of XHTML."""

    name: str
    """In the archive."""
    root: etree._Element

    @property
    def section(self) -> str:
        """The section that it holds, or a piece of: `d12` of `EPUB/d12.p-256.xhtml`."""
        return section_of(self.name)

    def place(self, book: str, element: etree._Element | None = None) -> Place:
        """Where an element stands, as `book.epub/EPUB/file.xhtml`."""
        line = element.sourceline if element is not None else None
        return Place(f"{book}/{self.name}", line if isinstance(line, int) else 0)

    def elements(self, tag: str) -> Iterator[etree._Element]:
        """All elements of an XHTML tag, in order."""
        return self.root.iter(f"{XHTML}{tag}")


@dataclass(frozen=True)
class Opened:
    """What was found in the archive; of a web edition, in its folder."""

    book: str
    """The file's own name."""
    entries: tuple[zipfile.ZipInfo, ...]
    files: Mapping[str, bytes]
    package_name: str
    package: etree._Element
    documents: dict[str, Document]

    def resolve(self, document: str, target: str) -> tuple[str, str]:
        """The file and the fragment that a relative address names."""
        path, _, fragment = unquote(target).partition("#")
        if not path:
            return document, fragment
        return posixpath.normpath(posixpath.join(posixpath.dirname(document), path)), fragment

    @cached_property
    def ids(self) -> dict[str, list[str]]:
        """The ids of each document, in order."""
        every = {name: one.root.iter(etree.Element) for name, one in self.documents.items()}
        return {name: [i for e in row if (i := e.get("id"))] for name, row in every.items()}

    @property
    def sheets(self) -> list[str]:
        """The style sheets."""
        return [f.decode("utf-8", "replace") for n, f in self.files.items() if n.endswith(".css")]

    def of_section(self, section: str) -> list[Document]:
        """The files of a section in reading order: `d12.xhtml`, `d12.p-256.xhtml` and so on."""
        return [one for one in self.spine if one.section == section]

    @cached_property
    def spine(self) -> tuple[Document, ...]:
        """The files of the text in the order of reading."""
        names = {item.get("id"): self.item_name(item) for item in self.items()}
        order = [names.get(one.get("idref"), "") for one in self.package.iter(f"{OPF}itemref")]
        return tuple(self.documents[name] for name in order if name in self.documents)

    def navigations(self) -> list[Document]:
        """The files that are declared as the navigation."""
        names = [
            self.item_name(item)
            for item in self.items()
            if "nav" in (item.get("properties") or "").split()
        ]
        return [self.documents[name] for name in names if name in self.documents]

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
            if sum(entry.file_size for entry in entries) > SMALL:
                return (_unreadable(Place(book), f"it unpacks to more than {SMALL} bytes"),)
            if len({entry.filename for entry in entries}) < len(entries):
                return (_unreadable(Place(book), "a name stands twice in the archive"),)
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


def open_web(files: Mapping[str, bytes]) -> Opened | tuple[Finding, ...]:
    """A web edition: every page, by its path in the folder."""
    documents: dict[str, Document] = {}
    for name, content in sorted(files.items()):
        if name.endswith(".html"):
            try:
                documents[name] = Document(name, html.document_fromstring(content))
            except (etree.ParserError, ValueError) as error:
                return (_unreadable(Place(f"web/{name}"), str(error), "the page"),)
    return Opened("web", (), files, "", etree.Element("none"), documents)


def _unreadable(place: Place, why: str, what: str = "the EPUB") -> Finding:
    return finding("Q010", place, f"{what} cannot be read back: {why}")
