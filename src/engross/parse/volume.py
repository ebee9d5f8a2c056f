"""
A TEI volume as documents and sections of a book.

The text stays as it was read. What changes is what only an edition knows: ids become addresses, a
reference leads to one, the first mention of a person or term in a text leads to its entry, and
headings begin at level one. `engross.parse.tei` knows nothing of sections, this module nothing of
XML.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from engross.model.link import outward
from engross.model.source import SourceFile
from engross.model.text import (
    UNCOUNTED,
    Block,
    Body,
    Inline,
    Leaf,
    ListBlock,
    Mark,
    Note,
    Point,
    Run,
    Table,
    held,
    leaves,
    map_leaves,
    plain,
)
from engross.parse.tei import Part, TeiDocument, TeiVolume
from engross.schema.document import DocumentRecord
from engross.schema.manifest import GENERATED

Matter = Literal["front", "body", "back"]

RESERVED = frozenset({*GENERATED, "nav", "cover", "half-title", "manifest", "toc", "style"})
"""Addresses that the program gives itself; a part of the file that has one is renamed."""
REPLACED = {"toc": "contents", "persons": "persons"}
"""Lists of a file that a section of the edition stands for: this edition's pages, and once."""
LOCATORS = re.compile(r"(?:[,;\s–-]++\d++n{0,2})++[.;]?\s*+$")
"""The pages behind a heading of an index."""


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

    Args:
        volume: as it was read.
        file: the file itself.
        language: of the edition, for documents that do not say theirs.
        sections: of the manifest.
        clear: of each choice the editors' reading is the text, not the document's own.
    """
    found = [
        (_entry(part, depth, matter), replace(part, body=_unnested(part.body)))
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
        _goals(part.body, entry.address, goals)
    texts = []
    for entry, part in found:
        body = _Settler(entry.address, goals, clear=clear).body(part.body)
        if isinstance(part, TeiDocument):
            record = part.record.model_copy(
                update={"language": part.record.language or language, "id": entry.address}
            )
            body = replace(body, blocks=_levels(body.blocks, part.heading))
            texts.append(Text(entry, body, record, part.heading))
        else:
            blocks, earlier = _levels(body.blocks), False
            if part.kind == "index":
                blocks, earlier = _indexed(blocks, goals)
            headnote = "index-earlier" if earlier else ""
            texts.append(Text(entry, replace(body, blocks=blocks), headnote=headnote))
    return VolumeSource(file, volume, tuple(texts))


def _indexed(blocks: tuple[Block, ...], goals: Mapping[str, str]) -> tuple[tuple[Block, ...], bool]:
    """An index whose pages lead to their marks in the text, and whether any does."""
    met = False
    pages = {goal for name, goal in goals.items() if name.startswith("page ")}

    def linked(content: Sequence[Inline]) -> Iterator[Inline]:
        nonlocal met
        tail = LOCATORS.search(plain(content))
        at, end = 0, tail.start() if tail else len(plain(content))
        for item in content:
            marked = any(mark.kind == "reference" for mark in item.marks)
            met = met or any(mark.get("address") in pages for mark in item.marks)
            if not isinstance(item, Run) or marked or at + len(item.text) <= end:
                yield item
            else:
                for piece in re.split(r"(\d+)", item.text):
                    goal = goals.get(f"page {piece}") if at >= end else None
                    met = met or goal is not None
                    mark = (Mark("reference", (("address", goal),)),) if goal else ()
                    yield from (Run(piece, (*item.marks, *mark)),) if piece else ()
                    at += len(piece)
                continue
            at += len(item.text) if isinstance(item, Run) else 0

    made = map_leaves(blocks, lambda leaf: replace(leaf, content=tuple(linked(leaf.content))))
    return made, met


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
    return Entry(address, part.kind, part.title, depth, where, part.number)


def _goals(body: Body, address: str, goals: dict[str, str]) -> None:
    """Where each id of a text leads."""
    texts = [(body.blocks, "", "")]
    texts += [(note.blocks, note.id, f"{address}/note/{note.id}") for note in body.notes]
    for blocks, note_id, note in texts:
        for name in filter(None, (note_id, note)):
            goals.setdefault(name, note)
        for names, leaf in _named(blocks, ()):
            _breaks(leaf, address, goals)
            for name in filter(None, (*names, leaf.get("id"), *_inner(leaf))):
                goals.setdefault(name, note or f"{address}#{leaf.id}")


def _breaks(leaf: Leaf, address: str, goals: dict[str, str]) -> None:
    """A page that has a number is a goal by itself, within its paragraph."""
    for item in leaf.content:
        if isinstance(item, Point) and item.kind == "break" and item.get("label"):
            name = item.get("id")
            goals.setdefault(f"page {item.get('label')}", f"{address}#{name}")
            goals.setdefault(name, f"{address}#{name}")


def _inner(leaf: Leaf) -> Iterator[str]:
    for item in leaf.content:
        if isinstance(item, Point) and item.kind != "note":
            yield item.get("id")
        for mark in item.marks:
            yield mark.get("id")


def _named(
    blocks: Sequence[Block], above: tuple[str, ...]
) -> Iterator[tuple[tuple[str, ...], Leaf]]:
    """Each leaf, with the ids of what begins with it."""
    waiting = above
    for block in blocks:
        if isinstance(block, Leaf):
            yield waiting, block
            waiting = ()
            continue
        inner: list[tuple[str, tuple[Block | None, ...]]] = [("", tuple(held(block)))]
        if isinstance(block, ListBlock):
            inner = [(_id(one.attributes), (one.label, *one.blocks)) for one in block.items]
            inner.insert(0, ("", (block.head,)))
        elif isinstance(block, Table):
            inner = [(_id(cell.attributes), cell.blocks) for row in block.rows for cell in row]
            inner.insert(0, ("", (block.caption,)))
        own = getattr(block, "id", ""), _id(getattr(block, "attributes", ()))
        waiting = (*waiting, *own)
        for name, parts in inner:
            waiting = (*waiting, name)
            for more, leaf in _named([one for one in parts if one], waiting):
                yield more, leaf
                waiting = ()


def _id(attributes: tuple[tuple[str, str], ...]) -> str:
    return dict(attributes).get("id", "")


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


def _tight(content: Sequence[Inline]) -> tuple[Inline, ...]:
    """A note's call stands at its word, before white space that the file has between them."""
    result: list[Inline] = []
    for item in content:
        last = result[-1] if result else None
        if (
            isinstance(item, Point)
            and item.kind == "note"
            and isinstance(last, Run)
            and last.text[-1:].isspace()
        ):
            words = last.text.rstrip()
            result[-1:] = [Run(words, last.marks)] if words else []
            result += [item, Run(last.text[len(words) :], last.marks)]
        else:
            result.append(item)
    return tuple(result)


