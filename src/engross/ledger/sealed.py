"""Words that were taken down, found wherever some of them still stand."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

WORD = re.compile(r"[^\W_]+")
LENGTH = 6
"""Words in a row that are taken for those that were sealed; all of them where they are fewer."""
REST = "[…]"
"""Stands for words that were taken down, where the place is told elsewhere."""


@dataclass(frozen=True, slots=True)
class Sealed:
    """What nobody may read any more."""

    pieces: tuple[str, ...]
    """Each a text that was one: a block, a document, a field."""
    pictures: tuple[str, ...] = ()
    """SHA-256 of pictures."""
    stay: tuple[str, ...] = ()
    """Words in a row that documents say elsewhere as well, where they stay."""
    _rows: dict[int, set[tuple[str, ...]]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Note every row of words that is looked for, by its length."""
        for piece in self.pieces:
            words = [word for _, _, word in _words(piece)]
            length = min(LENGTH, len(words))
            self._rows.setdefault(length, set()).update(_in_rows(words, length))
        self._rows.get(LENGTH, set()).difference_update(tuple(one.split()) for one in self.stay)

    def rows(self, text: str) -> set[str]:
        """Those of the full length that stand in a text."""
        words = [word for _, _, word in _words(text)]
        return {" ".join(row) for row in self._rows.get(LENGTH, set()) & {*_in_rows(words, LENGTH)}}

    def stretches(self, text: str) -> list[tuple[int, int]]:
        """Where sealed words stand in a text, whatever parts them: spaces, marks or lines."""
        words = list(_words(text))
        held = set[int]()
        for length, rows in self._rows.items():
            for at, row in enumerate(_in_rows([word for _, _, word in words], length)):
                if row in rows:
                    held.update(range(at, at + length))
        found: list[tuple[int, int]] = []
        for at in sorted(held):
            start, end, _ = words[at]
            if at - 1 in held:
                start = found.pop()[0]
            found.append((start, end))
        return found

    def without(self, text: str) -> str:
        """The text with a sign in the place of each stretch."""
        for start, end in reversed(self.stretches(text)):
            text = text[:start] + REST + text[end:]
        return text


def _words(text: str) -> Iterator[tuple[int, int, str]]:
    for one in WORD.finditer(text):
        yield one.start(), one.end(), unicodedata.normalize("NFKC", one.group()).casefold()


def _in_rows(words: Sequence[str], length: int) -> Iterator[tuple[str, ...]]:
    return (tuple(words[at : at + length]) for at in range(len(words) - length + 1) if length)
