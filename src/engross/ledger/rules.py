"""
The ledger's own order: numbers used once and never again, released entries as they were released.

Where a correction stands in a text is the matter of `edits`; here the file is judged against itself
and against what earlier releases recorded of it.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from engross.catalog import finding
from engross.model.finding import Finding, Place
from engross.schema.ledger import Correction, Ledger

Places = Callable[..., Place]
"""Where a value of the file stands: `place("corrections", 3, "id")`."""

FINAL = frozenset({"rejected", "withdrawn", "confirmed"})
"""States that an entry never leaves: the same report again is another entry."""
NEVER = "a number is never reused"
OF_PLACE = frozenset({"at", "status", "decided"})
"""What changes in an entry where the archive issued its text anew."""


@dataclass(frozen=True, slots=True)
class Recorded:
    """The ledger as a release found it."""

    version: str
    corrections: tuple[Correction, ...]


def ledger_findings(
    ledger: Ledger, place: Places, edition: str, recorded: Sequence[Recorded] = ()
) -> tuple[Finding, ...]:
    """
    Everything that is wrong with the ledger of an edition, whatever the texts say.

    `place` finds the line of a value in it; `recorded` are earlier states, oldest first.
    """
    return (
        *_edition(ledger, place, edition),
        *_numbers(ledger, place, recorded),
        *_successions(ledger, place),
        *_facts(ledger, place),
        *_frozen(ledger, place, recorded),
    )


def _edition(ledger: Ledger, place: Places, edition: str) -> Iterator[Finding]:
    if ledger.edition != edition:
        yield finding(
            "L011",
            place("edition"),
            f"the ledger is that of '{ledger.edition}', the manifest that of '{edition}'",
        )


def _numbers(ledger: Ledger, place: Places, recorded: Sequence[Recorded]) -> Iterator[Finding]:
    first: dict[str, int] = {}
    for index, entry in enumerate(ledger.corrections):
        if entry.id in first:
            before = place("corrections", first[entry.id], "id")
            here = place("corrections", index, "id")
            where = f"line {before.line}" if before.path == here.path else before.path
            yield finding("L006", here, f"{entry.id} stands twice, first in {where}")
        first.setdefault(entry.id, index)
    known = {entry.id: (state.version, entry) for state in recorded for entry in state.corrections}
    for name in sorted(known.keys() - first.keys()):
        version, entry = known[name]
        done = "released" if entry.released_in else "recorded"
        message = f"{name} was {done} in {entry.released_in or version} and is gone from the ledger"
        fix = "put the entry back; after a release it is withdrawn or superseded, never deleted"
        yield finding("L012", place("corrections"), message, fix)


def _successions(ledger: Ledger, place: Places) -> Iterator[Finding]:
    known = {entry.id: entry for entry in ledger.corrections}
    takers: dict[str, str] = {}
    for index, entry in enumerate(ledger.corrections):
        if entry.supersedes is None:
            continue
        there = place("corrections", index, "supersedes")
        before = known.get(entry.supersedes)
        then, now = before and (before.reported or before.decided), entry.decided or entry.reported
        later = then and now and then.on > now.on  # known only after what takes its place
        if before is None or later or _circular(entry, known):
            message = f"{entry.id} supersedes {entry.supersedes}, which is no earlier entry"
            fix = "name the entry that was decided before and that this one takes the place of"
            yield finding("L014", there, message, fix)
        elif entry.status == "verified" and entry.supersedes in takers:
            message = f"{entry.id} and {takers[entry.supersedes]} both supersede {entry.supersedes}"
            fix = "let the later one supersede the other"
            yield finding("L014", there, message, fix)
        elif entry.status == "verified":
            takers[entry.supersedes] = entry.id


def _circular(entry: Correction, known: Mapping[str, Correction]) -> bool:
    seen = {entry.id}
    while (before := known.get(entry.supersedes or "")) is not None:
        if before.id in seen:
            return True
        seen.add(before.id)
        entry = before
    return False


def _facts(ledger: Ledger, place: Places) -> Iterator[Finding]:
    """Who decided on an entry, and a release that there was."""
    released = [row.version for row in ledger.releases]
    for index, entry in enumerate(ledger.corrections):
        if entry.status == "verified" and not (entry.decided or entry.reported):
            message = f"{entry.id} is verified, and nothing says by whom and when"
            yield finding("L020", place("corrections", index), message)
        if entry.released_in and entry.released_in not in released:
            version = f"{entry.released_in}, which was not released"
            message = f"{entry.id} says that it was released in {version}"
            yield finding("L021", place("corrections", index, "released_in"), message)


def _frozen(ledger: Ledger, place: Places, recorded: Sequence[Recorded]) -> Iterator[Finding]:
    known = {entry.id: (state.version, entry) for state in recorded for entry in state.corrections}
    renewed = {
        entry.at.address for entry in ledger.corrections if entry.renewed and entry.id not in known
    }
    for index, entry in enumerate(ledger.corrections):
        if entry.id not in known:
            continue
        version, before = known[entry.id]
        there = place("corrections", index)
        changed = changed_keys(before, entry)
        if entry.at.address.partition("/")[0] in renewed and before.at.exact == entry.at.exact:
            changed = tuple(key for key in changed if key not in OF_PLACE)
        if not changed:
            continue
        said = f"{entry.id} was {before.status} in {version}"
        if before.status in FINAL:
            message = f"{said} and now has another {', '.join(changed)}; {NEVER}"
            yield finding("L022", there, message)
        elif before.released_in:
            message = (
                f"{entry.id} was released in {before.released_in} and now has another "
                f"{', '.join(changed)}"
            )
            fix = f"restore the entry; a new entry may say supersedes: {before.id}"
            yield finding("L023", there, message, fix)
        elif "at" in changed:
            yield finding("L022", there, f"{said} for another place; {NEVER}")


def changed_keys(before: Correction, now: Correction) -> tuple[str, ...]:
    """
    What differs between an entry as a release recorded it and as it is now, as the file names it.

    A released correction may be withdrawn: then its status and decision differ, and that is none.
    """
    old, new = before.model_dump(mode="json"), now.model_dump(mode="json")
    for one in (old, new):
        del one["at"]["block_sha256"]  # a safeguard that may be added later
    ignored: set[str] = set()
    if before.released_in and before.status == "verified" and now.status == "withdrawn":
        ignored = {"status", "decided", "reason"}
    return tuple(key for key in new if key not in ignored and old[key] != new[key])
