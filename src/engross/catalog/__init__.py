"""
Every finding code: its severity, its exit status, and the page that `engross explain` shows.

One TOML file a family; the family is the code's letter, and `usual` has what its codes are where
they do not say otherwise. A code is never reused for another fault.
"""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from engross.model.finding import EngrossError, Finding, Place, Severity

STAGES = ("read", "parse", "assemble", "render", "make", "check", "publish")


@dataclass(frozen=True, slots=True)
class Entry:
    """One code as the catalog has it."""

    code: str
    severity: Severity
    exit_status: int
    """1 to 9; where several codes meet, the earliest stage wins, then the lowest status."""
    stage: str
    title: str
    """Names the fault in a few words."""
    meaning: str
    example: str
    """What the editor wrote, and the message it gives."""
    fix: str
    """What to do next, in sentences."""

    @property
    def way_out(self) -> str:
        """The fix as the end of a message: no capital, no full stop."""
        words = " ".join(self.fix.split()).removesuffix(".")
        return words if words[1:2].isupper() else words[:1].lower() + words[1:]


@cache
def family(letter: str) -> dict[str, Entry]:
    """All codes of one letter, in the order of the file."""
    source = files(__name__).joinpath(f"{letter}.toml")
    if not source.is_file():
        return {}
    rows = tomllib.loads(source.read_text("utf-8"))
    usual = rows.pop("usual", {})
    return {
        code: Entry(
            code,
            Severity(row["severity"]),
            row["exit"],
            row["stage"],
            *(row[part].strip() for part in ("title", "meaning", "example", "fix")),
        )
        for code, row in ((code, usual | row) for code, row in rows.items())
    }


def entry(code: str) -> Entry:
    """
    Look a code up.

    Raises:
        KeyError: no such code.
    """
    return family(code[:1])[code]


def codes() -> dict[str, Entry]:
    """All entries, by code, sorted."""
    letters = sorted(
        path.name[:-5] for path in files(__name__).iterdir() if path.name.endswith(".toml")
    )
    return {code: row for letter in letters for code, row in sorted(family(letter).items())}


def finding(code: str, place: Place, message: str, fix: str = "") -> Finding:
    """A finding with the catalog's severity and, where none is given, its fix."""
    row = entry(code)
    return Finding(code, row.severity, place, message, fix or row.way_out)


def exit_status(findings: list[Finding] | tuple[Finding, ...]) -> int:
    """The status of a run that ends with these errors: earliest stage, then lowest number."""
    rows = [entry(found.code) for found in findings if found.is_error]
    if not rows:
        return 0
    return min((STAGES.index(row.stage), row.exit_status) for row in rows)[1]


def stop(findings: list[Finding] | tuple[Finding, ...]) -> EngrossError:
    """The error that ends a run; the caller raises it."""
    return EngrossError(findings, exit_status(findings))
