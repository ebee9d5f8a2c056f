"""
Whether a transcript says the received paragraphs: words are compared, not layout.

A paragraph of the transcript is one of the received text, to the letter. A list, a table and verse
may stand over any number of them: the bars and rules of a typed table, the signs of a list and the
ends of lines are how the typist laid the words out. A line that the transcript keeps has to end
where a received one does.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

from engross.catalog import finding
from engross.model.finding import Finding, Place
from engross.model.lists import numeral
from engross.model.text import (
    Block,
    Division,
    Leaf,
    ListBlock,
    Point,
    Quote,
    Rule,
    Run,
    Table,
    leaves,
)

LAYOUT = re.compile(r"[|¦+=_~*.:·•◦▪\-\u2010-\u2015\u2500-\u257f]+")
"""What a typist draws tables with: bars, rules, leaders."""
BULLETS = tuple("•◦▪‣·*-–—o")
FAR = 400
"""Signs of layout after which a word is looked for among them."""
RESTORE = "restore the received words; a change is an entry of corrections.yaml"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A received paragraph, and the stretches of it that the archive set in italics."""

    text: str
    line: int
    """In the received file, from 1."""
    italics: tuple[tuple[int, int], ...] = ()
    ends: tuple[int, ...] = ()
    """Where its lines end, in characters, white space aside; empty where nobody knows."""


def squeezed(text: str) -> str:
    """A text without white space."""
    return "".join(text.split())


def compare(
    blocks: Sequence[Block], wanted: Sequence[Paragraph], path: str, received: str
) -> list[Finding]:
    """
    The first place where blocks and received paragraphs part.

    Args:
        blocks: of the transcript.
        wanted: the received paragraphs, in order.
        path: of the transcript, for messages.
        received: the name of the received file.
    """
    reading = _Reading(wanted, path, received)
    units = list(_units(blocks))
    for unit in units:
        if fault := reading.take(unit):
            return [fault]
    return reading.rest(len(list(leaves(tuple(blocks)))))


def _units(blocks: Sequence[Block]) -> Iterator[Leaf | ListBlock | Table | Rule]:
    """What is compared as one: leaves, lists and tables."""
    for block in blocks:
        match block:
            case Leaf() | ListBlock() | Table() | Rule():
                yield block
            case Quote() | Division():
                yield from _units(block.blocks)
            case _:
                yield from leaves((block,))


