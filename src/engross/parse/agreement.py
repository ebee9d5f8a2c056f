"""
Whether a transcript says the received paragraphs: words are compared, not layout.

A paragraph of the transcript is one of the received text, to the letter. A list, a table and verse
may stand over any number of them: the bars and rules of a typed table, the signs of a list and the
ends of lines are how the typist laid the words out. A line that the transcript keeps has to begin
where a received one does.
"""

import re
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass
from itertools import accumulate
from pathlib import PurePosixPath

from engross.catalog import finding
from engross.model.finding import Finding, Place
from engross.model.lists import numeral
from engross.model.parting import agreed
from engross.model.text import Block, Division, Leaf, ListBlock, Quote, Rule, Run, Table, leaves
from engross.release.errata import stretches

LAYOUT = re.compile(r"[\s|¦+=_~*.:·•◦▪\-\u2010-\u2015\u2500-\u257f]*")
"""What a typist draws tables with: blanks, bars, rules, leaders."""
BULLETS = tuple("•◦▪‣·*-–—o")
Unit = Leaf | ListBlock | Table | Rule
"""What is compared as one."""
FIX = "restore the received words; a change is an entry of corrections.yaml"
FAR = 400
"""Signs of layout among which the beginning of a word is looked for."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A received paragraph, and the stretches of it that the archive set in italics."""

    text: str
    line: int
    """In the received file, from 1."""
    italics: tuple[tuple[int, int], ...] = ()
    starts: tuple[int, ...] = ()
    """Where its lines begin, in characters of the folded text; empty where nobody knows."""


def folded(text: str) -> str:
    """A text with single blanks."""
    return " ".join(text.split())


def compare(
    blocks: Sequence[Block],
    wanted: Sequence[Paragraph],
    path: str,
    received: str,
    anew: Set[str] = frozenset(),
) -> list[Finding]:
    """
    The first place where blocks and received paragraphs part.

    Args:
        blocks: of the transcript.
        wanted: the received paragraphs, in order.
        path: of the transcript, for messages.
        received: the name of the received file.
        anew: addresses of blocks that the ledger sets otherwise than they were received.
    """
    reading = _Reading(wanted, path, received, anew)
    units = list(_units(blocks))
    fault = next(filter(None, map(reading.take, units, [*units[1:], None])), None)
    fault = fault or reading.rest(len(list(leaves(tuple(blocks)))))
    return [fault] if fault else []


