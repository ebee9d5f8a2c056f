"""Reading what is compared: a release by its number, a published folder, a book, an EPUB, a PDF."""

import hashlib
import io
import re
import zipfile
from collections.abc import Mapping
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from engross.assemble.printed import numbers_of
from engross.cache.store import Store
from engross.catalog import finding, stop
from engross.commands.book import FoundBook, shown
from engross.commands.release.recording import kept_texts, page_digests
from engross.make.web.search import own_words
from engross.model.finding import Place
from engross.parse.parse import parse
from engross.read import Sources, open_book
from engross.read.sources import open_folder
from engross.read.xml import parse_xml
from engross.release.compare import Side
from engross.revision.releases import read_release, released_versions
from engross.revision.texts import manifest_then, register_rows, registers_of, registers_then
from engross.schema.base import Model
from engross.verify.pdf import destinations, page_labels
from engross.workshop.assembled import assembled
from engross.workshop.printers import foldings

RELEASE = re.compile(r"[1-9]\d*\.\d+")


def read_side(given: str, found: FoundBook) -> tuple[Side, bytes | None]:
    """
    What a word of the command line means, and the pages to show where there are any.

    Raises:
        EngrossError: it is no release of the book, no folder and no file that can be read.
    """
    path = _place(given, found)
    if RELEASE.fullmatch(given) and not Path(given).exists():
        return _of_release(given, found, path)
    if path.is_dir() and (path / "evidence/manifest.yaml").is_file():
        return _of_folder(path)
    if path.is_dir() and (path / "manifest.yaml").is_file():
        return _of_book(path, shown(path)), None
    if path.suffix in {".epub", ".pdf"} and path.exists():
        content = open_folder(path.parent).need(path.name).content
        if path.suffix == ".epub":
            return _of_epub(path, content), None
        return _with_pages(Side(shown(path), texts=_page_texts(content)), content), content
    message = f"'{given}' is no release of this book, no folder and no EPUB or PDF"
    fix = "name two of them: engross diff 1.0 1.1, engross diff 1.0 current"
    raise stop([finding("C003", Place(), message, fix)])


def weight(given: str, found: FoundBook) -> int:
    """The bytes of the file that is meant, or of those that lie in the folder."""
    path = _place(given, found)
    files = list(path.iterdir()) if path.is_dir() else [path]
    return sum(file.stat().st_size for file in files if file.is_file())


def _place(given: str, found: FoundBook) -> Path:
    path = Path(given)
    if (RELEASE.fullmatch(given) or given in {"current", "draft"}) and not path.exists():
        return next(iter(sorted(found.dist.glob(f"*/{given}"))), path)
    return path


def _of_release(version: str, found: FoundBook, folder: Path) -> tuple[Side, bytes | None]:
    sources = open_folder(found.folder)
    versions = released_versions(sources)
    if version not in versions:
        known = ", ".join(versions) or "none"
        message = f"version {version} was not released; released: {known}"
        raise stop([finding("C003", Place(), message, "name one of them, or a folder")])
    release = read_release(sources, version)
    record = release.record
    pdf = _pdf(folder) if folder.is_dir() else None
    labels = _labels(pdf) if pdf else tuple(str(n + 1) for n in range(release.pages.count))
    manifest = manifest_then(release)
    side = Side(
        version,
        release.texts,
        _rows(registers_then(release)),
        version,
        release.numbers,
        release.pages.pages,
        labels,
        release.pages.digests,
        foldings(manifest, sources) if manifest else (),
        {row.path: row.sha256 for row in record.outputs if row.kind != "evidence"},
    )
    return side, pdf


def _of_folder(path: Path) -> tuple[Side, bytes | None]:
    side = _of_book(path / "evidence", shown(path))
    lines = open_folder(path).need("SHA256SUMS").content.decode("utf-8", "replace").splitlines()
    files = {
        line[66:]: line[:64]
        for line in lines
        if not line[66:].startswith("evidence/") and line[66:] != "receipt.json"
    }
    pdf = _pdf(path)
    known = replace(side, files=files)
    return (_with_pages(known, pdf), pdf) if pdf else (known, None)


def _of_book(folder: Path, name: str) -> Side:
    sources = open_book(folder)
    state = assembled(sources, Store(None), _unrecorded(sources))
    edition, book = state.edition, state.standing.book
    texts = kept_texts(edition, book)
    return Side(
        name,
        # Spaces as a release keeps them, so that a release and its folder do not differ.
        {key: " ".join(text.split()) for rows in texts.values() for key, text in rows.items()},
        _rows(registers_of(book)),
        edition.manifest.version,
        numbers_of(edition),
        foldings=foldings(edition.manifest, sources),
    )


def _unrecorded(sources: Sources) -> str:
    """The version of a published folder, which has no record of it: its ledger says so."""
    book = parse(sources)
    version = book.manifest.value.version
    there = sources.exists(f"releases/{version}/record.json")
    return version if version in book.days and not there else ""


def _of_epub(path: Path, content: bytes) -> Side:
    texts: dict[str, str] = {}
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for name in archive.namelist():
            if not name.endswith(".xhtml"):
                continue
            root = parse_xml(archive.read(name))
            for element in root.iter():
                if address := element.get("data-address"):
                    texts[address] = own_words(element)
    return Side(shown(path), texts, files={path.name: hashlib.sha256(content).hexdigest()})


def _rows(registers: Mapping[str, Model]) -> dict[str, dict[str, object]]:
    return {name: register_rows(register) for name, register in registers.items()}


def _pdf(folder: Path) -> bytes | None:
    """The reference pagination: the first print file, else the reading PDF."""
    for pattern in ("*-print-*.pdf", "*-screen.pdf"):
        for path in sorted(folder.glob(pattern)):
            return open_folder(folder).need(path.name).content
    return None


def _with_pages(side: Side, pdf: bytes) -> Side:
    """With the page of each address, in the order of the pages."""
    import pikepdf

    labels = _labels(pdf)
    with pikepdf.open(io.BytesIO(pdf)) as document:
        order = {page.obj.objgen: index for index, page in enumerate(document.pages)}
        goals = {name: order.get(goal[0].objgen) for name, goal in destinations(document).items()}
    places = sorted((index, name) for name, index in goals.items() if index is not None)
    pages = {name: labels[index] for index, name in places}
    return replace(side, pages=pages, labels=labels, digests=page_digests(pdf))


def _labels(pdf: bytes) -> tuple[str, ...]:
    import pikepdf

    with pikepdf.open(io.BytesIO(pdf)) as document:
        return page_labels(document)


def _page_texts(pdf: bytes) -> dict[str, str]:
    """A PDF alone has no addresses: its pages are compared as they are read back."""
    import pypdfium2

    with closing(pypdfium2.PdfDocument(pdf)) as document:
        return {
            f"page {index + 1}": " ".join(page.get_textpage().get_text_bounded().split())
            for index, page in enumerate(document)
        }
