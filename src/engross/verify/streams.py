"""The streams of text that interleave on pages: the body, the notes, list signs, margin marks."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from engross.verify.cascade import UNDRAWN, Drawn
from engross.verify.plain import paper
from engross.verify.script import Part, SectionScript

Pages = list[tuple[str, tuple[tuple[str, str], ...], str]]
"""Headings of the index, first and last address of each place, and the numbers printed for them."""
SLOT = "\ue000"
"""Stands in a stream where a page number will be printed."""
INITIAL = re.compile(r"\W*\w")
"""What a sheet takes for the first letter of a text."""
INDEX = "index"
"""The kind of section that stands in columns."""


@dataclass(slots=True)
class Stream:
    """One text that is consumed in order over all pages."""

    name: str
    text: str = ""
    places: list[tuple[int, str]] = field(default_factory=list)
    """Where each address and section begins."""
    ends: list[tuple[int, str]] = field(default_factory=list)
    slots: dict[int, str] = field(default_factory=dict)
    """Where a page number stands, and whose it is."""
    ruby: set[int] = field(default_factory=set)
    """Where letters begin that say, above others, how these are read."""
    cased: bool = False
    """Whether small and capital letters are the same."""

    def form(self, words: str) -> str:
        """Words as the stream has them."""
        return paper(words).casefold() if self.cased else paper(words)

    def say(self, words: str) -> None:
        """Add words."""
        self.text += self.form(words)

    def where(self, position: int) -> str:
        """The address that a position lies in, or follows."""
        found = ""
        for at, address in self.places:
            if at > position:
                break
            found = address
        return found


@dataclass(slots=True)
class Mark:
    """A number or leaf in the margin, and the place of the text beside it."""

    words: str
    position: int
    """In the body stream: the first character of the block, or the one behind the leaf."""
    block: str = ""
    """The address that it numbers; none for a line of verse or a leaf."""


@dataclass(slots=True)
class Streams:
    """All that an interior must say."""

    body: Stream
    notes: Stream
    labels: list[str]
    paragraphs: list[Mark]
    leaves: list[Mark]
    sections: list[tuple[int, SectionScript]]
    """Where each section begins in the body."""
    calls: list[tuple[int, str]]
    """Where each note is called first."""
    breaks: list[tuple[int, int]] = field(default_factory=list)
    """Where a line begins by the text: from behind its last word to before its next one."""
    spoken: int = 0
    """Where the last word of a text ended."""
    worded: bool = False
    """Whether a word of the block in work has been said; a page's name before it is none."""
    opening: dict[int, int] = field(default_factory=dict)
    """Where a call stands before the first word of its text, and where that word begins."""
    loose: list[tuple[int, int]] = field(default_factory=list)
    """
    Where generated strings stand in the body: a float, such as the date of an event, is drawn
    before the text around it.
    """
    located: Pages = field(default_factory=list)
    """What the index prints for the pages of its headings."""
    capped: bool = False
    """Whether sheets set the first letter of a text apart, so that it is drawn before it."""
    facing: Stream = field(default_factory=lambda: Stream("facing"))
    """The originals, which stand beside the body."""
    tables: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Addresses of the cells of tables, with those of their column heads; notes with a table."""
    rows: list[tuple[tuple[int, int], ...]] = field(default_factory=list)
    """Where the cells of each row begin and end: over a page, each goes on by itself."""
    floats: dict[int, int] = field(default_factory=dict)
    """Where the caption of each figure begins, and where it ends."""
    heads: list[tuple[int, int, int]] = field(default_factory=list)
    """Where the column heads of a table begin and end, and where the table ends."""

    @property
    def margins(self) -> tuple[tuple[str, list[Mark]], ...]:
        """The marks in the margin, by their kind."""
        return ("paragraph", self.paragraphs), ("leaf", self.leaves)

    def loosely(self, stream: str, position: int) -> bool:
        """Whether a position is a page number, or in a table or a note with one: they may rise."""
        text: Stream = getattr(self, stream)
        return position in text.slots or text.where(position) in self.tables

    def row(self, position: int) -> tuple[tuple[int, int], ...]:
        """The cells of the row that a position lies in; of none, nothing."""
        at = bisect_right(self.rows, position, key=lambda row: row[0][0]) - 1
        row = self.rows[at] if at >= 0 else ()
        return row if row and position < row[-1][1] else ()

    def columned(self, position: int) -> bool:
        """Whether a position lies in the index, which stands in columns."""
        found = self.section_at(position + 1)
        return found is not None and found.section.kind == INDEX

    def held(self, start: int, stop: int) -> str:
        """The numbered paragraphs between two places, as a page that holds them says: `¶4–6`."""
        ends = {name: at for at, name in self.body.ends}
        rows = [one for one in self.paragraphs if one.block and one.position < stop]
        numbers = [one.words for one in rows if ends.get(one.block, 0) > start]
        return f"¶{'–'.join(dict.fromkeys((numbers[0], numbers[-1])))}" if numbers else ""

    def section_at(self, position: int) -> SectionScript | None:
        """The section in which the character before a position stands."""
        found = None
        for at, script in self.sections:
            if at >= position:
                break
            found = script
        return found


def write_streams(
    scripts: Sequence[SectionScript],
    tables: Mapping[str, tuple[str, ...]] = MappingProxyType({}),
    rows: Sequence[tuple[tuple[str, str], ...]] = (),
    captions: Iterable[str] = (),
    drawn: Drawn = UNDRAWN,
) -> Streams:
    """Put the sections' scripts end to end."""
    body, notes, facing = (Stream(n, cased=drawn.cased) for n in ("body", "notes", "facing"))
    streams = Streams(body, notes, [], [], [], [], [], facing=facing, tables=tables)
    streams.capped = drawn.capped
    called: set[str] = set()
    for script in scripts:
        body = streams.body
        streams.sections.append((len(body.text), script))
        body.places.append((len(body.text), script.section.address))
        for part in script.body:
            _body(part, streams, called)
        for part in script.notes:
            _add(part, streams.notes)
        streams.labels += [streams.body.form(label) for label in script.section.labels]
    ends = {name: at for at, name in streams.body.ends}
    starts = {name: at for at, name in streams.body.places}
    placed = (
        [(starts[a], ends[b]) for a, b in row if a in starts and b in ends and starts[a] < ends[b]]
        for row in rows
    )
    streams.rows = sorted(tuple(row) for row in placed if len(row) > 1)
    streams.floats = {starts[one]: ends[one] for one in captions if one in starts and one in ends}
    below = {heads: cell for cell, heads in tables.items() if heads and cell in ends}
    streams.heads = [
        (starts[heads[0]], ends[heads[-1]], ends[cell])
        for heads, cell in below.items()
        if heads[0] in starts and heads[-1] in ends
    ]
    return streams


