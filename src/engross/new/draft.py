"""What an importer found in a file: a document's parts, and what it could not place."""

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

SUFFIXES = frozenset({"Jr.", "Sr.", "Jr", "Sr", "II", "III", "IV", "M.D.", "Ph.D.", "S.J."})


@dataclass(frozen=True, slots=True)
class Draft:
    """A document on its way into a book."""

    received: bytes
    """The file as it came; the evidence."""
    name: str
    """What the evidence is called in the document's folder: `received.txt`."""
    transcript: str
    """Markdown of the dialect `transcript`."""
    record: dict[str, Any]
    """`document.yaml`, but for `id` and `received`, which the writer adds."""
    format: str
    emphasis: str = "none"
    lines: Sequence[dict[str, str]] = ()
    """How each line of the received file was used."""
    title: str = ""
    people: Sequence[dict[str, str]] = ()
    funding: Sequence[str] = ()
    description: str = ""
    notes: Sequence[dict[str, Any]] = ()
    """As `notes.yaml` has them."""
    queries: Sequence[dict[str, Any]] = ()
    """As `queries.yaml` has them, without the document's address."""
    read_from: Mapping[str, Any] = field(default_factory=dict)
    """As `document.yaml` has it, where a word processor's file was read."""
    beside: Mapping[str, bytes] = field(default_factory=dict)
    """Further files kept with the evidence, such as the Word file that it was read from."""
    unplaced: Sequence[str] = field(default=())
    """What could not be placed, each with its line; it is listed, never dropped."""


def plate(file: str, content: bytes, alt: str, caption: str) -> dict[str, str]:
    """A picture as `document.yaml` has it; its caption is Markdown."""
    digest = hashlib.sha256(content).hexdigest()
    return {"file": file, "sha256": digest, "alt": alt, "caption": caption}


def persons(words: str, role: str) -> list[dict[str, str]]:
    """
    The rows of a manifest for names in a row; what are no names of persons stays as it stands.

    >>> [row["file_as"] for row in persons("Ann Sample, Jr. and A. van Muster", "trl")]
    ['Sample, Ann, Jr.', 'Muster, A. van']
    """
    names: list[str] = []
    for part in re.split(r" ?; ?|, (?:and )?| and | & ", " ".join(words.split()).strip(" ,;")):
        if part in SUFFIXES and names:
            names[-1] += f", {part}"
        elif part:
            names.append(part)
    if len(names) > 1 and any(" " not in name or name[0].islower() for name in names):
        names = [" ".join(words.split())]
    return [{"name": name, "file_as": filed(name), "role": role} for name in names]


def filed(name: str) -> str:
    """
    A name as catalogues file it: the last word before the others, a suffix behind them all.

    >>> filed("John B. Smith, Jr."), filed("Plato")
    ('Smith, John B., Jr.', 'Plato')
    """
    words = name.replace(",", " ").split()
    suffix = f", {words.pop()}" if len(words) > 2 and words[-1] in SUFFIXES else ""
    given = f", {' '.join(words[:-1])}" if words[1:] else ""
    return f"{words[-1]}{given}{suffix}" if words else name
