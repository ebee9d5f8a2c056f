"""`corrections.yaml`: the ledger. Entries are recorded once and never deleted after a release."""

from typing import Annotated, Literal

from pydantic import BeforeValidator, ConfigDict, Field, StringConstraints

from engross.schema.base import Anchor, Day, Id, Model, Sha256, Text, Version

CorrectionId = Annotated[str, StringConstraints(pattern=r"^C-(\d{4,}|new-[0-9a-f]{8})$")]
"""`C-0023`; or `C-new-3f9a1c2e`, from the content, until a release gives the entry its number."""


Quoted = Annotated[
    str, BeforeValidator(lambda one: one.rstrip("\n") if isinstance(one, str) else one)
]
"""Words to the letter: a space at either end counts, the line break of a YAML block does not."""
Words = Annotated[str, StringConstraints(strip_whitespace=True)]


class Literally(Model):
    """A mapping whose texts keep the spaces at their ends, unless they are `Words`."""

    model_config = ConfigDict(str_strip_whitespace=False)


class Target(Anchor, Literally):
    """Where a correction applies: an address, and a quotation in its received text."""

    address: Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]*(/[a-z0-9-]+)*$")]
    """`yamada` (a document), `introduction`, `yamada/note/kurile`, `manifest/title`."""
    exact: Quoted = ""
    prefix: Quoted = ""
    suffix: Quoted = ""
    block_sha256: Sha256 | None = None
    """Digest of the block's text when the entry was written; `engross correct` fills it in."""


class Decision(Model):
    """Who, and when."""

    by: Text
    """Who."""
    on: Day


class IsbnDecision(Model):
    """Whether the formats keep their ISBN: a person decides."""

    isbn: Literal["keep", "new"]
    """Whether the new edition keeps its numbers."""
    by: Text
    """Who decided."""
    reason: str = ""
    """Why."""


class Renewed(Model):
    """A new state of a received file; written by `engross rebase`."""

    before: Sha256
    """The SHA-256 of the old file."""
    now: Sha256
    """The SHA-256 of the new one."""
    kept: Text
    """Where the old file lies in the book."""


class TakenDown(Model):
    """Words or a picture that the public form of the book no longer has."""

    for_: Literal["privacy", "rights"] = Field(alias="for")
    """Why readers may not have them."""
    sha256: Sha256
    """Digest of `sealed.json`, which has the words and lies apart from the book."""


class Correction(Literally):
    """One entry of the ledger."""

    id: CorrectionId
    status: Literal["reported", "verified", "held", "rejected", "withdrawn", "confirmed"]
    """Only `verified` is applied; `confirmed`: the archive itself reads so now."""
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
    read: Quoted | None = None
    """The new reading; "" deletes. Absent where `join` is given, and in an entry that only records
    a change of layout or structure."""
    join: Literal["next"] | None = None
    """Remove the paragraph division after the block: the next block is joined with a space."""
    show: Literal["corr", "sic", "sic-corr", "note-only"] = "corr"
    """Which reading stands in the text; `sic-corr` gives the other in a note."""
    reason: Annotated[Words, StringConstraints(min_length=1)]
    """Why; printed for the reader."""
    evidence: Words = ""
    """What proves it: a leaf of the scan, the archive's page. Kind `translation` needs it."""
    resp: Words = ""
    """Who answers for the new reading."""
    cert: Literal["high", "medium", "low", "unknown"] = "high"
    """How sure the new reading is."""
    reported: Decision | None = None
    decided: Decision | None = None
    quoted: tuple[Words, ...] = ()
    """Addresses that go on quoting the old words of a corrected field, and may."""
    supersedes: CorrectionId | None = None
    """An earlier entry whose place this one takes as soon as it is verified."""
    renewed: Renewed | None = None
    """In an entry on a document as a whole: the archive issued its text anew."""
    taken_down: TakenDown | None = None
    """In an entry on what is withheld from readers; written by `engross correct --take-down`."""
    released_in: Version | None = None
    """Written by `engross release`, then immutable."""

    @property
    def number(self) -> int | None:
        """23 of C-0023; None before a release has given one."""
        return int(self.id[2:]) if self.id[2:].isdigit() else None


class Renumber(Model):
    """Leave to change printed numbers that a release froze."""

    version: Version = Field(alias="in")
    """The version that begins to count anew; every other one keeps the released numbers."""
    by: Text
    """Who decided."""
    reason: Text
    """Why; the record of the release keeps it."""


class ReleaseDay(Model):
    """A version that was released; written by `engross release`."""

    version: Version
    on: Day


class Ledger(Model):
    """The whole file."""

    ledger: Literal["1"]
    """The form of the file."""
    edition: Id
    base: dict[str, Sha256]
    """Digest of each received file, by document."""
    isbn_decision: IsbnDecision | None = None
    renumber: Renumber | None = None
    public: tuple[Literal["rejected", "held"], ...] = ()
    """Reports that readers see, with the reason, in the list of corrections and the feed."""
    releases: tuple[ReleaseDay, ...] = ()
    """In the order of their days."""
    corrections: tuple[Correction, ...] = ()

    def told(self) -> tuple[Correction, ...]:
        """Reports that were not taken over and that readers are told of."""
        return tuple(row for row in self.corrections if row.status in self.public)
