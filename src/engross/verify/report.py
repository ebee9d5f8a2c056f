"""What a proof comes to."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Self

from engross.catalog import finding
from engross.model.check import Checked
from engross.model.finding import Finding, Place
from engross.verify.atlas import Atlas, mend


@dataclass(frozen=True, slots=True)
class Report:
    """Everything that was proved of a folder, and every fault."""

    checks: tuple[Checked, ...]
    findings: tuple[Finding, ...]

    @classmethod
    def of(cls, logs: "Sequence[Log]") -> Self:
        """What several logs hold, in their order."""
        checks = (check for log in logs for check in log.checks)
        return cls(tuple(checks), tuple(found for log in logs for found in log.findings))

    @property
    def proved(self) -> bool:
        """Whether something was compared and nothing differs."""
        return bool(self.checks) and not any(found.is_error for found in self.findings)


@dataclass(slots=True)
class Log:
    """Collects checks and findings of one file."""

    subject: str
    checks: list[Checked] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    atlas: Atlas | None = None
    """The book by its addresses, which tells where to look; None where it cannot be read."""

    def fault(self, code: str, message: str, fix: str = "") -> None:
        """Note a fault of this file."""
        self.findings.append(
            finding(code, Place(self.subject), message, mend(message, fix, self.atlas))
        )

    def check(self, name: str, count: int, unit: str, since: int) -> None:
        """
        Close a check: it failed if an error was noted after the first `since` findings.

        `count` says how many things were compared: files, addresses, characters, notes …
        """
        failed = any(found.is_error for found in self.findings[since:])
        words = f"{count} {unit}" if unit else ""
        self.checks.append(Checked.judged(name, self.subject, not failed, words))
