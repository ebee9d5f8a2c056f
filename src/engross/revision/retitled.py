"""Titles follow the headings that they were read from, when the ledger corrects one."""

from dataclasses import replace

from engross.ledger.edits import corrected, place_corrections
from engross.ledger.entries import Entries
from engross.model.text import leaves
from engross.parse.book import Book, DocumentSource, ProseSource


def retitle(book: Book, entries: Entries) -> Book:
    """
    The book whose contents, running heads and citations name corrected headings.

    The texts stay as they were received. A title that an editor gave in the manifest stands.
    """
    named = {entry.at.address for entry, _ in entries}
    return replace(
        book,
        documents=tuple(
            _document(one, entries) if one.heading and one.id in named else one
            for one in book.documents
        ),
        prose=tuple(_prose(one, entries) if one.section.id in named else one for one in book.prose),
    )


def _document(document: DocumentSource, entries: Entries) -> DocumentSource:
    old = document.texts[document.heading]
    new = _corrected(document.id, document.texts, document.heading, entries)
    title = document.record.value.title
    changed = title.model_copy(
        update={
            "supplied": retitled(title.supplied, old, new),
            "short": retitled(title.short, old, new) if title.short else "",
        }
    )
    value = document.record.value.model_copy(update={"title": changed})
    return replace(document, record=replace(document.record, value=value))


def _prose(prose: ProseSource, entries: Entries) -> ProseSource:
    first = next(iter(leaves(prose.body.blocks)), None)
    if first is None or first.role != "heading":
        return prose
    new = _corrected(prose.section.id, prose.texts, first.id, entries)
    if new == first.text:
        return prose
    title = retitled(prose.section.title or first.text, first.text, new)
    return replace(prose, section=prose.section.model_copy(update={"title": title}))


def _corrected(address: str, texts: dict[str, str], block: str, entries: Entries) -> str:
    return corrected(texts, place_corrections(address, texts, entries).edits).get(block, "")


def retitled(title: str, old: str, new: str) -> str:
    """
    A title that was read from a heading, as the heading reads now.

    What the title leaves out, such as a document's number, it leaves out again. A title in other
    words than the heading's is an editor's and stays.

    >>> retitled("Leter From Alpha", "1. Leter From Alpha", "1. Letter From Alpha")
    'Letter From Alpha'
    >>> retitled("On Visas", "Record of a Talk", "Record of Talks")
    'On Visas'
    """
    heading, now = " ".join(old.split()), " ".join(new.split())
    before, found, after = heading.partition(title)
    if not found or not title:
        return title
    return now.removeprefix(before).removesuffix(after).strip() or title
