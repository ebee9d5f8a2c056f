"""
The tree that every text becomes: blocks that hold blocks, leaf blocks that hold inlines.

A leaf block's inlines are runs of text with marks, and points between them. The runs of a block,
joined, are its text: weaving notes and corrections in never adds or loses a character of it.
Rich enough for TEI from the first day: lists, tables, nested divisions, figures, and notes with
block bodies wherever a point can stand.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace

BlockId = str
"""`p-007`: the ordinal of a leaf block in its frozen text, from 1; never a printed number."""

Attributes = tuple[tuple[str, str], ...]


class Attributed:
    """What the source says more of than the model has a field for."""

    __slots__ = ()
    attributes: Attributes

    def get(self, name: str, default: str = "") -> str:
        """Look an attribute up."""
        return dict(self.attributes).get(name, default) if self.attributes else default


@dataclass(frozen=True, slots=True)
class Mark(Attributed):
    """What holds for a run of text."""

    kind: str
    """
    `emphasis`, `strong`, `small-caps`, `underline`, `sub`, `sup`, `strike`, `code`, `quote`;
    `link` (href), `citation` (source, locator), `reference` (address); `person`, `place`, `term`
    (key); `language` (lang); `added`, `deleted` (hand, place), `unclear`, `supplied`, `sic`;
    `correction` (id), `gloss`, `date` (when), `page-number` (address);
    `ruby`: letters and, behind them under `ruby-text`, how they are read.
    From TEI also `upright`, `printed`, `spaced`, `abbreviation` (expansion), `segment`, `salute`,
    `signature`, `title`, `name`, `organisation`, `work`, `event`, `time`, `glyph`, `substitution`,
    and `stand-in` (for): characters that an empty element or a line break of the source stands
    for. A reading that gave way to the one in the text is an attribute of its mark.
    """
    attributes: Attributes = ()


@dataclass(frozen=True, slots=True)
class Run:
    """Text under the same marks."""

    text: str
    marks: tuple[Mark, ...] = ()
    """Outermost first; neighbours with a common head of marks share those elements."""


@dataclass(frozen=True, slots=True)
class Point(Attributed):
    """Something that stands between two characters and adds none."""

    kind: str
    """`note` (id), `break` (unit, label, certainty: a page or leaf begins), `line`, `gap`,
    `image` (path, alt), `correction-end` (id); from TEI also `anchor`, `hand-shift`, and any kind
    of mark whose element is empty.

    `line`: a new line begins; the space before it is a character of the text. In verse one stands
    before every line, the first too, with `indent` (in ems), `n` (its number in the poem, from 1)
    and `number` (the same where it is printed)."""
    attributes: Attributes = ()
    marks: tuple[Mark, ...] = ()


Inline = Run | Point


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a block begins in its source file, for messages."""

    path: str = ""
    line: int = 0


@dataclass(frozen=True, slots=True)
class Leaf(Attributed):
    """A block of running text: paragraph, heading, dateline, signature, verse line, cell text."""

    id: BlockId
    role: str
    """`paragraph`, `heading`, `dateline`, `marginal`, `participants`, `closer`, `signature`,
    `certification`, `salute`, `label`, `caption`, `stanza` (of lines, each behind its point),
    `verse` (one such line, as in TEI) …"""
    content: tuple[Inline, ...]
    attributes: Attributes = ()
    """What the source says of it: hand, place, leaf, level, language."""
    origin: Origin = Origin()
    number: int = 0
    """Printed paragraph number; 0 for a block that is not counted."""
    level: int = 0
    """The level of a heading, from 1; 0 elsewhere."""

    @property
    def text(self) -> str:
        """The characters of the runs, joined."""
        return "".join([item.text for item in self.content if isinstance(item, Run)])


@dataclass(frozen=True, slots=True)
class Item:
    """An entry of a list."""

    blocks: "tuple[Block, ...]"
    label: Leaf | None = None
    attributes: Attributes = ()


@dataclass(frozen=True, slots=True)
class ListBlock:
    """A list; `kind` is `bullet`, `ordered`, `labelled` or `simple`."""

    kind: str
    items: tuple[Item, ...]
    role: str = "list"
    start: int = 1
    head: Leaf | None = None
    attributes: Attributes = ()
    numbering: str = "decimal"
    """How an ordered list counts; see `model.lists`."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table."""

    blocks: "tuple[Block, ...]"
    header: bool = False
    columns: int = 1
    rows: int = 1
    align: str = ""
    attributes: Attributes = ()


@dataclass(frozen=True, slots=True)
class Table:
    """A table; the first `head_rows` rows are headings."""

    rows: tuple[tuple[Cell, ...], ...]
    head_rows: int = 0
    caption: Leaf | None = None
    attributes: Attributes = ()


@dataclass(frozen=True, slots=True)
class Quote:
    """A block quotation."""

    blocks: "tuple[Block, ...]"
    attributes: Attributes = ()


@dataclass(frozen=True, slots=True)
class Division(Attributed):
    """
    A part with blocks of its own: attachment, nested section, postscript.

    One of role `verse` is a poem or a group of its lines: stanzas, lines, headings. Its lines are
    counted through the outermost one; its attribute `lines` says which are printed: every so many.
    """

    role: str
    blocks: "tuple[Block, ...]"
    id: str = ""
    attributes: Attributes = ()


@dataclass(frozen=True, slots=True)
class Figure:
    """A picture with its words."""

    path: str
    """Relative to the book; empty where the source names an image that is not there."""
    alt: str
    caption: Leaf | None = None
    description: str = ""
    attributes: Attributes = ()
    origin: Origin = field(default=Origin(), compare=False)


