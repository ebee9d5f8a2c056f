"""Calls, notes and backlinks: each leads to the other, and none is alone."""

from collections.abc import Iterator

from lxml import etree

from engross.catalog import finding
from engross.check.epub.opened import XHTML, Document, Opened, words
from engross.model.finding import Finding

MEND = "look at the template that prints notes; if it is ours, report it as a bug"


Spot = tuple[str, str]
"""File and id."""


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
    back = [book.resolve(document.name, link.get("href") or "") for link in _backlinks(note)]
    if back != calls:
        message = (
            f"the note '{identity}' leads back to {[one for _, one in back] or 'nothing'}, "
            f"its calls are {[one for _, one in calls]}"
        )
        yield finding("Q014", place, message, MEND)


def _by_role(document: Document, role: str) -> list[etree._Element]:
    return [element for element in document.root.iter() if element.get("role") == role]


def _backlinks(note: etree._Element) -> list[etree._Element]:
    return [link for link in note.iter(f"{XHTML}a") if link.get("role") == "doc-backlink"]
