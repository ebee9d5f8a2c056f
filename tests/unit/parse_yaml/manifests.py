"""A small good manifest, and what is said of one that is not."""

from engross.catalog import entry
from engross.model.source import SourceFile
from engross.parse.load import Parsed, load
from engross.schema.base import Model

GOOD = """\
edition: yamada-1961
title: Reception
subtitle:
date: "1961-09-14"
identifier: urn:uuid:0
rights:
  status: cleared
  statement: Free.
sections:
  - title-page
  - document: yamada
  - prose: introduction.md
    id: introduction
"""


def file(text: str, path: str = "manifest.yaml") -> SourceFile:
    return SourceFile.of(path, text.encode())


def refusals(model: type[Model], text: str, path: str = "manifest.yaml") -> list[str]:
    got = load(model, file(text, path))
    assert not isinstance(got, Parsed), f"read as {got.value}"
    return [f"{entry(found.code).exit_status} {found}" for found in got]


def with_line(line: str) -> str:
    key = line.partition(":")[0]
    kept = [known for known in GOOD.splitlines() if not known.startswith(f"{key}:")]
    return "\n".join([*kept, line]) + "\n"
