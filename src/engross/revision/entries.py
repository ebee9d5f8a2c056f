"""The ledger's entries, each with its place in the file."""

from collections.abc import Sequence, Set

from engross.ledger.entries import Entries, records_only
from engross.parse.load import Parsed
from engross.release.frozen import Release
from engross.schema.ledger import Ledger


def entries_of(ledger: Parsed[Ledger] | None) -> Entries:
    """In the order of the file; none where a book has no ledger."""
    if ledger is None:
        return Entries()
    return Entries(
        (correction, ledger.place("corrections", index))
        for index, correction in enumerate(ledger.value.corrections)
    )


def recorded_since(
    ledger: Parsed[Ledger] | None,
    release: Release,
    documents: Sequence[str],
    *,
    layout: bool = False,
) -> frozenset[str]:
    """
    Addresses of which the ledger says, since a release, that they came, went or changed as a whole.

    With `layout`, those whose layout changed. A document that stood then and stands now is one only
    if the archive issued it anew: its text is evidence, whatever an entry says of its place.
    """
    known = {entry.id for entry in release.record.ledger.corrections if entry.released_in}
    stays = {*documents} & {*release.record.documents}
    return frozenset(
        f"{entry.at.address}#{entry.at.block}" if entry.at.block else entry.at.address
        for entry, _ in entries_of(ledger)
        if entry.status == "verified"
        and entry.id not in known
        and records_only(entry)
        and (entry.kind == "typography") is layout
        and (layout or entry.renewed or entry.at.address not in stays)
    )


def covers(recorded: Set[str], address: str) -> bool:
    """
    Whether an entry records a change: by the address itself or by what it is part of.

    >>> covers({"manifest/people"}, "manifest/people/2/name"), covers({"manifest"}, "yamada/note/a")
    (True, False)
    >>> covers({"intro"}, "intro#p-003"), covers({"intro#p-003"}, "intro")
    (True, False)
    """
    text, _, block = address.partition("#")
    steps = text.split("/")
    parts = ["/".join(steps[:length]) for length in range(1, len(steps) + 1)]
    return not recorded.isdisjoint([*parts, f"{text}#{block}"])
