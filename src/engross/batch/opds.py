"""The catalogue as OPDS 2.0: a feed of publications, each also a file of its own, with pictures."""

import io
import json
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

from engross.batch.listed import Listed, relative

FEED = "application/opds+json"
PUBLICATION = "application/opds-publication+json"
OPEN = "http://opds-spec.org/acquisition/open-access"
PAGE = 1000
"""Publications in one file of the feed; the next file is linked."""
WIDTH = 320
"""Pixels of a cover's picture."""


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
        yield _page(number), _bytes(feed)
    for one in editions:
        place = f"publications/{one.manifest.edition}.json"
        yield place, _bytes(_publication(one, folder, "../"))


def _page(number: int) -> str:
    return "opds.json" if number == 1 else f"opds-{number}.json"


def _bytes(value: dict[str, Any]) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()


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
