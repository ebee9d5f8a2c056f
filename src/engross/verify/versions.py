"""What changed from version to version, as records, feed and correction slips must tell it."""

import re
from collections.abc import Iterator, Sequence

from engross.ledger.fields import shown_in
from engross.release.causes import Told, as_received, changes_of, standing
from engross.release.errata import DIVISION, units_of
from engross.release.frozen import Release, place_of
from engross.revision.texts import printed_rows, registers_of
from engross.schema.ledger import Correction
from engross.verify.cover import seen_pages
from engross.verify.ground import Ground
from engross.verify.judge import Vocabulary, lettered
from engross.verify.plain import bare, missing, paper
from engross.verify.recorded import Fields
from engross.verify.report import Log

FEED, LOG = "changes.atom", "changelog.json"
NAMED = "-correction-slip-"
"""Stands in the name of a slip before the version whose owners it is for."""


def prove_versions(name: str, found: Fields, ground: Ground, log: Log) -> None:
    """Each version in the feed or the change log, with its day and the changes it brought."""
    rows = list(_versions(ground))
    if name == FEED:
        rows = [row for row in rows if row[2]][::-1]
        titles = [f"Version {version}" for version, _, _, _ in rows]
        days = [f"{day}T00:00:00Z" for _, day, _, _ in rows]
        wanted = {"entry/title": titles, "entry/updated": days}
    else:
        wanted = {
            "versions/version": [version for version, _, _, _ in rows],
            "versions/date": [day for _, day, _, _ in rows],
        }
        for key in ("old", "new", "address"):
            said = [getattr(one.erratum, key) for _, _, _, told in rows for one in told]
            wanted[f"versions/corrections/{key}"] = (
                [*map(_place, said)] if key == "address" else said
            )
    manifest = ground.book.manifest.value
    wanted |= {"id" if name == FEED else "identifier": [manifest.identifier]}
    for key, values in wanted.items():
        here = [_place(one) if key.endswith("/address") else one for one in found.get(key, [])]
        if [bare(one) for one in here] != [bare(one) for one in values]:
            wrong, right = "; ".join(here)[:80], "; ".join(values)[:80]
            log.fault("P025", f"{name} gives as {key} '{wrong}', not '{right}'")
    if not bare("".join(found.get("title", []))).startswith(bare(manifest.title)):
        log.fault("P025", f"{name} does not say the title '{manifest.title}'")
    for text, (version, _, _, told) in zip(found.get("entry/content", []), rows, strict=False):
        every = (word for one in told if not one.erratum.joined for word in _words(one))
        if lost := missing(text, every):
            log.fault("P025", f"{name}, version {version}, does not say '{lost[:60]}' in its turn")


def _place(address: str) -> str:
    """An address; of a note without its paragraph, since its words are proved as one."""
    return address.partition("#")[0] if "/note/" in address else address


def _versions(ground: Ground) -> Iterator[tuple[str, str, bool, Sequence[Told]]]:
    """Each version with its day, whether it was released, and what it changed."""
    before: Release | None = None
    manifest, ledger = ground.book.manifest.value, ground.book.ledger
    for release in ground.earlier:
        entries = release.record.ledger.corrections
        told = _first(entries)
        if before is not None:
            texts = units_of(before.printed), units_of(release.printed)
            told = changes_of(*texts, before.record.ledger.corrections, entries)
        yield release.version, release.record.date, True, told
        before = release
    first = _first(ledger.value.corrections if ledger else ())
    day = ground.day if ground.released else ground.modified
    yield (
        manifest.version,
        day,
        ground.released,
        ground.lacking[before.version] if before else first,
    )


def _first(entries: Sequence[Correction]) -> Sequence[Told]:
    """What a first version changed in the received text."""
    return [Told(as_received(one), one) for one in standing(entries).values()]


def _words(one: Told) -> list[str]:
    """The words of a change, the old before the new; of a division those on both sides."""
    row = one.erratum
    said = row.old if row.joined else f"{row.old}{DIVISION}{row.new}"
    return [words for words in said.split(DIVISION) if words]


def prove_slip(name: str, content: bytes, ground: Ground, log: Log) -> None:
    """
    Compare a correction slip with what its printing lacks: page, old words, new words, in order.

    Args:
        name: of the file, which ends with the version whose owners it is for.
        content: the PDF.
        ground: what the evidence says.
        log: takes checks and findings.
    """
    since = len(log.findings)
    version = name.partition(NAMED)[2].removesuffix(".pdf")
    release = next((one for one in ground.earlier if one.version == version), None)
    if release is None:
        log.fault("P007", f"it is for owners of version {version}, which was never released")
        log.check("conservation", 0, "changes", since)
        return
    pages = seen_pages(content, log)
    text = "".join(line for page in pages for line in page.lines)
    words, manifest = ground.words, ground.book.manifest.value
    order, told = release.order, list(ground.lacking[version])
    told.sort(key=lambda one: place_of(shown_in(one.erratum.address), order))
    copies = words.say("slip-copies", version=version, date=words.day(release.record.date))
    values = [words.say("slip"), manifest.title, copies]
    for one in told:
        page = release.pages.pages.get(one.erratum.address, "")
        values += [words.say("slip-page", page=page)] if page else []
        own = [words.told(said) for said in _words(one)]
        values += own or [one.entry.reason if one.entry else ""]
    values.append(words.say("slip-made", version=manifest.version, date=words.day(ground.modified)))
    values = [paper(value) for value in values if value]
    text = ground.drawn.undone(text, values)
    if lost := missing(text, values):
        log.fault("P007", f"it does not say '{lost[:60]}' in its turn")
    rows = [*printed_rows(registers_of(ground.book)).values(), *release.rows.values()]
    named = [*(ground.citations.table | ground.shorts).values(), *release.heads.values()]
    titles = [bare(one) for one in (*named, *rows)]
    extra, known = lettered([*map(str.casefold, titles), *map(str, range(1000))]), Vocabulary(words)
    # The longest first: "A letter" may be corrected, and stand in a title as well.
    there = {one for one in (*values, *titles) if one and one in text}
    parts = sorted(there, key=len, reverse=True)
    for rest in re.split("|".join(map(re.escape, parts)), text) if parts else [text]:
        if strange := known.strange(rest, extra):
            log.fault("P007", f"it says '{strange[:60]}', which neither evidence nor catalogue has")
    log.check("conservation", len(told), "changes", since)
