"""`releases/<version>/`: what a release froze, as JSON; written by `engross release` only."""

from typing import Literal

from pydantic import Field

from engross.schema.base import Day, Id, Model, Sha256, Text, Version
from engross.schema.ledger import Correction, IsbnDecision


class FrozenOutput(Model):
    """A file of the released edition."""

    kind: Text
    path: Text
    """Below the edition's folder."""
    sha256: Sha256
    bytes: int
    profile: str = ""
    pages: int | None = None


class FrozenCheck(Model):
    """A check that was asked for when the version was released."""

    tool: Text
    version: str
    subject: Text
    """The file that was judged."""
    verdict: Literal["passed", "failed", "not checked"]


class Accepted(Model):
    """A finding that would have stopped the release, and why it did not."""

    code: Text
    reason: Text
    messages: tuple[str, ...] = ()


class FrozenLedger(Model):
    """The ledger as it was released."""

    sha256: Sha256 | None = None
    """The digest of the file; absent where the book has none."""
    corrections: tuple[Correction, ...] = ()


class Record(Model):
    """`record.json`: identity, digests, decisions."""

    record: Literal["1"] = "1"
    edition: Id
    version: Version
    date: Day
    modified: Day
    title: Text
    subtitle: str = ""
    documents: tuple[Id, ...] = ()
    sections: tuple[str, ...] = ()
    """The addresses of all sections, in order."""
    step: str = ""
    """Why the version is this one, in words."""
    isbn_decision: IsbnDecision | None = None
    ledger: FrozenLedger = FrozenLedger()
    inputs: dict[str, Sha256] = Field(default_factory=dict)
    """Digest of every file of the book that was read, but for the release records."""
    outputs: tuple[FrozenOutput, ...] = ()
    build: str = ""
    """SHA-256 of SHA256SUMS: the one number of the published folder."""
    versions: dict[str, str] = Field(default_factory=dict)
    """The versions of everything that can change a byte, by name."""
    accepted: tuple[Accepted, ...] = ()
    not_checked: tuple[str, ...] = ()
    """Checks that were asked for and could not run."""
    checks: tuple[FrozenCheck, ...] = ()
    """What the outputs were held against: a recorded result for exactly these bytes counts as run,
    so the receipt of a version that is made again repeats it."""


class Numbering(Model):
    """`numbering.json`: the printed numbers of a version, by address."""

    documents: dict[str, str] = Field(default_factory=dict)
    """`yamada` -> `12`; no entry where the edition prints none."""
    paragraphs: dict[str, str] = Field(default_factory=dict)
    """`yamada#p-007` -> `4`."""
    notes: dict[str, str] = Field(default_factory=dict)
    """`yamada/note/kurile` -> `9`, or `9a` for a note that came later."""

    def all(self) -> dict[str, str]:
        """Every number by its address: the three kinds never share one."""
        return {**self.documents, **self.paragraphs, **self.notes}

    def by_text(self) -> dict[str, dict[str, str]]:
        """The numbers of the notes of each text."""
        found: dict[str, dict[str, str]] = {}
        for name, number in self.notes.items():
            found.setdefault(name.partition("/note/")[0], {})[name] = number
        return found


class PageMap(Model):
    """`pages.json`: the printed page on which each address begins."""

    files: tuple[str, ...] = ()
    """The PDFs that have these pages: all interiors of a trim and the reading PDF agree."""
    count: int = 0
    pages: dict[str, str] = Field(default_factory=dict)
    digests: tuple[str, ...] = ()
    """SHA-256 of what each page shows, in order: equal digests need no new plate."""
