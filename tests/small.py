"""A book of one short document, to which a test adds what it is about."""

from hashlib import sha256
from pathlib import Path

from engross.assemble.edition import Edition
from engross.cache.store import Store
from engross.model.finding import Finding
from engross.read import open_book
from engross.render import render
from engross.workshop.assembled import assembled

TEXT = "A first paragraph.\n"
DIGEST = sha256(TEXT.encode()).hexdigest()
MANIFEST = """\
edition: small
title: A Small Book
date: "2026-11-30"
identifier: urn:uuid:00000000-0000-4000-8000-000000000000
rights: {status: cleared, statement: In the public domain.}
"""


def small(folder: Path, sections: str, files: dict[str, str], more: str = "") -> Path:
    """A book whose manifest has such sections (YAML, a line each), and these files beside it."""
    rows = "".join(f"  - {row}\n" for row in sections.split("\n"))
    written = {"manifest.yaml": f"{MANIFEST}{more}sections:\n{rows}"} | files
    for name in ("paper", "second"):
        if f"document: {name}" in sections:
            written[f"documents/{name}/received.md"] = TEXT
            written[f"documents/{name}/transcript.md"] = TEXT
            written[f"documents/{name}/document.yaml"] = (
                f"id: {name}\nreceived: {{file: received.md, sha256: {DIGEST}, format: markdown, "
                'lines: [{lines: "1-1", use: transcript}]}\n'
                f"title: {{supplied: The {name.title()}}}\ndates: {{event: ''}}\nlanguage: en\n"
                "source: {repository: Example Archive}\n"
            )
    for name, text in written.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, "utf-8")
    return folder


def judged(folder: Path) -> tuple[Edition, tuple[Finding, ...]]:
    """Its edition, and what is wrong with it."""
    state = assembled(open_book(folder), Store(folder / ".engross"))
    return state.edition, state.findings


def page(edition: Edition, address: str) -> str:
    """A section as paper has it."""
    return next(one.html for one in render(edition, "page") if one.address == address)
