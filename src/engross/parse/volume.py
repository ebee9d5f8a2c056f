"""
A TEI volume as documents and sections of a book.

The text stays as it was read. What changes is what only an edition knows: ids become addresses,
marks lead to them (`goals`), and headings begin at level one. `engross.parse.tei` knows nothing of
sections, this module nothing of XML.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from engross.model.source import SourceFile
from engross.model.text import Block, Body, Leaf, leaves, map_leaves
from engross.parse.goals import Settler, find_goals, indexed, unnested
from engross.parse.tei import Part, TeiDocument, TeiVolume
from engross.schema.document import DocumentRecord
from engross.schema.manifest import GENERATED

Matter = Literal["front", "body", "back"]

RESERVED = frozenset({*GENERATED, "nav", "cover", "half-title", "manifest", "toc", "style"})
"""Addresses that the program gives itself; a part of the file that has one is renamed."""
OPENING = 40
"""Characters of a text that stand for its title at most."""
REPLACED = {"toc": "contents", "persons": "persons"}
"""Lists of a file that a section of the edition stands for: this edition's pages, and once."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A part or document of the file, in reading order."""

    address: str
    kind: str
    """`document`, `editorial-note`, or that of the part: `compilation`, `chapter`, `section` …"""
    title: str
    level: int
    """Depth in the contents, from 1."""
    matter: Matter
    number: str = ""
    """A document's number, as the file has it."""


@dataclass(frozen=True, slots=True)
class Text:
    """A part or document with its addresses settled."""

    entry: Entry
    body: Body
    record: DocumentRecord | None = None
    """None: a part, whose text is prose."""
    heading: str = ""
    """The block that is a document's head; empty where it has none."""
    headnote: str = ""
    """The key of what the edition says before it: of an index of the earlier printing."""


@dataclass(frozen=True, slots=True)
class VolumeSource:
    """A TEI file of the book."""

    file: SourceFile
    volume: TeiVolume
    texts: tuple[Text, ...]
    """In reading order."""


def replaced(volume: TeiVolume, sections: Sequence[object]) -> dict[str, tuple[Part, str]]:
    """The parts of a file that sections of the manifest stand for, by id."""
    return {
        part.id: (part, REPLACED[part.kind])
        for part in volume.walk()
        if isinstance(part, Part) and not part.parts and REPLACED.get(part.kind) in sections
    }


def settle(
    volume: TeiVolume,
    file: SourceFile,
    language: str,
    sections: Sequence[object] = (),
    *,
    clear: bool = False,
) -> VolumeSource:
    """
    Give every part and document of a file its address, and every pointer its goal.

    The language is the edition's, for documents that do not say theirs. Where it is `clear`, of
    each choice the editors' reading is the text, not the document's own.
    """
    found = [
        (_entry(part, depth, matter), replace(part, body=unnested(part.body)))
        for matter, parts in (
            ("front", volume.front),
            ("body", volume.body),
            ("back", volume.back),
        )
        for depth, part in _walk(parts, 1)
        if isinstance(part, TeiDocument) or part.body.blocks or part.title
    ]
    left = replaced(volume, sections)
    found = [(entry, part) for entry, part in found if part.id not in left]
    goals: dict[str, str] = {}
    if any(section == "persons" for _, section in left.values()):
        goals |= {person.id: f"persons#{person.id}" for person in volume.persons}
    for entry, part in found:
        goals.setdefault(part.id, entry.address)
        find_goals(part.body, entry.address, goals)
    texts = []
    for entry, part in found:
        body = Settler(entry.address, goals, clear=clear).body(part.body)
        if isinstance(part, TeiDocument):
            title = part.record.title.model_copy(update={"supplied": entry.title})
            known = {"language": part.record.language or language, "id": entry.address}
            record = part.record.model_copy(update=known | {"title": title})
            body = replace(body, blocks=_levels(body.blocks, part.heading))
            texts.append(Text(entry, body, record, part.heading))
        else:
            blocks, earlier = _levels(body.blocks), False
            if part.kind == "index":
                blocks, earlier = indexed(blocks, goals)
            headnote = "index-earlier" if earlier else ""
            texts.append(Text(entry, replace(body, blocks=blocks), headnote=headnote))
    return VolumeSource(file, volume, tuple(texts))


def _walk(
    parts: Sequence[Part | TeiDocument], depth: int
) -> Iterator[tuple[int, Part | TeiDocument]]:
    for part in parts:
        yield depth, part
        if isinstance(part, Part):
            yield from _walk(part.parts, depth + 1)


def _entry(part: Part | TeiDocument, depth: int, matter: str) -> Entry:
    address = f"volume-{part.id}" if part.id in RESERVED else part.id
    where: Matter = "front" if matter == "front" else "back" if matter == "back" else "body"
    return Entry(address, part.kind, part.title or _opening(part.body), depth, where, part.number)


def _opening(body: Body) -> str:
    """The first words of a text, by which one without a title is known."""
    text = next((leaf.text for leaf in leaves(body.blocks) if leaf.text.strip()), "").strip()
    if len(text) <= OPENING:
        return text
    return f"{text[:OPENING].rpartition(' ')[0] or text[:OPENING]}…"


def _levels(blocks: tuple[Block, ...], heading: str | None = None) -> tuple[Block, ...]:
    """
    Headings nest as their elements do, and none skips a level.

    The text's own head is of level one and every other below it; without one, the outermost are of
    level one, since a title that the edition supplies stands over them.
    """
    first = heading
    if heading is None:
        lead = blocks[0] if blocks else None
        first = lead.id if isinstance(lead, Leaf) and lead.role == "heading" else ""
    above: list[tuple[int, int]] = []

    def change(leaf: Leaf) -> Leaf:
        if leaf.role != "heading":
            return leaf
        raw = 0 if leaf.id == first else leaf.level
        while above and above[-1][0] >= raw:
            above.pop()
        level = above[-1][1] + 1 if above else 1 if raw == 0 or heading == "" else 2
        above.append((raw, level))
        return replace(leaf, level=level)

    return map_leaves(blocks, change)