class _Reading:
    """How far the received paragraphs have been read."""

    def __init__(self, wanted: Sequence[Paragraph], path: str, received: str) -> None:
        self.wanted = wanted
        self.path = path
        self.received = received
        self.next = 0
        self.more = False
        """Whether a block follows the last paragraph."""
        self.last = 0
        """The line of the last block."""
        self.words = "".join(squeezed(paragraph.text) for paragraph in wanted)
        self.starts = [0, *accumulate(len(squeezed(paragraph.text)) for paragraph in wanted)]

    def take(self, unit: Leaf | ListBlock | Table | Rule) -> Finding | None:
        """Read what a unit says; where it does not say what was received, a finding."""
        if isinstance(unit, Rule):
            drawn = self.next < len(self.wanted) and LAYOUT.fullmatch(
                squeezed(self.wanted[self.next].text)
            )
            self.next += bool(drawn)
            return None
        found = list(leaves((unit,)))
        if self.next >= len(self.wanted):
            self.more = True
            return None
        paragraphs = self.wanted[self.next : self.next + len(found)]
        self.last = found[-1].origin.line if found else self.last
        lined = any(isinstance(item, Point) and item.kind == "line" for item in _points(found))
        if not lined and [leaf.text for leaf in found] == [one.text for one in paragraphs]:
            self.next += len(found)
            pairs = zip(found, paragraphs, strict=True)
            slanted = (leaf for leaf, one in pairs if italics_of(leaf) != one.italics)
            return next((self._italics(leaf) for leaf in slanted), None)
        if lined or not isinstance(unit, Leaf):
            return self._laid_out(unit, found)
        return self._differs(unit, self.wanted[self.next])

    def _laid_out(self, unit: Leaf | ListBlock | Table, found: Sequence[Leaf]) -> Finding | None:
        at = self.starts[self.next]
        begun = {id(leaf): sign for leaf, sign in _signs(unit)}
        breaks: list[tuple[int, Leaf]] = []
        for leaf in found:
            words = squeezed(leaf.text)
            start = self._find(words, at, begun.get(id(leaf), ()))
            if start is None:
                return self._elsewhere(leaf, at)
            breaks += [(start + offset, leaf) for offset in _breaks(leaf)]
            at = start + len(words)
        drawn = LAYOUT.match(self.words, at)
        ends = [end for end in self.starts[1:] if at <= end <= (drawn.end() if drawn else at)]
        if not ends:
            return self._elsewhere(found[-1], at, behind=True)
        first, self.next = self.next, self.starts.index(ends[-1], 1)
        return self._broken(breaks, first) or self._slanted(found, first)

    def _find(self, words: str, at: int, signs: Sequence[str]) -> int | None:
        """Where the words begin, behind signs of layout and the sign of a list."""
        drawn = LAYOUT.match(self.words, at)
        last = drawn.end() if drawn else at
        for start in range(last, max(at, last - FAR) - 1, -1):
            for sign in (*signs, ""):
                if self.words.startswith(sign + words, start):
                    return start + len(sign)
        return None

    def _holding(self, at: int) -> int:
        """The paragraph in which a character stands."""
        found = next((n for n, start in enumerate(self.starts[1:]) if start > at), None)
        return len(self.wanted) - 1 if found is None else found

    def _broken(self, breaks: Sequence[tuple[int, Leaf]], first: int) -> Finding | None:
        """A line that ends where no received one does; of Markdown nobody knows where they end."""
        paragraphs = self.wanted[first : self.next]
        if not all(one.ends for one in paragraphs):
            return None
        ends = {
            self.starts[first + index] + end
            for index, one in enumerate(paragraphs)
            for end in (0, *one.ends)
        }
        for at, leaf in breaks:
            if at not in ends:
                line = self.wanted[self._holding(at)].line
                return finding(
                    "T002",
                    Place(self.path, leaf.origin.line),
                    f"{leaf.id} begins a line with “{self.words[at : at + 18]}”, where no line "
                    f"of {self.received}:{line} begins",
                    "end the lines where the received ones end",
                )
        return None

    def _slanted(self, found: Sequence[Leaf], first: int) -> Finding | None:
        """Italics of another stretch than the received ones."""
        mine = [squeezed(leaf.text[a:b]) for leaf in found for a, b in italics_of(leaf)]
        theirs = [
            squeezed(one.text[a:b])
            for one in self.wanted[first : self.next]
            for a, b in one.italics
        ]
        return None if "".join(mine) == "".join(theirs) else self._italics(found[0], first)

    def _italics(self, leaf: Leaf, first: int | None = None) -> Finding:
        paragraph = self.wanted[self.next - 1 if first is None else first]
        return finding(
            "T002",
            Place(self.path, leaf.origin.line),
            f"{leaf.id} has other words in italics than {self.received}:{paragraph.line}",
            "emphasise exactly what the received file does",
        )

    def _differs(self, leaf: Leaf, paragraph: Paragraph) -> Finding:
        at = _first_difference(leaf.text, paragraph.text)
        return finding(
            "T002",
            Place(self.path, leaf.origin.line),
            f"{leaf.id} differs from {self.received}:{paragraph.line} at character {at + 1}: "
            f"the transcript has {_excerpt(leaf.text, at)}, the received file "
            f"{_excerpt(paragraph.text, at)}",
            RESTORE,
        )

    def _elsewhere(self, leaf: Leaf, at: int, *, behind: bool = False) -> Finding:
        """Words of a table, a list or verse that do not follow the ones before."""
        drawn = LAYOUT.match(self.words, at)
        number = self._holding(drawn.end() if drawn else at)
        paragraph = self.wanted[number]
        into = max((drawn.end() if drawn else at) - self.starts[number], 0)
        line = paragraph.line + sum(end <= into for end in paragraph.ends[:-1])
        letters = [n for n, sign in enumerate(paragraph.text) if not sign.isspace()]
        rest = paragraph.text[letters[min(into, len(letters) - 1)] :]
        says = "ends" if behind else "says"
        return finding(
            "T002",
            Place(self.path, leaf.origin.line),
            f"{leaf.id} {says} {_excerpt(leaf.text, 0)}, and {self.received}:{line} goes on with "
            f"{_excerpt(rest, 0)}",
            RESTORE,
        )

    def rest(self, count: int) -> list[Finding]:
        """A finding where blocks and paragraphs do not end together."""
        if self.next == len(self.wanted) and not self.more:
            return []
        what = "more" if self.more else "fewer"
        return [
            finding(
                "T002",
                Place(self.path, self.last),
                f"the transcript has {count} blocks, {what} than the {len(self.wanted)} "
                f"paragraphs of {self.received}",
                "keep the received paragraphs, one block each, in their order",
            )
        ]


def _points(found: Sequence[Leaf]) -> Iterator[Point]:
    return (item for leaf in found for item in leaf.content if isinstance(item, Point))


def _signs(unit: Leaf | ListBlock | Table) -> Iterator[tuple[Leaf, tuple[str, ...]]]:
    """The first leaf of each item of a list, and how a typist may have written its sign."""
    if not isinstance(unit, ListBlock):
        return
    for index, item in enumerate(unit.items):
        sign = numeral(unit.start + index, unit.numbering) if unit.kind == "ordered" else ""
        first = next(leaves(item.blocks), None)
        if first is not None:
            yield first, (f"{sign}.", f"{sign})", f"({sign})") if sign else BULLETS
        for block in item.blocks:
            if isinstance(block, ListBlock):
                yield from _signs(block)


def _breaks(leaf: Leaf) -> Iterator[int]:
    """Where lines of a leaf begin, in characters, white space aside."""
    at = 0
    for item in leaf.content:
        if isinstance(item, Run):
            at += len(squeezed(item.text))
        elif item.kind == "line":
            yield at


def italics_of(leaf: Leaf) -> tuple[tuple[int, int], ...]:
    """The stretches of a leaf's text that are emphasised."""
    spans: list[tuple[int, int]] = []
    position = 0
    for item in leaf.content:
        if isinstance(item, Run):
            end = position + len(item.text)
            if any(mark.kind == "emphasis" for mark in item.marks):
                if spans and spans[-1][1] == position:
                    spans[-1] = (spans[-1][0], end)
                else:
                    spans.append((position, end))
            position = end
    return tuple(spans)


def _first_difference(left: str, right: str) -> int:
    for index, (a, b) in enumerate(zip(left, right, strict=False)):
        if a != b:
            return index
    return min(len(left), len(right))


def _excerpt(text: str, at: int) -> str:
    head = "…" if at > 12 else ""
    tail = "…" if at + 18 < len(text) else ""
    return f"“{head}{text[max(0, at - 12) : at + 18]}{tail}”"
