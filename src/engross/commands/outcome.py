"""What a command comes to: the same facts for the table, the JSON and the exit status."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from engross.catalog import exit_status
from engross.model.check import Checked, Made
from engross.model.finding import Finding


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a command did, or why it did not."""

    edition: str = ""
    version: str = ""
    released: bool = False
    published: str | None = None
    """What is in dist now; None where nothing is."""
    unchanged: bool = False
    outputs: tuple[Made, ...] = ()
    findings: tuple[Finding, ...] = ()
    checks: tuple[Checked, ...] = ()
    units: Mapping[str, int] = field(default_factory=dict)
    seconds: Mapping[str, float] = field(default_factory=dict)
    exit_status: int = 0
    book: str = ""
    """The book's folder as the user gave it: findings' paths are shown below it."""
    extra: Mapping[str, Any] = field(default_factory=dict)
    """Further members of the JSON object, for commands that have more to say."""

    @property
    def ok(self) -> bool:
        """Whether the exit status is 0."""
        return self.exit_status == 0

    def as_json(self) -> dict[str, Any]:
        """The object that `--json` prints."""
        return {
            "edition": self.edition,
            "version": self.version,
            "released": self.released,
            "ok": self.ok,
            "published": self.published,
            "outputs": [made.as_json() for made in self.outputs],
            "findings": [finding_json(found, self.book) for found in self.findings],
            "checks": [checked.as_json() for checked in self.checks],
            "units": dict(self.units),
            "seconds": {name: round(value, 3) for name, value in self.seconds.items()},
            **self.extra,
        }


def finding_json(found: Finding, book: str) -> dict[str, Any]:
    """A finding with its path as the user would type it."""
    return {
        "code": found.code,
        "severity": str(found.severity),
        "path": shown_path(found.place.path, book),
        "line": found.place.line or None,
        "column": found.place.column or None,
        "message": found.message,
        "fix": found.fix,
    }


def shown_path(path: str, book: str) -> str:
    """A file of the book as the user would type it from where the command was started."""
    if not path or not book or book == "." or path.startswith("/"):
        return path
    return f"{book}/{path}"


def status_of(findings: Sequence[Finding], *, strict: bool) -> int:
    """0, the catalog's status of the errors, or 1 where warnings are not let pass."""
    status = exit_status(tuple(findings))
    if status == 0 and strict and any(str(f.severity) == "warning" for f in findings):
        return 1
    return status
