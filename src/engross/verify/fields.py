"""Fields that the ledger corrects: no other place of the book still says the old words."""

import re
from collections.abc import Iterator, Mapping

from engross.catalog import finding
from engross.language import Words
from engross.ledger.fields import strings
from engross.model.finding import Place
from engross.parse.book import Book
from engross.schema.base import Model
from engross.verify.plain import spaced
from engross.verify.report import Log
from engross.verify.said import Expected

LONG = 20
"""Characters from which on the same words elsewhere are the field's, and no accident."""
NUMBERS = frozenset({"fond", "opis", "delo"})
RECEIVED = ("/source/raw", "/title/archive", "/title/original")
"""Fields that repeat what the archive says."""
NAMED = re.compile(r"/(?:people|contributors|participants)/\d+/name$")


def prove_fields(book: Book, before: Mapping[str, str], expected: Expected, log: Log) -> None:
    """
    Look for the old words of corrected fields in other fields, prose, notes and registers.

    A number with its sign ("d. 596"), a person's name and any long text are the field's own and a
    fault; shorter words may mean something else and are told. The received text is not judged, nor
    places that the entry lists under `quoted`.

    Args:
        book: as corrected.
        before: what the fields said.
        expected: what they say now, and all texts.
        log: takes the check and findings.
    """
    after = expected.fields
    changed = [address for address in before if after.get(address) != before[address]]
    if not changed:
        return
    since = len(log.findings)
    entries = book.ledger.value.corrections if book.ledger else ()
    words = book.words
    said = {place: spaced(text) for place, text in _said(book, expected)}
    for address in changed:
        old, new = spaced(before[address]), spaced(after.get(address, ""))
        own = [entry for entry in entries if entry.at.address == address]
        quoted = {place for entry in own for place in entry.quoted}
        sure, maybe = _forms(address, old, words)
        for place, text in said.items():
            if place == address or place in quoted or old not in text:
                continue
            rest = text.replace(new, " ") if old in new else text
            message = f'{place} still says "{old}", {address} is now "{new}"'
            fix = f"correct {place} too; where it quotes, list it under quoted in the entry"
            if sure and re.search(sure, rest):
                log.fault("P021", message, fix)
            elif re.search(maybe, rest):
                log.findings.append(finding("P022", Place(log.subject), message, fix))
    log.check("fields", len(changed), "corrected fields", since)


def _forms(address: str, old: str, words: Words) -> tuple[str, str]:
    """What is surely the field's old value, and what may be it, as patterns."""
    key = address.rpartition("/")[2]
    maybe = rf"(?<!\w){re.escape(old)}(?!\w)"
    if key in NUMBERS:
        sign = re.escape(spaced(words.say(key, number="\0"))).replace("\0", re.escape(old))
        return rf"(?<!\w){sign}(?!\w)", maybe
    sure = len(old) >= LONG or (NAMED.search(address) and " " in old)
    return (maybe if sure else ""), maybe


def _said(book: Book, expected: Expected) -> Iterator[tuple[str, str]]:
    """Every place where editors' words stand, and its words."""
    for address, text in expected.fields.items():
        if not address.endswith(RECEIVED):
            yield address, text
    received = {f"{document.id}#" for document in book.documents}
    received |= {f"{document.id}/original#" for document in book.documents}
    received |= {
        f"{document.id}/note/{note.id}"
        for document in book.documents
        for note in document.body.notes
    }
    for address, said in expected.said.items():
        if address not in received and f"{address.partition('#')[0]}#" not in received:
            yield address, said.text
    for part in ("sources", "persons", "chronology", "abbreviations", "index"):
        register = getattr(book, part)
        if register is not None:
            yield from _rows(part, register.value)


def _rows(part: str, model: Model) -> Iterator[tuple[str, str]]:
    """The rows of a register with all their words, by address."""
    for rows in model.model_dump(mode="json").values():
        for number, row in enumerate(rows, 1):
            yield f"{part}/{row.get('id', number)}", " ".join(text for _, text in strings(row))
