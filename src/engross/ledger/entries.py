"""What an entry of the ledger says by itself, before its place is looked for."""

import unicodedata
from collections.abc import Iterable
from functools import cached_property

from engross.catalog import finding
from engross.model.finding import Finding, Place
from engross.schema.ledger import Correction

UNPROVABLE = {"\u2010": "hyphen", "\u200b": "zero width space", "\u00ad": "soft hyphen"}
"""Characters that look like others or like nothing, and that do not come back from a PDF."""


def superseded(corrections: Iterable[Correction]) -> frozenset[str]:
    """The ids of entries that a verified one has taken the place of."""
    return frozenset(
        correction.supersedes
        for correction in corrections
        if correction.status == "verified" and correction.supersedes
    )


class Entries(tuple[tuple[Correction, Place], ...]):
    """The entries of a ledger, each with its place, sorted once by what they correct."""

    @cached_property
    def _of(self) -> dict[str, list[tuple[Correction, Place]]]:
        gone = superseded(entry for entry, _ in self)
        found: dict[str, list[tuple[Correction, Place]]] = {}
        for entry, place in self:
            if entry.status == "verified" and entry.id not in gone and not records_only(entry):
                found.setdefault(entry.at.address, []).append((entry, place))
        return found

    @cached_property
    def _under(self) -> dict[str, "Entries"]:
        found: dict[str, list[tuple[Correction, Place]]] = {}
        for rows in self._of.values():
            for row in rows:
                found.setdefault(row[0].at.address.partition("/")[0], []).append(row)
        return {section: Entries(rows) for section, rows in found.items()}

    def of(self, address: str) -> list[tuple[Correction, Place]]:
        """Those that change words of one text: verified, and none has taken their place."""
        return self._of.get(address, [])

    def under(self, section: str) -> "Entries":
        """The same of a section with its notes and fields."""
        return self._under.get(section, Entries())


def records_only(correction: Correction) -> bool:
    """Whether an entry records a change of layout, structure or a register, and no word itself."""
    at = correction.at
    if correction.read is not None or correction.join is not None:
        return False
    whole = not (at.exact or at.prefix or at.suffix or at.block)
    return correction.kind in {"typography", "structure"} or (
        correction.kind == "apparatus" and whole
    )


def unfit(correction: Correction, place: Place) -> Finding | None:
    """What is wrong with an entry before its place is looked for."""
    if records_only(correction):
        return None
    name, at, read = correction.id, correction.at, correction.read or ""
    if correction.kind == "translation" and not correction.evidence:
        return finding(
            "L008", place, f"{name}: corrects the translation without evidence from the original"
        )
    if (correction.read is None) == (correction.join is None):
        return finding("L009", place, f"{name}: a verified correction needs either read or join")
    if correction.kind == "typography" and not records_only(correction):
        return finding(
            "L015",
            place,
            f"{name}: is of kind typography, which changes no word, and gives a new reading",
        )
    if control := next((c for c in read if unicodedata.category(c) == "Cc"), ""):
        message = f"{name}: read holds the control character U+{ord(control):04X}"
        fix = "write the words on one line; a new paragraph is not a reading"
        return finding("L016", place, message, fix)
    if hard := next((c for c in read if c in UNPROVABLE), ""):
        message = (
            f"{name}: read holds U+{ord(hard):04X} ({UNPROVABLE[hard]}), which no PDF gives back"
        )
        fix = "write a hyphen as - (U+002D) or as U+2011, and leave invisible characters out"
        return finding("L016", place, message, fix)
    if correction.kind == "original" and correction.show == "corr" and correction.read is not None:
        return finding(
            "L017", place, f"{name}: corrects the original itself and shows only the new reading"
        )
    quotes = at.exact or (at.prefix and at.suffix) or (correction.join and at.block)
    if not quotes:
        message = f"{name}: quotes no words, so that no place is meant"
        fix = "quote the words under exact; for an insertion give prefix and suffix"
        return finding("L018", place, message, fix)
    return None