EDITED = {
    "sic": ("corr", "corrected"),
    "original": ("regular", "regularised"),
    "abbreviation": ("expansion", "expansion"),
}
"""A reading of the document in a choice: the fact that holds the editors', and its kind of mark."""


def _edited(content: Sequence[Inline]) -> Iterator[Inline]:
    """The editors' reading of each choice; points within the document's own stay."""
    last: Mark | None = None
    for number, item in enumerate(content):
        here = [mark for mark in item.marks if mark.get("element") == "choice"]
        if isinstance(item, Point) and item.get("element") == "choice":
            here.append(Mark(item.kind, item.attributes))
        mark = next((one for one in here if one.get(EDITED.get(one.kind, ("",))[0])), None)
        if mark is None:
            last = None
            yield item
            continue
        outer = item.marks[: item.marks.index(mark)] if mark in item.marks else item.marks
        if mark != last:
            fact, kind = EDITED[mark.kind]
            yield Run(mark.get(fact), (*outer, Mark(kind, (("element", fact),))))
            before, behind = plain(tuple(content[:number])), plain(tuple(content[number:]))
            if mark not in item.marks and before[-1:] == " " and behind[:1].isalnum():
                yield Run(" ", outer)  # the file's words stand apart around an empty element
        if isinstance(item, Point) and mark in item.marks:
            yield replace(item, marks=outer)
        last = mark


