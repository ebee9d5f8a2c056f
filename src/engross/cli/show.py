"""Findings, tables and JSON for a person or a program; colour only where it is wanted."""

import json
import os
import sys
from collections.abc import Sequence
from typing import Any, TextIO

from engross.commands.outcome import Outcome, shown_path
from engross.model.check import Status
from engross.model.finding import Finding, Severity

STYLES = {Severity.ERROR: "\x1b[1;31m", Severity.WARNING: "\x1b[33m", Severity.INFO: "\x1b[2m"}
RESET = "\x1b[0m"


def coloured(stream: TextIO, *, plain: bool) -> bool:
    """Whether a stream takes colour: a terminal, `NO_COLOR` unset, `--plain` not given."""
    return not plain and stream.isatty() and not os.environ.get("NO_COLOR")


def print_json(value: dict[str, Any], *, lines: bool = False) -> None:
    """The one object on standard output; with `lines` on one line, as `batch` has them."""
    sys.stdout.write(json.dumps(value, ensure_ascii=False, indent=None if lines else 2) + "\n")


def print_findings(findings: Sequence[Finding], book: str, *, plain: bool) -> None:
    """Each finding as `path:line:column: CODE message` and its fix, on standard error."""
    colour = coloured(sys.stderr, plain=plain)
    for found in findings:
        place = shown_path(str(found.place), book) if found.place.path else str(found.place)
        code = f"{found.severity} {found.code}"
        if colour:
            code = f"{STYLES[found.severity]}{code}{RESET}"
        sys.stderr.write(f"{place}: {code} {found.message}\n    fix: {found.fix}\n")


def counted(findings: Sequence[Finding]) -> str:
    """`2 errors, 1 warning`, or an empty string."""
    parts = []
    for severity, word in ((Severity.ERROR, "error"), (Severity.WARNING, "warning")):
        number = sum(found.severity is severity for found in findings)
        if number:
            parts.append(f"{number} {word}{'s' if number > 1 else ''}")
    return ", ".join(parts)


def print_outputs(outcome: Outcome) -> None:
    """What was made: kind, pages, size, checks, and the file to open."""
    shown = [made for made in outcome.outputs if made.kind in PEOPLE_OPEN]
    shown = [made for made in shown if made.kind != "web" or made.path.endswith("/index.html")]
    rows = [
        (
            WORDS.get(made.kind, made.kind) + (f" ({made.profile})" if made.profile else ""),
            f"{made.pages} pages" if made.pages else "",
            size(made.bytes),
            verdicts(outcome, made.path),
            made.path,
        )
        for made in shown
    ]
    widths = [max((len(row[column]) for row in rows), default=0) for column in range(4)]
    for kind, pages, bytes_, checks, path in rows:
        cells = (kind.ljust(widths[0]), pages.rjust(widths[1]), bytes_.rjust(widths[2]))
        sys.stderr.write("  ".join([*cells, checks.ljust(widths[3]), path]) + "\n")


def verdicts(outcome: Outcome, path: str) -> str:
    """`2 checks passed, 1 not run`, or an empty string where nothing judged the file."""
    found = [row.verdict for row in outcome.checks if row.subject == path.rpartition("/")[2]]
    passed, failed, missing = (found.count(status) for status in Status)
    parts = [f"{passed} check{'s' if passed > 1 else ''} passed"] if passed else []
    parts += [f"{failed} failed"] if failed else []
    parts += [f"{missing} not run"] if missing else []
    return ", ".join(parts)


def print_checks(outcome: Outcome) -> None:
    """Each check that the table does not count, and what came of those that did not pass."""
    counted = {made.path.rpartition("/")[2] for made in outcome.outputs if made.kind in PEOPLE_OPEN}
    for checked in outcome.checks:
        if checked.verdict == "passed" and checked.subject in counted:
            continue
        detail = f": {checked.detail}" if checked.detail and checked.verdict != "passed" else ""
        sys.stderr.write(f"{checked.name}: {checked.subject} {checked.verdict}{detail}\n")


WORDS = {
    "epub": "EPUB",
    "print": "print PDF",
    "screen": "reading PDF",
    "web": "web edition",
    "cover": "cover",
    "booklet": "booklet",
    "slip": "correction slip",
    "bag": "bag",
}
"""What people call each kind of output."""

PEOPLE_OPEN = frozenset({*WORDS, "proof"})
"""Kinds worth a line of the table; the rest is beside them."""


def size(count: int) -> str:
    """
    A number of bytes in words.

    >>> size(10_377), size(1_500_000)
    ('10 kB', '1.5 MB')
    """
    if count < 1_000_000:
        return f"{max(1, round(count / 1000))} kB"
    return f"{count / 1_000_000:.1f} MB"
