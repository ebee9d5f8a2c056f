"""The text of a block in work, with the points that stand in it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from engross.model.text import Inline, Mark, Point, Run
from engross.verify.plain import TABLES, bare, sizes

Span = tuple[int, int, str, str]
Within = tuple[object, ...]
"""`item` with its list's way of counting and its number, `cell` with the columns and rows that it
takes and of what it is the head, `quotation`, `labelled`, `described`, `caption`; `heading` with
its level."""
LINKS = {"link": "href", "citation": "source", "reference": "address", "term": "address"}
"""Marks that lead somewhere, and which attribute says where."""
RUBY = "ruby-text"
SHOWN = frozenset(TABLES["marks"]["shown"])
"""Marks that every medium shows."""
BEGIN = frozenset({"leaf", "line", "number"})
"""Points that belong to the words behind them."""


@dataclass(slots=True)
class Piece:
    """The text of a block in work, and the points that stand in it."""

    text: str
    points: list[tuple[int, str, str]] = field(default_factory=list)
    """Offset, kind (`call`, `cite`, `leaf`, `line`, `number`) and name, in order."""
    spans: list[Span] = field(default_factory=list)
    """What is marked: begin, end, kind and value; of a link the value is where it leads."""

    def replace(self, start: int, end: int, words: str, *, behind: bool = True) -> None:
        """
        Put words in the place of others; points in or behind them move along.

        Only a leaf or a line that begins with the old words begins with the new ones.
        """
        self.text = self.text[:start] + words + self.text[end:]
        grown = start + len(words)
        first = start if end > start else start - 1
        self.spans = [
            (
                a if a <= start else grown + max(0, a - end),
                grown + max(0, b - end) if b > first + 1 or a <= first < b else b,
                kind,
                value,
            )
            for a, b, kind, value in self.spans
        ]
        self.points = [
            (at, kind, name)
            if at < start or (at == start and (not behind or (kind in BEGIN and end > start)))
            else (grown + max(0, at - end), kind, name)
            for at, kind, name in self.points
        ]


@dataclass(frozen=True, slots=True)
class Said:
    """What an address says."""

    text: str
    calls: tuple[tuple[int, str], ...] = ()
    """How many characters, white space aside, stand before each note call; and its note."""
    paragraph: int = 0
    """Printed number; 0: none."""
    leaves: tuple[tuple[int, str], ...] = ()
    """How many characters, white space aside, stand before each beginning of a leaf of the
    original; and its number."""
    breaks: tuple[int, ...] = ()
    """How many stand before each line that the text begins anew."""
    marks: frozenset[Span] = frozenset()
    """What is marked, in characters, white space aside; neighbours are one."""
    lines: tuple[tuple[int, str], ...] = ()
    """How many stand before each line of verse whose number is printed; and the number."""
    within: tuple[Within, ...] = ()
    """What it stands in, the outermost first; of a heading its level."""
    language: str = ""
    """The language of the block as a whole."""
    role: str = ""
    """What the block is: paragraph, signature, stanza and so on."""


def marked(marks: Iterable[Mark], start: int, end: int) -> Iterator[Span]:
    """What a stretch is marked as; of several links the outermost counts."""
    linked = False
    for mark in marks:
        if language := mark.get("lang"):
            yield start, end, "language", language
        if mark.kind in SHOWN:
            yield start, end, mark.kind, ""
        elif mark.kind == "date" and (day := mark.get("when")):
            yield start, end, "date", day
        elif not linked and (goal := target_of(mark)):
            linked = True
            yield start, end, "link", goal


def target_of(mark: Mark) -> str:
    """Where a mark leads; "" where it is no link."""
    if mark.kind == "person":
        key = mark.get("key")
        return mark.get("address") or (f"persons#{key}" if key else "")
    goal = mark.get(LINKS.get(mark.kind, ""))
    return f"sources#{goal}" if mark.kind == "citation" and goal else goal


def merged(spans: Iterable[Span]) -> frozenset[Span]:
    """Stretches that touch and are marked alike as one; empty ones are none."""
    found: list[Span] = []
    for start, end, *what in sorted(spans, key=lambda span: (span[2], span[3], span[0])):
        if end <= start and what[0] != "call":
            continue
        last = found[-1] if found else None
        if last and [*last[2:]] == what and last[1] >= start:
            found[-1] = (last[0], max(last[1], end), *last[2:])
        else:
            found.append((start, end, what[0], what[1]))
    return frozenset(found)


def joined(blocks: Iterable[Said]) -> Said:
    """The blocks of a note as one text, with its lines; its calls are those of other notes."""
    text, breaks, marks = "", list[int](), list[Span]()
    for block in blocks:
        before = len(bare(text))
        marks += [(before + a, before + b, kind, value) for a, b, kind, value in block.marks]
        breaks += [before + at for at in block.breaks]
        text += f" {block.text}" if text else block.text
    return Said(text, breaks=tuple(breaks), marks=merged(marks))


def looks(content: Iterable[Inline]) -> frozenset[Span]:
    """What is marked in a text without citations."""
    raw = piece(content)
    size = sizes(raw.text)
    return merged((size[a], size[b], kind, value) for a, b, kind, value in raw.spans)


def piece(content: Iterable[Inline]) -> Piece:
    """A block as it is in its file: text, note calls and citations."""
    result = Piece("")
    for item in content:
        match item:
            case Run(text=text, marks=marks):
                at = len(result.text)
                result.text += text
                result.spans += marked(marks, at, len(result.text))
            case Point(kind="note"):
                result.points.append((len(result.text), "call", item.get("id")))
            case Point(kind="break") if item.get("unit", "leaf") == "leaf" and item.get("label"):
                result.points.append((len(result.text), "leaf", item.get("label")))
            case Point(kind="line") if item.get("break") != "no":
                result.points.append((len(result.text), "line", item.get("n")))
                if item.get("number"):
                    result.points.append((len(result.text), "number", item.get("number")))
            case Point(kind="citation"):
                name = f"{item.get('key')}\n{item.get('locator')}"
                at = len(result.text)
                result.spans += [(at, at, *span[2:]) for span in marked(item.marks, at, at)]
                result.points.append((len(result.text), "cite", name))
            case _:
                pass
    return result
