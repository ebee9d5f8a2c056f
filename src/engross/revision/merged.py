"""A transcript and its record, as they follow from a received file in a new state."""

import difflib
import re
from collections.abc import Iterator
from typing import Any

from engross.release.words import replaced
from engross.revision.ledger_file import quoted

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
