"""Which entry of a ledger a change between two states goes back to."""

from collections.abc import Sequence
from dataclasses import replace

from engross.ledger.entries import superseded
from engross.release.errata import Erratum, Units
from engross.release.words import replaced
from engross.schema.ledger import Correction


def standing(entries: Sequence[Correction]) -> dict[str, Correction]:
    """The entries that hold: verified, and none has taken their place."""
    gone = superseded(entries)
    return {one.id: one for one in entries if one.status == "verified" and one.id not in gone}


def cause(row: Erratum, now: Sequence[Correction], then: Sequence[Correction]) -> Correction | None:
    """
    The entry that came to hold between the two states, or ceased to: best the one of these words.

    None where no entry tells of the place, as in a new edition.
    """
    held, holds = standing(then), standing(now)
    here = [one for one in now if (one.id in held) != (one.id in holds) and _there(one, row)]
    for some in (
        [one for one in here if one.id in holds and explains(one, row)],
        [one for one in here if one.id in holds],
        here,
    ):
        if some:
            return some[-1]
    return None


def explains(entry: Correction, row: Erratum) -> bool:
    """Whether the change is that of the entry's own words, and not of others at its place."""
    if entry.join or row.joined:
        return bool(entry.join) and row.joined
    if entry.read is None:
        return entry.at.address == row.unit
    own = {(one.old.strip(), one.new.strip()) for one in replaced(entry.at.exact, entry.read)}
    return set(row.bare) <= own


def worded(row: Erratum, entry: Correction | None, then: Units) -> Erratum:
    """The change in the entry's own words, where these are what stood there and mean one place."""
    text = then.get(row.unit, {}).get(row.address, "")
    if entry is None or not entry.read or not entry.at.exact or not explains(entry, row):
        return row
    if text.count(entry.at.exact) != 1:
        return row
    return replace(row, old=entry.at.exact, new=entry.read)


def _there(entry: Correction, row: Erratum) -> bool:
    if entry.at.address not in {row.unit, row.unit.partition("/")[0]}:
        return False
    return entry.at.address != row.unit or not entry.at.block or _block(row) in {"", entry.at.block}


def _block(row: Erratum) -> str:
    return row.address.partition("#")[2]
