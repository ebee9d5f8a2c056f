"""
A catalogue of what is in dist: OPDS 2.0 and 1.2, an ONIX message, a page of covers, checksums.

It is read from the published folders alone, so it can be made again at any time.
"""

import hashlib
import io
import json
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from lxml import etree

from engross.batch.listed import Listed, listed, relative
from engross.batch.work import Account
from engross.disk import fs
from engross.make.records.linked import as_bytes
from engross.read.xml import parse_xml
from engross.render.environment import Templates

FEED = "application/opds+json"
PUBLICATION = "application/opds-publication+json"
OPEN = "http://opds-spec.org/acquisition/open-access"
PAGE = 1000
"""Publications in one file of the feed; the next file is linked."""
WIDTH = 320
"""Pixels of a cover's picture."""


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


def opds(editions: Sequence[Listed], folder: Path, title: str) -> Iterator[tuple[str, bytes]]:
    """The files of the feed, by name in the catalogue's folder."""
    pages = max((len(editions) + PAGE - 1) // PAGE, 1)
    for number in range(1, pages + 1):
        some = editions[(number - 1) * PAGE : number * PAGE]
        feed: dict[str, Any] = {
            "metadata": {
                "title": title,
                "numberOfItems": len(editions),
                "itemsPerPage": PAGE,
                "currentPage": number,
            },
            "links": [{"rel": "self", "href": _page(number), "type": FEED}],
            "publications": [_publication(one, folder, "") for one in some],
        }
        if newest := max((one.manifest.date for one in some), default=""):
            feed["metadata"]["modified"] = f"{newest}T00:00:00Z"
        for rel, other in (("previous", number - 1), ("next", number + 1)):
            if 1 <= other <= pages:
                feed["links"].append({"rel": rel, "href": _page(other), "type": FEED})
        yield _page(number), as_bytes(feed)
    for one in editions:
        place = f"publications/{one.manifest.edition}.json"
        yield place, as_bytes(_publication(one, folder, "../"))


def _page(number: int) -> str:
    return "opds.json" if number == 1 else f"opds-{number}.json"


def _publication(one: Listed, folder: Path, up: str) -> dict[str, Any]:
    """One entry; `up` leads from the file that it stands in to the catalogue's folder."""
    slug = one.manifest.edition
    links = [{"rel": "self", "href": f"{up}publications/{slug}.json", "type": PUBLICATION}]
    links += [
        {"rel": OPEN, "href": f"{up}{relative(one.folder / name, folder)}", "type": kind}
        for name, kind in one.files
    ]
    return {
        "metadata": _recorded(one) or _metadata(one),
        "links": links,
        "images": [{"href": f"{up}{cover_name(one)}", "type": "image/png", "width": WIDTH}],
    }


def _recorded(one: Listed) -> dict[str, Any] | None:
    """What the edition's own records say of it, where it has records."""
    try:
        feed = json.loads((one.folder / "metadata" / "opds.json").read_bytes())
        found = feed["publications"][0]["metadata"]
    except (OSError, ValueError, KeyError, IndexError, TypeError):
        return None
    return found if isinstance(found, dict) else None


def _metadata(one: Listed) -> dict[str, Any]:
    manifest = one.manifest
    said: dict[str, Any] = {
        "@type": "http://schema.org/Book",
        "identifier": manifest.identifier,
        "title": manifest.title,
        "subtitle": manifest.subtitle,
        "language": manifest.language,
        "modified": f"{manifest.date}T00:00:00Z",
        "description": manifest.description,
        "subject": list(manifest.subjects),
    }
    for role, key in (("aut", "author"), ("edt", "editor"), ("trl", "translator")):
        said[key] = [person.name for person in manifest.people if person.role == role]
    return {key: value for key, value in said.items() if value}


def cover_name(one: Listed) -> str:
    """Where the picture of an edition stands in the catalogue; new bytes have a new name."""
    return f"covers/{one.manifest.edition}-{one.digest[:12]}.png"


def cover(one: Listed) -> bytes:
    """The EPUB's cover, small; without an EPUB the first page of a PDF."""
    from PIL import Image

    names = [name for name, _ in one.files]
    epub = next((name for name in names if name.endswith(".epub")), "")
    if epub and (content := _drawn(one.folder / epub)):
        picture = Image.open(io.BytesIO(content)).convert("RGB")
    else:
        picture = _first_page(one.folder / names[0])
    height = round(picture.height * WIDTH / picture.width)
    target = io.BytesIO()
    picture.resize((WIDTH, height)).quantize(64).save(target, "PNG", optimize=True)
    return target.getvalue()


def _drawn(epub: Path) -> bytes:
    with zipfile.ZipFile(epub) as archive:
        found = [name for name in archive.namelist() if name.endswith(("/cover.png", "/cover.jpg"))]
        return archive.read(found[0]) if found else b""


def _first_page(pdf: Path) -> Any:
    import pypdfium2

    with closing(pypdfium2.PdfDocument(pdf)) as document:
        return document[0].render(scale=1).to_pil().convert("RGB")
