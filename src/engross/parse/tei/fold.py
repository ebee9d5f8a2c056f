"""
White space between the runs of a leaf.

An XML file has white space that belongs to its layout, not to the text. Here a run of it becomes
one space, none stands at a block's ends, and where an element holds nothing but others, the
line break just inside its tags is dropped if that joins no words: after an opening bracket or
before a closing mark. Empty elements that stand for a space, and line breaks between two words,
give a space under the mark `stand-in`, so that it can be told from the characters of the file.
"""

from dataclasses import replace

from engross.model.text import Inline, Mark, Point, Run
from engross.parse.tei.reading import SPACE

OPENERS = frozenset("([{“‘„‚¿¡")
CLOSERS = frozenset(")]}”’,.;:!?…")
JOINED = "\0"
"""Stands for the last character where a word goes on over a break."""
LAYOUT = "\n"
"""The text of a run that is only the file's layout."""


def stand_in(what: str) -> Mark:
    """The mark for characters that an element stands for."""
    return Mark("stand-in", (("for", what),))


def spaced(point: Point) -> bool:
    """Whether words on both sides of the point are apart."""
    if point.kind == "line":
        return point.get("break") != "no"
    return point.kind == "space" and point.get("dim") != "vertical"


def joins(point: Point) -> bool:
    """Whether a word goes on over the point, whatever white space the file has there."""
    return point.kind in ("line", "break", "column", "gathering") and point.get("break") == "no"


VISIBLE = frozenset({"gap", "image"})
"""Points that print something: white space beside one is a space of the text."""


def is_stand_in(run: Run) -> bool:
    """Whether the characters are not of the file."""
    return any(mark.kind == "stand-in" for mark in run.marks)


def fold(content: list[Inline]) -> tuple[Inline, ...]:
    """The inlines with white space folded, none at the ends, and stand-ins where words meet."""
    out: list[Inline] = []
    last = ""  # the last character of text put out
    layout: Run | None = None
    layout_at = 0
    gap: Point | None = None
    gap_at = 0
    for item in content:
        if isinstance(item, Point):
            if spaced(item) and gap is None and last not in ("", " "):
                gap, gap_at = item, len(out)
            if item.kind in VISIBLE and layout is not None and last not in ("", " ", JOINED):
                out.insert(layout_at, layout)
            out.append(item)
            if item.kind in VISIBLE:
                last, gap, layout = item.kind, None, None
            elif joins(item):
                last, gap, layout = JOINED, None, None
                _strip_last(out)
            continue
        if is_stand_in(item):
            if item.text == " " and last in ("", " ", JOINED):
                continue
            if gap is not None and last != " ":
                out.insert(gap_at, Run(" ", (*gap.marks, stand_in(gap.kind))))
            out.append(item)
            last = item.text[-1:]
            gap = layout = None
            continue
        if item.text == LAYOUT:
            if layout is None:
                layout, layout_at = Run(" ", item.marks), len(out)
            continue
        text = SPACE.sub(" ", item.text)
        if not text:
            continue
        apart = last in ("", " ", JOINED) or text[0] == " "
        joins_none = gap is None and (last in OPENERS or text[0] in CLOSERS)
        if layout is not None and not apart and not joins_none:
            out.insert(layout_at, layout)
            last = " "
        layout = None
        if gap is not None:
            if last != " " and text[0] != " ":
                out.insert(gap_at, Run(" ", (*gap.marks, stand_in(gap.kind))))
            gap = None
        if last in ("", " ", JOINED) and text[0] == " " and not _yields(out):
            text = text[1:]
        if text:
            out.append(item if text == item.text else Run(text, item.marks))
            last = text[-1]
    return _stripped(out)


def _yields(out: list[Inline]) -> bool:
    """Take away the space that stands in at the end, since the file has its own; False: none."""
    for index in range(len(out) - 1, -1, -1):
        item = out[index]
        if isinstance(item, Run):
            if not is_stand_in(item) or item.text[-1:] != " ":
                return False
            out[index : index + 1] = [replace(item, text=item.text[:-1])] if item.text[:-1] else []
            return True
    return False


def _strip_last(out: list[Inline]) -> None:
    """Without white space behind the last characters that are printed; points there stay."""
    for index in range(len(out) - 1, -1, -1):
        item = out[index]
        if isinstance(item, Point) and item.kind in VISIBLE:
            return
        if isinstance(item, Run):
            text = item.text if is_stand_in(item) and item.text.strip() else item.text.rstrip(" ")
            if text != item.text:
                out[index : index + 1] = [replace(item, text=text)] if text else []
            if text:
                return


def _call_back(out: list[Inline]) -> None:
    """Put each call behind the word that it belongs to, where a line ends between them."""
    for at, item in enumerate(out):
        before = at
        while before and _between_lines(out[before - 1]):
            before -= 1
        ends = any(isinstance(one, Point) for one in out[before:at])
        if ends and before and isinstance(item, Point) and item.kind == "note":
            out.insert(before, out.pop(at))


def _between_lines(item: Inline) -> bool:
    if isinstance(item, Run):
        return not item.text.strip(" ")
    return item.kind == "line" and item.get("element") != "line"


def _stripped(out: list[Inline]) -> tuple[Inline, ...]:
    """Without a space at the end; neighbours under the same marks become one run."""
    _strip_last(out)
    _call_back(out)
    result: list[Inline] = []
    for item in out:
        before = result[-1] if result else None
        if isinstance(item, Run) and isinstance(before, Run) and before.marks == item.marks:
            result[-1] = Run(before.text + item.text, before.marks)
        else:
            result.append(item)
    return tuple(result)