def _body(part: Part, streams: Streams, called: set[str]) -> None:
    body = streams.body
    if "/original#" in part.address:
        _add(part, streams.facing)
        return
    if part.kind == "leaf":
        streams.leaves.append(Mark(body.form(part.words), len(body.text)))
        return
    if part.kind == "line":
        streams.paragraphs.append(Mark(body.form(part.words), len(body.text)))
        return
    if part.kind == "break":
        streams.breaks.append((streams.spoken, len(body.text)))
        return
    if part.kind == "begin" and part.paragraph:
        streams.paragraphs.append(Mark(paper(part.paragraph), len(body.text), part.words))
    if part.kind == "call" and part.note not in called:
        called.add(part.note)
        streams.calls.append((len(body.text), part.note))
    opening = part.kind == "text" and not streams.worded and INITIAL.match(part.words)
    if part.kind in {"begin", "text"}:
        streams.worded = part.kind == "text"
    start = len(body.text)
    _add(part, body)
    if streams.capped and opening:
        streams.loose.append((start, start + len(body.form(opening[0]))))
    if part.kind == "text":
        streams.spoken = len(body.text)
    opens = not streams.worded or (body.places and body.places[-1][0] == start)
    if part.kind == "call" and opens:
        streams.opening[start] = len(body.text)
    if part.kind == "sign" and not part.address:
        streams.loose.append((start, len(body.text)))


def _add(part: Part, stream: Stream) -> None:
    if part.kind in {"begin", "anchor"}:
        stream.places.append((len(stream.text), part.words))
    elif part.kind == "end":
        stream.ends.append((len(stream.text), part.words))
    elif part.kind == "ruby":
        stream.ruby.add(len(stream.text))
    elif part.kind == "slot":
        stream.slots[len(stream.text)] = part.words
        stream.text += SLOT
    elif part.kind in {"text", "sign", "call"}:
        stream.say(part.words)
