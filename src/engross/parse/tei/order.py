"""What is seen once all leaves of a text are read: their order, and which of them are subheads."""

from dataclasses import replace

from engross.model.text import Block, Division, Leaf, Point, Run, leaves, map_leaves

SUBHEAD = 120
"""Characters of a subhead that is a paragraph in the file."""


def place_rest(blocks: tuple[Block, ...], waiting: list[Point]) -> tuple[Block, ...]:
    """Put points that found no later leaf at the end of the last one."""
    if not waiting:
        return blocks
    every = list(leaves(blocks))
    if not every:
        return (Leaf("p-001", "gap", tuple(waiting)),)
    last = every[-1].id
    return map_leaves(
        blocks,
        lambda leaf: replace(leaf, content=(*leaf.content, *waiting)) if leaf.id == last else leaf,
    )


def in_order(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """Number the leaves as they are read, where a head or caption came late in the file."""
    order = [leaf.id for leaf in leaves(blocks)]
    wanted = [f"p-{number:03d}" for number in range(1, len(order) + 1)]
    if order == wanted:
        return blocks
    names = dict(zip(order, wanted, strict=True))
    return map_leaves(blocks, lambda leaf: replace(leaf, id=names[leaf.id]))


def subheads(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """A short line all in italics or in bold before a text is its subhead, not a paragraph."""
    result: list[Block] = []
    for block in blocks:
        if isinstance(block, Division):
            block = replace(block, blocks=subheads(block.blocks))
        elif isinstance(block, Leaf) and _is_subhead(block) and block is not blocks[-1]:
            block = replace(block, role="subhead")
        result.append(block)
    return tuple(result)


def _is_subhead(leaf: Leaf) -> bool:
    runs = [item for item in leaf.content if isinstance(item, Run) and item.text.strip()]
    if not runs or leaf.role != "paragraph" or leaf.get("continued") or leaf.get("element"):
        return False
    if len(leaf.text) > SUBHEAD or leaf.text[0] in "[(“" or leaf.text[-1] in ".,;:!?)]”":
        return False
    return any(
        all(any(mark.kind == kind for mark in run.marks) for run in runs)
        for kind in ("emphasis", "strong")
    )
