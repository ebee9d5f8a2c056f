"""What an outside checker said of one file: a value that can be kept beside the file's digest."""

import hashlib
import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from enum import StrEnum

from engross.cache.store import Keeper
from engross.model.check import Checked, Status


class Weight(StrEnum):
    """How the tool weighs a message, heaviest first."""

    FATAL = "fatal"
    ERROR = "error"
    WARNING = "warning"
    INFO = "info"
    USAGE = "usage"


FAILING = (Weight.FATAL, Weight.ERROR, Weight.WARNING)


@dataclass(frozen=True, slots=True)
class Message:
    """One thing that the tool said."""

    code: str
    """The tool's own, `RSC-005`; empty where it has none."""
    weight: Weight
    text: str
    file: str = ""
    """Path inside the checked file; empty where the whole is meant."""
    line: int = 0
    """From 1; 0 where no line is named. `column` alike."""
    column: int = 0


@dataclass(frozen=True, slots=True)
class Verdict:
    """What one tool said of one file."""

    tool: str
    version: str
    """As the tool gives it; empty when it did not run."""
    subject: str
    """SHA-256 of the bytes that were checked."""
    status: Status
    messages: tuple[Message, ...] = ()
    reason: str = ""
    """Why it was not checked."""

    def count(self, weight: Weight) -> int:
        """Count the messages of one weight."""
        return Counter(message.weight for message in self.messages)[weight]

    @property
    def line(self) -> str:
        """What the tool says of the file, in one line."""
        if self.status is Status.NOT_CHECKED:
            return f"{self.tool}: not checked ({self.reason})"
        counts = " / ".join(
            f"{self.count(weight)} {weight}s" for weight in Weight if weight is not Weight.USAGE
        )
        return f"{self.tool} {self.version}: {self.status}, {counts}"

    def checked(self, subject: str) -> Checked:
        """The verdict as every command lists it."""
        return Checked(self.tool, subject, self.status, self.reason or self.line, self.version)

    def to_json(self) -> bytes:
        """Give the form that is kept; equal verdicts are equal bytes."""
        return json.dumps(asdict(self), ensure_ascii=False, sort_keys=True).encode()

    @classmethod
    def from_json(cls, kept: bytes) -> "Verdict":
        """
        Read the kept form back.

        Raises:
            ValueError, KeyError, TypeError: it is not one.
        """
        row = json.loads(kept)
        row["status"] = Status(row["status"])
        row["messages"] = tuple(
            Message(**{**message, "weight": Weight(message["weight"])})
            for message in row["messages"]
        )
        return cls(**row)


def judged(tool: str, version: str, subject: str, messages: Iterable[Message]) -> Verdict:
    """State the verdict that follows from the messages: a warning fails a file, no info does."""
    said = tuple(messages)
    failed = any(message.weight in FAILING for message in said)
    return Verdict(tool, version, subject, Status.FAILED if failed else Status.PASSED, said)


def not_checked(tool: str, subject: str, reason: str) -> Verdict:
    """State that nobody looked, and why."""
    return Verdict(tool, "", subject, Status.NOT_CHECKED, reason=reason)


def recall(store: Keeper | None, tool: str, version: str, subject: str) -> Verdict | None:
    """Give the verdict that was kept of the file with this SHA-256, if there is one."""
    kept = store.get(_key(tool, version, subject)) if store is not None else None
    if kept is None:
        return None
    try:
        verdict = Verdict.from_json(kept)
    except (ValueError, KeyError, TypeError):
        return None
    same = (verdict.tool, verdict.version, verdict.subject) == (tool, version, subject)
    return verdict if same else None


def keep(store: Keeper | None, verdict: Verdict) -> Verdict:
    """Keep a verdict for the next time; that nobody looked is not kept."""
    if store is not None and verdict.status is not Status.NOT_CHECKED:
        store.put(_key(verdict.tool, verdict.version, verdict.subject), verdict.to_json())
    return verdict


def _key(tool: str, version: str, subject: str) -> str:
    return hashlib.sha256(f"verdict 1 {tool} {version} {subject}".encode()).hexdigest()
