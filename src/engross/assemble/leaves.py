"""
Where the leaves of an original begin in its transcript, as `document.yaml` knows it.

A leaf is marked only where the record says where it begins. What lies between two known leaves
that do not follow one another is reported, since a reader takes a mark to hold up to the next.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import pairwise

from engross.assemble.anchored import anchored
from engross.assemble.weave import insert_point
from engross.catalog import finding
from engross.ledger.anchor import Span
from engross.model.finding import Finding
from engross.model.text import Block, Leaf, Point, map_leaves
from engross.parse.book import DocumentSource
from engross.schema.document import Leaf as LeafRecord

NUMBER = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class LeafStart:
    """The beginning of a leaf."""

    block: str
    offset: int
    """In code points of the block's frozen text."""
    point: Point


def leaf_starts(document: DocumentSource) -> tuple[tuple[LeafStart, ...], tuple[Finding, ...]]:
    """
    Find the words with which each leaf begins.

    A first leaf that begins with the document, and no other, is not marked: it says nothing that
    the reference to the archive does not say, and what follows it may stand on any leaf.
    """
    record = document.record
    texts = document.texts
    order = {block: number for number, block in enumerate(texts)}
    starts: list[LeafStart] = []
    findings: list[Finding] = []
    for index, leaf in enumerate(record.value.leaves):
        place = record.place("leaves", index, "leaf")
        match _place(leaf, document, index, texts):
            case Finding() as found:
                findings.append(found)
            case Span(block=block, start=offset):
                last = starts[-1] if starts else None
                if last and (order[block], offset) <= (order[last.block], last.offset):
                    message = (
                        f"leaf '{leaf.leaf}' begins in {block}, which is not behind the "
                        f"beginning of leaf '{last.point.get('label')}'"
                    )
                    fix = "list the leaves in their order, each with the words it begins with"
                    findings.append(finding("N004", place, message, fix))
                certain = (("certainty", leaf.certainty),)
                point = Point("break", (("unit", "leaf"), ("label", leaf.leaf), *certain))
                starts.append(LeafStart(block, offset, point))
    first = next(iter(texts), "")
    if [(one.block, one.offset) for one in starts] == [(first, 0)]:
        return (), tuple(findings)
    return tuple(starts), (*findings, *_gaps(document))


def set_breaks(blocks: tuple[Block, ...], starts: tuple[LeafStart, ...]) -> tuple[Block, ...]:
    """The tree with a point where each leaf begins, behind the calls of notes that end there."""
    by_block: dict[str, list[LeafStart]] = {}
    for start in starts:
        by_block.setdefault(start.block, []).append(start)

    def change(leaf: Leaf) -> Leaf:
        content = leaf.content
        for start in by_block.get(leaf.id, []):
            content = insert_point(content, start.offset, start.point)
        return replace(leaf, content=content)

    return map_leaves(blocks, change) if by_block else blocks


def _place(
    leaf: LeafRecord, document: DocumentSource, index: int, texts: Mapping[str, str]
) -> Span | Finding:
    record = document.record
    if leaf.exact or leaf.prefix or leaf.suffix:
        place = record.place("leaves", index, "exact")
        return anchored("leaf", leaf.leaf, place, leaf, texts)
    if leaf.block in texts:
        return Span(leaf.block, 0, 0)
    what = f"the block '{leaf.block}', which the transcript does not have" if leaf.block else ""
    message = f"leaf '{leaf.leaf}' begins with {what or 'no words and no block'}"
    fix = "quote the words that the leaf begins with (`exact`), or name a block that begins it"
    return finding("N004", record.place("leaves", index, "leaf"), message, fix)


def _gaps(document: DocumentSource) -> list[Finding]:
    """Leaves of the file whose beginning is not recorded, while that of others is."""
    record = document.record
    numbers = [int(match[0]) for one in record.value.leaves if (match := NUMBER.match(one.leaf))]
    held = record.value.source.leaves
    if held and (match := NUMBER.match(held.to)):
        numbers.append(int(match[0]) + 1)
    gone = [(one, other) for one, other in pairwise(numbers) if other > one + 1]
    return [
        finding(
            "N005",
            record.place("leaves"),
            f"leaf {one} is marked and {said} not: what follows its mark may stand on another leaf",
        )
        for one, other in gone
        for first, last in [(one + 1, other - 1)]
        for said in [f"leaf {first} is" if first == last else f"leaves {first} to {last} are"]
    ]
