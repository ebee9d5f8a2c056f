"""What an editor wants to know once an entry stands: where else the words are, and what follows."""

from collections.abc import Iterator

from engross.ledger.anchor import Span, locate
from engross.ledger.fields import BLOCK
from engross.parse.book import Book
from engross.parse.parse import parse
from engross.read import open_book
from engross.read.sources import Sources
from engross.revision.standing import stand
from engross.revision.texts import frozen_texts
from engross.schema.ledger import Correction

LISTED = 5
"""Places that are named one by one."""


def after(sources: Sources, entry: Correction) -> list[str]:
    """Other texts with the old words, notes that hang from them, the next version, the page."""
    fresh = open_book(sources.root)
    book = parse(fresh)
    lines = [*_elsewhere(book, entry), *_notes(book, entry)]
    state = stand(fresh, book)
    if state.proposal:
        lines.append(f"the next version is {state.proposal.version}: {state.proposal.words()}")
    if state.earlier and entry.at.block:
        newest = state.earlier[-1]
        pages, address = newest.pages.pages, entry.at.address
        if page := pages.get(f"{address}#{entry.at.block}") or pages.get(address):
            lines.append(f"it begins on p. {page} of version {newest.version}")
    return lines


def _elsewhere(book: Book, entry: Correction) -> Iterator[str]:
    own = entry.at.address, entry.at.block or BLOCK
    places = [
        f"{address} {block}"
        for address, blocks in frozen_texts(book).items()
        for block, text in blocks.items()
        if entry.at.exact and entry.at.exact in text and (address, block) != own
    ]
    if places:
        more = f" and {len(places) - LISTED} more" if len(places) > LISTED else ""
        yield f'"{entry.at.exact}" stands as well in {", ".join(places[:LISTED])}{more}'


def _notes(book: Book, entry: Correction) -> Iterator[str]:
    for document in book.documents:
        if document.id != entry.at.address or entry.read is None:
            continue
        there = locate(entry.at, document.texts)
        for note in document.notes.value.notes:
            span = locate(note.at, document.texts)
            if not (isinstance(span, Span) and isinstance(there, Span)):
                continue
            if span.block == there.block and span.start < there.end and there.start < span.end:
                yield f"the note {note.id} hangs from these words: read it again"
