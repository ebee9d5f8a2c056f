"""
Read pages as an interleaving of streams, so that everything is used up and nothing is left.

A line of a page continues the body, or the notes, or is a list's sign, a margin mark, the running
head or the folio. Where a line could be more than one of these, all ways are followed at once, and
those that come to an end are dropped: whatever order the engine draws in, the text is proved or it
is not.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace

from engross.model.parting import agreed
from engross.verify.pages import JUMP, PageText
from engross.verify.plain import difference
from engross.verify.streams import SLOT, Stream, Streams
from engross.verify.ways import Read, Step, Stuck, Way

NUMBER = re.compile(r"\d{1,5}|[ivxlcdm]{1,12}")
RANGE = re.compile(r"¶\d+(–\d+)?")
"""What says above a page which paragraphs stand on it."""
AHEAD = 4_000
"""Characters, more than a page holds, that a string may be drawn before its turn."""
GAP = 4.0
"""Points that stand between the columns of a table at least."""
MANY = 400
"""
Ways followed at once, the likeliest.

To drop one can make a proof fail, never succeed; that it may have failed for this is told.
"""


def interleave(
    pages: Sequence[PageText],
    labels: Sequence[str],
    heads: Sequence[frozenset[str]],
    streams: Streams,
    signs: str = "",
) -> Read | Stuck:
    """
    Read all pages.

    Args:
        pages: what they say.
        labels: the printed number of each page.
        heads: what its running head may say.
        streams: what they must say.
        signs: ornaments that the book's own sheets draw beside words.

    Returns:
        Every way to read them, or where reading stops; and whether ways were dropped.
    """
    ways, read = [Way()], list(pages)
    dropped: int | None = None
    for index, page in enumerate(pages):
        for number, whole in enumerate(page.lines):
            # what has nothing but ornaments may be passed over
            found = {(way, _slots(way)): way for way in ways if not whole.strip(signs)}
            for kept in _kept(whole, signs):
                line = whole if len(kept) == len(whole) else "".join(whole[at] for at in kept)
                for way in ways:
                    for one in _follow(way, line, index, labels[index], heads[index], streams):
                        if one.steps is not None and one.steps.line < 0:
                            one = replace(one, steps=replace(one.steps, line=number))
                        found.setdefault((one, _slots(one)), one)
                if found:
                    read[index] = read[index].without(number, kept)
                    ways = sorted(_fitting([*found.values()], read, streams), key=_likely)
                    break
            else:
                return replace(_stuck(ways, whole, index, streams), dropped=dropped)
            if len(ways) > MANY:
                dropped = index if dropped is None else dropped
                del ways[MANY:]
        ways = [_turn(way, index) for way in ways]
    done = [
        way
        for way in ways
        if way.body == len(streams.body.text)
        and way.notes == len(streams.notes.text)
        and way.facing == len(streams.facing.text)
        and not way.drifting
    ]
    if done:
        return Read(tuple(done), dropped, tuple(read))
    return replace(_short(ways, len(pages) - 1, streams), dropped=dropped)


def _kept(line: str, signs: str) -> Iterator[Sequence[int]]:
    """A line as it is, without the ornaments at its ends, and without any: what is left of it."""
    every = range(len(line))
    yield every
    if not any(sign in line for sign in signs):
        return
    start = len(line) - len(line.lstrip(signs))
    yield every[start : len(line.rstrip(signs))]
    yield [at for at in every if line[at] not in signs]


def _fitting(ways: list[Way], pages: Sequence[PageText], streams: Streams) -> list[Way]:
    """Without those whose last line stands elsewhere, where it stands right for another way."""
    fits = [_beneath(way, pages, streams) for way in ways] if len(ways) > 1 else []
    return [w for w, fit in zip(ways, fits, strict=True) if fit is not False] if any(fits) else ways


def _beneath(way: Way, pages: Sequence[PageText], streams: Streams) -> bool | None:
    """
    Whether the last line stands below those of its own cell, which tells columns that say the same,
    or is a sign of a list, and not that of a note which has not been called; None: it may be.

    One that holds the end of a cell and the beginning of another is parted where there is a gap.
    """
    step, before = way.steps, way.steps and way.steps.before
    if step and step.stream == "notes":
        begun = {name for at, name in streams.notes.places if at == step.at}
        early = any(at > way.body for at, name in streams.calls if name in begun)
        return False if early else None
    if step is None or step.stream != "body" or not (row := streams.row(step.at)):
        return True if step and step.kind == "label" else None
    here = pages[step.page].stands[step.line]
    if step.kind == "both" and step.across and len(here.boxes) > len(step.words):
        at = len(here.boxes) - len(step.words)
        return here.boxes[at][0] - here.boxes[at - 1][1] > GAP
    start = next((at for at, end in row if at <= step.at < end), step.at)
    while before and before.page == step.page and not start <= before.at < step.at:
        before = before.before
    if not before or before.page != step.page or before.kind != "line" or before.line < 0:
        return True
    there = pages[before.page].stands[before.line]
    beside = here.left <= there.right + GAP and there.left <= here.right
    return beside and here.base <= there.base + JUMP


def _likely(way: Way) -> tuple[int, int]:
    """Ways that take strings in their turn come first, then those that have read farther."""
    return len(way.early), -way.body - way.notes - way.facing


def _slots(way: Way) -> tuple[int, str] | None:
    step = way.steps.before if way.steps and way.steps.kind == "line" else None
    return (step.at, step.words) if step and step.kind == "slot" else None


def _turn(way: Way, page: int) -> Way:
    step = Step("page", way.body, "", page, way.steps, way.notes, way.facing)
    return replace(way, head=0, folio=0, again=max(way.again, 0), steps=step)


def _follow(
    way: Way, line: str, page: int, label: str, heads: frozenset[str], streams: Streams
) -> Iterator[Way]:
    headed = way.headed
    if (end := streams.floats.get(way.body)) and not way.cells:
        later = replace(way, body=end, drifting=(*way.drifting, (way.body, end, page)))
        yield from _follow(_pass(later, streams), line, page, label, heads, streams)
    yield from _drifted(way, line, page, streams)
    for end, found in _advance(streams.body, way.body, line) if not way.cells else ():
        headed = (*way.headed, page)
        step = _said(way.steps, found, page, "body", way.body, line)
        yield _pass(replace(way, body=end, steps=step), streams)
    yield from _across(way, line, page, streams)
    yield from _again(way, line, page, streams)
    yield from _beside(way, line, page, streams)
    yield from _early(way, line, page, streams)
    for end, found in _advance(streams.notes, way.notes, line):
        step = _said(way.steps, found, page, "notes", way.notes, line)
        yield replace(way, notes=end, steps=step)
    yield from _signed(way, line, page, streams)
    # Before the margin marks: pages are drawn so, and a paragraph may have its page's number.
    if not way.folio and line == label:
        yield replace(way, folio=1, steps=Step("folio", 0, line, page, way.steps))
    for nth, (kind, marks) in enumerate(streams.margins):
        at = way.margins[nth]
        if at < len(marks) and marks[at].words == line and marks[at].position <= way.body:
            counts = (*way.margins[:nth], at + 1, *way.margins[nth + 1 :])
            yield replace(way, margins=counts, steps=Step(kind, at, line, page, way.steps))
    for head, held in _headed(line) if not way.head else ():
        if head in heads:
            steps = Step("range", 0, held, page, way.steps) if held else way.steps
            step = Step("head", 0, head, page, steps)
            yield replace(way, head=1, headed=headed, steps=step)


def _headed(line: str) -> Iterator[tuple[str, str]]:
    """A line as a running head and, beside it to the right or left, the paragraphs of its page."""
    yield line, ""
    at = line.rfind("¶")
    for cut in range(2, len(line)) if at == 0 else (at,) if at > 0 else ():
        head, held = (line[cut:], line[:cut]) if at == 0 else (line[:cut], line[cut:])
        if RANGE.fullmatch(held):
            yield head, held


def _across(way: Way, line: str, page: int, streams: Streams, since: int = 0) -> Iterator[Way]:
    """
    A line of another cell of the row, where the cell that was begun goes on over the page.

    Cells are drawn one behind the other, on each page what it holds of them. Where one leaves off
    on the line on which the next begins, PDFium reads both as one: `since` is where the first ends.
    """
    left, row = way.cells, streams.row(way.body)
    if not left:
        left = tuple((max(at, way.body), end) for at, end in row if end > way.body)
    begun = way.cells or (len(left) > 1 and (way.body, left[0][1]) not in row)
    for number, (at, last) in enumerate(left):
        if at < since:
            continue
        found = [*_advance(streams.body, at, line)] if begun and (number or way.cells) else []
        alike = agreed(streams.body.text[at:last], line) if number + 1 < len(left) else 0
        found += [(at + count, ()) for count in range(1, min(alike, len(line) - 1) + 1)]
        for end, slots in found:
            if end > last:
                continue
            said, behind = line[: end - at], line[end - at :] if not slots else ""
            rest = (*left[:number], (end, last), *left[number + 1 :])
            rest = tuple(cell for cell in rest if cell[0] < cell[1])
            kind = "both" if behind or since else "line"
            steps = _said(way.steps, slots, page, "body", at, said, kind=kind, across=True)
            body = rest[0][0] if rest else streams.row(at)[-1][1]
            following = replace(way, body=body, cells=rest, steps=steps)
            if behind:
                yield from _across(following, behind, page, streams, last)
            else:
                yield following


def _drifted(way: Way, line: str, page: int, streams: Streams) -> Iterator[Way]:
    """A line of the caption of a figure, which stands on a page behind the one it belongs to."""
    for at, last, full in way.drifting[:1]:
        for end, found in _advance(streams.body, at, line) if page > full else ():
            if end > last:
                continue
            steps = _said(way.steps, found, page, "body", at, line, across=True)
            left = ((end, last, full),) if end < last else ()
            yield replace(way, drifting=(*left, *way.drifting[1:]), steps=steps)


def _again(way: Way, line: str, page: int, streams: Streams) -> Iterator[Way]:
    """Column heads, which a page repeats once where a table goes on."""
    for start, end, last in streams.heads if way.again >= 0 else ():
        if end <= way.body < last and streams.body.text.startswith(line, start + way.again, end):
            said = way.again + len(line)
            step = Step("again", start + way.again, line, page, way.steps)
            yield replace(way, again=said if start + said < end else -1, steps=step)


def _signed(way: Way, line: str, page: int, streams: Streams) -> Iterator[Way]:
    """
    Signs of list items and the line behind, which PDFium reads as one where they are drawn so.

    A list that begins with a list has both signs on one line.
    """
    while way.labels < len(streams.labels):
        sign = streams.labels[way.labels]
        if not line.startswith(sign):
            return
        line = line[len(sign) :]
        before = Step("label", way.labels, sign, page, way.steps)
        way = replace(way, labels=way.labels + 1, steps=before)
        if not line:
            yield way
            return
        for end, found in _advance(streams.body, way.body, line):
            step = _said(before, found, page, "body", way.body, line, kind="both")
            yield _pass(replace(way, body=end, steps=step), streams)


def _beside(way: Way, line: str, page: int, streams: Streams) -> Iterator[Way]:
    """
    A line of an original, whose column stands to the left of the text.

    Where both columns have a line of their own at one height, PDFium reads them as one.
    """
    stream = streams.facing
    for end, _ in _advance(stream, way.facing, line):
        step = Step("line", way.facing, line, page, way.steps, stream="facing")
        yield replace(way, facing=end, steps=step)
    alike = agreed(stream.text[way.facing : way.facing + len(line)], line)
    for count in range(1, min(alike, len(line) - 1) + 1):
        mine, rest = line[:count], line[count:]
        for at, found in _advance(streams.body, way.body, rest):
            left = Step("both", way.facing, mine, page, way.steps, stream="facing")
            right = _said(left, found, page, "body", way.body, rest, kind="both")
            yield _pass(replace(way, facing=way.facing + count, body=at, steps=right), streams)


def _pass(way: Way, streams: Streams) -> Way:
    """Go on behind strings that were drawn before their turn."""
    if not way.early or way.partly:
        return way
    body, early = way.body, list(way.early)
    while early and streams.loose[early[0]][0] == body:
        body = streams.loose[early.pop(0)][1]
    return replace(way, body=body, early=tuple(early))


def _early(way: Way, line: str, page: int, streams: Streams) -> Iterator[Way]:
    """A generated string of the same section that is drawn before its turn, in their order."""
    text = streams.body.text
    if way.partly:
        start, end = streams.loose[way.early[-1]]
        if text.startswith(line, start + way.partly, end):
            left = end - start - way.partly - len(line)
            yield _pass(replace(way, partly=way.partly + len(line) if left else 0), streams)
        return
    first = bisect_left(streams.loose, (way.body, 0))
    if way.early:
        first = max(first, way.early[-1] + 1)
    for index in range(first, len(streams.loose)):
        start, end = streams.loose[index]
        if start - way.body > AHEAD:
            return
        if start > way.body and text.startswith(line, start, end):
            partly = 0 if end - start == len(line) else len(line)
            step = Step("early", index, line, page, way.steps)
            yield replace(way, early=(*way.early, index), partly=partly, steps=step)
            if not streams.capped:  # a first letter begins many a string
                return


def _said(
    before: Step | None,
    found: Sequence[tuple[int, str]],
    page: int,
    stream: str,
    at: int,
    line: str,
    *,
    kind: str = "line",
    across: bool = False,
) -> Step:
    """A line of a stream, behind the page numbers in it."""
    for slot, words in found:
        before = Step("slot", slot, words, page, before, stream=stream)
    return Step(kind, at, line, page, before, stream=stream, across=across)


def _advance(
    stream: Stream, start: int, line: str
) -> Iterator[tuple[int, tuple[tuple[int, str], ...]]]:
    """Where a stream stands after saying a line, and which page numbers it said."""
    text = stream.text
    slot = text.find(SLOT, start, start + len(line) + 1)
    if slot < 0 or slot - start >= len(line):
        if text.startswith(line, start):
            yield start + len(line), ()
        return
    head = slot - start
    if not text.startswith(line[:head], start):
        return
    match = NUMBER.match(line, head)
    if match is None:
        return
    for end in range(match.end(), head, -1):
        rest = line[end:]
        number = (slot, line[head:end])
        if not rest:
            yield slot + 1, (number,)
            continue
        for position, more in _advance(stream, slot + 1, rest):
            yield position, (number, *more)


def _stuck(ways: Sequence[Way], line: str, page: int, streams: Streams) -> Stuck:
    """Tell it by the stream that agrees with the line farthest."""
    best: tuple[int, int, Stream] | None = None
    for way in ways:
        for stream, start in _heads(way, streams):
            count = agreed(stream.text[start : start + len(line)], line)
            if best is None or count > best[0]:
                best = (count, start, stream)
    assert best is not None
    count, start, stream = best
    before = stream.text[max(0, start - 30) : start]
    wanted = before + stream.text[start : start + len(line) + 40]
    words = difference(wanted.replace(SLOT, "#"), before + line)
    return Stuck(page, stream.where(start + count), words)


def _heads(way: Way, streams: Streams) -> tuple[tuple[Stream, int], ...]:
    """The streams, each with how far it has been read."""
    late = [(streams.body, at) for at, _, _ in way.drifting[:1]]
    facing = (streams.facing, way.facing)
    return *late, (streams.body, way.body), (streams.notes, way.notes), facing


def _short(ways: Sequence[Way], page: int, streams: Streams) -> Stuck:
    way = max(ways, key=lambda w: w.body + w.notes + w.facing)
    for stream, at in _heads(way, streams):
        if at < len(stream.text):
            rest = stream.text[at : at + 30].replace(SLOT, "#")
            return Stuck(page, stream.where(at), f"the pages end where '{rest}' should follow")
    return Stuck(page, "", "the pages end too early")
