"""What stands beside and behind a document's text: its original, and pictures of its leaves."""

from dataclasses import replace

from engross.assemble.edition import FacingRow
from engross.model.text import Block, Body, Figure, Leaf, Origin, figures, leaves
from engross.parse.book import OriginalSource
from engross.parse.load import Parsed
from engross.parse.markdown import parse_inline
from engross.schema.document import DocumentRecord


def beside(original: OriginalSource, text: Body) -> tuple[FacingRow, ...]:
    """
    The rows of original and text, as corrected.

    Where a correction joined a block to the one before, the original of both stands beside it.
    """
    row_of = {name: at for at, row in enumerate(original.rows) for name in row.transcript}
    mine_of = {name: at for at, row in enumerate(original.rows) for name in row.original}
    ours = _sorted(original.body.blocks, mine_of)
    theirs = _sorted(text.blocks, row_of)
    rows: list[FacingRow] = []
    for at in range(len(original.rows)):
        left, right = tuple(ours.get(at, ())), tuple(theirs.get(at, ()))
        if right or not rows:
            rows.append(FacingRow(left, right))
        else:
            rows[-1] = replace(rows[-1], original=rows[-1].original + left)
    return tuple(rows)


def _sorted(blocks: tuple[Block, ...], row_of: dict[str, int]) -> dict[int, list[Block]]:
    """Blocks by their row; one without words stays with the block before it."""
    found: dict[int, list[Block]] = {}
    at = 0
    for block in blocks:
        first = next(leaves((block,)), None)
        at = row_of[first.id] if first else at
        found.setdefault(at, []).append(block)
    return found


def plates(record: Parsed[DocumentRecord], text: Body) -> Body | None:
    """The pictures that the text itself does not show, their captions numbered as blocks."""
    shown = {one.path for one in figures(text.blocks)}
    behind = []
    for number, plate in enumerate(record.value.plates, 1):
        at = record.place("plates", number - 1, "file")
        origin = Origin(at.path, at.line)
        caption = Leaf(f"p-{number:03}", "caption", parse_inline(plate.caption), origin=origin)
        path = f"documents/{record.value.id}/{plate.file}"
        if path in shown:
            continue
        leaf = (("leaf", plate.leaf),) if plate.leaf else ()
        behind.append(Figure(path, plate.alt, caption, attributes=leaf, origin=origin))
    return Body(tuple(behind)) if behind else None
