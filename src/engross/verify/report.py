"""What a proof comes to."""

from dataclasses import dataclass, field
from typing import Literal

from engross.catalog import finding
from engross.model.finding import Finding, Place

Verdict = Literal["passed", "failed", "not checked"]


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was proved, or not."""

    name: str
    subject: str
    """The file."""
    verdict: Verdict
    count: int
    """How many things were compared: files, addresses, characters, notes, links, pages."""
    unit: str = ""
    """What was counted."""


@dataclass(frozen=True, slots=True)
class Report:
    """Everything that was proved of a folder, and every fault."""

    checks: tuple[Check, ...]
    findings: tuple[Finding, ...]

    @property
    def proved(self) -> bool:
        """Whether something was compared and nothing differs."""
        return bool(self.checks) and not any(found.is_error for found in self.findings)


@dataclass(slots=True)
class Log:
    """Collects checks and findings of one file."""

    subject: str
    checks: list[Check] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)

    def fault(self, code: str, message: str, fix: str = "") -> None:
        """Note a fault of this file."""
        self.findings.append(finding(code, Place(self.subject), message, fix or MEND))

    def check(self, name: str, count: int, unit: str, since: int) -> None:
        """Close a check: it failed if an error was noted after the first `since` findings."""
        failed = any(found.is_error for found in self.findings[since:])
        self.checks.append(Check(name, self.subject, "failed" if failed else "passed", count, unit))


MEND = "build the edition again; if it stays so, report it as a bug and publish nothing"
