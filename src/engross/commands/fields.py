"""`engross set`: one field in the manifests of many books, all of them or none."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from engross.catalog import finding, stop
from engross.commands.book import FoundBook, find_book
from engross.commands.ending import ended
from engross.commands.outcome import Outcome
from engross.model.finding import EngrossError, Finding, Place
from engross.model.source import SourceFile
from engross.parse.load import load
from engross.parse.shape import holds_text
from engross.parse.yaml import Yaml, parse_yaml
from engross.read import decode, open_book
from engross.revision.ledger_file import replace_file, with_fields
from engross.schema.base import Model
from engross.schema.manifest import Manifest

PATH = "manifest.yaml"


def set_fields(books: Sequence[Path], fields: Mapping[str, str]) -> Outcome:
    """
    Write fields into the manifest of each book; comments, order and quoting stay.

    Args:
        books: folders, or their manifests.
        fields: values by name, `rights.status`.
    """
    found = [find_book(book) for book in books]
    return ended(FoundBook(Path(), "", Path("dist")), lambda _: _set(found, fields))


def _set(books: Sequence[FoundBook], fields: Mapping[str, str]) -> Outcome:
    changed: dict[FoundBook, str] = {}
    findings: list[Finding] = []
    for book in books:
        try:
            file = open_book(book.folder).file(PATH)
        except EngrossError as error:
            findings += error.findings
            continue
        old, faults = (None, [file]) if isinstance(file, Finding) else decode(file)
        if old is not None:
            text, faults = judged(old, PATH, fields, Manifest)
            if text != old:
                changed[book] = text
        path = f"{book.shown}/{PATH}"
        findings += [replace(one, place=replace(one.place, path=path)) for one in faults]
    if any(found.is_error for found in findings):
        raise stop(findings)
    for book, text in changed.items():
        replace_file(book.folder, PATH, text, f".{PATH}.new")
    lines = [f"changed: {book.shown}/{PATH}" for book in changed]
    lines.append(f"{len(changed)} of {len(books)} manifests changed")
    return Outcome(findings=tuple(findings), extra={"lines": lines})


def judged(
    text: str, path: str, fields: Mapping[str, str], model: type[Model]
) -> tuple[str, list[Finding]]:
    """
    A file with other values of some fields, and what is wrong with it then.

    A list is given as YAML has it in one line: `[epub, print]`.
    """
    try:
        made = with_fields(text, {name: _whole(model, name, v) for name, v in fields.items()})
    except ValueError as error:
        fix = "name a field as docs/manifest.md has it, such as rights.status"
        return text, [finding("C003", Place(path), f"cannot be set: {error}", fix)]
    read = load(model, SourceFile.of(path, made.encode()))
    return made, list(read) if isinstance(read, tuple) else []


def _whole(model: type[Model], name: str, value: str) -> Any:
    """A value as it was typed, or the list that it is in a field that holds one."""
    if holds_text(model, name) or not value.startswith(("[", "{")):
        return value
    read = parse_yaml(SourceFile.of(name, value.encode()))
    if not isinstance(read, Yaml):
        raise ValueError("; ".join(one.message for one in read))
    return read.value
