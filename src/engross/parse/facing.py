"""Which blocks of an original face which blocks of its translation."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from engross.catalog import finding
from engross.model.finding import Finding, Place
from engross.model.text import Block, Body, leaves
from engross.schema.document import FacingBlocks

Stretch = tuple[int, int]
"""Blocks of a text from the first to before the second number, from 0."""


@dataclass(frozen=True, slots=True)
class Facing:
    """Leaf blocks that stand beside each other, by their ids."""

    original: tuple[str, ...]
    transcript: tuple[str, ...]


def face(
    original: Body, transcript: Body, asked: Sequence[FacingBlocks], path: str, record: Place
) -> tuple[tuple[Facing, ...], tuple[Finding, ...]]:
    """
    Set the blocks of two texts beside each other, in their order.

    Args:
        original: what was translated.
        transcript: the translation, before any correction.
        asked: stretches that are not one and one.
        path: of the original, for messages.
        record: the place of `original` in `document.yaml`.

    Returns:
        A row for each pair, and what is not aligned; then there are no rows.
    """
    ours, theirs = original.blocks, transcript.blocks
    findings: list[Finding] = []
    cuts: list[tuple[Stretch, Stretch]] = []
    for entry in asked:
        pair = _stretch(ours, entry.original), _stretch(theirs, entry.transcript)
        after = cuts[-1] if cuts else ((0, 0), (0, 0))
        if pair[0] is None or pair[1] is None:
            findings.append(_nowhere(entry, record))
        elif pair[0][0] < after[0][1] or pair[1][0] < after[1][1]:
            findings.append(_disordered(entry, record))
        else:
            cuts.append((pair[0], pair[1]))
    if findings:
        return (), tuple(findings)
    rows: list[tuple[Sequence[Block], Sequence[Block]]] = []
    here, there = 0, 0
    for one, other in (*cuts, ((len(ours),) * 2, (len(theirs),) * 2)):
        if one[0] - here != other[0] - there:
            gap = ours[here : one[0]], theirs[there : other[0]]
            return (), (_uneven(*gap, path, record),)
        rows += zip(
            ([b] for b in ours[here : one[0]]), ([b] for b in theirs[there : other[0]]), strict=True
        )
        if one[1] > one[0]:
            rows.append((ours[slice(*one)], theirs[slice(*other)]))
        here, there = one[1], other[1]
    return tuple(Facing(_ids(a), _ids(b)) for a, b in rows), tuple(_unlike(rows, path))


def _ids(blocks: Sequence[Block]) -> tuple[str, ...]:
    return tuple(leaf.id for leaf in leaves(tuple(blocks)))


def _stretch(blocks: Sequence[Block], asked: str) -> Stretch | None:
    """The blocks that hold the leaves of these ordinals; None where there are none."""
    first, _, last = asked.partition("-")
    wanted = {f"p-{number:03}" for number in range(int(first), int(last or first) + 1)}
    held = [at for at, block in enumerate(blocks) if wanted & set(_ids([block]))]
    known = {name for block in blocks for name in _ids([block])}
    return (held[0], held[-1] + 1) if held and wanted <= known else None


def _nowhere(entry: FacingBlocks, record: Place) -> Finding:
    message = (
        f"blocks {entry.original} of the original are to face {entry.transcript} of the "
        "transcript, and one of them does not exist"
    )
    fix = "count the blocks as their addresses do: p-007 is 7"
    return finding("T012", record, message, fix)


def _disordered(entry: FacingBlocks, record: Place) -> Finding:
    message = (
        f"blocks {entry.original} of the original face {entry.transcript} of the transcript "
        "before blocks that an earlier entry has"
    )
    fix = "list the entries of facing in the order of the text, each block in one of them"
    return finding("T012", record, message, fix)


def _uneven(ours: Sequence[Block], theirs: Sequence[Block], path: str, record: Place) -> Finding:
    first = next(leaves(tuple(ours or theirs)), None)
    line = first.origin.line if first and ours else 0
    return finding(
        "T011",
        Place(path, line) if line else record,
        f"{_named(ours)} of the original and {_named(theirs)} of the transcript are to face each "
        f"other one by one",
    )


def _named(blocks: Sequence[Block]) -> str:
    names = _ids(blocks)
    if not names:
        return "no blocks"
    many = "1 block" if len(blocks) == 1 else f"{len(blocks)} blocks"
    return f"{many} ({names[0]})" if len(names) == 1 else f"{many} ({names[0]} to {names[-1]})"


def _unlike(
    rows: Sequence[tuple[Sequence[Block], Sequence[Block]]], path: str
) -> Iterator[Finding]:
    """A heading that faces a paragraph: most likely two errors that cancel in the count."""
    for ours, theirs in rows:
        kinds = [
            any(getattr(block, "role", "") == "heading" for block in side)
            for side in (ours, theirs)
        ]
        if kinds[0] != kinds[1]:
            first = next(leaves(tuple(ours)))
            what = ("a heading", "no heading") if kinds[0] else ("no heading", "a heading")
            yield finding(
                "T013",
                Place(path, first.origin.line),
                f"{first.id} of the original is {what[0]} and faces {_ids(theirs)[0]} of the "
                f"transcript, which is {what[1]}",
            )
