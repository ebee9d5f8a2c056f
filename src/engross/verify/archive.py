"""An EPUB as a proof reads it: with another parser than the one that wrote it."""

import io
import posixpath
import zipfile
from dataclasses import dataclass, field
from urllib.parse import unquote

from lxml import etree

from engross.read.xml import parse_xml

XHTML = "{http://www.w3.org/1999/xhtml}"
OPF = "{http://www.idpf.org/2007/opf}"
SMALL = 200_000_000
"""Bytes that the files of an EPUB may have when unpacked."""


@dataclass(slots=True)
class Archive:
    """An EPUB as it was found."""

    names: frozenset[str]
    trees: dict[str, etree._Element]
    """The XHTML files, by name."""
    sheets: list[str] = field(default_factory=list)
    """The style sheets."""
    ids: dict[str, set[str]] = field(default_factory=dict)
    spine: list[str] = field(default_factory=list)
    navigation: str = ""
    package: etree._Element | None = None

    def files_of(self, section: str) -> list[str]:
        """The files of a section in reading order: `d12.xhtml`, `d12.p-256.xhtml` and so on."""
        return [name for name in self.spine if name in self.trees and section_of(name) == section]


def section_of(file: str) -> str:
    """
    The section whose file this is, or whose piece; no address has a dot in it.

    >>> section_of("EPUB/d12.p-256.xhtml")
    'd12'
    """
    return posixpath.basename(file).partition(".")[0]


def open_archive(content: bytes) -> Archive:
    """
    Read everything that a proof needs.

    Raises:
        ValueError, KeyError and what zipfile and lxml raise: the file is damaged.
    """
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        infos = archive.infolist()
        names = [info.filename for info in infos]
        if len(set(names)) != len(names):
            raise ValueError("a name stands twice in the archive")
        if sum(info.file_size for info in infos) > SMALL:
            raise ValueError(f"it unpacks to more than {SMALL} bytes")
        if (bad := archive.testzip()) is not None:
            raise ValueError(f"{bad} is damaged")
        container = parse_xml(archive.read("META-INF/container.xml"))
        root = next(
            str(e.get("full-path")) for e in container.iter() if e.get("full-path") is not None
        )
        package = parse_xml(archive.read(root))
        base = posixpath.dirname(root)
        found = Archive(frozenset(names), {}, package=package)
        items = {e.get("id"): e for e in package.iter(f"{OPF}item")}
        for item in items.values():
            name = posixpath.normpath(posixpath.join(base, unquote(item.get("href", ""))))
            if item.get("media-type") == "application/xhtml+xml":
                tree = parse_xml(archive.read(name))
                found.trees[name] = tree
                identities = [str(e.get("id")) for e in tree.iter() if e.get("id") is not None]
                if len(set(identities)) != len(identities):
                    raise ValueError(f"an id stands twice in {name}")
                found.ids[name] = set(identities)
            if item.get("media-type") == "text/css":
                found.sheets.append(archive.read(name).decode("utf-8", "replace"))
            if "nav" in (item.get("properties") or "").split():
                found.navigation = name
        for reference in package.iter(f"{OPF}itemref"):
            item = items[reference.get("idref")]
            found.spine.append(
                posixpath.normpath(posixpath.join(base, unquote(item.get("href", ""))))
            )
    return found


def words_of(element: etree._Element) -> str:
    """Everything that an element says."""
    return "".join(map(str, element.itertext()))
