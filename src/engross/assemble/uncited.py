"""Sources that no text of the book cites."""

import re
from collections.abc import Iterator

from engross.catalog import finding
from engross.model.address import key_of
from engross.model.finding import Finding
from engross.parse.book import Book

CITED = re.compile(r"@([^\s,;\]]+)")


def uncited(book: Book) -> list[Finding]:
    """A warning for each source that stands alone."""
    if book.sources is None:
        return []
    cited = {key_of(key) for text in _texts(book) for key in CITED.findall(text)}
    return [
        finding(
            "R004",
            book.sources.place("sources", index, "id"),
            f"the source '{item.id}' is cited nowhere; it is printed all the same",
        )
        for index, item in enumerate(book.sources.value.sources)
        if item.id not in cited
    ]


def _texts(book: Book) -> Iterator[str]:
    """Everything in which `[@id]` may stand."""
    for prose in book.prose:
        yield prose.file.content.decode("utf-8", "replace")
    for document in book.documents:
        record, notes = document.record.value, document.notes.value
        yield record.headnote
        yield record.source_note
        yield from (note.text for note in notes.notes)
        yield from (reading.comment for reading in notes.readings)
    if book.persons:
        yield from (person.text for person in book.persons.value.persons)
    if book.chronology:
        yield from (event.text for event in book.chronology.value.events)
