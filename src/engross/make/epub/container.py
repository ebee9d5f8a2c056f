"""
The package and the archive: the one module that knows EbookLib, and trusts nothing it writes.

EbookLib gets finished files only. Its package document is completed (language, order, no
generator), and the archive is packed again: sorted, one date, `mimetype` first and stored.
"""

import io
import warnings
import zipfile
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from lxml import etree

from engross.catalog import finding, stop
from engross.language import direction
from engross.model.finding import Finding, Place
from engross.read.xml import parse_xml

OLDEST = (1980, 1, 1, 0, 0, 0)
"""The one date of all entries: the first that a ZIP archive can hold."""
LEVEL = 9
FIRST = "mimetype"


FOLDER = "EPUB"
PACKAGE = f"{FOLDER}/content.opf"
OPF = "{http://www.idpf.org/2007/opf}"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


@dataclass(frozen=True, slots=True)
class Item:
    """A file of the package."""

    id: str
    name: str
    """Below the folder of the package."""
    media_type: str
    content: bytes
    properties: tuple[str, ...] = ()
    in_spine: bool = False


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of metadata: a Dublin Core element, or a `meta` where `element` is empty."""

    element: str
    value: str
    attributes: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Package:
    """Everything that the archive holds, in the order of reading."""

    identifier: str
    language: str
    modified: str
    """ISO day; written as its first second in UTC."""
    metadata: tuple[Entry, ...]
    items: tuple[Item, ...]


def pack(package: Package) -> bytes:
    """
    Write the archive, read it back and compare it with what was given.

    Raises:
        EngrossError: the archive lacks something, or holds something else.
    """
    files = _read(_write(package))
    files[PACKAGE] = _complete(files[PACKAGE], package)
    files |= {f"{FOLDER}/{item.name}": item.content for item in package.items}
    packed = zipped(files)
    _compare(packed, package)
    return packed


def _write(package: Package) -> bytes:
    """The archive as EbookLib makes it, its items empty: their bytes would be packed twice."""
    import datetime

    from ebooklib import epub

    book = epub.EpubBook()
    book.FOLDER_NAME = FOLDER
    book.metadata = {}
    book.set_identifier(package.identifier)
    for entry in package.metadata:
        if entry.element:
            book.add_metadata("DC", entry.element, entry.value, dict(entry.attributes))
        else:
            book.add_metadata(None, "meta", entry.value, dict(entry.attributes))
    for item in package.items:
        made = epub.EpubItem(item.id, item.name, item.media_type)
        made.properties = list(item.properties)
        book.add_item(made)
    book.spine = [item.id for item in package.items if item.in_spine]
    modified = datetime.datetime.fromisoformat(f"{package.modified}T00:00:00+00:00")
    target = io.BytesIO()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        options = {"raise_exceptions": True, "mtime": modified, "epub3_pages": False}
        if epub.write_epub(target, book, options) is False:
            raise stop([_damaged("EbookLib reported a failure and wrote no whole archive")])
    return target.getvalue()


def _read(archive: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(archive)) as source:
        return {name: source.read(name) for name in source.namelist()}


def _complete(package_file: bytes, package: Package) -> bytes:
    """Add what EbookLib cannot say; put the metadata into the order given."""
    root = parse_xml(package_file, remove_blank_text=True)
    root.set(XML_LANG, package.language)
    if root.get("prefix"):  # declares a vocabulary that we do not use
        del root.attrib["prefix"]
    spine = root.find(f"{OPF}spine")
    if spine is not None and direction(package.language) == "rtl":
        spine.set("page-progression-direction", "rtl")
    metadata = root.find(f"{OPF}metadata")
    if metadata is None:
        raise stop([_damaged("the package document has no metadata")])
    for child in list(metadata):
        if child.get("name") == "generator":
            metadata.remove(child)
    order = {
        (e.element or "meta", e.value, _key(e.attributes)): i
        for i, e in enumerate(package.metadata)
    }
    metadata[:] = sorted(
        metadata,
        key=lambda child: order.get(
            (etree.QName(child).localname, child.text or "", _key(child.attrib)), -1
        ),
    )
    etree.cleanup_namespaces(root, keep_ns_prefixes=["dc"])
    text = etree.tostring(root, pretty_print=True, encoding="unicode")
    for prefixed in ("<opf:", "</opf:"):  # the same namespace under a second name
        text = text.replace(prefixed, prefixed.replace("opf:", ""))
    text = text.replace(f' xmlns:opf="{OPF[1:-1]}"', "")
    return f"<?xml version='1.0' encoding='utf-8'?>\n{text}".encode()


def _key(attributes: Mapping[str, str] | etree._Attrib) -> tuple[tuple[str, str], ...]:
    return tuple(sorted((str(name), str(value)) for name, value in attributes.items()))


def _compare(packed: bytes, package: Package) -> None:
    """What was packed is what was given, byte for byte, and is declared once."""
    files = _read(packed)
    names = Counter(item.name for item in package.items)
    ids = Counter(item.id for item in package.items)
    faults = [f"two files have the name {name}" for name, count in names.items() if count > 1]
    faults += [f"two files have the id {name}" for name, count in ids.items() if count > 1]
    faults += [
        f"{item.name} is not in the archive as it was made"
        for item in package.items
        if files.get(f"{FOLDER}/{item.name}") != item.content
    ]
    root = parse_xml(files[PACKAGE])
    declared = sorted(item.get("href") or "" for item in root.iter(f"{OPF}item"))
    if declared != sorted(item.name for item in package.items):
        faults.append("the manifest does not name each file once")
    spine = [item.get("idref") for item in root.iter(f"{OPF}itemref")]
    if spine != [item.id for item in package.items if item.in_spine]:
        faults.append("the spine is not in the order of the edition")
    metadata = root.find(f"{OPF}metadata")
    count = len(metadata) if metadata is not None else 0
    if count != len(package.metadata) + 2:  # and the identifier, and the day of modification
        faults.append("the metadata are not those that were given")
    if faults:
        raise stop([_damaged(fault) for fault in faults])


def _damaged(fault: str) -> Finding:
    message = f"the EPUB was not written whole: {fault}"
    return finding("Q001", Place(), message)


def zipped(files: Mapping[str, bytes]) -> bytes:
    """The archive of some files, by their names."""
    target = io.BytesIO()
    names = sorted(files, key=lambda name: (name != FIRST, name))
    with zipfile.ZipFile(target, "w") as archive:
        for name in names:
            entry = zipfile.ZipInfo(name, OLDEST)
            entry.create_system = 3
            entry.external_attr = 0o100644 << 16
            how = zipfile.ZIP_STORED if name == FIRST else zipfile.ZIP_DEFLATED
            archive.writestr(entry, files[name], how, LEVEL)
    return target.getvalue()
