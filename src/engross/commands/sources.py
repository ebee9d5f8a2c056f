"""`engross sources`: what a reference manager exports becomes entries of `sources.yaml`."""

import json
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from engross.catalog import finding, stop
from engross.commands.book import find_book
from engross.commands.ending import Run, ended
from engross.commands.new import received
from engross.commands.outcome import Outcome
from engross.model.finding import Finding, Place
from engross.model.source import SourceFile
from engross.new.write import slug_of
from engross.parse.load import load
from engross.read import decode, open_book
from engross.read.pandoc import bibliography
from engross.revision.ledger_file import replace_file, with_rows
from engross.schema.base import ID
from engross.schema.registers import Sources

PATH = "sources.yaml"
EMPTY = "# Everything that the notes cite, as CSL has it.\n\nsources: []\n"
MARKUP = re.compile(r"</?(i|b|sc|sub|sup|span)\b[^<>]*>")
"""That of CSL within titles; italics are written as Markdown has them."""
LEFT_OUT = frozenset({"abstract", "source", "citation-key", "id"})
"""Variables of an export that say nothing of the work, and the id, which comes first."""


def take_over(path: Path, book: Path | None) -> Outcome:
    """
    Add the works of a file to a book's sources; those that it has already stay as they are.

    Args:
        path: CSL-JSON (`.json`), BibTeX or BibLaTeX (`.bib`), RIS (`.ris`).
        book: its folder or manifest.
    """
    return ended(find_book(book), lambda run: _take_over(path, run))


def _take_over(path: Path, run: Run) -> Outcome:
    folder = run.found.folder
    sources = open_book(folder)
    text = EMPTY
    if sources.exists(PATH):
        file = sources.file(PATH)
        old, faults = (None, [file]) if isinstance(file, Finding) else decode(file)
        if old is None:
            raise stop(faults)
        text = old
    there = load(Sources, SourceFile.of(PATH, text.encode()))
    if isinstance(there, tuple):
        raise stop(there)
    known = {item.id for item in there.value.sources}
    rows = [_row(item) for item in _items(path)]
    new = {row["id"]: row for row in rows if row["id"] not in known}
    made = with_rows(text, "sources", list(new.values())) if new else text
    judged = load(Sources, SourceFile.of(PATH, made.encode()))
    if isinstance(judged, tuple):
        raise stop(judged)
    if new:
        replace_file(folder, PATH, made, f".{PATH}.new")
    lines = [f"[@{row['id']}] {row.get('title', '')}" for row in new.values()]
    lines.append(
        f"{len(new)} added to {run.found.shown}/{PATH}, {len(rows) - len(new)} there already"
    )
    return run.outcome(extra={"lines": lines})


def _items(path: Path) -> Sequence[Mapping[str, Any]]:
    content = received(path).content
    if path.suffix.lower() != ".json":
        content = bibliography(path.name, path.suffix.lower(), content)
    try:
        items = json.loads(content)
        if not isinstance(items, list) or not all(isinstance(one, dict) for one in items):
            raise ValueError("it is no list of works")
    except (ValueError, RecursionError) as error:
        fix = "export the library as CSL JSON, or as BibLaTeX in a .bib file"
        raise stop([finding("T015", Place(path.name), f"cannot be read: {error}", fix)]) from None
    return items


def _row(item: Mapping[str, Any]) -> dict[str, Any]:
    """A work as `sources.yaml` has it; the short title of CSL is no siglum, and keeps its name."""
    identity = str(item.get("citation-key") or item.get("id", ""))
    if not re.fullmatch(ID, identity):
        identity = slug_of(identity)
    row: dict[str, Any] = {"id": identity}
    for key, value in item.items():
        name = {"title-short": "shortTitle"}.get(key, key.replace("_", "-"))
        if key in LEFT_OUT or value in ("", None, [], {}):
            continue
        if isinstance(value, list):
            value = [_name(one) if isinstance(one, dict) else one for one in value]
        elif isinstance(value, dict):
            value = _date(value)
        if isinstance(value, str):
            value = MARKUP.sub(lambda at: "*" if at[1] == "i" else "", value)
        row[name] = value
    return row


def _name(name: Mapping[str, Any]) -> dict[str, str]:
    """A person; particles stand with the name that they are said with."""
    parts = {key: str(value) for key, value in name.items()}
    family = f"{parts.get('non-dropping-particle', '')} {parts.get('family', '')}".strip()
    given = f"{parts.get('given', '')} {parts.get('dropping-particle', '')}".strip()
    row = {"family": family, "given": given, "suffix": parts.get("suffix", "")}
    row["literal"] = parts.get("literal", "")
    return {key: value for key, value in row.items() if value}


def _date(date: Mapping[str, Any]) -> dict[str, Any]:
    if "date-parts" in date:
        return {"date-parts": date["date-parts"]}
    return {"raw": str(date.get("raw") or date.get("literal") or "")}
