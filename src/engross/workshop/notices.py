"""Records of change beside an edition: change log, feed, and slips for owners of old printings."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from engross.model.check import Output
from engross.model.markup import escaped, quoted
from engross.release.causes import Told, as_received, changes_of
from engross.release.causes import standing as held
from engross.release.errata import units_of
from engross.release.versions import ordered
from engross.revision.standing import Standing
from engross.schema.ledger import Correction
from engross.workshop.workshop import Making, Workshop


def completed(made: Making, workshop: Workshop, standing: Standing) -> Making:
    """
    What was made, and what follows from its bytes: booklet, slips, change log and feed.

    Raises:
        EngrossError: a slip cannot be made.
    """
    beside: list[Output] = []
    if workshop.impose:
        from engross.workshop.slips import booklet

        beside += booklet(made.outputs, workshop)
    if any(output.kind == "print" for output in made.outputs):
        from engross.workshop.slips import make_slips

        beside += make_slips(workshop, standing.earlier)
    outputs = (*made.outputs, *beside)
    published = [output for output in outputs if output.kind not in {"evidence", "metadata"}]
    return replace(
        made, outputs=(*outputs, *make_notices(workshop, standing, published, made.page_map))
    )


def make_notices(
    workshop: Workshop,
    standing: Standing,
    outputs: Sequence[Output],
    page_map: Mapping[str, str],
) -> list[Output]:
    """`metadata/changelog.json` and `metadata/changes.atom`, from the records and the ledger."""
    edition, manifest = workshop.edition, workshop.edition.manifest
    ledger = standing.book.ledger
    entries = ledger.value.corrections if ledger else ()
    states = [(units_of(one.printed), one.record.ledger.corrections) for one in standing.earlier]
    states.append((units_of(edition.texts), entries))
    told = [tuple(Told(as_received(one), one) for one in held(states[0][1]).values())]
    told += [
        changes_of(before[0], after[0], before[1], after[1]) for before, after in pairwise(states)
    ]
    earlier = [
        VersionNotice(
            release.version,
            release.record.date,
            True,
            changes,
            files={
                row.path: row.sha256
                for row in release.record.outputs
                if row.kind not in {"evidence", "metadata"}
            },
            pages=release.pages.pages,
        )
        for release, changes in zip(standing.earlier, told, strict=False)
    ]
    now = VersionNotice(
        manifest.version,
        edition.day if standing.released else edition.modified,
        standing.released,
        told[-1],
        files={output.name: hashlib.sha256(output.content).hexdigest() for output in outputs},
        withdrawn=_withdrawn(standing, entries),
        reports=ledger.value.told() if ledger else (),
        pages=page_map,
    )
    people = [person.name for person in manifest.people if person.role in {"edt", "aut"}]
    publisher = [manifest.publisher.name] if manifest.publisher else []
    notices = Notices(
        manifest.edition,
        manifest.title,
        manifest.identifier,
        manifest.language,
        next(iter([*publisher, *people]), "The editors"),
        (*earlier, now),
    )
    return [
        Output("metadata", "metadata/changelog.json", changelog(notices)),
        Output("metadata", "metadata/changes.atom", feed(notices)),
    ]


def _withdrawn(standing: Standing, entries: Sequence[Correction]) -> tuple[Correction, ...]:
    """Entries that an earlier release applied and that are applied no longer."""
    newest = max((r.version for r in standing.earlier), key=ordered, default="")
    if not newest:
        return ()
    applied = {
        entry.id
        for entry in standing.earlier[-1].record.ledger.corrections
        if entry.status == "verified"
    }
    return tuple(entry for entry in entries if entry.id in applied and entry.status == "withdrawn")


@dataclass(frozen=True, slots=True)
class VersionNotice:
    """One version of the edition."""

    version: str
    date: str
    """ISO day of the release; of a draft, the newest day in it."""
    released: bool
    changes: tuple[Told, ...] = ()
    """What differs from the version before; of the first, from the received text."""
    withdrawn: tuple[Correction, ...] = ()
    """Those that stood in the version before and no longer stand in this one."""
    reports: tuple[Correction, ...] = ()
    """Those that were not taken over and that readers are told of."""
    files: Mapping[str, str] = field(default_factory=dict)
    """SHA-256 of each published file, by name; empty where it is not known yet."""
    pages: Mapping[str, str] = field(default_factory=dict)
    """Printed page of each address in this version's printing."""


