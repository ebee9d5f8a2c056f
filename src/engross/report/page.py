"""The report as one HTML file: what was made, what was found, what was checked, how it looks."""

import base64
import io
import json
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from engross.commands.outcome import Outcome, shown_path
from engross.model.finding import Finding, Severity

MOST = 64
"""Pages that are shown; of a longer file those on which a section begins."""
SCALE = 60 / 72
"""Sixty dots an inch: a page is recognised, and its text stands in the edition."""
WORDS = 90
"""Characters of a page's beginning and end that describe it."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A page as it looks and as it reads."""

    label: str
    """The printed number, or the ordinal where none is printed."""
    png: bytes
    description: str

    def address(self) -> str:
        """The picture as a `data:` address, so that the report is one file."""
        return "data:image/png;base64," + base64.b64encode(self.png).decode()


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
    # What the pictures are of: the reading PDF, else a print file.
    shown = [made for made in outcome.outputs if made.kind in {"screen", "print"}]
    paged = next((made for made in shown if made.kind == "screen"), shown[0] if shown else None)
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


def pictures(path: Path, scale: float = SCALE) -> Iterator[Picture]:
    """The pages of a PDF that are worth showing, in order."""
    import pypdfium2 as pdfium

    with closing(pdfium.PdfDocument(path.read_bytes())) as document:
        for number in _shown(document):
            page = document[number]
            text = page.get_textpage()
            words = " ".join(text.get_text_range().split())
            image = page.render(scale=scale, grayscale=True).to_pil()
            label = document.get_page_label(number) or str(number + 1)
            yield Picture(label, _png(image), described(label, words))
            text.close()
            page.close()


def described(label: str, words: str) -> str:
    """
    A page in one sentence.

    >>> described("7", "To the Reader")
    'Page 7: “To the Reader”.'
    >>> described("8", "")
    'Page 8: blank.'
    """
    if not words:
        return f"Page {label}: blank."
    if len(words) <= 2 * WORDS:
        return f"Page {label}: “{words}”."
    start = words[:WORDS].rpartition(" ")[0]
    end = words[-WORDS:].partition(" ")[2]
    return f"Page {label}: begins “{start} …” and ends “… {end}”."


def _shown(document: object) -> list[int]:
    count = len(document)  # type: ignore[arg-type]  # pypdfium2 has no types
    if count <= MOST:
        return list(range(count))
    marks = document.get_toc(max_depth=2)  # type: ignore[attr-defined]  # as above
    numbers = {mark.get_dest().get_index() for mark in marks if mark.get_dest()}
    return sorted(number for number in {0, *numbers} if number is not None)[:MOST]


def _png(image: object) -> bytes:
    buffer = io.BytesIO()
    small = image.quantize(16)  # type: ignore[attr-defined]  # Pillow's, through pypdfium2
    small.save(buffer, "PNG", optimize=True)
    return buffer.getvalue()
