"""Each file for itself: language, title, headings, pictures."""

import io
from collections.abc import Iterator

from lxml import etree

from engross.catalog import finding
from engross.check.epub.opened import XHTML, XML_LANG, Document, Opened, words
from engross.model.finding import Finding, Place

MEND = "look at the template that prints notes; if it is ours, report it"


Spot = tuple[str, str]
"""File and id."""


MOST_PIXELS = 4_000_000
"""Shops refuse larger pictures inside a book."""
MOST_BYTES = 5 * 1024 * 1024
LONGEST = 260_000
"""Bytes of a file of the text; sections are cut at 250,000, a little more does no harm."""
LEVELS = {f"{XHTML}h{level}": level for level in range(1, 7)}


def check_content(book: Opened) -> Iterator[Finding]:
    """Language and title in each file, headings without a jump, words for each picture."""
    levels: dict[str, int] = {}
    """Level of the last heading of each section, which its next piece goes on from."""
    for document in dict.fromkeys((*book.spine, *book.documents.values())):
        yield from _language(book, document)
        yield from _headings(book, document, levels)
        yield from _length(book, document)
        for picture in document.elements("img"):
            if picture.get("alt") is None:
                yield finding(
                    "Q021",
                    document.place(book.book, picture),
                    f"the picture '{picture.get('src')}' has no words for those who cannot see it",
                )
    for item in book.items():
        if (item.get("media-type") or "").startswith("image/"):
            yield from _picture(book, book.item_name(item))


def _language(book: Opened, document: Document) -> Iterator[Finding]:
    root = document.root
    if not root.get("lang") or root.get("lang") != root.get(XML_LANG):
        message = "the file does not say its language in lang and xml:lang alike"
        fix = "give it a title; else report it"
        yield finding("Q019", document.place(book.book), message, fix)
    for element in root.iter():
        if element.get("lang") != element.get(XML_LANG):
            message = (
                f"an element has lang '{element.get('lang')}' and xml:lang "
                f"'{element.get(XML_LANG)}'"
            )
            fix = "give both the same value in the template"
            yield finding("Q019", document.place(book.book, element), message, fix)
    title = next(document.elements("title"), None)
    if title is None or not (title.text or "").strip():
        yield finding(
            "Q019", document.place(book.book), "the file has no title", "title it; else report it"
        )


def _headings(book: Opened, document: Document, levels: dict[str, int]) -> Iterator[Finding]:
    last = levels.get(document.section, 0)
    for element in document.root.iter():
        level = LEVELS.get(str(element.tag), 0)
        if not level:
            continue
        if level > last + 1:
            yield finding(
                "Q020",
                document.place(book.book, element),
                f"the heading '{words(element)}' is of level {level}, "
                f"the one before it of level {last}",
            )
        last = level
    levels[document.section] = last


def _length(book: Opened, document: Document) -> Iterator[Finding]:
    count = len(book.files[document.name])
    if count > LONGEST:
        yield finding(
            "Q023",
            document.place(book.book),
            f"the file has {count} bytes, more than {LONGEST}: it holds a block that cannot be cut",
        )


def _picture(book: Opened, name: str) -> Iterator[Finding]:
    content = book.files.get(name, b"")
    place = Place(f"{book.book}/{name}")
    if len(content) > MOST_BYTES:
        yield _large(place, f"has {len(content)} bytes, more than {MOST_BYTES}")
    if not name.endswith(".svg"):
        from PIL import Image

        try:
            with Image.open(io.BytesIO(content)) as image:
                width, height = image.size
                mode = image.mode
        except (OSError, ValueError, Image.DecompressionBombError):
            yield _large(place, "cannot be read")
            return
        if width * height > MOST_PIXELS:
            yield _large(place, f"has {width} × {height} pixels, more than four million")
        if mode == "CMYK":
            yield _large(place, "is separated for print (CMYK)")


def _large(place: Place, what: str) -> Finding:
    return finding("Q022", place, f"the picture {what}")


def check_notes(book: Opened) -> Iterator[Finding]:
    """Every call leads to a note of its section, in the file that calls it first, and back."""
    notes: dict[Spot, tuple[Document, etree._Element]] = {}
    for document in book.documents.values():
        for note in _by_role(document, "doc-footnote"):
            notes[document.name, note.get("id") or ""] = document, note
    called: dict[Spot, list[Spot]] = {}
    for document in dict.fromkeys((*book.spine, *book.documents.values())):
        for call in _by_role(document, "doc-noteref"):
            target = book.resolve(document.name, call.get("href") or "")
            known = called.setdefault(target, [])
            known.append((document.name, call.get("id") or ""))
            if target not in notes or known[0][0] != target[0]:
                message = (
                    f"the note call '{words(call)}' leads to '{target[1]}', "
                    "which is no note of this file"
                )
                yield finding("Q013", document.place(book.book, call), message, MEND)
    for spot, (document, note) in notes.items():
        yield from _note(book, document, note, called.get(spot, []))


def _note(
    book: Opened, document: Document, note: etree._Element, calls: list[Spot]
) -> Iterator[Finding]:
    place, identity = document.place(book.book, note), note.get("id") or ""
    if not calls:
        yield finding("Q014", place, f"the note '{identity}' is called nowhere", MEND)
        return
    links = [link for link in note.iter("{*}a") if link.get("role") == "doc-backlink"]
    back = [book.resolve(document.name, link.get("href") or "") for link in links]
    if back != calls:
        message = (
            f"the note '{identity}' leads back to {[one for _, one in back] or 'nothing'}, "
            f"its calls are {[one for _, one in calls]}"
        )
        yield finding("Q014", place, message, MEND)


def _by_role(document: Document, role: str) -> list[etree._Element]:
    return [element for element in document.root.iter() if element.get("role") == role]
