"""The ledger of a book: one file, or a head with one file an entry, which git merges cleanly."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from engross.model.finding import Finding
from engross.model.source import SourceFile
from engross.parse.load import Parsed, load
from engross.read import Sources
from engross.schema.ledger import Correction, Ledger

HEAD = "corrections.yaml"
APART = "corrections/*.yaml"
"""Entries in files of their own. What the head itself holds stands before them."""


def ledger_files(sources: Sources) -> tuple[str, ...]:
    """The paths of the ledger, its head first; none where a book has no ledger."""
    entries = sources.find(APART)
    return (HEAD, *entries) if entries or sources.exists(HEAD) else ()


def read_ledger(files: Sequence[SourceFile]) -> Parsed[Ledger] | tuple[Finding, ...]:
    """
    The ledger of a head and the files of its entries, which may come in any order.

    Entries apart follow their numbers; those without one their days, and what supersedes another
    comes after it.
    """
    head, rows = load(Ledger, files[0]), [load(Correction, file) for file in files[1:]]
    faults = tuple(found for row in (head, *rows) if isinstance(row, tuple) for found in row)
    if not isinstance(head, Parsed) or faults:
        return faults
    own = head.value.corrections
    entries = [row for row in rows if isinstance(row, Parsed)]
    known = {row.value.id: row.value for row in entries}
    entries.sort(key=lambda row: _order(row.value, known))
    parts: dict[tuple[str | int, ...], Parsed[Any]] = {
        ("corrections", index): row for index, row in enumerate(entries, len(own))
    }
    value = head.value.model_copy(
        update={"corrections": (*own, *(row.value for row in entries))},
    )
    warnings = tuple(found for row in entries for found in row.findings)
    return replace(head, value=value, parts=parts, findings=(*head.findings, *warnings))


def _order(entry: Correction, known: Mapping[str, Correction]) -> tuple[int, int, str, int, str]:
    number, day = entry.number, entry.decided or entry.reported
    chain = [entry.id]
    while (before := known.get(known[chain[-1]].supersedes or "")) and before.id not in chain:
        chain.append(before.id)
    return (number is None, number or 0, day.on if day else "", len(chain), entry.id)
