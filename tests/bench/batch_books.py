"""
Generated books of one document: the memorandum's paragraphs, varied by number, for measuring.

Nothing in them is an edition of anything; each says so on its title page.
"""

import hashlib
import random
import uuid
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
TRANSCRIPT = ROOT / "book" / "documents" / "yamada" / "transcript.md"
ESCAPED = str.maketrans({mark: f"\\{mark}" for mark in "\\*_[]<>`#&{}!|~^$"})
HEADING = "Record of a conversation, number {number}"


def paragraphs() -> list[str]:
    """The memorandum's plain paragraphs, without block roles and without Markdown."""
    lines = TRANSCRIPT.read_text("utf-8").splitlines()
    plain, fenced = [], False
    for line in lines:
        if line.startswith(":::"):
            fenced = line.strip() != ":::"
        elif line.strip() and not fenced:
            plain.append(line.replace("\\", "").replace("*", "").strip())
    return [line for line in plain if len(line) > 40]


def write_books(
    folder: Path, count: int, size: int = 0, outputs: str = "epub, print"
) -> Iterator[Path]:
    """
    Write `count` books and give their folders.

    Args:
        folder: they lie in it, as `book-0001` and so on.
        count: how many.
        size: paragraphs in each; 0 is as many as the memorandum has.
        outputs: kinds, as the manifest lists them.
    """
    texts = paragraphs()
    for number in range(1, count + 1):
        place = folder / f"book-{number:04d}"
        chosen = random.Random(number).sample(texts, size or len(texts))
        _write(place, number, chosen, outputs)
        yield place


def _write(place: Path, number: int, texts: list[str], outputs: str) -> None:
    heading = HEADING.format(number=number)
    received = "\n\n".join([heading, *texts]) + "\n"
    body = "\n\n".join(text.translate(ESCAPED) for text in texts)
    inner = place / "documents" / "record"
    inner.mkdir(parents=True)
    inner.joinpath("received.txt").write_text(received, "utf-8")
    inner.joinpath("transcript.md").write_text(f"::: heading\n{heading}\n:::\n\n{body}\n", "utf-8")
    inner.joinpath("document.yaml").write_text(
        f"""id: record
type: record of conversation
received:
  file: received.txt
  sha256: {hashlib.sha256(received.encode()).hexdigest()}
  format: text
  lines:
    - {{lines: "1-{len(received.splitlines())}", use: transcript}}
title:
  supplied: {heading}
dates:
  event: "1961-09-14"
language: en
source:
  repository: Generated for measuring
""",
        "utf-8",
    )
    place.joinpath("manifest.yaml").write_text(
        f"""edition: generated-{number:04d}
title: Generated Book {number}
subtitle: Made for Measuring, an Edition of Nothing
version: "1.0"
date: "2026-11-23"
language: en
identifier: urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, f"generated {number}")}
rights:
  status: cleared
  statement: Made for measuring.
sections:
  - title-page
  - imprint
  - contents
  - document: record
  - colophon
outputs: [{outputs}]
""",
        "utf-8",
    )
