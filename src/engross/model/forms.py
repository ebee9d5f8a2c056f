"""Citations as a style makes them: what each says, in the order of the text."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from engross.model.text import Inline, Mark, Run

Form = tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Style:
    """A citation style other than the house's own."""

    name: str
    """As the manifest has it."""
    csl: bytes
    """Its file; empty for the style that pandoc has of its own."""
    notes: bool
    """Whether it cites in notes: then what is said depends on what was cited before."""


@dataclass(frozen=True, slots=True)
class Cite:
    """A source as a text cites it."""

    key: str
    locator: str
    """As the editor wrote it: `p. 5`, `doc. 12`; may be empty."""
    first: bool = False
    """Whether a note begins with it."""
    ended: bool = False
    """Whether a full stop follows."""
    note: str = ""
    """Id of the note that it stands in."""
    number: int = 0
    """That note's printed number; 0: it has none."""


@dataclass(frozen=True, slots=True)
class Forms:
    """What every citation of an edition says, and every entry of its bibliography."""

    notes: Mapping[str, Sequence[tuple[str, str, Form]]] = field(default_factory=dict)
    """By section, in the order of its notes: key, locator and words."""
    texts: Mapping[tuple[str, str], Form] = field(default_factory=dict)
    """Outside notes, by key and locator."""
    entries: Mapping[str, Form] = field(default_factory=dict)
    """By key, in the order of the style."""

    def json(self) -> bytes:
        """Its file in `evidence/`, a citation a line."""
        tree = {
            "notes": {
                section: [[key, locator, *written(form)] for key, locator, form in rows]
                for section, rows in sorted(self.notes.items())
            },
            "texts": [[*at, *written(form)] for at, form in sorted(self.texts.items())],
            "entries": [[key, *written(form)] for key, form in self.entries.items()],
        }
        return (json.dumps(tree, ensure_ascii=False, indent=1) + "\n").encode()

    @classmethod
    def read(cls, content: bytes) -> "Forms":
        """
        The forms of such a file.

        Raises:
            ValueError, TypeError, KeyError: it is none.
        """
        tree = json.loads(content)
        return cls(
            {
                section: [(str(row[0]), str(row[1]), read(row[2:])) for row in rows]
                for section, rows in tree["notes"].items()
            },
            {(str(row[0]), str(row[1])): read(row[2:]) for row in tree["texts"]},
            {str(row[0]): read(row[1:]) for row in tree["entries"]},
        )


def written(form: Form) -> list[list[str]]:
    """A form as JSON: each run its text, then its marks; that of a link is where it leads."""
    return [
        [run.text, *(mark.get("href") or mark.kind for mark in run.marks)]
        for run in form
        if isinstance(run, Run)
    ]


def read(rows: Sequence[Any]) -> Form:
    """The form that such rows are of."""
    return tuple(Run(str(text), tuple(_mark(str(mark)) for mark in marks)) for text, *marks in rows)


def _mark(said: str) -> Mark:
    return Mark("link", (("href", said),)) if ":" in said else Mark(said)
