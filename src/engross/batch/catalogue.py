"""
A catalogue of what is in dist: an OPDS 2.0 feed, an ONIX message, an index page, checksums.

It is read from the published folders alone, so it can be made again at any time.
"""

import hashlib
from collections.abc import Iterable, Sequence
from html import escape
from pathlib import Path

from lxml import etree

from engross.batch.listed import Listed, listed, relative
from engross.batch.opds import cover, cover_name, opds
from engross.batch.work import Account
from engross.disk import fs
from engross.read.xml import parse_xml

ONIX = "http://ns.editeur.org/onix/3.1/reference"
SEARCH = (
    "const q=document.getElementById('q');q.parentElement.hidden=false;"
    "q.addEventListener('input',()=>{const w=q.value.toLowerCase();"
    "for(const r of document.querySelectorAll('tbody tr'))"
    "r.hidden=!r.textContent.toLowerCase().includes(w)})"
)


def write_catalogue(accounts: Iterable[Account], folder: Path) -> None:
    """
    Write `opds.json`, `onix.xml`, `index.html`, `SHA256SUMS` and what they show into a folder.

    A cover that is there already is kept, and one that nobody shows any more removed.
    """
    editions = sorted(listed(accounts), key=lambda one: one.manifest.edition)
    files = dict(opds(editions, folder))
    files["index.html"] = _index(editions, folder)
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


def _index(editions: Sequence[Listed], folder: Path) -> bytes:
    rows = []
    for one in editions:
        links = ", ".join(
            f'<a href="{escape(relative(one.folder / name, folder))}">{escape(_short(name))}</a>'
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