def _unnested(body: Body) -> Body:
    """A note within a note stands in brackets where its call was: a foot note has no foot."""
    notes = {note.id: note for note in body.notes}
    inner: set[str] = set()

    def spread(content: Sequence[Inline]) -> Iterator[Inline]:
        for item in content:
            calls = isinstance(item, Point) and item.kind == "note"
            note = notes.get(item.get("id")) if calls and isinstance(item, Point) else None
            if note is None or note.id in inner:
                yield item
                continue
            inner.add(note.id)
            yield Run(f" [{note.label}: " if note.label else " [", item.marks)
            for number, leaf in enumerate(leaves(note.blocks)):
                yield from (Run(" "),) if number else ()
                yield from spread(leaf.content)
            yield Run("]", item.marks)

    def change(leaf: Leaf) -> Leaf:
        return replace(leaf, content=tuple(spread(leaf.content)))

    made = {note.id: replace(note, blocks=map_leaves(note.blocks, change)) for note in body.notes}
    return Body(body.blocks, tuple(note for note in made.values() if note.id not in inner))


class _Settler:
    """Settles the marks of one text."""

    def __init__(self, address: str, goals: Mapping[str, str], *, clear: bool) -> None:
        self.address, self.goals, self.clear = address, goals, clear
        self.met: set[str] = set()
        """Persons and terms that the text has named already."""

    def body(self, body: Body) -> Body:
        """The text with its notes."""
        blocks = map_leaves(body.blocks, self.leaf)
        return Body(blocks, tuple(self.note(note) for note in body.notes))

    def note(self, note: Note) -> Note:
        """A note; the source of a document and a summary of it have no number."""
        label = "" if note.kind in UNCOUNTED else note.label
        return replace(note, blocks=map_leaves(note.blocks, self.leaf), label=label)

    def leaf(self, leaf: Leaf) -> Leaf:
        """A block with its marks and points settled."""
        content = tuple(_edited(leaf.content)) if self.clear else leaf.content
        return replace(leaf, content=_tight([self.inline(item) for item in content]))

    def inline(self, item: Inline) -> Inline:
        """A run or point."""
        if not item.marks:
            return item
        return replace(item, marks=tuple(self.mark(mark) for mark in item.marks))

    def mark(self, mark: Mark) -> Mark:
        """A mark that leads to where it should, or nowhere."""
        if mark.kind == "reference":
            goal = self.goals.get(mark.get("address"), "")
            rest = tuple(pair for pair in mark.attributes if pair[0] != "address")
            if not goal:
                return Mark("reference", rest)
            whole = goal != self.address and not set("#/") & set(goal)
            page = (("page", "yes"),) if whole else ()
            return Mark("reference", (("address", goal), *page, *rest))
        if mark.kind == "link" and not outward(mark.get("href")):
            return Mark("name", mark.attributes)
        if mark.kind == "supplied":  # by the file's editors, so in its text; ours is beside it
            return Mark("conjecture", mark.attributes)
        if mark.kind in {"person", "term"}:
            return self.named(mark)
        return mark

    def named(self, mark: Mark) -> Mark:
        """A person or term: its first mention in the text leads to its entry."""
        key = mark.get("key").partition(" ")[0]
        goal = self.goals.get(key, "")
        # `key` is of this edition's own registers
        rest = tuple(("who" if name == "key" else name, value) for name, value in mark.attributes)
        if not goal or key in self.met or goal.startswith(f"{self.address}#"):
            return Mark(mark.kind, rest)
        self.met.add(key)
        return Mark(mark.kind, (*rest, ("address", goal)))
