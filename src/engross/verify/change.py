"""Against the release before: what differs is exactly what the ledger entered since."""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace

from engross.ledger.anchor import straight
from engross.model.finding import Finding, Place
from engross.model.parting import agreed
from engross.parse.book import Book, DocumentSource
from engross.parse.load import Parsed
from engross.parse.parse import documents_of
from engross.parse.reader import Reader
from engross.parse.transcript import prove_transcript
from engross.read import Sources, decode
from engross.release.frozen import Release
from engross.release.versions import ordered
from engross.revision.entries import covers, recorded_since
from engross.revision.fields import has_record
from engross.revision.texts import book_then, manifest_then
from engross.schema.ledger import Renewed
from engross.schema.release import Numbering
from engross.verify.pieces import Said
from engross.verify.plain import bare
from engross.verify.report import Log
from engross.verify.said import Expected

AROUND = ("/headnote#", "/original#", "/plates#")
"""Parts of addresses that no release records: what stands around a document."""
WHOLE = "restore the file that was received, and releases/, from your version control"
CONTEXT = 30
"""Characters shown on either side of a difference."""
CITED = frozenset({"sources", "persons", "abbreviations"})
"""Registers whose words stand in citations of other texts."""

Expect = Callable[[Book, Numbering], Expected]


def prove_change(book: Book, sources: Sources, release: Release, expect: Expect, log: Log) -> None:
    """
    Compute the release's texts from this evidence and the ledger as it was then.

    Of a document that the archive issued anew since, the file that was received before is the
    evidence, which the book keeps.

    Where they are what the release recorded, the two editions differ by the entries since, and by
    nothing else. A new edition may rewrite the editors' texts; then only documents are compared.
    """
    since = len(log.findings)
    renewed = _renewed(book, release, sources)
    then = _then(book, release, _received_then(book, renewed, sources, release, log))
    before = expect(then, release.numbers)
    documents = {document.id for document in book.documents}
    recorded = recorded_since(book.ledger, release, tuple(documents)) - renewed.keys()
    new_edition = ordered(book.manifest.value.version)[0] > ordered(release.version)[0]
    cited = bool(CITED & recorded)
    wanted = whole(release.texts)
    now = {
        address: said.text
        for address, said in before.said.items()
        if not any(part in address for part in AROUND)
    }
    now |= before.fields
    count, marks = 0, [_sets_marks(book, release, own=own) for own in (False, True)]
    for address in {**wanted, **now}:
        own = address.partition("#")[0] in documents
        if covers(recorded, address) or ((new_edition or cited) and not own):
            continue
        count += 1
        old, new = bare(wanted.get(address, "")), bare(now.get(address, ""))
        if marks[own]:
            old, new = straight(old), straight(new)
        if old != new and not (address in before.said and _cites(before.said[address], old)):
            log.fault("P014", _words(address, release.version, old, new))
    log.check(f"change since {release.version}", count, "texts", since)


def _then(book: Book, release: Release, before: Mapping[str, DocumentSource]) -> Book:
    """The book with the ledger that the release had, and documents as they were received then."""
    ledger = book.ledger
    if ledger is None:
        return book
    value = ledger.value.model_copy(update={"corrections": release.record.ledger.corrections})
    documents = tuple(before.get(one.id, one) for one in book.documents)
    entries = Parsed(value, ledger.path, ledger.spots)
    return replace(book, ledger=entries, documents=documents)


def _sets_marks(book: Book, release: Release, *, own: bool) -> bool:
    """Whether marks are set now, or were then: of documents where they are meant, else of prose."""
    both = [one for one in (book.manifest.value, manifest_then(release)) if one]
    if own:
        return any(one.apostrophes == "typographic" for one in both)
    return any(one.typography == "smart" for one in both)


def _renewed(book: Book, release: Release, sources: Sources) -> dict[str, Renewed]:
    """
    What the archive issued anew since a release, by document; the first time counts.

    Where words of it were taken down since, what was received before is sealed with them.
    """
    known = {entry.id for entry in release.record.ledger.corrections}
    entries = book.ledger.value.corrections if book.ledger else ()
    new = [one for one in entries if one.renewed and one.id not in known]
    found = {one.at.address: one.renewed for one in reversed(new) if one.renewed}
    gone = {one.at.address.partition("/")[0] for one in entries if one.taken_down}
    return {a: one for a, one in found.items() if a not in gone or sources.exists(one.kept)}


def _received_then(
    book: Book, renewed: Mapping[str, Renewed], sources: Sources, release: Release, log: Log
) -> dict[str, DocumentSource]:
    """Such documents as they were, proved against the files that were received then."""
    entries = book.ledger.value.corrections if book.ledger else ()
    anew = {f"{one.at.address}#{one.at.block}" for one in entries if one.kind == "typography"}
    found: dict[str, DocumentSource] = {}
    then = {one.id: one for one in book_then(book, release).documents}
    for name, how in renewed.items():
        kept = sources.file(how.kept)
        if isinstance(kept, Finding) or kept.sha256 != how.before or name not in then:
            log.fault("P014", f"{how.kept} is not what {name} was received as before", WHOLE)
            continue
        one = then[name]
        if has_record(one):
            text, record = decode(kept)[0] or "", one.record
            named = record.value.received
            faults = prove_transcript(
                one.body, text, named, one.transcript.path, record.place(), anew
            )
            for fault in faults:
                log.fault("P014", f"{name}, as it was received before: {fault.message}", WHOLE)
        elif volume := Reader(sources).volume(how.kept, Place(), book.manifest.value):
            one = next((row for row in documents_of([volume]) if row.id == name), one)
        found[name] = one
    return found


def _cites(said: Said, old: str) -> bool:
    """
    Whether an old text differs in the form of its citations alone.

    What was said in full is short, or "ibid.", once another note cites the same before it.
    """
    new, done, pattern = bare(said.text), 0, ""
    for start, end, kind, goal in sorted(said.marks):
        if kind == "link" and goal.startswith("sources#") and start >= done:
            pattern += re.escape(new[done:start]) + ".+?"
            done = end
    return bool(done and re.fullmatch(pattern + re.escape(new[done:]), old))


def whole(texts: Mapping[str, str]) -> dict[str, str]:
    """The lines of a release, those of a note joined under the note's own address."""
    found: dict[str, str] = {}
    for address, text in texts.items():
        own = address.partition("#")[0] if "/note/" in address else address
        found[own] = f"{found[own]} {text}" if own in found else text
    return found


def _words(address: str, version: str, old: str, new: str) -> str:
    if not old or not new:
        return (
            f"{address} {'is not in' if new else 'was in'} release {version}, and no entry says so"
        )
    at = agreed(old, new)
    left = max(0, at - CONTEXT)
    return (
        f"{address} differs from release {version} by more than the ledger's entries, first at "
        f'character {at + 1}: "{old[left : at + CONTEXT]}" then, "{new[left : at + CONTEXT]}" now'
    )
