"""The ledger's entries, each with its place in the file."""

from engross.model.finding import Place
from engross.parse.load import Parsed
from engross.schema.ledger import Correction, Ledger


def entries_of(ledger: Parsed[Ledger] | None) -> list[tuple[Correction, Place]]:
    """In the order of the file; none where a book has no ledger."""
    if ledger is None:
        return []
    return [
        (correction, ledger.place("corrections", index))
        for index, correction in enumerate(ledger.value.corrections)
    ]
