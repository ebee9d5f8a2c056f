"""What was signed off, for exactly the words that are printed now, and what was not."""

import hashlib
from collections.abc import Mapping, Sequence

from engross.assemble.document import Woven
from engross.language import Words
from engross.model.text import leaves
from engross.parse.book import Book
from engross.schema.notes import SignOff

MANY = 12
"""Texts that are named one by one."""
KINDS = ("proofread", "checked-against-scan", "translation-reviewed", "heard-with-screen-reader")


def text_digests(woven: Sequence[Woven]) -> dict[str, str]:
    """SHA-256 of each text with its notes, as corrected: what a sign-off is bound to."""
    found = {}
    for text in woven:
        blocks = [*text.blocks, *(block for note in text.notes for block in note.blocks)]
        words = "".join(f"{leaf.text}\n" for leaf in leaves(tuple(blocks)))
        found[text.address] = hashlib.sha256(words.encode()).hexdigest()
    return found


def not_reviewed(
    book: Book, digests: Mapping[str, str], titles: Mapping[str, str], words: Words
) -> tuple[str, ...]:
    """
    A line for each kind of review, with the texts that nobody vouches for as they are now.

    A sign-off holds for the words that were read; a correction voids it for its own text only.
    """
    signed = book.signoffs.value.signoffs if book.signoffs else ()
    lines = []
    for kind in KINDS:
        missing = [
            _named(titles[address], kind, address, signed, words)
            for address in _wanted(book, kind)
            if not _holds(signed, kind, address, digests)
        ]
        if missing:
            texts = words.say("semicolon").join(missing)
            if len(missing) > MANY:
                texts = words.say("review-many", count=len(missing))
            lines.append(words.say(f"review-{kind}", texts=texts))
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


def _named(title: str, kind: str, address: str, signed: Sequence[SignOff], words: Words) -> str:
    """The title, and when an earlier text was signed off."""
    days = [row.on for row in signed if row.kind == kind and row.address == address]
    return words.say("changed-since", title=title, date=words.day(max(days))) if days else title
