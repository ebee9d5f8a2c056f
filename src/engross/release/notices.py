"""What is told to machines about the versions of an edition: a change log and an Atom feed."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from engross.model.markup import escaped, quoted
from engross.schema.ledger import Correction


@dataclass(frozen=True, slots=True)
class VersionNotice:
    """One version of the edition."""

    version: str
    date: str
    """ISO day of the release; of a draft, the newest day in it."""
    released: bool
    corrections: tuple[Correction, ...] = ()
    """Those that first stand in this version."""
    withdrawn: tuple[Correction, ...] = ()
    """Those that stood in the version before and no longer stand in this one."""
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
            "corrections": [_row(entry, pages) for entry in one.corrections],
            "withdrawn": [entry.id for entry in one.withdrawn],
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


def _row(entry: Correction, pages: Mapping[str, Mapping[str, str]]) -> dict[str, object]:
    block = f"{entry.at.address}#{entry.at.block}" if entry.at.block else entry.at.address
    return {
        "id": entry.id,
        "address": block,
        "kind": entry.kind,
        "class": entry.class_,
        "old": entry.at.exact,
        "new": entry.read,
        "join": entry.join == "next",
        "reason": entry.reason,
        "decided": entry.decided.on if entry.decided else None,
        "pages": {one: found[block] for one, found in pages.items() if block in found},
    }


def _words(one: VersionNotice, *, first: bool) -> str:
    lines = [_line(entry) for entry in one.corrections]
    lines += [f"{entry.id} is withdrawn." for entry in one.withdrawn]
    if not lines or first:
        return "\n".join(["Released.", *lines])
    return "\n".join([*lines, "Printed copies of earlier versions have not been revised."])


def _line(entry: Correction) -> str:
    place = f"{entry.at.address} {entry.at.block}".strip()
    if entry.join:
        return f"{entry.id}, {place}: the paragraph division was removed. {entry.reason}"
    if entry.read is None:
        return f"{entry.id}, {place}: {entry.reason}"
    change = f"for “{entry.at.exact}” read “{entry.read}”"
    if not entry.read:
        change = f"delete “{entry.at.exact}”"
    elif not entry.at.exact:
        change = f"insert “{entry.read}”"
    return f"{entry.id}, {place}: {change}. {entry.reason}"


def notices_of(
    versions: Sequence[VersionNotice], corrections: Sequence[Correction]
) -> tuple[VersionNotice, ...]:
    """Give each version the ledger's entries that first stand in it."""
    known = {one.version for one in versions}
    newest = versions[-1].version
    result = []
    for one in versions:
        first = tuple(
            entry
            for entry in corrections
            if entry.status == "verified"
            and (
                entry.released_in == one.version
                or (not entry.released_in and one.version == newest)
            )
            and (entry.released_in in known or not entry.released_in)
        )
        result.append(
            VersionNotice(
                one.version, one.date, one.released, first, one.withdrawn, one.files, one.pages
            )
        )
    return tuple(result)
