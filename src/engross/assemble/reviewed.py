"""What was signed off, for exactly the words that are printed now, and what was not."""

import hashlib
from collections.abc import Mapping, Sequence

from engross.assemble.citation import written_date
from engross.assemble.document import Woven
from engross.model.text import leaves
from engross.parse.book import Book
from engross.schema.signoffs import SignOff

MANY = 12
"""Texts that are named one by one."""
WORDS = {
    "proofread": "Not proofread",
    "checked-against-scan": "Not checked against the scan",
    "translation-reviewed": "Translation not reviewed against the original",
    "heard-with-screen-reader": "Not heard with a screen reader",
}


def text_digests(woven: Sequence[Woven]) -> dict[str, str]:
    """SHA-256 of each text with its notes, as corrected: what a sign-off is bound to."""
    found = {}
    for text in woven:
        blocks = [*text.blocks, *(block for note in text.notes for block in note.blocks)]
        words = "".join(f"{leaf.text}\n" for leaf in leaves(tuple(blocks)))
        found[text.address] = hashlib.sha256(words.encode()).hexdigest()
    return found


def not_reviewed(
    book: Book, digests: Mapping[str, str], titles: Mapping[str, str]
) -> tuple[str, ...]:
    """
    A line for each kind of review, with the texts that nobody vouches for as they are now.

    A sign-off holds for the words that were read; a correction voids it for its own text only.
    """
    signed = book.signoffs.value.signoffs if book.signoffs else ()
    lines = []
    for kind, words in WORDS.items():
        missing = [
            _named(titles[address], kind, address, signed)
            for address in _wanted(book, kind)
            if not _holds(signed, kind, address, digests)
        ]
        if len(missing) > MANY:
            lines.append(f"{words}: {len(missing)} texts.")
        elif missing:
            lines.append(f"{words}: {'; '.join(missing)}.")
    return tuple(lines)


def _wanted(book: Book, kind: str) -> list[str]:
    """The texts for which a kind of review has a meaning."""
    documents = [document.id for document in book.documents]
    if kind == "checked-against-scan":
        return documents
    if kind == "translation-reviewed":
        return [
            document.id
            for document in book.documents
            if document.record.value.source_language
            and document.record.value.source_language != document.record.value.language
        ]
    return [*(prose.section.id for prose in book.prose), *documents]


def _holds(signed: Sequence[SignOff], kind: str, address: str, digests: Mapping[str, str]) -> bool:
    return any(
        row.kind == kind and row.address == address and row.sha256 == digests[address]
        for row in signed
    )


def _named(title: str, kind: str, address: str, signed: Sequence[SignOff]) -> str:
    """The title, and when an earlier text was signed off."""
    days = [row.on for row in signed if row.kind == kind and row.address == address]
    return f"{title} (changed since {written_date(max(days))})" if days else title
