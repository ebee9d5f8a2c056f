"""Finished files, and what came of each check."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any


@dataclass(frozen=True, slots=True)
class Output:
    """One file of an edition."""

    kind: str
    """`epub`, `print`, `screen`, `cover`, `web`, `metadata`, `evidence`."""
    name: str
    """Relative to the edition's folder, POSIX: `slug-print-generic.pdf`, `evidence/…`."""
    content: bytes
    profile: str = ""
    """The printer profile of a print or cover file."""
    pages: int | None = None


@dataclass(frozen=True, slots=True)
class Made:
    """A finished file."""

    kind: str
    path: str
    """As the user would type it."""
    sha256: str
    bytes: int
    profile: str = ""
    """The printer's profile; empty where there is none."""
    pages: int | None = None
    """None where the file has no pages."""

    def as_json(self) -> dict[str, Any]:
        """The object of the design's `outputs` list."""
        row: dict[str, Any] = {"kind": self.kind}
        if self.profile:
            row["profile"] = self.profile
        row |= {"path": self.path, "sha256": self.sha256, "bytes": self.bytes}
        if self.pages is not None:
            row["pages"] = self.pages
        return row


class Status(StrEnum):
    """How a check ended; what nobody looked at has not passed."""

    PASSED = "passed"
    FAILED = "failed"
    NOT_CHECKED = "not checked"


@dataclass(frozen=True, slots=True)
class Checked:
    """A check that was asked for, and what came of it."""

    name: str
    subject: str
    """The file that was judged."""
    verdict: Status
    detail: str = ""
    """What was found, or how much was compared."""
    version: str = ""
    """The checker's version; empty for a check of our own, which has the program's."""

    @classmethod
    def judged(cls, name: str, subject: str, passed: bool, detail: str = "") -> "Checked":
        """A check that was made."""
        return cls(name, subject, Status.PASSED if passed else Status.FAILED, detail)

    def as_json(self) -> dict[str, Any]:
        """An object of the list `checks`."""
        row = {"name": self.name, "subject": self.subject, "verdict": self.verdict.value}
        return row | ({"detail": self.detail} if self.detail else {})
