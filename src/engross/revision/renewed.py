"""What a new state of the evidence does to words that were quoted from the old one."""

import difflib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from engross.ledger.anchor import Span, locate
from engross.ledger.choose import choose
from engross.release.words import replaced
from engross.schema.base import Anchor
from engross.schema.ledger import Correction

Texts = Mapping[str, str]
"""The words of each block of one text, in order."""
ALIKE = 60
"""Per cent of likeness from which on a block is another one in new words."""


class Verdict(StrEnum):
    """What becomes of an entry."""

    CONFIRMED = "confirmed"
    """The archive reads as the entry does: it is closed."""
    NEEDED = "needed"
    CONFLICT = "conflict"


@dataclass(frozen=True, slots=True)
class Carried:
    """A stretch of the old text, and what stands there now."""

    old: Span
    """With all that changed in it or beside it."""
    new: Span
    same: bool
    """Whether nothing within the stretch itself has changed."""


def paired(old: Texts, new: Texts) -> dict[str, str]:
    """The new block of each old one; those that are gone have none."""
    from rapidfuzz import fuzz

    names, found = (list(old), list(new)), dict[str, str]()
    before, after = list(old.values()), list(new.values())
    for tag, a1, a2, b1, b2 in difflib.SequenceMatcher(None, before, after, False).get_opcodes():
        if tag == "equal" or a2 - a1 == b2 - b1:
            found |= dict(zip(names[0][a1:a2], names[1][b1:b2], strict=True))
            continue
        free = b1
        for at in range(a1, a2):
            likeness = [(fuzz.ratio(before[at], after[there]), -there) for there in range(free, b2)]
            best, there = max(likeness, default=(0, 0))
            if best >= ALIKE:
                found[names[0][at]] = names[1][-there]
                free = 1 - there
    return found


def carried(span: Span, old: Texts, new: Texts, blocks: Mapping[str, str]) -> Carried | None:
    """Where a stretch stands in the new text; None where its block is gone."""
    if span.block not in blocks:
        return None
    block = blocks[span.block]
    groups = replaced(old[span.block], new[block])
    inside = [one for one in groups if one.start < span.end and span.start < one.end]
    beside = [one for one in groups if one.start <= span.end and span.start <= one.end]
    same = not (inside if span.start < span.end else beside)
    own = [] if same else beside
    start = min([span.start, *(one.start for one in own)])
    end = max([span.end, *(one.end for one in own)])
    before = [one for one in groups if one.end <= start and one not in own]
    shift = sum(len(one.new) - len(one.old) for one in before)
    more = sum(len(one.new) - len(one.old) for one in own)
    return Carried(
        Span(span.block, start, end), Span(block, start + shift, end + shift + more), same
    )


def judged(entry: Correction, old: Texts, new: Texts) -> tuple[Verdict, str]:
    """What becomes of an entry, and what the archive has now in the place of its words."""
    blocks = paired(old, new)
    if entry.join:
        return _joined(entry, old, new, blocks)
    span = locate(entry.at, old)
    there = carried(span, old, new, blocks) if isinstance(span, Span) else None
    if there is None or not isinstance(span, Span):
        stands = isinstance(locate(entry.at.model_copy(update={"block": ""}), new), Span)
        return (Verdict.NEEDED, entry.at.exact) if stands else (Verdict.CONFLICT, "")
    now = new[there.new.block][there.new.start : there.new.end]
    if there.same:
        return Verdict.NEEDED, now
    text = old[span.block]
    head, tail = text[there.old.start : span.start], text[span.end : there.old.end]
    wanted = f"{head}{entry.read or ''}{tail}"
    verdict = Verdict.CONFIRMED if wanted.split() == now.split() else Verdict.CONFLICT
    return verdict, now


def _joined(
    entry: Correction, old: Texts, new: Texts, blocks: Mapping[str, str]
) -> tuple[Verdict, str]:
    following = dict(pairwise(old)).get(entry.at.block, "")
    first = blocks.get(entry.at.block, "")
    if first and dict(pairwise(new)).get(first, "") == blocks.get(following, " "):
        return Verdict.NEEDED, new[first]
    whole = f"{old.get(entry.at.block, '')} {old.get(following, '')}".split()
    is_one = any(text.split() == whole for text in new.values())
    return (Verdict.CONFIRMED if is_one else Verdict.CONFLICT), new.get(first, "")


def moved(anchor: Anchor, old: Texts, new: Texts) -> Anchor | None:
    """
    The anchor of the same place in the new text; None where its words are gone.

    It stays as it is where it fixes that place, but for the name of its block.
    """
    blocks = paired(old, new)
    if not (anchor.exact or anchor.prefix or anchor.suffix):
        return Anchor(block=blocks[anchor.block]) if anchor.block in blocks else None
    span = locate(anchor, old)
    there = carried(span, old, new, blocks) if isinstance(span, Span) else None
    if there is None or (anchor.exact and there.new.start == there.new.end):
        other = locate(anchor.model_copy(update={"block": ""}), new)
        block = other.block if isinstance(other, Span) and anchor.block else ""
        return anchor.model_copy(update={"block": block}) if isinstance(other, Span) else None
    kept = anchor.model_copy(update={"block": there.new.block if anchor.block else ""})
    if locate(kept, new) == there.new:
        return kept
    chosen = choose("text", there.new, new)
    keys = {"exact": chosen.exact, "prefix": chosen.prefix, "suffix": chosen.suffix}
    bare = Anchor(**keys)
    alone = not anchor.block and locate(bare, new) == there.new
    return bare if alone else Anchor(**keys, block=chosen.block)
