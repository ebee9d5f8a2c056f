"""What was made, and what came of each check."""

from dataclasses import dataclass
from typing import Any, Literal


@dataclass(frozen=True, slots=True)
class Made:
    """A finished file."""

    kind: str
    path: str
    """As the user would type it."""
    sha256: str
    bytes: int
    profile: str = ""
    pages: int | None = None

    def as_json(self) -> dict[str, Any]:
        """The object of the design's `outputs` list."""
        row: dict[str, Any] = {"kind": self.kind}
        if self.profile:
            row["profile"] = self.profile
        row |= {"path": self.path, "sha256": self.sha256, "bytes": self.bytes}
        if self.pages is not None:
            row["pages"] = self.pages
        return row


@dataclass(frozen=True, slots=True)
class Checked:
    """A check that was asked for, and what came of it."""

    name: str
    subject: str
    """The file that was judged."""
    verdict: Literal["passed", "failed", "not checked"]
    detail: str = ""
    version: str = ""
    """Of the checker; empty for a check of our own, which has the program's."""

    def as_json(self) -> dict[str, Any]:
        """An object of the list `checks`."""
        row = {"name": self.name, "subject": self.subject, "verdict": self.verdict}
        return row | ({"detail": self.detail} if self.detail else {})


@dataclass(frozen=True, slots=True)
class Check:
    """A check that was asked for."""

    tool: str
    version: str
    subject: str
    """The output that was judged, by name."""
    verdict: Literal["passed", "failed", "not checked"]
    """`not checked`: the tool is not there. It is never counted as passed."""
