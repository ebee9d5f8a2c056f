"""Where a book stands between its releases: which version is made now, and what holds for it."""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from engross.catalog import finding
from engross.ledger.fields import TITLES
from engross.model.finding import Finding, Place
from engross.model.parting import agreed
from engross.parse.book import Book
from engross.read import Sources
from engross.read.sources import open_folder
from engross.release.frozen import Release
from engross.release.versions import (
    Change,
    Proposal,
    Step,
    next_version,
    ordered,
    propose,
    too_small,
)
from engross.revision.releases import read_record, read_release, released_versions
from engross.revision.since import Difference, changes, differences
from engross.revision.texts import MANIFEST
from engross.schema.release import Record

ASIDE = frozenset({"queries.yaml", "signoffs.yaml"})
"""Files about an edition; whether a line of it comes from them is seen when it is made."""
OWN_FILES = ("templates/*.html", "templates/*/*.html", "styles/*.css", "styles/*/*.css")
"""What a build reads beside the files that the manifest names."""


@dataclass(frozen=True, slots=True)
class Standing:
    """What is made now."""

    book: Book
    """With the version that is made, which is not the manifest's while a released book changes."""
    released: bool
    """Whether this is exactly the state that was released, or is being released."""
    day: str
    """The day of the release; empty for a draft."""
    earlier: tuple[Release, ...]
    """The releases below this version, oldest first: inputs like every other file."""
    record: Record | None = None
    """The release that this is, as far as is known: no change parts it, and the bytes will tell."""
    proposal: Proposal | None = None
    """The smallest next version; None before the first release and for a released state."""
    findings: tuple[Finding, ...] = ()


def stand(
    sources: Sources, book: Book, releasing: str = "", departed: Change | None = None
) -> Standing:
    """
    Find out which version the files make.

    The manifest's version while it was never released. Once it was: that version, as released, if
    nothing has changed since that a version is owed for; else a draft of the next one. Whether the
    bytes are the released ones is seen when they are made: `departed` says that they are not, so
    that this is a draft too. Only records below the version that is made become inputs.
    `releasing` is the version that `engross release` is making: its record is not there yet.

    Raises:
        EngrossError: a record of a release is damaged.
    """
    records = open_folder(sources.root, sources.limits)
    versions = released_versions(sources)
    findings = [*_dated(records, book, versions, releasing)]
    if releasing:
        below = _below(sources, versions, releasing)
        day = book.days.get(releasing, "")
        proposal = _proposal(sources, book, below)
        kept = tuple(_edited(book, below[-1], releasing)) if below else ()
        return Standing(book, True, day, below, None, proposal, (*findings, *kept))
    wanted = book.manifest.value.version
    if wanted in versions:
        record = read_release(records, wanted).record
        now = inputs(sources, records, record.inputs)
        others = {path for path, _ in record.inputs.items() ^ now.items()}
        if not departed and others <= ASIDE:
            below = _below(sources, versions, wanted)
            day = book.days.get(wanted, record.date)
            return Standing(book, True, day, below, record, None, tuple(findings))
    if not versions:
        return Standing(book, False, "", (), None, None, tuple(findings))
    newest = versions[-1]
    releases = tuple(read_release(sources, version) for version in versions)
    proposal = _proposal(sources, book, releases, departed)
    made = wanted
    if wanted in versions and proposal:
        # What differs may be owed no version, an entry that is held: it is not the released one.
        made = proposal.version if proposal.step else next_version(newest, Step.CORRECTION)
    elif proposal and too_small(wanted, newest, proposal):
        findings.append(_small(book, wanted, newest, proposal))
    findings += _edited(book, releases[-1], made)
    made_now = _versioned(book, made)
    return Standing(made_now, False, "", releases, None, proposal, tuple(findings))


def inputs(
    sources: Sources, folder: Sources | None = None, recorded: Mapping[str, str] | None = None
) -> dict[str, str]:
    """
    Digest of every file that makes the edition, but for the release records.

    Pictures and the like are read late. Early in a build, `recorded` names the files that a
    release was made from, and `folder` is asked for them without making them inputs.
    """
    found = dict(sources.digests())
    looked = folder or sources
    for path in recorded or ():
        file = looked.file(path) if path not in found else None
        if file is not None and not isinstance(file, Finding):
            found[path] = file.sha256
    for pattern in OWN_FILES:
        for path in looked.find(pattern):
            file = looked.file(path)
            if not isinstance(file, Finding):
                found.setdefault(path, file.sha256)
    return {path: found[path] for path in sorted(found) if not path.startswith("releases/")}


