"""`corrections.yaml`: the ledger. Entries are recorded once and never deleted after a release."""

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from engross.schema.base import Anchor, Day, Id, Model, Sha256, Text, Version

CorrectionId = Annotated[str, StringConstraints(pattern=r"^C-\d{4,}$")]


class Target(Anchor):
    """Where a correction applies: an address, and a quotation in its received text."""

    address: Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]*(/[a-z0-9-]+)*$")]
    """`yamada` (a document), `introduction`, `yamada/note/kurile`, `manifest/title`."""
    block_sha256: Sha256 | None = None
    """Digest of the block's text when the entry was written; `engross correct` fills it in."""


class Decision(Model):
    """Who, and when."""

    by: Text
    on: Day


class IsbnDecision(Model):
    """Whether the formats keep their ISBN: a person decides."""

    isbn: Literal["keep", "new"]
    by: Text
    reason: str = ""


class Correction(Model):
    """One entry of the ledger."""

    id: CorrectionId
    status: Literal["reported", "verified", "held", "rejected", "withdrawn"]
    """Only `verified` is applied."""
    kind: Literal[
        "transcription", "translation", "original", "apparatus", "typography", "structure"
    ]
    """
    What was wrong: our copy of the archive's text; the translation; the original itself; the
    editors' own words; layout only; or the order and number of parts.
    """
    class_: Literal["accidental", "substantive"] = Field(alias="class")
    """Whether an informed reader would want to know."""
    at: Target
    read: str | None = None
    """The new reading; "" deletes. Absent where `join` is given."""
    join: Literal["next"] | None = None
    """Remove the paragraph division after the block: the next block is joined with a space."""
    show: Literal["corr", "sic", "sic-corr", "note-only"] = "corr"
    """Which reading stands in the text; `sic-corr` gives the other in a note."""
    reason: Text
    evidence: str = ""
    """What proves it: a leaf of the scan, the archive's page. Kind `translation` needs it."""
    resp: str = ""
    cert: Literal["high", "medium", "low", "unknown"] = "high"
    reported: Decision | None = None
    decided: Decision | None = None
    supersedes: CorrectionId | None = None
    released_in: Version | None = None
    """Written by `engross release`, then immutable."""


class Ledger(Model):
    """The whole file."""

    ledger: Literal["1"]
    edition: Id
    base: dict[str, Sha256]
    """Digest of each received file, by document."""
    isbn_decision: IsbnDecision | None = None
    corrections: tuple[Correction, ...] = ()
