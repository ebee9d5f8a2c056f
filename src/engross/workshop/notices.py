"""Records of change beside an edition: change log, feed, and slips for owners of old printings."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from engross.model.check import Output
from engross.release.causes import Told, as_received, changes_of
from engross.release.causes import standing as held
from engross.release.errata import units_of
from engross.release.notices import Notices, VersionNotice, changelog, feed
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
