"""A released state that is made again: what its record vouches for, and what is not as it was."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from engross import __version__
from engross.catalog import finding
from engross.model.check import Checked, Output, Status
from engross.model.finding import Finding, Place
from engross.release.versions import Change, Step
from engross.revision.standing import Standing
from engross.schema.release import Record

LISTED = 3
"""Files that a message names one by one."""


@dataclass(frozen=True, slots=True)
class Departure:
    """That a build is not the release that it would be."""

    change: Change
    """For which the next version is owed."""
    finding: Finding


def stated(checks: Sequence[Checked]) -> tuple[Checked, ...]:
    """Checks as receipt and record have them; a check of our own has the program's version."""
    return tuple(replace(row, version=row.version or __version__) for row in checks)


def vouched(state: Standing, outputs: Sequence[Output]) -> tuple[Checked, ...]:
    """
    The checks that the release recorded of exactly these bytes; none where a byte is another.

    A recorded result counts as run, so a released edition has one receipt on every machine,
    whatever checkers are installed there.
    """
    record = state.record
    if record is None or changed_files(record, outputs):
        return ()
    return tuple(
        Checked(row.tool, row.subject, Status(row.verdict), version=row.version)
        for row in record.checks
    )


def departure(
    state: Standing, outputs: Sequence[Output], versions: Mapping[str, str], *, whole: bool = True
) -> Departure | None:
    """
    What parts this build from the release that it would be, judged by the bytes alone.

    Versions of programs and libraries explain a difference; they make none. Of a build that is not
    `whole` the files that a release has as well are judged, but for those that tell of the others.
    """
    record = state.record
    changed = changed_files(record, outputs, whole=whole) if record else ()
    if record is None or not changed:
        return None
    some = ", ".join(changed[:LISTED])
    more = f" and {len(changed) - LISTED} more" if len(changed) > LISTED else ""
    reason = _reason(record.versions, versions)
    message = (
        f"not the bytes that were released as {record.version}, so this is a draft of the next "
        f"version: {some}{more}; {reason}"
    )
    fix = "release it as the next version, or install the versions that the record names"
    found = finding("V015", Place(f"releases/{record.version}/record.json"), message, fix)
    return Departure(Change(Step.CORRECTION, f"other bytes: {reason}"), found)


def changed_files(
    record: Record, outputs: Sequence[Output], *, whole: bool = True
) -> tuple[str, ...]:
    """Names of files that are not the recorded bytes. A bag holds the receipt: it is left out."""
    aside = {"bag"} if whole else {"bag", "evidence", "metadata"}
    then = {row.path: row.sha256 for row in record.outputs if row.kind not in aside}
    made = [one for one in outputs if one.kind not in aside]
    now = {one.name: hashlib.sha256(one.content).hexdigest() for one in made}
    names = {*then, *now} if whole else then.keys() & now.keys()
    return tuple(name for name in sorted(names) if then.get(name) != now.get(name))


def _reason(then: Mapping[str, str], now: Mapping[str, str]) -> str:
    """What made the two, where the record knows it: a record may be older than a row."""
    rows = [
        f"{name} {now.get(name, 'is missing')} instead of {then[name]}"
        for name in sorted(then)
        if then[name] != now.get(name)
    ]
    return f"made with {', '.join(rows)}" if rows else "made with the same versions"
