"""Where two texts part."""

from collections.abc import Sequence
from itertools import takewhile


def agreed(one: Sequence[object], other: Sequence[object]) -> int:
    """
    How many characters of two texts, or items of two rows, are alike from the first one on.

    >>> agreed("nine days", "nine nights"), agreed(["d1", "d2"], ["d1"])
    (5, 1)
    """
    pairs = zip(one, other, strict=False)
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))