@dataclass(frozen=True, slots=True)
class Rule:
    """A break between parts of a text, drawn as a rule or space."""


Block = Leaf | ListBlock | Table | Quote | Division | Figure | Rule


@dataclass(frozen=True, slots=True)
class Note:
    """A note, wherever it hangs."""

    id: str
    """Stable, unique in its text."""
    origin: str
    """`source`, `editor` or `translator`."""
    blocks: tuple[Block, ...]
    number: int = 0
    """Printed; restarts with each text; 0 before numbering."""
    label: str = ""
    """What the source prints for it, where that is not a number."""
    resp: str = ""
    kind: str = ""
    """The type of an imported note: `explanatory`, `textual`, `author`; `source` (the archival
    source of the document) and `summary`, which are never counted among the notes."""
    attributes: Attributes = ()
    """What the source says of it: number, type and place there."""


VERSE = frozenset({"stanza", "verse"})
"""Roles of leaves that consist of lines of verse."""
UNCOUNTED = frozenset({"source", "summary"})
"""Kinds of notes that have no number among the notes."""


@dataclass(frozen=True, slots=True)
class Body:
    """A text with its notes: a document's transcript, an introduction, a note's own prose."""

    blocks: tuple[Block, ...]
    notes: tuple[Note, ...] = ()
    """In the order of their calls."""


def held(block: Block) -> Iterator[Block]:
    """What a block consists of, one level down, in reading order."""
    parts: Iterable[Block | None] = ()
    match block:
        case ListBlock(items=items):
            parts = (block.head, *(one for item in items for one in (item.label, *item.blocks)))
        case Table(rows=rows):
            parts = (block.caption, *(one for row in rows for cell in row for one in cell.blocks))
        case Quote() | Division():
            parts = block.blocks
        case Figure():
            parts = (block.caption,)
        case Leaf() | Rule():
            pass
    return (part for part in parts if part is not None)


def leaves(blocks: Iterable[Block]) -> Iterator[Leaf]:
    """Every leaf block, in reading order."""
    for block in blocks:
        if isinstance(block, Leaf):
            yield block
        else:
            yield from leaves(held(block))


def tables(blocks: Iterable[Block]) -> Iterator[Table]:
    """Every table, in reading order; none that stands within another."""
    for block in blocks:
        if isinstance(block, Table):
            yield block
        else:
            yield from tables(held(block))


def figures(blocks: "Iterable[Block]") -> Iterator[Figure]:
    """Every picture that is a block, in reading order."""
    for block in blocks:
        if isinstance(block, Figure):
            yield block
        yield from figures(held(block))


def map_leaves(
    blocks: tuple[Block, ...], change: Callable[[Leaf], Leaf | None]
) -> tuple[Block, ...]:
    """The same tree with each leaf replaced by what `change` gives; None takes it out."""
    result: list[Block] = []
    for block in blocks:
        match block:
            case Leaf():
                changed = change(block)
                if changed is not None:
                    result.append(changed)
            case ListBlock():
                items = tuple(
                    Item(
                        map_leaves(item.blocks, change),
                        change(item.label) if item.label else None,
                        item.attributes,
                    )
                    for item in block.items
                )
                head = change(block.head) if block.head else None
                result.append(replace(block, items=items, head=head))
            case Table():
                rows = tuple(
                    tuple(replace(cell, blocks=map_leaves(cell.blocks, change)) for cell in row)
                    for row in block.rows
                )
                caption = change(block.caption) if block.caption else None
                result.append(replace(block, rows=rows, caption=caption))
            case Quote() | Division():
                result.append(replace(block, blocks=map_leaves(block.blocks, change)))
            case Figure():
                caption = change(block.caption) if block.caption else None
                result.append(replace(block, caption=caption))
            case Rule():
                result.append(block)
    return tuple(result)


def number_lines(blocks: tuple[Block, ...], every: int = 0) -> tuple[Block, ...]:
    """
    Count the lines of each poem, and say which numbers are printed.

    Args:
        blocks: of a text; each line of verse begins with its `line` point.
        every: how many lines from one printed number to the next, where a poem does not say; 0:
            none is printed.
    """

    def numbered(poem: Division) -> Division:
        step = int(poem.get("lines") or every)
        count = 0

        def line(item: Inline) -> Inline:
            nonlocal count
            if not isinstance(item, Point) or item.kind != "line":
                return item
            count += 1
            said: Attributes = (("n", str(count)),)
            if step and count % step == 0:
                said += (("number", str(count)),)
            kept = tuple(pair for pair in item.attributes if pair[0] not in ("n", "number"))
            return replace(item, attributes=kept + said)

        def change(leaf: Leaf) -> Leaf:
            if leaf.role not in VERSE:
                return leaf
            return replace(leaf, content=tuple(line(item) for item in leaf.content))

        return replace(poem, blocks=map_leaves(poem.blocks, change))

    def walk(found: tuple[Block, ...]) -> tuple[Block, ...]:
        result: list[Block] = []
        for block in found:
            if isinstance(block, Division) and block.role == "verse":
                block = numbered(block)
            elif isinstance(block, Division | Quote):
                block = replace(block, blocks=walk(block.blocks))
            result.append(block)
        return tuple(result)

    return walk(blocks)


def plain(inlines: Iterable[Inline]) -> str:
    """The characters of the runs, joined."""
    return "".join(item.text for item in inlines if isinstance(item, Run))


@dataclass(frozen=True, slots=True)
class Numbering:
    """Printed numbers of a text, by stable id; frozen by a release."""

    paragraphs: dict[BlockId, int] = field(default_factory=dict)
    notes: dict[str, int] = field(default_factory=dict)
