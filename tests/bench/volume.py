"""
Make a volume of any size from the memorandum's own text, as a book whose one source is TEI.

The paragraphs of the transcript follow one another from another place in each document, so that no
two documents are alike and all read like the real one. Ten notes a document; of its eight
references to other documents four stand in the text and four in notes. Nothing is random: the same
size gives the same bytes.
"""

import re
import shutil
from pathlib import Path
from xml.sax.saxutils import escape

ROOT = Path(__file__).parents[2]
TRANSCRIPT = ROOT / "book" / "documents" / "yamada" / "transcript.md"
SIZES = {"S": 1, "M": 50, "L": 300}
PARAGRAPHS = 17
"""Of a document; about five pages."""
NOTES = 10
CHAPTER = 25
"""Documents of a chapter."""

MANIFEST = """edition: volume-{size}
title: A Volume of {count} Documents
subtitle: Made for measuring
short_title: A Volume
version: "1.0"
date: "2026-11-23"
language: en
identifier: urn:uuid:59f3211e-785b-5509-a9b5-6f66ea836b3d
people: []
rights: {{status: conditional, statement: Made for measuring., terms: Not for reading.}}
print: {{binding: case, profiles: [{printer}]}}
sections:
  - title-page
  - imprint
  - contents
  - documents-list
  - tei: sources/volume.xml
  - persons
  - colophon
outputs: [epub, print]
"""

PERSONS = ("Khrushchev", "Yamada", "Mikoyan", "Kosaka", "Ikeda", "Gromyko")


def paragraphs() -> list[str]:
    """The memorandum's paragraphs of some length, without Markdown."""
    text = TRANSCRIPT.read_text("utf-8").replace("\\", "")
    blocks = re.sub(r"(?m)^:::.*$", "", text).replace("*", "").split("\n\n")
    return [" ".join(block.split()) for block in blocks if len(block) > 150]


def write_volume(folder: Path, count: int, size: str = "l") -> Path:
    """Write a book of so many documents into a folder; gives the folder."""
    (folder / "sources").mkdir(parents=True, exist_ok=True)
    printer = "offset" if count > 100 else "generic"  # which of them binds so many pages
    manifest = MANIFEST.format(size=size.lower(), count=count, printer=printer)
    (folder / "manifest.yaml").write_text(manifest, "utf-8")
    shutil.copytree(ROOT / "book" / "styles", folder / "styles")
    (folder / "sources" / "volume.xml").write_text(volume(count), "utf-8")
    return folder


def volume(count: int) -> str:
    """The TEI file."""
    source = paragraphs()
    rows = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<TEI xmlns="http://www.tei-c.org/ns/1.0" xml:id="volume"><teiHeader><fileDesc><titleStmt>',
        "<title>A Volume</title></titleStmt><publicationStmt><p>Made for measuring.</p>",
        "</publicationStmt><sourceDesc><p>The memorandum of this book.</p></sourceDesc></fileDesc>",
        '</teiHeader><text><front><div type="section" xml:id="list-of-persons" subtype="persons">',
        "<head>Persons</head><list>",
        *(
            f'<item><persName xml:id="p_{name}">{name}</persName>, named in the documents.</item>'
            for name in PERSONS
        ),
        "</list></div></front><body>",
    ]
    for first in range(1, count + 1, CHAPTER):
        last = min(first + CHAPTER - 1, count)
        rows.append(f'<div type="chapter" xml:id="ch{first}">')
        rows.append(f"<head>Documents {first} to {last}</head>")
        rows += [document(number, count, source) for number in range(first, last + 1)]
        rows.append("</div>")
    rows.append("</body></text></TEI>")
    return "\n".join(rows)


def document(number: int, count: int, source: list[str]) -> str:
    """One document: head, dateline, paragraphs with references, notes with references."""
    day = f"1961-{1 + (number - 1) // 28 % 12:02d}-{1 + (number - 1) % 28:02d}"
    rows = [
        f'<div type="document" n="{number}" xml:id="d{number}">',
        f"<head>{number}. Record of Conversation {number}</head>",
        f'<dateline><placeName>Moscow</placeName>, <date when="{day}">{day}</date>.</dateline>',
    ]
    for index in range(PARAGRAPHS):
        words = source[(number * 7 + index) % len(source)]
        cut = (number * 131 + index * 17) % max(1, len(words) // 3)
        cut = words.find(" ", len(words) - cut - 1)
        text = escape(words[: cut if cut > 0 else len(words)].rstrip(",;: ")) + "."
        if index % 5 == 2:
            text += f" See {reference(number, index, count)}."
        if index % 9 % 2 == 0:
            note = 1 + NOTES // 2 * (index // 9) + index % 9 // 2
            text += footnote(number, note, count, source)
        name = PERSONS[(number + index) % len(PERSONS)]
        text = text.replace(name, f'<persName corresp="#p_{name}">{name}</persName>', 1)
        rows.append(f"<p>{text}</p>")
    rows.append("</div>")
    return "\n".join(rows)


def footnote(number: int, note: int, count: int, source: list[str]) -> str:
    """A note of one to three lines; some refer to another document."""
    words = escape(source[(number * 5 + note * 3) % len(source)])
    end = words.find(" ", 90 + (number * 13 + note * 29) % 150)
    text = f"{words[:end].rstrip(',;: ')}."
    if note % 5 in (1, 3):
        text += f" Compare {reference(number, note * 11, count)}."
    return f'<note n="{note}" xml:id="d{number}fn{note}">{text}</note>'


def reference(number: int, salt: int, count: int) -> str:
    """A reference to some document, before or behind."""
    goal = 1 + (number * 37 + salt * 101) % count
    return f'<ref target="#d{goal}">Document {goal}</ref>'
