"""What `--json` prints, command by command: the form that other programs may rely on."""

from typing import Any, Literal

from pydantic import Field

from engross.commands.diff.report import Sending
from engross.commands.doctor import Part
from engross.model.check import Made
from engross.release.compare import Pages, Rows
from engross.release.frozen import Moved
from engross.schema.base import Model
from engross.schema.published import schema_texts


class Answer(Model):
    """What all objects share: no key comes without a place here."""


class FindingRow(Answer):
    """A fault, where it is, and what to do."""

    code: str
    severity: Literal["error", "warning", "info"]
    path: str
    line: int | None
    column: int | None
    message: str
    fix: str


class CheckRow(Answer):
    """A check that was asked for; one that could not run is `not checked`, never `passed`."""

    name: str
    subject: str
    verdict: Literal["passed", "failed", "not checked"]
    detail: str = ""


class Command(Answer):
    """What every command about one book prints."""

    edition: str
    version: str
    released: bool
    ok: bool
    published: str | None
    """What is in dist now, or null."""
    outputs: tuple[Made, ...]
    findings: tuple[FindingRow, ...]
    checks: tuple[CheckRow, ...]
    units: dict[str, int]
    """How many units were laid out: `total`, `typeset`, `reused`; empty where none was."""
    seconds: dict[str, float]
    """By stage."""


class Checked(Command):
    """`engross check`."""

    texts: dict[str, str] = Field(default_factory=dict)
    """SHA-256 of each section's text, for sign-offs; absent where the book has errors."""


class New(Command):
    """`engross new`."""

    created: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    """Files of a book that exists, in which the document was named."""
    unplaced: tuple[str, ...] = ()
    """What could not be placed; it is listed, never dropped."""


class Corrected(Command):
    """`engross correct`."""

    correction: dict[str, Any] | None = None
    """The entry as the ledger has it (schema `ledger.json`)."""
    corrections: tuple[dict[str, Any], ...] = ()
    """With `--list` and `--adopt`."""
    written: bool = False
    """With `--adopt`: whether the entries were entered."""
    lines: tuple[str, ...] = ()
    """The same in words."""


class Released(Command):
    """`engross release`."""

    released_on: str = ""
    step: str = ""
    """Why the version is this one."""
    notice: bool = False
    """Whether readers and shops are owed a notice."""
    lines: tuple[str, ...] = ()


class Word(Answer):
    """A stretch of words that became another."""

    old: str
    new: str


class ComparedText(Answer):
    """A text that differs."""

    address: str
    old: str
    new: str
    old_page: str
    new_page: str
    words: tuple[Word, ...]


class Difference(Answer):
    """What differs between two states of an edition."""

    old: str
    new: str
    record: tuple[dict[str, str], ...]
    texts: tuple[ComparedText, ...]
    registers: tuple[Rows, ...]
    numbers: tuple[Moved, ...]
    pages: Pages
    files: tuple[str, ...]
    """Names of the finished files that differ."""
    send: tuple[Sending, ...]


class Compared(Command):
    """`engross diff`."""

    difference: Difference | None = None
    report: str = ""
    """With `--html`: the file that was written."""
    lines: tuple[str, ...] = ()


class Doctor(Answer):
    """`engross doctor`."""

    engross: str
    """The program's version."""
    ok: bool
    parts: tuple[Part, ...]


class Code(Answer):
    """`engross explain CODE`."""

    code: str
    severity: Literal["error", "warning", "info"]
    exit_status: int
    stage: str
    title: str
    meaning: str
    example: str
    fix: str


class Codes(Answer):
    """`engross explain`, without a code."""

    codes: tuple[Code, ...]


COMMANDS: dict[str, type[Model]] = {
    "build": Command,
    "check": Checked,
    "clean": Command,
    "correct": Corrected,
    "diff": Compared,
    "doctor": Doctor,
    "explain": Codes,
    "explain-code": Code,
    "new": New,
    "release": Released,
    "verify": Command,
}
"""Each command, and what its one object on standard output is."""


def answer_schemas() -> dict[str, str]:
    """The schemas of what `--json` prints, by command."""
    return schema_texts(COMMANDS)