@dataclass(frozen=True, slots=True)
class Notices:
    """All versions, oldest first, and what the feed calls them."""

    edition: str
    title: str
    identifier: str
    """Stable over all versions: a URN or a URL."""
    language: str
    author: str
    versions: tuple[VersionNotice, ...]


def changelog(notices: Notices) -> bytes:
    """`metadata/changelog.json`: per version its corrections, pages and files."""
    pages = {one.version: one.pages for one in notices.versions}
    rows = [
        {
            "version": one.version,
            "date": one.date,
            "released": one.released,
            "corrections": [_row(change, pages) for change in one.changes],
            "withdrawn": [entry.id for entry in one.withdrawn],
            "reports": {entry.id: entry.status for entry in one.reports},
            "files": dict(sorted(one.files.items())),
        }
        for one in notices.versions
    ]
    table = {
        "edition": notices.edition,
        "title": notices.title,
        "identifier": notices.identifier,
        "versions": rows,
    }
    return (json.dumps(table, ensure_ascii=False, indent=1) + "\n").encode()


def feed(notices: Notices) -> bytes:
    """
    `metadata/changes.atom`: an entry for each released version, newest first (RFC 4287).

    Days are those of the releases; nothing in it comes from a clock.
    """
    released = [one for one in notices.versions if one.released]
    newest = max((one.date for one in released), default=notices.versions[-1].date)
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang={quoted(notices.language)}>',
        f"  <id>{escaped(notices.identifier)}</id>",
        f"  <title>{escaped(notices.title)}: versions and corrections</title>",
        f"  <updated>{newest}T00:00:00Z</updated>",
        f"  <author><name>{escaped(notices.author)}</name></author>",
    ]
    for one in reversed(released):
        lines += [
            "  <entry>",
            f"    <id>{escaped(notices.identifier)}#version-{one.version}</id>",
            f"    <title>Version {one.version}</title>",
            f"    <updated>{one.date}T00:00:00Z</updated>",
            f'    <content type="text">{escaped(_words(one, first=one is released[0]))}</content>',
            "  </entry>",
        ]
    return ("\n".join([*lines, "</feed>"]) + "\n").encode()


def _row(change: Told, pages: Mapping[str, Mapping[str, str]]) -> dict[str, object]:
    row, entry = change.erratum, change.entry
    return {
        "id": entry.id if entry else None,
        "address": row.address,
        "kind": entry.kind if entry else None,
        "class": entry.class_ if entry else None,
        "old": row.old,
        "new": row.new,
        "join": row.joined,
        "reason": entry.reason if entry else "",
        "decided": entry.decided.on if entry and entry.decided else None,
        "pages": {one: found[row.address] for one, found in pages.items() if row.address in found},
    }


def _words(one: VersionNotice, *, first: bool) -> str:
    lines = [_line(change) for change in one.changes]
    lines += [f"{entry.id} is withdrawn." for entry in one.withdrawn]
    lines += [
        f"{entry.id}, {entry.at.address}, is {entry.status}: “{entry.at.exact}”. {entry.reason}"
        for entry in one.reports
    ]
    if not lines or first:
        return "\n".join(["Released.", *lines])
    return "\n".join([*lines, "Printed copies of earlier versions have not been revised."])


def _line(change: Told) -> str:
    row, entry = change.erratum, change.entry
    place = row.address.replace("#", " ")
    place = f"{entry.id}, {place}" if entry else place
    reason = f" {entry.reason}" if entry else ""
    if row.joined:
        return f"{place}: the paragraph division was removed.{reason}"
    if not row.old and not row.new:
        return f"{place}:{reason or ' it was added or taken out.'}"
    words = f"for “{row.old}” read “{row.new}”"
    if not row.new:
        words = f"delete “{row.old}”"
    elif not row.old:
        words = f"insert “{row.new}”"
    return f"{place}: {words}.{reason}"