def _units(blocks: Sequence[Block]) -> Iterator[Unit]:
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

    def __init__(
        self, wanted: Sequence[Paragraph], path: str, received: str, anew: Set[str]
    ) -> None:
        self.wanted, self.path, self.received, self.anew = wanted, path, received, anew
        self.document = PurePosixPath(path).parent.name
        self.next = 0
        self.ruled = False
        """Whether a drawn rule may stand here: about tables and lists, and at a rule."""
        self.last: Leaf | None = None
        texts = [folded(paragraph.text) for paragraph in wanted]
        self.words = " ".join(texts)
        self.starts = [0, *accumulate(len(text) + 1 for text in texts)]

    def take(self, unit: Unit, after: Unit | None) -> Finding | None:
        """Read what a unit says; where it does not say what was received, a finding."""
        found = [] if isinstance(unit, Rule) else list(leaves((unit,)))
        self.ruled |= not isinstance(unit, Leaf)
        said = found or (list(leaves((after,))) if after else [])
        self._skip_rule(said[0].text if said else None)
        self.ruled = not isinstance(unit, Leaf | Rule)
        if isinstance(unit, Rule) or (found and self.next > len(self.wanted)):
            return None
        first, self.last = self.next, found[-1] if found else self.last
        if first == len(self.wanted):
            self.next += bool(found)
            return None  # told by `rest`
        paragraph = self.wanted[first]
        if isinstance(unit, Leaf) and (unit.text == paragraph.text or not list(_breaks(unit))):
            self.next += 1
            placed = [(unit, self.starts[first])]
            if unit.text != paragraph.text:
                return self._differs(unit, paragraph)
        else:
            read = self._laid_out(unit, found)
            if isinstance(read, Finding):
                return read
            placed = read
        if any(f"{self.document}#{leaf.id}" in self.anew for leaf, _ in placed):
            return None
        return self._broken(placed, first) or self._slanted(placed, first)

    def _skip_rule(self, words: str | None) -> None:
        """Pass by a drawn rule and empty cells, unless the transcript has its signs as words."""
        while self.ruled and self.next < len(self.wanted):
            here = self.wanted[self.next].text
            if here == words or not LAYOUT.fullmatch(here):
                return
            self.next += 1
            self.ruled = not here

    def _laid_out(
        self, unit: Leaf | ListBlock | Table, found: Sequence[Leaf]
    ) -> list[tuple[Leaf, int]] | Finding:
        """Where each leaf of a table, a list or verse begins, in characters of all paragraphs."""
        at = self.starts[self.next]
        signs = dict(_signs(unit))
        placed: list[tuple[Leaf, int]] = []
        for leaf in found:
            words = folded(leaf.text)
            drawn = self._drawn(at)
            places = range(drawn, max(at - 1, drawn - FAR), -1)
            if LAYOUT.fullmatch(words):  # a dash in a cell, or nothing
                places = range(at, drawn + 1)
            start = next(
                (
                    start + len(sign)
                    for start in places
                    for sign in (*signs.get(leaf.id, ()), "")
                    if self.words.startswith(sign + words, start)
                    and (start > at or not placed or not words)
                ),
                None,
            )
            if start is None:
                return self._elsewhere(leaf, at)
            placed.append((leaf, start))
            at = start + len(words)
        ends = (
            n for n, start in enumerate(self.starts[1:], 1) if at < start <= self._drawn(at) + 1
        )
        following = next(ends, None)
        if following is None:
            return self._elsewhere(found[-1], at)
        self.next = following
        return placed

    def _drawn(self, at: int) -> int:
        match = LAYOUT.match(self.words, at)
        return match.end() if match else at

    def _broken(self, placed: Sequence[tuple[Leaf, int]], first: int) -> Finding | None:
        """A line that begins where no received one does; of Markdown nobody knows where they do."""
        stretch = range(first, self.next)
        begins = {self.starts[n] + at for n in stretch for at in (0, *self.wanted[n].starts)}
        known = all(self.wanted[n].starts for n in stretch)
        for leaf, start in placed if known else ():
            for at in _breaks(leaf):
                if start + at not in begins:
                    words = self.words[start + at : start + at + 18]
                    line = self._paragraph(start + at).line
                    says = f"{leaf.id} begins a line with “{words}”, where no line of "
                    says += f"{self.received}:{line} begins"
                    return self._anew(leaf, says, "end the lines where the received ones end")
        return None

    def _slanted(self, placed: Sequence[tuple[Leaf, int]], first: int) -> Finding | None:
        """Italics of another stretch than the received ones."""
        mine = [
            span for leaf, start in placed for span in _spans(leaf.text, italics_of(leaf), start)
        ]
        theirs = [
            span
            for n in range(first, self.next)
            for span in _spans(self.wanted[n].text, self.wanted[n].italics, self.starts[n])
        ]
        if mine == theirs:
            return None
        leaf, start = placed[0]
        line = self._paragraph(start).line
        says = f"{leaf.id} has other words in italics than {self.received}:{line}"
        return self._anew(leaf, says, "emphasise exactly what the received file does")

    def _anew(self, leaf: Leaf, says: str, fix: str) -> Finding:
        command = f'engross correct {self.document}#{leaf.id} --kind typography --reason "…"'
        return self._told(leaf, says, f"{fix}; or, if the leaf shows it so: {command}")

    def _paragraph(self, at: int) -> Paragraph:
        """The paragraph in which a character stands."""
        found = sum(start <= at for start in self.starts[1:-1])
        return self.wanted[found]

    def _differs(self, leaf: Leaf, paragraph: Paragraph) -> Finding:
        at = agreed(leaf.text, paragraph.text)
        place = f"{self.document}#{leaf.id}"
        commands = [
            f'engross correct {place} "{one.old}" "{one.new}" --reason "…"'
            for one in stretches("", [leaf.id], paragraph.text, leaf.text)
        ]
        return self._told(
            leaf,
            f"{leaf.id} differs from {self.received}:{paragraph.line} at character {at + 1}: "
            f"the transcript has {_excerpt(leaf.text, at)}, the received file "
            f"{_excerpt(paragraph.text, at)}",
            "; ".join([FIX, *commands[:3], "after a release engross correct --adopt does both"]),
        )

    def _elsewhere(self, leaf: Leaf, at: int) -> Finding:
        """Words of a table, a list or verse that do not follow the ones before."""
        drawn = min(self._drawn(at), len(self.words) - 1)
        paragraph = self._paragraph(drawn)
        into = drawn - self.starts[self.wanted.index(paragraph)]
        line = paragraph.line + max(sum(start <= into for start in paragraph.starts) - 1, 0)
        return self._told(
            leaf,
            f"{leaf.id} says {_excerpt(leaf.text, 0)}, and {self.received}:{line} goes on with "
            f"{_excerpt(self.words[drawn:], 0)}",
        )

    def rest(self, count: int) -> Finding | None:
        """A finding where blocks and paragraphs do not end together."""
        self._skip_rule(None)
        if self.next == len(self.wanted):
            return None
        what = "more" if self.next > len(self.wanted) else "fewer"
        says = (
            f"the transcript has {count} blocks, {what} than the {len(self.wanted)} paragraphs of "
        )
        fix = "keep the received paragraphs, one block each, in their order"
        return self._told(self.last, says + self.received, fix)

    def _told(self, leaf: Leaf | None, message: str, fix: str = FIX) -> Finding:
        return finding("T002", Place(self.path, leaf.origin.line if leaf else 0), message, fix)


def _signs(unit: Leaf | ListBlock | Table) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The first leaf of each item of a list, and how a typist may have written its sign."""
    if not isinstance(unit, ListBlock):
        return
    for index, item in enumerate(unit.items):
        sign = numeral(unit.start + index, unit.numbering) if unit.kind == "ordered" else ""
        written = (f"{sign}.", f"{sign})", f"({sign})") if sign else BULLETS
        if (first := next(leaves(item.blocks), None)) is not None:
            yield first.id, tuple(f"{one}{blank}" for one in written for blank in (" ", ""))
        for block in item.blocks:
            if isinstance(block, ListBlock):
                yield from _signs(block)


def fold_at(text: str, at: int) -> int:
    """Where a character of a text stands in the folded one."""
    before = folded(text[:at])
    return len(before) + (bool(before) and text[at - 1].isspace())


def _spans(text: str, spans: Sequence[tuple[int, int]], start: int) -> Iterator[tuple[int, int]]:
    return ((start + fold_at(text, a), start + fold_at(text, b)) for a, b in spans)


def _breaks(leaf: Leaf) -> Iterator[int]:
    """Where lines of a leaf begin, in characters of its folded text."""
    at = 0
    for item in leaf.content:
        if isinstance(item, Run):
            at += len(item.text)
        elif item.kind == "line":
            yield fold_at(leaf.text, at)


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


def _excerpt(text: str, at: int) -> str:
    head = "…" if at > 12 else ""
    tail = "…" if at + 18 < len(text) else ""
    return f"“{head}{text[max(0, at - 12) : at + 18]}{tail}”"
