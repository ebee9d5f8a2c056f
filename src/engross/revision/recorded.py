"""A released state that is made again: what its record vouches for, and what is not as it was."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence

from engross import __version__
from engross.catalog import finding
from engross.model.check import Check, Checked
from engross.model.finding import Finding, Place
from engross.model.output import Output
from engross.revision.standing import Standing
from engross.schema.release import Record

LISTED = 3
"""Files that a message names one by one."""


def stated(checks: Sequence[Checked]) -> tuple[Check, ...]:
    """Checks as receipt and record have them; a check of our own has the program's version."""
    return tuple(
        Check(row.name, row.version or __version__, row.subject, row.verdict) for row in checks
    )


def vouched(state: Standing, outputs: Sequence[Output]) -> tuple[Check, ...]:
    """
    The checks that the release recorded of exactly these bytes; none where a byte is another.

    A recorded result counts as run, so a released edition has one receipt on every machine,
    whatever checkers are installed there.
    """
    record = state.record
    if record is None or changed_files(record, outputs):
        return ()
    return tuple(Check(row.tool, row.version, row.subject, row.verdict) for row in record.checks)


def departures(
    state: Standing, outputs: Sequence[Output], versions: Mapping[str, str]
) -> Iterator[Finding]:
    """Files of a released version that came out otherwise, and what may be the reason."""
    record = state.record
    changed = changed_files(record, outputs) if record else ()
    if record is None or not changed:
        return
    some = ", ".join(changed[:LISTED])
    more = f" and {len(changed) - LISTED} more" if len(changed) > LISTED else ""
    yield finding(
        "V015",
        Place(f"releases/{record.version}/record.json"),
        f"not the bytes that were released as {record.version}: {some}{more}; "
        f"{_reason(record.versions, versions)}",
        "install the versions that the record names, or leave the released folder as it is",
    )


def changed_files(record: Record, outputs: Sequence[Output]) -> tuple[str, ...]:
    """Names of files that are not the recorded bytes. A bag holds the receipt: it is left out."""
    then = {row.path: row.sha256 for row in record.outputs if row.kind != "bag"}
    now = {
        output.name: hashlib.sha256(output.content).hexdigest()
        for output in outputs
        if output.kind != "bag"
    }
    return tuple(name for name in sorted({*then, *now}) if then.get(name) != now.get(name))


def _reason(then: Mapping[str, str], now: Mapping[str, str]) -> str:
    rows = [
        f"{name} {now.get(name, 'is missing')} instead of {then.get(name, 'none')}"
        for name in sorted({*then, *now})
        if then.get(name) != now.get(name)
    ]
    return f"made with {', '.join(rows)}" if rows else "made with the same versions"