def _below(sources: Sources, versions: tuple[str, ...], version: str) -> tuple[Release, ...]:
    return tuple(read_release(sources, one) for one in versions if ordered(one) < ordered(version))


def _proposal(
    sources: Sources, book: Book, releases: tuple[Release, ...], departed: Change | None = None
) -> Proposal | None:
    if not releases:
        return None
    last = releases[-1]
    folder = open_folder(sources.root, sources.limits)
    now = inputs(sources, folder, last.record.inputs)
    if _moved_only(sources, now, last):
        now[MANIFEST] = last.record.inputs[MANIFEST]
    others = [departed] if departed else []
    return propose(last.version, [*changes(book, now, last), *others])


def _moved_only(sources: Sources, now: Mapping[str, str], last: Release) -> bool:
    """Whether nothing but the version in the manifest moved on, as a release does it itself."""
    then = last.record.inputs.get(MANIFEST)
    file = sources.file(MANIFEST)
    if then in {None, now.get(MANIFEST)} or isinstance(file, Finding):
        return False
    from engross.revision.ledger_file import edited, quoted  # ruamel, which few builds need

    def back(tree: Any) -> None:
        tree["version"] = quoted(last.version)

    text = edited(file.content.decode("utf-8", "replace"), back)
    return hashlib.sha256(text.encode()).hexdigest() == then


def _versioned(book: Book, version: str) -> Book:
    manifest = book.manifest
    if manifest.value.version == version:
        return book
    value = manifest.value.model_copy(update={"version": version})
    return replace(book, manifest=replace(manifest, value=value))


def _dated(
    records: Sources, book: Book, versions: tuple[str, ...], releasing: str
) -> Iterator[Finding]:
    """Releases that the ledger names and that have no record, or one of another day."""
    for index, (version, on) in enumerate(book.days.items()):
        assert book.ledger is not None
        if version not in versions and version != releasing:
            message = f"version {version} was released, and releases/{version}/ is not there"
            fix = "restore releases/ from your version control"
            yield finding("V004", book.ledger.place("releases", index), message, fix)
        elif version in versions and (day := read_record(records, version).date) != on:
            message = f"version {version} was released on {day}, and the ledger says {on}"
            fix = "restore the line; what was released keeps its day"
            yield finding("V017", book.ledger.place("releases", index, "on"), message, fix)


def _small(book: Book, wanted: str, newest: str, proposal: Proposal) -> Finding:
    message = f"version {wanted} is too small after {newest}: {proposal.words()}"
    fix = f'set version: "{proposal.version}" or a greater one'
    return finding("V005", book.manifest.place("version"), message, fix)


def _edited(book: Book, release: Release, version: str) -> list[Finding]:
    """
    Texts that were edited after their release. A new edition may rewrite those of the editors; of
    documents that come and go the ledger tells in every version.
    """
    new_edition = ordered(version)[0] > ordered(release.version)[0]
    prose = {section.section.id for section in book.prose}
    parts = {one.id for one in book.documents} | {a for a in release.heads if "/" not in a} - prose
    return [
        _edit(one, release.version)
        for one in differences(book, release)
        if not new_edition or one.address in parts
    ]


def _edit(one: Difference, version: str) -> Finding:
    words = {
        "words": f'{one.address} was released in {version} as "{_short(one.old, one.new)}" and now '
        f'reads "{_short(one.new, one.old)}"',
        "rewritten": f"{one.address} was rewritten after release {version}, references or emphasis "
        f'in it too: "{_short(one.new, one.old)}"',
        "added": f"{one.address} was added after release {version}",
        "removed": f"{one.address} was released in {version} and is gone",
        "register": f"{one.path} is not as it was released in {version}: {one.new}",
        "moved": f'{one.address} hung from "{one.old}" in {version} and now hangs from "{one.new}"',
        "layout": f"{one.address} is set otherwise than in {version}, in the same words: "
        f'"{one.new[:48]}{"…" if len(one.new) > 48 else ""}"',
    }[one.what]
    fix = "engross correct --adopt enters it in the ledger"
    if one.what in {"added", "removed", "moved"}:
        kind = f'engross correct {one.address.partition("#")[0]} --kind structure --reason "…"'
        fix = f"{kind} enters it in the ledger, as does engross correct --adopt"
    if one.address in TITLES:
        fix += f'; a new title: set version: "{next_version(version, Step.EDITION)}"'
    return finding("V002", Place(one.path, one.line), words, fix)


def _short(text: str, other: str, width: int = 24) -> str:
    """The words around the first difference."""
    start = agreed(text, other)
    left = max(0, start - width)
    right = min(len(text), start + width)
    return f"{'…' if left else ''}{text[left:right]}{'…' if right < len(text) else ''}"
