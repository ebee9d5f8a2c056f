"""The report as one HTML file: what was made, what was found, what was checked, how it looks."""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path

from engross.commands.outcome import Outcome, shown_path
from engross.model.check import Made
from engross.model.finding import Finding, Severity
from engross.report.pictures import MOST, pictures


def report(outcome: Outcome, names: dict[str, str]) -> str:
    """
    The whole page. No time of day stands in it.

    Args:
        outcome: what a build came to.
        names: what people call each kind of output.

    Raises:
        EngrossError: the template fails.
    """
    from engross.render.environment import Templates

    findings = {
        severity: [row for row in outcome.findings if row.severity is severity]
        for severity in Severity
    }
    paged = _paged(outcome.outputs)
    context = {
        "outcome": outcome,
        "findings": {f"{len(rows)} {one}": rows for one, rows in findings.items() if rows},
        "place": lambda row: _place(row, outcome.book),
        "files": [(Path(made.path).name, made) for made in outcome.outputs if made.kind in names],
        "names": names,
        "checks": {
            subject: [row for row in outcome.checks if row.subject == subject]
            for subject in dict.fromkeys(row.subject for row in outcome.checks)
        },
        "fonts": _fonts(outcome),
        "paged": paged,
        "most": MOST,
        "pictures": list(pictures(Path(paged.path))) if paged else [],
    }
    return Templates({}).render("report.html", context)


def _place(row: Finding, book: str) -> str:
    return shown_path(str(row.place), book) if row.place.path else str(row.place)


def _paged(outputs: Sequence[Made]) -> Made | None:
    """What the pictures are of: the reading PDF, else a print file."""
    paged = [made for made in outputs if made.kind in {"screen", "print"}]
    return next((made for made in paged if made.kind == "screen"), paged[0] if paged else None)


def _fonts(outcome: Outcome) -> list[tuple[str, str]]:
    receipt = Path(outcome.published or "", "receipt.json")
    if not outcome.ok or not receipt.is_file():
        return []
    return sorted(dict(_fonts_of(json.loads(receipt.read_text("utf-8")))).items())


def _fonts_of(statement: object) -> Iterator[tuple[str, str]]:
    """Name and digest of each font that a receipt tells of, wherever it stands."""
    if isinstance(statement, dict):
        name = statement.get("name")
        if isinstance(name, str) and name.startswith("font/"):
            yield name.removeprefix("font/"), statement["digest"]["sha256"]
        statement = list(statement.values())
    for part in statement if isinstance(statement, list) else []:
        yield from _fonts_of(part)
