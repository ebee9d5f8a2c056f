"""
Where words stand on a page: below each other and from left to right, as they are read.

The order of drawing proves nothing by itself: a paragraph or a note call that is drawn in its turn
but set elsewhere on the page would be read elsewhere.
"""

from collections.abc import Iterator, Sequence

from engross.verify.interleave import Step
from engross.verify.pages import JUMP, PageText, Stand
from engross.verify.streams import Streams

TOUCH = 4.0
"""Points between a note call and the character before it."""
LOWER = 1.5
"""Points by which a next line is lower at least."""
BESIDE = 9.0
"""Points that a margin mark may stand above or below the line that it belongs to."""


def misplaced(
    steps: Sequence[Step], streams: Streams, pages: Sequence[PageText], labels: Sequence[str]
) -> Iterator[tuple[str, str]]:
    """Lines, calls and margin marks that do not stand where they are read, as code and message."""
    last: dict[str, tuple[int, Stand]] = {}
    first: dict[int, tuple[int, Stand]] = {}
    calls = dict(streams.calls)
    for step in steps:
        if step.kind != "line":
            continue
        stand = pages[step.page].stands[step.line]
        before = last.get(step.stream)
        table = step.stream == "body" and streams.loosely(step.at)
        if before and before[0] == step.page and not table and not _follows(before[1], stand):
            yield (
                "P007",
                f"page {labels[step.page]}: '{step.words[:40]}' is not where it is read",
            )
        if step.stream == "body":
            first[step.at] = (step.page, stand)
            yield from _calls(step, stand, before, calls, labels)
        last[step.stream] = (step.page, stand)
    for step in steps:
        if step.kind in {"paragraph", "leaf", "early"}:
            if step.kind == "early":
                position = streams.loose[step.at][1]
            else:
                marks = streams.paragraphs if step.kind == "paragraph" else streams.leaves
                position = marks[step.at].position
            beside = first.get(position)
            here = pages[step.page].stands[step.line]
            away = beside and beside[0] == step.page and abs(beside[1].base - here.base) > BESIDE
            if away:
                yield (
                    "P006",
                    f"page {labels[step.page]}: '{step.words}' does not stand beside its text",
                )


def _follows(before: Stand, here: Stand) -> bool:
    """Whether a reader goes from one stretch to the other: lower, or to the right of it."""
    if here.base < before.base - LOWER and here.left < before.right:
        return True
    if here.base < before.base - JUMP:
        return True
    return abs(here.base - before.base) <= JUMP and here.left >= before.right - TOUCH


def _calls(
    step: Step,
    stand: Stand,
    before: tuple[int, Stand] | None,
    calls: dict[int, str],
    labels: Sequence[str],
) -> Iterator[tuple[str, str]]:
    for index in range(len(stand.boxes)):
        note = calls.get(step.at + index)
        if note is None:
            continue
        left, _, base = stand.boxes[index]
        if index:
            _, right, line = stand.boxes[index - 1]
        elif before and before[0] == step.page and before[1].boxes:
            _, right, line = before[1].boxes[-1]
        else:
            continue
        if not -TOUCH <= left - right <= TOUCH or abs(base - line) > JUMP:
            yield (
                "P005",
                f"page {labels[step.page]}: the call of {note} does not stand at its word",
            )
