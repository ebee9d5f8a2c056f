"""Calls, notes and backlinks: each leads to the other, and none is alone."""

from collections.abc import Iterator

from lxml import etree

from engross.catalog import finding
from engross.check.epub.opened import XHTML, Document, Opened, words
from engross.model.finding import Finding

MEND = "look at the template that prints notes; if it is ours, report it as a bug"


def check_notes(book: Opened) -> Iterator[Finding]:
    """Every call leads to a note of its own file, which leads back to every one of its calls."""
    for document in book.documents.values():
        yield from _document(book, document)


def _document(book: Opened, document: Document) -> Iterator[Finding]:
    calls = _by_role(document, "doc-noteref")
    notes = {note.get("id") or "": note for note in _by_role(document, "doc-footnote")}
    called: dict[str, list[str]] = {}
    for call in calls:
        target = (call.get("href") or "").removeprefix("#")
        called.setdefault(target, []).append(call.get("id") or "")
        if target not in notes:
            yield finding(
                "Q013",
                document.place(book.book, call),
                f"the note call '{words(call)}' leads to '{target}', which is no note of this file",
                MEND,
            )
    for identity, note in notes.items():
        if identity not in called:
            yield finding(
                "Q014",
                document.place(book.book, note),
                f"the note '{identity}' is called nowhere",
                MEND,
            )
            continue
        back = [(link.get("href") or "").removeprefix("#") for link in _backlinks(note)]
        if back != called[identity]:
            yield finding(
                "Q014",
                document.place(book.book, note),
                f"the note '{identity}' leads back to {back or 'nothing'}, "
                f"its calls are {called[identity]}",
                MEND,
            )


def _by_role(document: Document, role: str) -> list[etree._Element]:
    return [element for element in document.root.iter() if element.get("role") == role]


def _backlinks(note: etree._Element) -> list[etree._Element]:
    return [link for link in note.iter(f"{XHTML}a") if link.get("role") == "doc-backlink"]
