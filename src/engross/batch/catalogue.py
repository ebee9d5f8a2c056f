"""
A catalogue of what is in dist: OPDS 2.0 and 1.2, an ONIX message, a page of covers, checksums.

It is read from the published folders alone, so it can be made again at any time.
"""

import hashlib
from collections.abc import Iterable, Sequence
from pathlib import Path
from uuid import NAMESPACE_URL, uuid5

from lxml import etree

from engross.batch.listed import Listed, listed, relative
from engross.batch.opds import WIDTH, cover, cover_name, opds
from engross.batch.work import Account
from engross.disk import fs
from engross.read.xml import parse_xml
from engross.render.environment import Templates

ONIX = "http://ns.editeur.org/onix/3.1/reference"
ATOM = "application/atom+xml;profile=opds-catalog;kind=acquisition"
MAKERS = ("aut", "edt", "trl")
"""Whose names stand below a title: authors, editors, translators."""
SAID = ("title", "subtitle", "version", "date", "identifier", "language")


def write_catalogue(
    accounts: Iterable[Account], folder: Path, title: str = "Editions", *, drafts: bool = False
) -> int:
    """
    Write feeds, `onix.xml`, `index.html`, `SHA256SUMS` and what they show into a folder.

    A cover that is there already is kept, and one that nobody shows any more removed. Drafts are
    listed where `drafts` says so; how many were left out is given back.
    """
    found = sorted(listed(accounts), key=lambda one: one.manifest.edition)
    editions = [one for one in found if drafts or one.released]
    files = dict(opds(editions, folder, title))
    files |= _shown(editions, folder, title)
    if onix := _onix(editions):
        files["onix.xml"] = onix
    for one in editions:
        name = cover_name(one)
        kept = folder / name
        files[name] = kept.read_bytes() if kept.is_file() else cover(one)
    for old in (*folder.glob("covers/*.png"), *folder.glob("publications/*.json")):
        if old.relative_to(folder).as_posix() not in files:
            fs.remove_tree(old)
    sums = "".join(
        f"{hashlib.sha256(content).hexdigest()}  {name}\n"
        for name, content in sorted(files.items())
    )
    sums += "".join(
        f"{hashlib.sha256((one.folder / name).read_bytes()).hexdigest()}  "
        f"{relative(one.folder / name, folder)}\n"
        for one in editions
        for name, _ in one.files
    )
    for name, content in (files | {"SHA256SUMS": sums.encode()}).items():
        fs.put_file(folder / name, content)
    return len(found) - len(editions)


def _onix(editions: Sequence[Listed]) -> bytes:
    """One message with the products of all editions that have records; empty without any."""
    message = etree.fromstring(f'<ONIXMessage xmlns="{ONIX}" release="3.1"/>'.encode())
    header = None
    for one in editions:
        source = one.folder / "metadata" / "onix.xml"
        if not source.is_file():
            continue
        root = parse_xml(source.read_bytes())
        if header is None:
            header = root.find(f"{{{ONIX}}}Header")
            if header is not None:
                message.append(header)
        message.extend(root.findall(f"{{{ONIX}}}Product"))
    if not len(message):
        return b""
    return bytes(etree.tostring(message, xml_declaration=True, encoding="UTF-8"))


def _shown(editions: Sequence[Listed], folder: Path, title: str) -> dict[str, bytes]:
    """The page, and the feed of OPDS 1.2."""
    context = {
        "title": title,
        "id": f"urn:uuid:{uuid5(NAMESPACE_URL, 'engross catalogue ' + title)}",
        "updated": max((one.manifest.date for one in editions), default="1970-01-01"),
        "atom": ATOM,
        "width": WIDTH,
        "editions": [_row(one, folder) for one in editions],
    }
    templates = Templates({})
    return {
        name: str(templates.render(f"catalogue/{name}", context)).encode()
        for name in ("index.html", "opds.xml")
    }


def _row(one: Listed, folder: Path) -> dict[str, object]:
    manifest = one.manifest
    names = {role: [who.name for who in manifest.people if who.role == role] for role in MAKERS}
    return {
        **{name: getattr(manifest, name) for name in SAID},
        "cover": cover_name(one),
        "people": ", ".join(name for role in MAKERS for name in names[role]),
        "authors": next((some for some in names.values() if some), []),
        "files": [
            {"href": relative(one.folder / name, folder), "name": _short(name), "kind": kind}
            for name, kind in one.files
        ],
    }


def _short(name: str) -> str:
    """What a reader calls a file."""
    if name.endswith(".epub"):
        return "EPUB"
    return "reading PDF" if name.endswith("-screen.pdf") else "print PDF"
