"""Rows of a table: as many columns in each as in the longest, so that every cell has its column."""

from collections.abc import Sequence

from engross.model.text import Cell


def missing(rows: Sequence[Sequence[Cell]]) -> tuple[int, ...]:
    """How many cells each row lacks; one that reaches down from a row above counts in each."""
    widths = [0] * len(rows)
    for index, row in enumerate(rows):
        for cell in row:
            for below in range(index, min(index + max(cell.rows, 1), len(rows))):
                widths[below] += max(cell.columns, 1)
    longest = max(widths, default=0)
    return tuple(longest - width for width in widths)
