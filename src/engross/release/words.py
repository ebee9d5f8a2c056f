"""Differences of two texts in words: what an editor would call one change."""

import difflib
import re
from collections.abc import Iterator
from dataclasses import dataclass

_WORD = re.compile(r"\s+|\w+|[^\w\s]")
JOINING = 2
"""Two changes with fewer equal words between them are one."""


@dataclass(frozen=True, slots=True)
class Replaced:
    """A stretch of the old text and what stands there now."""

    start: int
    """In code points of the old text."""
    end: int
    old: str
    new: str


def replaced(old: str, new: str) -> tuple[Replaced, ...]:
    """
    The stretches that differ, whole words each; put into the old text they give the new one.

    >>> [(one.old, one.new) for one in replaced("a paper of five leafs", "a paper of five leaves")]
    [('leafs', 'leaves')]
    """
    before, after = _WORD.findall(old), _WORD.findall(new)
    found = []
    for a1, a2, b1, b2 in _groups(before, after):
        start = sum(map(len, before[:a1]))
        words, other = "".join(before[a1:a2]), "".join(after[b1:b2])
        found.append(Replaced(start, start + len(words), words, other))
    return tuple(found)


def marked(old: str, new: str) -> Iterator[tuple[str, str]]:
    """The new text in pieces: `same`, `old` (gone) and `new` (come), in reading order."""
    position = 0
    for one in replaced(old, new):
        if one.start > position:
            yield "same", old[position : one.start]
        if one.old:
            yield "old", one.old
        if one.new:
            yield "new", one.new
        position = one.end
    if position < len(old):
        yield "same", old[position:]


def _groups(before: list[str], after: list[str]) -> Iterator[tuple[int, int, int, int]]:
    """Index ranges of changed words, neighbours merged."""
    matcher = difflib.SequenceMatcher(None, before, after, autojunk=False)
    pending: tuple[int, int, int, int] | None = None
    for tag, a1, a2, b1, b2 in matcher.get_opcodes():
        if tag == "equal":
            continue
        if pending:
            between = [word for word in before[pending[1] : a1] if not word.isspace()]
            if len(between) < JOINING:
                pending = (pending[0], a2, pending[2], b2)
                continue
            yield pending
        pending = (a1, a2, b1, b2)
    if pending:
        yield pending
