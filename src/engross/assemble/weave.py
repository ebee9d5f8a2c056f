"""
Cut blocks where notes hang and where corrections change them.

Everything refers to the frozen text: notes are set first, then the ledger's edits from the end of
each block to its beginning, then the joined paragraphs. No character is added or lost but those
that an edit names.
"""

from collections.abc import Sequence
from dataclasses import replace
from itertools import takewhile

from engross.ledger.edits import Edit
from engross.model.text import Block, Inline, Leaf, Mark, Point, Run, leaves, map_leaves


def insert_point(content: Sequence[Inline], offset: int, point: Point) -> tuple[Inline, ...]:
    """
    Set a point after `offset` characters, behind points that stand there already.

    >>> [type(item).__name__ for item in insert_point([Run("ab")], 1, Point("note"))]
    ['Run', 'Point', 'Run']
    """
    head, tail = split(content, offset)
    while tail and isinstance(tail[0], Point):
        head, tail = (*head, tail[0]), tail[1:]
    return (*head, point, *tail)


def split(content: Sequence[Inline], offset: int) -> tuple[tuple[Inline, ...], tuple[Inline, ...]]:
    """The inlines before and after `offset` characters; points at the border fall behind it."""
    position = 0
    for index, item in enumerate(content):
        if position == offset:
            return tuple(content[:index]), tuple(content[index:])
        if isinstance(item, Run):
            end = position + len(item.text)
            if end > offset:
                left = Run(item.text[: offset - position], item.marks)
                right = Run(item.text[offset - position :], item.marks)
                return (*content[:index], left), (right, *content[index + 1 :])
            position = end
    return tuple(content), ()


def replace_span(content: Sequence[Inline], edit: Edit) -> tuple[Inline, ...]:
    """
    Put an edit's new words in the place of its old ones, marked; points inside move behind them.

    Only a leaf or a line that begins with the old words begins with the new ones.

    The new words stand under the marks of the first old character, or of the one before an
    insertion.
    """
    head, rest = split(content, edit.span.start)
    if edit.span.end > edit.span.start:
        lead = tuple(takewhile(lambda item: isinstance(item, Point), rest))
        begin = tuple(item for item in lead if _begins(item))
        others = tuple(item for item in lead if not _begins(item))
        head, rest = (*head, *begin), (*others, *rest[len(lead) :])
    old, tail = split(rest, edit.span.end - edit.span.start)
    runs = [item for item in old if isinstance(item, Run)]
    before = [item for item in head if isinstance(item, Run)]
    marks = runs[0].marks if runs else before[-1].marks if before else ()
    new = [Run(edit.new, (*marks, _mark(edit)))] if edit.new else []
    end = Point("correction-end", (("id", edit.correction.id),))
    points = tuple(item for item in old if isinstance(item, Point))
    return (*head, *new, end, *points, *tail)


def _begins(item: Inline) -> bool:
    return isinstance(item, Point) and item.kind in ("break", "line")


def apply_edits(blocks: tuple[Block, ...], edits: Sequence[Edit]) -> tuple[Block, ...]:
    """The tree with every edit applied once; a joined block is gone into its predecessor."""
    by_block: dict[str, list[Edit]] = {}
    joins: dict[str, Edit] = {}
    for edit in edits:
        if edit.join:
            joins[edit.span.block] = edit
        else:
            by_block.setdefault(edit.span.block, []).append(edit)

    def change(leaf: Leaf) -> Leaf:
        content: tuple[Inline, ...] = leaf.content
        here = by_block.get(leaf.id)
        if not here:
            return leaf
        for edit in sorted(here, key=lambda e: (e.span.start, e.span.end), reverse=True):
            content = replace_span(content, edit)
        return replace(leaf, content=content)

    return _join(map_leaves(blocks, change), joins) if joins else map_leaves(blocks, change)


def _join(blocks: tuple[Block, ...], joins: dict[str, Edit]) -> tuple[Block, ...]:
    order = list(leaves(blocks))
    merged: dict[str, Leaf | None] = {}
    # From the end, so that a chain of joined blocks folds into its first.
    for index in range(len(order) - 2, -1, -1):
        leaf = order[index]
        if leaf.id in joins:
            following = merged.get(order[index + 1].id) or order[index + 1]
            seam: tuple[Inline, ...] = (
                Point("correction-end", (("id", joins[leaf.id].correction.id),)),
                Run(" "),
            )
            merged[leaf.id] = replace(leaf, content=(*leaf.content, *seam, *following.content))
            merged[order[index + 1].id] = None
    return map_leaves(blocks, lambda leaf: merged.get(leaf.id, leaf))


def _mark(edit: Edit) -> Mark:
    return Mark(
        "correction",
        (
            ("id", edit.correction.id),
            ("old", edit.old),
            ("new", edit.correction.read or ""),
            ("show", edit.correction.show),
        ),
    )
