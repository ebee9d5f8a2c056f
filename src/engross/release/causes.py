"""Which entry of a ledger a change between two states goes back to."""

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, replace

from engross.ledger.anchor import straight
from engross.ledger.entries import records_only, superseded
from engross.ledger.fields import is_line
from engross.release.errata import Erratum, Units, errata
from engross.release.words import replaced
from engross.schema.ledger import Correction


@dataclass(frozen=True, slots=True)
class Told:
    """A change, in the words of the state before, and the entry that it goes back to."""

    erratum: Erratum
    entry: Correction | None
    """None where no entry tells of the place, as in a new edition."""


def standing(entries: Sequence[Correction]) -> dict[str, Correction]:
    """The entries that hold: verified, and none has taken their place."""
    gone = superseded(entries)
    return {one.id: one for one in entries if one.status == "verified" and one.id not in gone}


def changes_of(
    then: Units, now: Units, before: Sequence[Correction], ledger: Sequence[Correction]
) -> tuple[Told, ...]:
    """
    What a state changed in one before it, each change once, but for the shape of quotation marks.

    Entries of which no word tells, such as those of layout, stand last.
    """
    held, holds = standing(before), standing(ledger)
    moved = [one for one in ledger if (one.id in held) != (one.id in holds)]
    named: dict[str, list[Correction]] = {}
    for one in moved:
        named.setdefault(one.at.address, []).append(one)
    rows: dict[tuple[str, str, str], Told] = {}
    for row in errata(then, now):
        entry = _cause(row, named, holds.keys())
        if entry is None and row.old and straight(row.old) == straight(row.new):
            continue  # marks that are set otherwise than they were: no word differs
        row = _worded(row, entry, then)
        rows[row.address, row.old, row.new] = Told(row, entry)
    told = {row.entry.id for row in rows.values() if row.entry}
    silent = [one for one in moved if one.id in holds and one.id not in told and records_only(one)]
    return (*rows.values(), *(Told(as_received(one), one) for one in silent))


def as_received(entry: Correction) -> Erratum:
    """The change of an entry in the received words."""
    at = entry.at
    address = f"{at.address}#{at.block}" if at.block else at.address
    return Erratum(at.address, address, at.exact, entry.read or "", joined=bool(entry.join))


def _cause(
    row: Erratum, moved: Mapping[str, Sequence[Correction]], holds: Set[str]
) -> Correction | None:
    """The entry that came to hold between the states, or ceased to: best that of these words."""
    section, block = row.unit.partition("/")[0], row.address.partition("#")[2]
    whole = moved.get(section, ()) if section != row.unit else ()
    here = [one for one in whole if records_only(one) and not one.at.block]
    own = moved.get(row.unit, ())
    here += [one for one in own if not (one.at.block and block) or one.at.block == block]
    of_words = [one for one in here if one.id in holds and _explains(one, row)]
    some = of_words or [one for one in here if one.id in holds] or here
    return some[-1] if some else None


def _explains(entry: Correction, row: Erratum) -> bool:
    """Whether the change is that of the entry's own words, and not of others at its place."""
    if entry.join or row.joined:
        return bool(entry.join) and row.joined
    if entry.read is None:
        return entry.at.address == row.unit
    own = {(one.old.strip(), one.new.strip()) for one in replaced(entry.at.exact, entry.read)}
    return set(row.bare) <= own


def _worded(row: Erratum, entry: Correction | None, then: Units) -> Erratum:
    """The change in the entry's own words, where these are what stood there and mean one place."""
    text = then.get(row.unit, {}).get(row.address, "")
    if entry is None or not entry.read or not entry.at.exact or is_line(row.unit, text):
        return row
    fits = _explains(entry, row) and text.count(entry.at.exact) == 1
    return replace(row, old=entry.at.exact, new=entry.read) if fits else row
