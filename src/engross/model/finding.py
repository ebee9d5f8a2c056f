"""What a check found, and the errors that carry findings to the edge."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """How much a finding weighs: an error blocks publishing, a warning only with `--strict`."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A point in a file that a person edits."""

    path: str = ""
    """Relative to the book's folder, POSIX; empty where no file is concerned."""
    line: int = 0
    """From 1; 0 where the whole file is meant."""
    column: int = 0
    """In characters, from 1; 0 where the whole line is meant."""

    def __str__(self) -> str:
        numbers = [str(n) for n in (self.line, self.column) if n]
        return ":".join([self.path or "engross", *numbers])


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault: where it is, what it is, and what to do about it."""

    code: str
    """A letter for the family and three digits; each has an entry in the catalog."""
    severity: Severity
    place: Place
    message: str
    """States the fault in the editor's own words, without a full stop."""
    fix: str
    """The next thing to do, as an imperative, without a full stop."""

    def __str__(self) -> str:
        return f"{self.place}: {self.code} {self.message}\n    fix: {self.fix}"

    @property
    def is_error(self) -> bool:
        """Whether it blocks publishing."""
        return self.severity is Severity.ERROR


class EngrossError(Exception):
    """An expected failure: it carries every finding and the exit status, and prints nothing."""

    def __init__(self, findings: Sequence[Finding], exit_status: int) -> None:
        super().__init__("\n".join(str(finding) for finding in findings))
        self.findings = tuple(findings)
        self.exit_status = exit_status
        """1 to 9, as the design's table of exit statuses has it."""


def errors(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Those that block publishing."""
    return tuple(finding for finding in findings if finding.is_error)
