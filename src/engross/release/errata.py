"""
What the owner of one state of an edition has to change to hold another: computed from the texts.

No entry of a ledger is asked, so that it is true after a correction was corrected or taken back.
"""

import difflib
import itertools
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from engross.release.words import Replaced, replaced

Units = Mapping[str, Mapping[str, str]]
"""
Texts of blocks by address, under what they are part of: a section, a note, a field, a row of a
register. What comes or goes as a whole is one change.
"""
DIVISION = " | "
"""Stands where a paragraph ends, in words of two."""
SEAM = 4
"""Words quoted on either side of a division."""


@dataclass(frozen=True, slots=True)
class Erratum:
    """For `old` read `new`; where one is empty a whole block or note came or went."""

    unit: str
    address: str
    """Address of the block as it is now; where it is gone, as it was."""
    old: str
    """Enough words to stand once in the block, and never none."""
    new: str
    bare: tuple[tuple[str, str], ...] = ()
    """The changes in it without the words around them."""
    joined: bool = False
    """A division between two paragraphs went: its words are those around the seam."""


def units_of(texts: Mapping[str, str]) -> dict[str, dict[str, str]]:
    """Texts by address, under the section, note or field that they are part of."""
    found: dict[str, dict[str, str]] = {}
    for address, text in texts.items():
        if words := " ".join(text.split()):
            found.setdefault(address.partition("#")[0], {})[address] = words
    return found


def errata(then: Units, now: Units) -> Iterator[Erratum]:
    """
    Every change between two states, in the order of the present one, what is gone last.

    A document or section that came or went is told of and not quoted: a row without words.
    """
    sections = [{unit.partition("/")[0] for unit in units} for units in (then, now)]
    other = sections[0] ^ sections[1]
    yield from (Erratum(name, name, "", "") for name in sorted(other))
    for unit in [*now, *(name for name in then if name not in now)]:
        old, new = then.get(unit, {}), now.get(unit, {})
        if unit.partition("/")[0] in other:
            continue
        if not (old and new):
            yield _whole(unit, unit, " ".join(old.values()), " ".join(new.values()))
        elif old != new:
            yield from _blocks(unit, list(old.items()), list(new.items()))


def _whole(unit: str, address: str, old: str, new: str) -> Erratum:
    return Erratum(unit, address, old, new, ((old, new),))


def _blocks(
    unit: str, old: Sequence[tuple[str, str]], new: Sequence[tuple[str, str]]
) -> Iterator[Erratum]:
    before, after = [text for _, text in old], [text for _, text in new]
    matcher = difflib.SequenceMatcher(None, before, after, False)
    steps = [step[1:] for step in matcher.get_opcodes() if step[0] != "equal"]
    if [name for name, _ in old] == [name for name, _ in new]:
        other = [at for at, text in enumerate(before) if text != after[at]]
        if len(other) <= sum(max(a2 - a1, b2 - b1) for a1, a2, b1, b2 in steps):
            steps = [(at, at + 1, at, at + 1) for at in other]  # blocks keep their names
    for a1, a2, b1, b2 in steps:
        gone, come = old[a1:a2], new[b1:b2]
        if len(gone) != len(come) and gone and come and _said(gone) == _said(come):
            yield from _divisions(unit, gone, come)
            continue
        if len(gone) != len(come):  # the blocks of a frozen text keep their names
            names, there = {name for name, _ in come}, {name for name, _ in gone}
            yield from (_whole(unit, a, text, "") for a, text in gone if a not in names)
            yield from (_whole(unit, a, "", text) for a, text in come if a not in there)
            gone = [row for row in gone if row[0] in names]
            come = [row for row in come if row[0] in there]
        for (_, was), (address, text) in zip(gone, come, strict=True):
            yield from stretches(unit, address, was, text)


def _said(rows: Sequence[tuple[str, str]]) -> str:
    return " ".join(text for _, text in rows)


def _divisions(
    unit: str, gone: Sequence[tuple[str, str]], come: Sequence[tuple[str, str]]
) -> Iterator[Erratum]:
    """The same words in fewer or more paragraphs: each seam that went or came."""
    joined = len(gone) > len(come)
    rows = gone if joined else come
    for (address, first), (_, second) in itertools.pairwise(rows):
        head, tail = " ".join(first.split()[-SEAM:]), " ".join(second.split()[:SEAM])
        words = f"{head} {tail}", f"{head}{DIVISION}{tail}"
        old, new = reversed(words) if joined else words
        yield Erratum(unit, address, old, new, joined=joined)


def stretches(unit: str, address: str, old: str, new: str) -> Iterator[Erratum]:
    """
    The changes of one block, each in words that stand in it once.

    >>> [(row.old, row.new) for row in stretches("a", "a", "he met the man", "he met man")]
    [('met the man', 'met man')]
    """
    groups = [_Group(one.start, one.end, (one,)) for one in replaced(old, new)]
    while any(not group.meant(old) for group in groups):
        wider: list[_Group] = []
        for group in groups:
            group = group if group.meant(old) else group.widened(old)
            if wider and group.start < wider[-1].end:
                last = wider.pop()
                end = max(last.end, group.end)
                group = _Group(min(last.start, group.start), end, last.changes + group.changes)
            wider.append(group)
        groups = wider
    for group in groups:
        bare = tuple((one.old.strip(), one.new.strip()) for one in group.changes)
        words = old[group.start : group.end].strip(), group.words(old).strip()
        yield Erratum(unit, address, *words, bare)


@dataclass(frozen=True, slots=True)
class _Group:
    """A stretch of a block that is quoted whole, and the changes in it."""

    start: int
    end: int
    changes: tuple[Replaced, ...]

    def words(self, text: str) -> str:
        """As they read now."""
        words, at = "", self.start
        for one in self.changes:
            words, at = words + text[at : one.start] + one.new, one.end
        return words + text[at : self.end]

    def meant(self, text: str) -> bool:
        """Whether it says both readings and stands once; all of a block can say no more."""
        old = text[self.start : self.end]
        both = old.strip() and self.words(text).strip()
        return old == text or bool(both and len(_found(old.strip()).findall(text)) == 1)

    def widened(self, text: str) -> "_Group":
        """With a word more on each side."""
        start = text.rfind(" ", 0, max(self.start - 1, 0)) + 1
        end = text.find(" ", self.end + 1)
        return _Group(start, len(text) if end < 0 else end, self.changes)


def _found(words: str) -> re.Pattern[str]:
    """Words where they begin and end as words, be it within others of the kind."""
    head = r"(?<!\w)" if words[:1].isalnum() else ""
    tail = r"(?!\w)" if words[-1:].isalnum() else ""
    return re.compile(f"{head}(?={re.escape(words)}{tail})")
