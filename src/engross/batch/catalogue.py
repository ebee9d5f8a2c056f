"""
A catalogue of what is in dist: an OPDS 2.0 feed, an ONIX message, an index page, checksums.

It is read from the published folders alone, so it can be made again at any time.
"""

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any

from lxml import etree

from engross.batch.work import Account
from engross.model.source import SourceFile
from engross.parse.load import Parsed, load
from engross.schema.manifest import Manifest

TYPES = {".epub": "application/epub+zip", ".pdf": "application/pdf"}
ONIX = "http://ns.editeur.org/onix/3.1/reference"
SEARCH = (
    "const q=document.getElementById('q');q.parentElement.hidden=false;"
    "q.addEventListener('input',()=>{const w=q.value.toLowerCase();"
    "for(const r of document.querySelectorAll('tbody tr'))"
    "r.hidden=!r.textContent.toLowerCase().includes(w)})"
)


@dataclass(frozen=True, slots=True)
class Listed:
    """An edition in dist."""

    manifest: Manifest
    folder: Path
    files: tuple[tuple[str, str], ...]
    """Name and media type of each file that a reader opens."""


def write_catalogue(accounts: Iterable[Account], folder: Path) -> None:
    """Write `opds.json`, `onix.xml`, `index.html` and `SHA256SUMS` into a folder."""
    editions = sorted(_listed(accounts), key=lambda one: one.manifest.edition)
    files = {
        "opds.json": _opds(editions, folder),
        "index.html": _index(editions, folder),
    }
    if onix := _onix(editions):
        files["onix.xml"] = onix
    sums = "".join(
        f"{hashlib.sha256(content).hexdigest()}  {name}\n"
        for name, content in sorted(files.items())
    )
    sums += "".join(
        f"{hashlib.sha256((one.folder / name).read_bytes()).hexdigest()}  "
        f"{_path(one.folder / name, folder)}\n"
        for one in editions
        for name, _ in one.files
    )
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in (files | {"SHA256SUMS": sums.encode()}).items():
        (folder / name).write_bytes(content)


def _listed(accounts: Iterable[Account]) -> Iterable[Listed]:
    for account in accounts:
        folder = Path(account.published)
        source = folder / "evidence" / "manifest.yaml"
        if not account.whole or not source.is_file():
            continue
        parsed = load(Manifest, SourceFile.of("manifest.yaml", source.read_bytes()))
        if isinstance(parsed, Parsed):
            files = tuple(
                (path.name, TYPES[path.suffix])
                for path in sorted(folder.iterdir())
                if path.suffix in TYPES
            )
            yield Listed(parsed.value, folder, files)


def _opds(editions: Sequence[Listed], folder: Path) -> bytes:
    newest = max((one.manifest.date for one in editions), default="")
    feed: dict[str, Any] = {
        "metadata": {"title": "Editions", "numberOfItems": len(editions)},
        "links": [{"rel": "self", "href": "opds.json", "type": "application/opds+json"}],
        "publications": [_publication(one, folder) for one in editions],
    }
    if newest:
        feed["metadata"]["modified"] = f"{newest}T00:00:00Z"
    return (json.dumps(feed, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()


def _publication(one: Listed, folder: Path) -> dict[str, Any]:
    manifest = one.manifest
    metadata: dict[str, Any] = {
        "@type": "http://schema.org/Book",
        "identifier": manifest.identifier,
        "title": manifest.title,
        "language": manifest.language,
        "modified": f"{manifest.date}T00:00:00Z",
    }
    if manifest.subtitle:
        metadata["subtitle"] = manifest.subtitle
    if manifest.description:
        metadata["description"] = manifest.description
    for role, key in (("aut", "author"), ("edt", "editor"), ("trl", "translator")):
        names = [person.name for person in manifest.people if person.role == role]
        if names:
            metadata[key] = names
    if manifest.subjects:
        metadata["subject"] = list(manifest.subjects)
    return {
        "metadata": metadata,
        "links": [
            {
                "rel": "http://opds-spec.org/acquisition/open-access",
                "href": _path(one.folder / name, folder),
                "type": kind,
            }
            for name, kind in one.files
        ],
    }


def _onix(editions: Sequence[Listed]) -> bytes:
    """One message with the products of all editions that have records; empty without any."""
    message = etree.fromstring(f'<ONIXMessage xmlns="{ONIX}" release="3.1"/>'.encode())
    header = None
    for one in editions:
        source = one.folder / "metadata" / "onix.xml"
        if not source.is_file():
            continue
        parser = etree.XMLParser(resolve_entities=False, no_network=True)
        root = etree.fromstring(source.read_bytes(), parser)
        if header is None:
            header = root.find(f"{{{ONIX}}}Header")
            if header is not None:
                message.append(header)
        message.extend(root.findall(f"{{{ONIX}}}Product"))
    if not len(message):
        return b""
    return bytes(etree.tostring(message, xml_declaration=True, encoding="UTF-8"))


def _index(editions: Sequence[Listed], folder: Path) -> bytes:
    rows = []
    for one in editions:
        links = ", ".join(
            f'<a href="{escape(_path(one.folder / name, folder))}">{escape(_short(name))}</a>'
            for name, _ in one.files
        )
        title = escape(one.manifest.title)
        subtitle = f"<br>{escape(one.manifest.subtitle)}" if one.manifest.subtitle else ""
        rows.append(
            f'<tr><th scope="row">{title}{subtitle}</th><td>{escape(one.manifest.version)}</td>'
            f"<td>{escape(one.manifest.date)}</td><td>{links}</td></tr>"
        )
    page = f"""<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>Editions</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<style>body{{font:1rem/1.5 serif;max-width:60rem;margin:2rem auto;padding:0 1rem}}
table{{border-collapse:collapse;width:100%}}th,td{{text-align:left;vertical-align:top;
padding:.4rem .6rem;border-bottom:1px solid #999}}th[scope=row]{{font-weight:normal}}</style>
</head><body><h1>Editions</h1>
<p hidden><label>Search <input id="q" type="search"></label></p>
<table><thead><tr><th scope="col">Title</th><th scope="col">Version</th><th scope="col">Date</th>
<th scope="col">Files</th></tr></thead><tbody>
{chr(10).join(rows)}
</tbody></table><script>{SEARCH}</script></body></html>
"""
    return page.encode()


def _short(name: str) -> str:
    """What a reader calls a file."""
    if name.endswith(".epub"):
        return "EPUB"
    return "reading PDF" if name.endswith("-screen.pdf") else "print PDF"


def _path(target: Path, folder: Path) -> str:
    """From the catalogue's folder to a file, POSIX; links to `current` stay as they are."""
    import os

    return Path(os.path.relpath(target.absolute(), folder.absolute())).as_posix()
