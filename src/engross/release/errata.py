"""
What the owner of one state of an edition has to change to hold another: computed from the texts.

No entry of a ledger is asked, so that it is true after a correction was corrected or taken back.
"""

import difflib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from engross.ledger.fields import is_line
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
_SEAM = "\ue000"
"""Marks a division where blocks are compared as one text."""


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
        if len(gone) != len(come) and _redivided(gone, come):
            order = [name for name, _ in come]
            yield from stretches(unit, order, _marked(gone), _marked(come))
            continue
        if len(gone) != len(come):  # the blocks of a frozen text keep their names
            names, there = {name for name, _ in come}, {name for name, _ in gone}
            yield from (_whole(unit, a, text, "") for a, text in gone if a not in names)
            yield from (_whole(unit, a, "", text) for a, text in come if a not in there)
            gone = [row for row in gone if row[0] in names]
            come = [row for row in come if row[0] in there]
        for (_, was), (address, text) in zip(gone, come, strict=True):
            yield from stretches(unit, [address], was, text)


def _marked(rows: Sequence[tuple[str, str]]) -> str:
    return f" {_SEAM} ".join(text for _, text in rows)


def _redivided(gone: Sequence[tuple[str, str]], come: Sequence[tuple[str, str]]) -> bool:
    """Whether fewer or more paragraphs have the same words, but for a few in each of them."""
    few, many = sorted((gone, come), key=len)
    same = {word for _, text in few for word in text.split()}
    words = [{*text.split()} for _, text in many]
    return bool(few) and all(2 * len(one & same) >= len(one) for one in words)


def stretches(unit: str, names: Sequence[str], old: str, new: str) -> Iterator[Erratum]:
    """
    The changes of a block, or of neighbours with marked divisions, in words that stand there once.

    Args:
        unit: what the blocks are part of.
        names: their addresses in the new state.
        old: their words.
        new: their words now.

    >>> [(row.old, row.new) for row in stretches("a", ["a"], "he met the man", "he met man")]
    [('met the man', 'met man')]
    """
    changes = tuple(replaced(old, new))
    groups = _apart(_Group(one.start, one.end, (one,)).seen(old) for one in changes)
    if is_line(unit, old):
        groups = [_Group(0, len(old), changes)]
    while any(not group.meant(old) for group in groups):
        groups = _apart(group if group.meant(old) else group.widened(old) for group in groups)
    before = 0
    for group in groups:
        bare = tuple((_said(one.old), _said(one.new)) for one in group.changes)
        words = old[group.start : group.end], group.words(old)
        at = old.count(_SEAM, 0, group.start) + before
        before += words[1].count(_SEAM) - words[0].count(_SEAM)
        joined = all(row == (DIVISION.strip(), "") and _SEAM in words[0] for row in bare)
        yield Erratum(unit, names[at], _said(words[0]), _said(words[1]), bare, joined)


def _said(words: str) -> str:
    return words.strip().replace(_SEAM, DIVISION.strip())


def _apart(groups: Iterable["_Group"]) -> list["_Group"]:
    """Groups, those that overlap as one."""
    found: list[_Group] = []
    for group in groups:
        if found and group.start < found[-1].end:
            last = found.pop()
            end = max(last.end, group.end)
            group = _Group(min(last.start, group.start), end, last.changes + group.changes)
        found.append(group)
    return found


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

    def seen(self, text: str) -> "_Group":
        """A division with words on either side."""
        group = self
        for _ in range(SEAM if all(_SEAM in one.old + one.new for one in self.changes) else 0):
            group = group.widened(text)
        return group

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
