"""A small house, and the sections that tests typeset with it."""

from engross.make.typeset.values import Unit

SHEET = """
:root { --ink: device-cmyk(0 0 0 1) }
@page {
  size: 5in 7in; margin: 18mm 14mm 20mm 20mm;
  @footnote { border-top: .4pt solid; padding-top: 3pt }
}
html { font: 10.5pt/14pt "EB Garamond"; color: var(--ink); hyphens: auto }
p { margin: 0; text-indent: 1em; text-align: justify }
a { color: inherit; text-decoration: none }
.page-number { font-variant-numeric: lining-nums tabular-nums }
section { counter-reset: footnote }
.note { float: footnote; font-size: 8.5pt; line-height: 11pt; text-indent: 0; text-align: justify }
.note::footnote-call { content: counter(footnote); font-variant-position: super }
.note::footnote-marker { content: counter(footnote) ". " }
.note .block { display: block }
.note .block:first-of-type { display: inline }
.note .list { display: block; padding-left: 1.2em }
.note .item { display: block }
.note .table { display: table }
.note .row { display: table-row }
.note .cell { display: table-cell }
.running-head {
  position: absolute; top: -8mm; left: 0; right: 0; text-align: center;
  font-variant-caps: small-caps;
}
.folio { position: absolute; bottom: -10mm; left: 0; right: 0; text-align: center }
"""
WORDS = [
    "The",
    "Ambassador",
    "said",
    "that",
    "his",
    "Government",
    "attached",
    "importance",
    "to",
    "the",
    "development",
    "of",
    "trade",
    "and",
    "asked",
    "whether",
    "the",
    "visit",
    "of",
    "the",
    "delegation",
    "could",
    "take",
    "place",
    "in",
    "the",
    "autumn",
    "of",
    "that",
    "year",
]


def prose(count: int, start: int = 0) -> str:
    """So many words; each differs from its neighbours by a number."""
    return " ".join(
        f"{WORDS[n % len(WORDS)]}{n}" if n % 5 == 0 else WORDS[n % len(WORDS)]
        for n in range(start, start + count)
    )


def section(address: str, body: str, title: str = "") -> str:
    head = f"<h1>{title}</h1>" if title else ""
    return f'<section xmlns="http://www.w3.org/1999/xhtml" id="{address}">{head}{body}</section>'


def paragraph(address: str, number: int, text: str) -> str:
    local = f"p-{number:03d}"
    return f'<p id="{local}" data-address="{address}#{local}" data-paragraph="{number}">{text}</p>'


def note(address: str, name: str, text: str) -> str:
    return f'<span class="note" id="note-{name}" data-address="{address}/note/{name}">{text}</span>'


def slot(address: str) -> str:
    return f'<a class="page-number" href="https://page.invalid/#{address}">00</a>'


def unit(address: str, body: str, **more: object) -> Unit:
    title = str(more.pop("title", address.capitalize()))
    html = section(address, body, title)
    return Unit(address, html, "en", title, path=f"{address}.md", **more)  # type: ignore[arg-type]
