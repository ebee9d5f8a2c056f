"""What a new state of the evidence does to a transcript and its record, and to what quotes them."""

import difflib
import re
from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from typing import Any

from engross.ledger.anchor import Span, block_digest, choose, locate
from engross.release.words import replaced
from engross.revision.ledger_file import quoted
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


KEYS = ("exact", "prefix", "suffix", "block")
States = Mapping[str, Mapping[str, str]]
"""The blocks of documents by their ids."""


def rehang(
    tree: Any,
    path: str,
    states: tuple[States, States],
    lines: list[str],
    document: str = "",
    leave: Set[str] = frozenset(),
) -> None:
    """
    Carry over the quotations in a YAML file, read into mappings and lists.

    Args:
        tree: of the file.
        path: of it, for what is told.
        states: what is quoted, as it was and as it is.
        lines: hear of each quotation that is another one now.
        document: whose quotations they are where they name none.
        leave: ids of entries that stay as they are.
    """
    before, now = states
    for node, address in quotations(tree, document, leave):
        if before.get(address) != now.get(address):
            _carry(node, before[address], now.get(address, {}), path, lines)


def quotations(
    node: Any, address: str = "", leave: Set[str] = frozenset()
) -> Iterator[tuple[Any, str]]:
    """Every mapping of a tree that quotes words, and the text that they are of."""
    if isinstance(node, dict) and node.get("id") not in leave:
        address = node.get("address", address)
        if not {*KEYS}.isdisjoint(node):
            yield node, address
    elif not isinstance(node, list):
        return
    for part in node if isinstance(node, list) else [*node.values()]:
        yield from quotations(part, address, leave)


def _carry(
    node: Any, old: Mapping[str, str], new: Mapping[str, str], path: str, lines: list[str]
) -> None:
    keys = {key: str(node[key]) for key in KEYS if node.get(key)}
    there = moved(Anchor(**keys), old, new)
    if there is None:
        lines.append(f'{path}: the words "{keys.get("exact", "")}" are gone')
        return
    for key, value in there.model_dump(include={*KEYS}).items():
        if value and value.strip() != keys.get(key, "").strip():
            lines.append(f'{path}: {key} "{keys.get(key, "")}" is now "{value}"')
            node[key] = quoted(value)
        elif not value and key in node:
            node.pop(key)
    if node.get("block_sha256") and there.block:
        node["block_sha256"] = quoted(block_digest(new[there.block]))


WORD = re.compile(r"\w+|[^\w\s]")


def line_now(number: int, before: str, after: str) -> int:
    """Where a line of the old file begins in the new one."""
    rows = before.splitlines(), after.splitlines()
    if number > len(rows[0]):
        return len(rows[1]) + 1
    for tag, a1, a2, b1, b2 in difflib.SequenceMatcher(None, *rows, False).get_opcodes():
        if a1 < number <= a2:
            return b1 + number - a1 if tag == "equal" else min(b1 + number - a1, b2 + 1)
    return number


def renumber(received: Any, before: str, after: str) -> None:
    """The lines of a record's `received`, as they are counted in the file's new state."""
    for row in received.get("lines") or ():
        first, _, last = str(row["lines"]).partition("-")
        start, end = (line_now(at, before, after) for at in (int(first), int(last or first) + 1))
        row["lines"] = quoted(f"{start}-{end - 1}" if end - 1 > start else f"{start}")


def merged(before: str, after: str, transcript: str) -> str:
    """The transcript with every change of the received words at its place."""
    places = list(WORD.finditer(before)), list(WORD.finditer(transcript))
    old, own_ = ([one.group() for one in found] for found in places)
    there: dict[int, int] = {}
    for a, b, size in difflib.SequenceMatcher(None, old, own_, False).get_matching_blocks():
        there |= {a + n: b + n for n in range(size)}
    for start, end, new in reversed(list(_changes(before, after))):
        own = [n for n, one in enumerate(places[0]) if start <= one.start() and one.end() <= end]
        ahead = sum(one.end() <= start for one in places[0])
        if own and own[0] in there and own[-1] in there:
            left, right = places[1][there[own[0]]].start(), places[1][there[own[-1]]].end()
            new = new.strip()
            right += not new and transcript[right : right + 1] == " "
        elif not own and ahead - 1 in there:
            left = places[1][there[ahead - 1]].end()
            right = places[1][there[ahead]].start() if ahead in there else len(transcript)
            if new.strip() and "\n" in new:  # a paragraph, before the block that follows it
                left = max(left, transcript.rfind("\n\n", 0, right) + 2)
                left = right = left if ahead in there else right
                new = f"{new.strip()}\n\n" if ahead in there else f"\n{new.strip()}\n"
            elif new.strip():
                right, new = left, new.rstrip() if new[:1].isspace() else f" {new.strip()}"
            elif transcript[left:right].strip():
                continue  # a division of the transcript's own
        else:
            continue  # in lines that the transcript does not have
        transcript = transcript[:left] + new + transcript[right:]
    return re.sub(r"\n{3,}", "\n\n", transcript).rstrip() + "\n"


def _changes(before: str, after: str) -> Iterator[tuple[int, int, str]]:
    """Stretches of the old file and the words that stand there now, line by line."""
    old, new = (text.splitlines(keepends=True) for text in (before, after))
    for tag, a1, a2, b1, b2 in difflib.SequenceMatcher(None, old, new, False).get_opcodes():
        if tag != "equal":
            start = len("".join(old[:a1]))
            for one in replaced("".join(old[a1:a2]), "".join(new[b1:b2])):
                yield start + one.start, start + one.end, one.new
