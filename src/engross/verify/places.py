"""
Where words stand on a page: below each other and from left to right, as they are read.

The order of drawing proves nothing by itself: a paragraph or a note call that is drawn in its turn
but set elsewhere on the page would be read elsewhere.
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from engross.verify.pages import JUMP, PageText, Stand
from engross.verify.streams import Streams
from engross.verify.ways import Step

OVER = 16.0
"""Points that small letters which say how others are read may stand above these."""
TOUCH = 4.0
"""Points between a note call and the character before it."""
LOWER = 1.5
"""Points by which a next line is lower at least."""
DROP = 80.0
"""Points that a large first letter may reach down beside its text."""
BESIDE = 9.0
"""Points that a margin mark may stand above or below the line that it belongs to."""


def misplaced(
    steps: Sequence[Step], streams: Streams, pages: Sequence[PageText], labels: Sequence[str]
) -> Iterator[tuple[str, str]]:
    """Lines, calls and margin marks that do not stand where they are read, as code and message."""
    yield from _run_together(steps, streams, labels)
    last: dict[str, tuple[int, Stand]] = {}
    first: dict[int, tuple[int, float]] = {}
    calls = dict(streams.calls)
    leading: tuple[int, Stand, str] | None = None
    for step in steps:
        if step.kind != "line":
            continue
        stand = pages[step.page].stands[step.line]
        before = last.get(step.stream)
        table = streams.loosely(step.stream, step.at)
        same = before and before[0] == step.page
        column = step.stream == "body" and streams.columned(step.at)
        above = step.at in getattr(streams, step.stream).ruby and _above(before, stand)
        follows = above or (before and _follows(before[1], stand, column=column))
        if before and same and not table and not follows:
            yield (
                "P007",
                f"page {labels[step.page]}: '{step.words[:40]}' is not where it is read",
            )
        if step.stream == "body":
            first[step.at] = (step.page, stand.left if stand.base < 0 else stand.base)  # or turned
            if leading:
                ends = zip(leading[1].boxes[-1:], stand.boxes[:1], strict=False)
                if leading[0] != step.page or not any(_near(*pair) for pair in ends):
                    yield _astray(leading[0], leading[2], labels)
            leading = None
            end = streams.opening.get(step.at)
            if end == step.at + len(stand.boxes) and step.at in calls:
                leading = step.page, stand, calls[step.at]  # its word is drawn next
            yield from _calls(step, stand, before, (calls, streams.opening), labels)
        last[step.stream] = (step.page, stand)
    over: tuple[int, Stand] | None = None
    for step in steps:
        if step.kind in {"paragraph", "leaf", "early"}:
            if step.kind == "early":
                position = streams.loose[step.at][1]
            else:
                position = dict(streams.margins)[step.kind][step.at].position
            beside = first.get(position)
            here = pages[step.page].stands[step.line]
            low = DROP if step.kind == "early" and streams.capped else BESIDE
            rise = beside[1] - here.base if beside and beside[0] == step.page else 0.0
            away = not -BESIDE <= rise <= low
            # Where lines call for more marks than have room, these stand below each other.
            pushed = over and over[0] == step.page and 0 < over[1].base - here.base <= BESIDE
            over = step.page, here
            if away and not pushed:
                yield (
                    "P006",
                    f"page {labels[step.page]}: '{step.words}' does not stand beside its text",
                )


def _run_together(
    steps: Sequence[Step], streams: Streams, labels: Sequence[str]
) -> Iterator[tuple[str, str]]:
    """Lines of the text that do not begin a line of the page."""
    began = sorted(
        (step.at, step.page) for step in steps if step.stream == "body" and step.line >= 0
    )
    for first, last in streams.breaks:
        index = bisect_left(began, (first, -1))
        if index < len(began) and began[index][0] <= last:
            continue
        page = labels[began[index - 1][1]] if index else labels[0]
        words = streams.body.text[last : last + 30]
        where = streams.body.where(last)
        yield "P007", f"page {page}, {where}: '{words}' does not begin a line, as it should"


def _above(before: tuple[int, Stand] | None, here: Stand) -> bool:
    """Whether a reading stands over the end of the letters that it is of."""
    if before is None:
        return False
    rise, right = here.base - before[1].base, before[1].right
    return JUMP < rise <= OVER and here.left <= right <= here.right + OVER


def _follows(before: Stand, here: Stand, *, column: bool = False) -> bool:
    """
    Whether a reader goes from one stretch to the other: lower, or to its right.

    With `column` it may be the head of the next column, higher and to the right.
    """
    if column and here.base > before.base and here.left >= before.right - TOUCH:
        return True
    if here.base < before.base - LOWER and here.left < before.right:
        return True
    if here.base < before.base - JUMP:
        return True
    return abs(here.base - before.base) <= JUMP and here.left >= before.right - TOUCH


def _calls(
    step: Step,
    stand: Stand,
    before: tuple[int, Stand] | None,
    known: tuple[dict[int, str], dict[int, int]],
    labels: Sequence[str],
) -> Iterator[tuple[str, str]]:
    (calls, opening), boxes = known, stand.boxes
    for index in range(len(boxes)):
        note = calls.get(step.at + index)
        if note is None:
            continue
        if step.at + index in opening:
            # A call that opens its text belongs to the word behind it, not to the one before.
            word = opening[step.at + index] - step.at
            if word < len(boxes) and not _near(boxes[word - 1], boxes[word]):
                yield _astray(step.page, note, labels)
            continue
        if index:
            previous = boxes[index - 1]
        elif before and before[0] == step.page and before[1].boxes:
            previous = before[1].boxes[-1]
        else:
            continue
        if not _near(previous, boxes[index]):
            yield _astray(step.page, note, labels)


def _near(one: tuple[float, float, float], other: tuple[float, float, float]) -> bool:
    """Whether a character begins where the one before it ends, raised or not."""
    return -TOUCH <= other[0] - one[1] <= TOUCH and abs(other[2] - one[2]) <= JUMP


def _astray(page: int, note: str, labels: Sequence[str]) -> tuple[str, str]:
    return "P005", f"page {labels[page]}: the call of {note} does not stand at its word"
