"""The proof that nothing published holds words or pictures that were taken down."""

import hashlib
import html
import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import closing

import pikepdf

from engross.catalog import finding
from engross.ledger.sealed import Sealed
from engross.model.finding import Place
from engross.verify.report import Log

PARTED = re.compile(r"[\u2010\u00ad]\s*")
"""A word that is divided at the end of a line."""


def prove_sealed(files: Mapping[str, bytes], sealed: Sealed, log: Log) -> None:
    """Look through each file, and through what lies in it; the message never says the words."""
    for name, content in sorted(files.items()):
        for inside, body in unpacked(name, content):
            if hashlib.sha256(body).hexdigest() in sealed.pictures:
                message = f"{inside} is a picture that was taken down"
                log.findings.append(finding("P027", Place(log.subject), message))
            count = max(len(sealed.stretches(text)) for text in said_in(inside, body))
            if count:
                times = "a place" if count == 1 else f"{count} places"
                message = f"{inside} holds words that were taken down, in {times}"
                log.findings.append(finding("P027", Place(log.subject), message))
    log.check("taken down", len(files), "files", 0)


def unpacked(name: str, content: bytes) -> Iterator[tuple[str, bytes]]:
    """A file, and each that lies in it: of an EPUB or another archive, attached to a PDF."""
    yield name, content
    if content.startswith(b"PK\x03\x04"):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for one in archive.namelist():
                yield from unpacked(f"{name}, {one}", archive.read(one))
    elif content.startswith(b"%PDF"):
        with pikepdf.open(io.BytesIO(content)) as pdf:
            for key, attached in pdf.attachments.items():
                yield from unpacked(f"{name}, {key}", attached.get_file().read_bytes())


def said_in(name: str, content: bytes) -> Iterator[str]:
    """What a file says, in the ways in which it may be read."""
    if content.startswith(b"%PDF"):
        yield _pages(content)
        yield "\n".join(_strings(content))
        return
    text = content.decode("utf-8", "replace")
    if name.endswith((".json", ".jsonld")):
        text = re.sub(r"\\[nrt]", " ", text)
    yield text
    if "<" in text:
        yield html.unescape(re.sub(r"<[^>]*>", " ", text))
        yield html.unescape(re.sub(r"<[^>]*>", "", text))


def _pages(content: bytes) -> str:
    import pypdfium2

    with closing(pypdfium2.PdfDocument(content)) as document:
        pages = [page.get_textpage().get_text_range() for page in document]
    return PARTED.sub("", "\n".join(pages)).replace("\ufffe", "-")


def _strings(content: bytes) -> Iterator[str]:
    """Every text of a PDF beside its pages: titles, tags, alternatives, metadata."""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        for one in pdf.objects:
            if isinstance(one, pikepdf.Stream) and one.get("/Type") == "/Metadata":
                yield one.read_bytes().decode("utf-8", "replace")
            rows = one.values() if isinstance(one, pikepdf.Dictionary) else ()
            yield from (str(value) for value in rows if isinstance(value, pikepdf.String))
