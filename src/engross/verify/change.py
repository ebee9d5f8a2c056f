"""Against the release before: what differs is exactly what the ledger entered since."""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace

from engross.model.parting import agreed
from engross.parse.book import Book
from engross.parse.load import Parsed
from engross.release.frozen import Release
from engross.release.versions import ordered
from engross.revision.entries import covers, recorded_since
from engross.schema.release import Numbering
from engross.verify.pieces import Said
from engross.verify.plain import bare
from engross.verify.report import Log
from engross.verify.said import Expected

AROUND = ("/headnote#", "/original#", "/plates#")
"""Parts of addresses that no release records: what stands around a document."""
CONTEXT = 30
"""Characters shown on either side of a difference."""
CITED = frozenset({"sources", "persons", "abbreviations"})
"""Registers whose words stand in citations of other texts."""

Expect = Callable[[Book, Numbering], Expected]


def prove_change(book: Book, release: Release, expect: Expect, log: Log) -> None:
    """
    Compute the release's texts from this evidence and the ledger as it was then.

    Where they are what the release recorded, the two editions differ by the entries since, and by
    nothing else. A new edition may rewrite the editors' texts; then only documents are compared.
    """
    since = len(log.findings)
    before = expect(_then(book, release), release.numbers)
    documents = {document.id for document in book.documents}
    recorded = recorded_since(book.ledger, release, tuple(documents))
    new_edition = ordered(book.manifest.value.version)[0] > ordered(release.version)[0]
    cited = bool(CITED & recorded)
    wanted = whole(release.texts)
    now = {
        address: said.text
        for address, said in before.said.items()
        if not any(part in address for part in AROUND)
    }
    if "manifest/title" in wanted:  # a release by an older engross keeps no fields
        now |= before.fields
    count = 0
    for address in {**wanted, **now}:
        own = address.partition("#")[0] in documents
        if covers(recorded, address) or ((new_edition or cited) and not own):
            continue
        count += 1
        old, new = bare(wanted.get(address, "")), bare(now.get(address, ""))
        if old != new and not (address in before.said and _cites(before.said[address], old)):
            log.fault("P014", _words(address, release.version, old, new))
    log.check(f"change since {release.version}", count, "texts", since)


def _then(book: Book, release: Release) -> Book:
    """The book with the ledger that the release had."""
    ledger = book.ledger
    if ledger is None:
        return book
    value = ledger.value.model_copy(update={"corrections": release.record.ledger.corrections})
    return replace(book, ledger=Parsed(value, ledger.path, ledger.spots))


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
