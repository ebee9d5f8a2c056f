"""Entries of a ledger as a test wants them."""

from typing import Any

from engross.model.finding import Place
from engross.schema.ledger import Correction, Ledger

DAY = {"by": "the editors", "on": "2026-11-22"}


def entry(number: int = 1, exact: str = "", **values: Any) -> Correction:
    """A verified correction of `yamada`; anchor keys go into `at`."""
    at = {"address": values.pop("address", "yamada"), "exact": exact}
    at |= {key: values.pop(key) for key in ("prefix", "suffix", "block") if key in values}
    if digest := values.pop("block_sha256", None):
        at["block_sha256"] = digest
    row = {
        "id": f"C-{number:04d}",
        "status": "verified",
        "kind": "transcription",
        "class": "accidental",
        "at": at,
        "reason": "a slip",
        "decided": DAY,
    }
    return Correction.model_validate(row | values)


def ledger(*corrections: Correction, **values: Any) -> Ledger:
    row = {"ledger": "1", "edition": "yamada-1961", "base": {}, "corrections": corrections}
    return Ledger.model_validate(row | values)


def place(*path: str | int) -> Place:
    """The line says which entry: 10 for the first, 20 for the second."""
    index = path[1] if len(path) > 1 else -1
    return Place("corrections.yaml", 10 * (int(index) + 1) if index != -1 else 1)
