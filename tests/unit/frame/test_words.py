"""Docstrings are English sentences: they say what something is, not only whose."""

import re
from pathlib import Path

SOURCES = Path(__file__).parents[3] / "src"


def test_no_docstring_begins_without_its_noun() -> None:
    bare = [
        f"{path.relative_to(SOURCES)}: {found[0]}"
        for path in SOURCES.rglob("*.py")
        for found in re.finditer(r'"""Of (?!the one\b)[^"]*', path.read_text("utf-8"))
    ]
    assert bare == []
