"""What an importer found in a file: a document's parts, and what it could not place."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any


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
