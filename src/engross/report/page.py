"""
The report as one HTML file: what was made, what was found, what was checked, how it looks.

It is linear for a screen reader: headings in order, tables with captions and heads, a description
in words for each picture; nothing is said by colour or position alone. No time of day stands in it.
"""

import json
from collections.abc import Iterator, Sequence
from html import escape
from pathlib import Path

from engross.commands.outcome import Outcome, shown_path
from engross.model.check import Made
from engross.model.finding import Finding, Severity
from engross.report.pictures import MOST, pictures

STYLE = (
    "body{font:1rem/1.5 serif;max-width:46rem;margin:2rem auto;padding:0 1rem}"
    "table{border-collapse:collapse;width:100%}caption,th,td{text-align:left}"
    "caption{font-style:italic}th,td{padding:.2rem .8rem .2rem 0;vertical-align:top;"
    "border-bottom:1px solid #767676}td:last-child{overflow-wrap:anywhere}"
    "td,th{overflow-wrap:break-word}code{overflow-wrap:anywhere}tbody th{font-weight:normal}"
    "tr{break-inside:avoid}h2,h3,caption{break-after:avoid}"
    "figure{display:inline-block;width:14rem;margin:0 1rem 1rem 0;vertical-align:top}"
    "figure img{width:100%;border:1px solid #767676}figcaption{font-size:.85rem}"
    "@media print{body{max-width:none;font-size:9pt}figure{width:30%;break-inside:avoid}}"
)


def report(outcome: Outcome, names: dict[str, str]) -> str:
    """
    The whole page.

    Args:
        outcome: what a build came to.
        names: what people call each kind of output.
    """
    title = f"Report on {outcome.edition or outcome.book or 'a build'}"
    state = "released" if outcome.released else "draft, not released"
    parts = [
        "<!DOCTYPE html>",
        '<html lang="en"><head><meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width">',
        f"<title>{escape(title)}</title><style>{STYLE}</style></head><body><main>",
        f"<h1>{escape(title)}</h1>",
        f"<p>Version {escape(outcome.version or 'unknown')}, {state}. {_result(outcome)}</p>",
        *_findings(outcome),
        *_outputs(outcome.outputs, names),
        *_checks(outcome),
        *_fonts(outcome),
        *_pages(outcome.outputs, names),
        "</main></body></html>",
    ]
    return "\n".join(parts) + "\n"


def _result(outcome: Outcome) -> str:
    if outcome.ok:
        return f"Published in <code>{escape(outcome.published or '')}</code>."
    there = (
        f"In dist is still <code>{escape(outcome.published)}</code>." if outcome.published else ""
    )
    return f"Not published: exit status {outcome.exit_status}. {there}".strip()


def _findings(outcome: Outcome) -> Iterator[str]:
    yield f"<h2>Findings: {len(outcome.findings) or 'none'}</h2>"
    for severity in Severity:
        found = [row for row in outcome.findings if row.severity is severity]
        if found:
            plural = "s" if len(found) > 1 else ""
            yield f"<h3>{len(found)} {severity}{plural}</h3><ul>"
            yield from (_finding(row, outcome.book) for row in found)
            yield "</ul>"


def _finding(row: Finding, book: str) -> str:
    place = shown_path(str(row.place), book) if row.place.path else str(row.place)
    return (
        f"<li><p><strong>{row.code}</strong> {escape(row.message)}<br>"
        f"Place: <code>{escape(place)}</code><br>Mend: {escape(row.fix)}</p></li>"
    )


def _outputs(outputs: Sequence[Made], names: dict[str, str]) -> Iterator[str]:
    shown = [made for made in outputs if made.kind in names]
    yield "<h2>What was made</h2>"
    if not shown:
        yield "<p>Nothing.</p>"
        return
    rows = [
        (
            Path(made.path).name,
            names[made.kind] + (f" ({made.profile})" if made.profile else ""),
            str(made.pages or "–"),
            f"{made.bytes:,}",
            made.sha256,
        )
        for made in shown
    ]
    heads = ("File", "Kind", "Pages", "Bytes", "SHA-256")
    yield from _table("Files, with the digest that proves each", heads, rows)


def _checks(outcome: Outcome) -> Iterator[str]:
    yield "<h2>Checks</h2>"
    if not outcome.checks:
        yield "<p>None ran.</p>"
        return
    for subject in dict.fromkeys(row.subject for row in outcome.checks):
        rows = [
            (row.name, row.verdict, row.detail or "–")
            for row in outcome.checks
            if row.subject == subject
        ]
        yield f"<h3>{escape(subject)}</h3>"
        yield from _table("What it was held against", ("Check", "Verdict", "Detail"), rows)


def _fonts(outcome: Outcome) -> Iterator[str]:
    receipt = Path(outcome.published or "", "receipt.json")
    if not outcome.ok or not receipt.is_file():
        return
    fonts = dict(_fonts_of(json.loads(receipt.read_text("utf-8"))))
    if fonts:
        yield "<h2>Fonts</h2>"
        yield from _table("Faces at hand, each a file", ("Face", "SHA-256"), sorted(fonts.items()))


def _fonts_of(statement: object) -> Iterator[tuple[str, str]]:
    """Name and digest of each font that a receipt tells of, wherever it stands."""
    if isinstance(statement, dict):
        name = statement.get("name")
        if isinstance(name, str) and name.startswith("font/"):
            yield name.removeprefix("font/"), statement["digest"]["sha256"]
        statement = list(statement.values())
    for part in statement if isinstance(statement, list) else []:
        yield from _fonts_of(part)


def _pages(outputs: Sequence[Made], names: dict[str, str]) -> Iterator[str]:
    paged = [made for made in outputs if made.kind in {"screen", "print"}]
    shown = next((made for made in paged if made.kind == "screen"), paged[0] if paged else None)
    if shown is None:
        return
    yield "<h2>Pages</h2>"
    some = f", those on which a section begins, at most {MOST}" if (shown.pages or 0) > MOST else ""
    yield f"<p>Pictures of the {escape(names[shown.kind])}{some}.</p>"
    for picture in pictures(Path(shown.path)):
        words = escape(picture.description)
        yield (
            f'<figure><img src="{picture.address()}" alt="{words}">'
            f"<figcaption>Page {escape(picture.label)}</figcaption></figure>"
        )


def _table(caption: str, heads: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    yield f"<table><caption>{escape(caption)}</caption><thead><tr>"
    yield "".join(f'<th scope="col">{escape(head)}</th>' for head in heads)
    yield "</tr></thead><tbody>"
    for row in rows:
        first, *others = (escape(cell) for cell in row)
        yield f'<tr><th scope="row">{first}</th>'
        yield "".join(f"<td>{cell}</td>" for cell in others) + "</tr>"
    yield "</tbody></table>"
