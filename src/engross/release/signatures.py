"""Which folded sections of a printed book changed pages stand in."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Folding:
    """How one printer folds a book's pages."""

    profile: str
    binding: str
    """`perfect`, `saddle` or `case`."""
    pages: int
    """Pages of one signature; of one sheet, always 4, where the book is saddle-stitched."""
    multiple: int = 1
    """The printer fills the book up with blank pages to a multiple of this."""

    @property
    def nested(self) -> bool:
        """Whether all sheets lie in one another, so that one holds pages of both halves."""
        return self.binding == "saddle"


@dataclass(frozen=True, slots=True)
class Signature:
    """A signature to print again; of a saddle-stitched book a sheet."""

    number: int
    """From 1: the first in the book; of sheets, the outermost."""
    pages: tuple[int, ...]
    """Counted from 1, blank ones at the end included."""


@dataclass(frozen=True, slots=True)
class Touched:
    """What a printer has to print again."""

    profile: str
    binding: str
    size: int
    """Pages of a signature or sheet."""
    count: int
    """How many signatures or sheets the book has."""
    signatures: tuple[Signature, ...]


def touched(folding: Folding, pages: Sequence[int], count: int) -> Touched:
    """
    The signatures in which some pages stand.

    Args:
        folding: how the printer folds.
        pages: those to print again, counted from 1.
        count: of all pages of the book.

    >>> offset = Folding("offset", "case", 16, multiple=4)
    >>> [one.number for one in touched(offset, [18, 21, 40], 44).signatures]
    [2, 3]
    >>> touched(Folding("ours", "saddle", 4, multiple=4), [3], 15).signatures
    (Signature(number=2, pages=(3, 4, 13, 14)),)
    """
    multiple = 4 if folding.nested else folding.multiple
    whole = -(-count // multiple) * multiple
    every = tuple(_sheets(whole) if folding.nested else _gathered(whole, folding.pages))
    wanted = set(pages)
    return Touched(
        folding.profile,
        folding.binding,
        folding.pages,
        len(every),
        tuple(one for one in every if wanted & set(one.pages)),
    )


def ranges(pages: Sequence[int]) -> list[tuple[int, int]]:
    """
    Pages that follow each other, as first and last.

    >>> ranges((3, 4, 13, 14))
    [(3, 4), (13, 14)]
    """
    found: list[tuple[int, int]] = []
    for page in pages:
        if found and found[-1][1] == page - 1:
            found[-1] = (found[-1][0], page)
        else:
            found.append((page, page))
    return found


def _gathered(count: int, size: int) -> Iterator[Signature]:
    """Signatures behind each other; the last one may be smaller."""
    for number, first in enumerate(range(1, count + 1, size), 1):
        yield Signature(number, tuple(range(first, min(first + size, count + 1))))


def _sheets(count: int) -> Iterator[Signature]:
    """Sheets within each other, folded once: two pages of the front half, two of the back."""
    for number in range(1, count // 4 + 1):
        first, last = 2 * number - 1, count - 2 * number + 2
        yield Signature(number, (first, first + 1, last - 1, last))
