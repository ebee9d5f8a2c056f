"""Runs with marks become a nested tree, which the templates print."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import ClassVar

from engross.model.text import Inline, Mark, Point, Run

INTERACTIVE = frozenset({"link", "citation", "reference", "person", "term", "page-number"})
"""Marks that become links: one never holds another, nor a note call."""
GOALS = {
    "reference": ("address",),
    "person": ("address", "key"),
    "term": ("address",),
}
"""What a mark needs to be a link, where it may also be none."""


@dataclass(frozen=True, slots=True)
class Text:
    """Characters of the text, nothing else."""

    kind: ClassVar[str] = "text"
    text: str


@dataclass(frozen=True, slots=True)
class Bound:
    """Characters that stay on one line: `doc. 338`, `¶ 9`, `14 September 1961`."""

    kind: ClassVar[str] = "bound"
    text: str


def title(text: str) -> tuple[Text | Bound, ...]:
    """
    A title in large type: as `bind`, and its last line holds two words at least.

    >>> [piece.text for piece in title("Khrushchev Receives the Ambassador of Japan")]
    ['Khrushchev Receives the Ambassador ', 'of Japan']
    """
    words = text.split(" ")
    if len(words) < 4 or len(words[-1]) > 9:
        return bind(text)
    head = " ".join(words[:-2]) + " "
    return (*bind(head), Bound(" ".join(words[-2:])))


@dataclass(frozen=True, slots=True)
class Spot:
    """A point between two characters."""

    kind: ClassVar[str] = "spot"
    point: Point


@dataclass(frozen=True, slots=True)
class Span:
    """A mark and everything under it."""

    kind: ClassVar[str] = "span"
    mark: Mark
    children: "tuple[Node, ...]"
    closes: bool = True
    """Whether this span is the last of its correction, so that its sign is printed once."""


@dataclass(frozen=True, slots=True)
class Address:
    """An address of the web, which a line may divide without a hyphen."""

    kind: ClassVar[str] = "address"
    text: str

    @property
    def pieces(self) -> list[str]:
        """
        It in pieces, each up to a sign behind which a line may end.

        >>> Address("https://a.org/x?id=1").pieces
        ['https://', 'a.', 'org/', 'x?', 'id=', '1']
        """
        return DIVIDED.findall(self.text)


Node = Text | Bound | Address | Spot | Span

DIVIDED = re.compile(r"[^/?&=._-]*[/?&=._-]+|[^/?&=._-]+")
WEB = re.compile(
    r"(?:https?://|www\.|(?<![\w.@-])(?:[a-z0-9-]+\.)+[a-z]{2,63}/)[^\s<>\u200b]*[^\s<>.,;:!?)\]”’»\u200b]"
)

GENERATED = frozenset({"citation", "reference"})
"""Marks whose words the program has written."""

TOGETHER = re.compile(
    r"[(\[„“‚‘«]{0,3}(?:\b(?:f|op|d|ll?|pp?|docs?|fnn?|vol|no|art|ch)\. [\w–./-]+"
    r"|¶ \d+|\bnotes? \d+"
    r"|\b(?:Nr|Bd|Bl|S|Dok|ф|оп|д|лл?|сс?|т|док|гл)\. \d[\w–./-]*|№ \d+"
    r"|\b\d{1,2}\.? (?:[A-Z][a-zä]{2,8}|[а-я]{3,8}) \d{4}(?: г\.)?"
    r"|\b(?:[A-ZА-ЯЁ]\. ?){1,3}[A-ZА-ЯЁ][^\W\d_]+)"
    r"(?:[\u00a0\u202f]?[,.;:!?…)\]“”‘’»]){0,4}"
)
"""
An abbreviation with its number, a paragraph, a note, a day, initials with their name; with the
signs that touch it, for a line of an EPUB may end on either side of what is kept together.
"""


def bind(text: str) -> tuple["Text | Bound", ...]:
    """
    Cut out what should not be divided between two lines; no character changes.

    >>> [piece.kind for piece in bind("FRUS, XXII, doc. 338.")]
    ['text', 'bound']
    >>> [piece.text for piece in bind("(f. 52, op. 1, leaves 5–9)")]
    ['(f. 52,', ' ', 'op. 1,', ' leaves 5–9)']
    >>> [piece.text for piece in bind("between N.S. Khrushchev and others")]
    ['between ', 'N.S. Khrushchev', ' and others']
    >>> [piece.text for piece in bind("РГАНИ, ф. 52, 5 марта 1921 г.") if piece.kind == "bound"]
    ['ф. 52,', '5 марта 1921 г.']
    """
    pieces: list[Text | Bound] = []
    position = 0
    for match in TOGETHER.finditer(text):
        if match.start() > position:
            pieces.append(Text(text[position : match.start()]))
        pieces.append(Bound(match[0]))
        position = match.end()
    if position < len(text):
        pieces.append(Text(text[position:]))
    return tuple(pieces)


def nest(
    inlines: Sequence[Inline], *, generated: bool = False, verse: bool = False
) -> tuple[Node, ...]:
    """
    Turn runs into a tree: neighbours with a common head of marks share those elements.

    The characters of the tree, in order, are the characters of the runs. A note call that
    stands in the middle of a link divides the link, since a link cannot hold a link.

    Args:
        inlines: the runs and points.
        generated: whether the program has written all of it: then lines are kept together
            everywhere, else only within citations and references.
        verse: whether a line is named by the point that begins it, the first too; prose begins
            its first line by itself.
    """
    solid = [item for item in inlines if isinstance(item, Point) or item.text]
    begins = next((n for n, one in enumerate(solid) if not _before(one)), len(solid))
    if not verse:
        ends = [isinstance(one, Point) and one.kind == "line" for one in solid]
        solid = [one for n, one in enumerate(solid) if n >= begins or not ends[n]]
    items = [(item, _printable(item)) for item in _inside_words(solid)]
    tree = _level(items, 0, generated)
    return _close(tree, _ended(inlines))


def lines(nodes: Sequence[Node]) -> tuple[tuple[Point, tuple[Node, ...]], ...]:
    """
    Verse, line by line: the point that begins each line, and its tree.

    A mark that runs over a line's end is set in both lines; a correction's sign stands in the last.
    """
    found: list[tuple[Point, list[Node]]] = [(Point("line"), [])]
    for node in nodes:
        if isinstance(node, Spot) and node.point.kind == "line" and node.point.get("break") != "no":
            if found[-1][1] or len(found) > 1:
                found.append((node.point, []))
            else:
                found[-1] = node.point, []
        elif isinstance(node, Span):
            parts = lines(node.children)
            for index, (point, children) in enumerate(parts):
                if index:
                    found.append((point, []))
                closes = node.closes and index + 1 == len(parts)
                if children:
                    found[-1][1].append(replace(node, children=children, closes=closes))
        else:
            found[-1][1].append(node)
    return tuple((point, tuple(line)) for point, line in found)


def _inside_words(items: Sequence[Inline]) -> Iterator[Inline]:
    """Say of each break that it divides a word, where it does."""
    for index, item in enumerate(items):
        around = (*items[index - 1 : index], *items[index + 1 : index + 2]) if index else ()
        texts = [one.text for one in around if isinstance(one, Run)]
        if (
            isinstance(item, Point)
            and (item.kind == "break" or item.get("break") == "no")
            and len(texts) == 2
            and texts[0][-1].isalpha()
            and texts[1][0].isalpha()
        ):
            item = replace(item, attributes=(*item.attributes, ("within", "word")))
        yield item


def _before(item: Inline) -> bool:
    """Whether an item prints no words of the text."""
    return isinstance(item, Point) and item.kind not in ("gap", "image")


def _printable(item: Inline) -> tuple[Mark, ...]:
    marks: list[Mark] = []
    linked = False
    for mark in item.marks:
        interactive = _interactive(mark)
        if interactive and isinstance(item, Point) and item.kind == "note":
            break
        if interactive and linked:
            continue
        linked = linked or interactive
        marks.append(mark)
    return tuple(marks)


def _interactive(mark: Mark) -> bool:
    wanted = GOALS.get(mark.kind)
    return mark.kind in INTERACTIVE and (not wanted or any(mark.get(name) for name in wanted))


def _level(
    items: Sequence[tuple[Inline, tuple[Mark, ...]]], depth: int, generated: bool
) -> tuple[Node, ...]:
    nodes: list[Node] = []
    start = 0
    while start < len(items):
        item, marks = items[start]
        if len(marks) == depth:
            if isinstance(item, Point):
                nodes.append(Spot(item))
            else:
                bound = generated or any(mark.kind in GENERATED for mark in marks)
                nodes.extend(_words(item.text, bound=bound))
            start += 1
            continue
        mark = marks[depth]
        end = start + 1
        while end < len(items) and len(items[end][1]) > depth and items[end][1][depth] == mark:
            end += 1
        nodes.append(Span(mark, _level(items[start:end], depth + 1, generated)))
        start = end
    return tuple(nodes)


def _words(text: str, *, bound: bool) -> Iterator[Node]:
    """A run, its addresses apart from its words."""
    position = 0
    for match in WEB.finditer(text) if "." in text else ():
        if match.start() > position:
            yield from _plain(text[position : match.start()], bound=bound)
        yield Address(match[0])
        position = match.end()
    if position < len(text):
        yield from _plain(text[position:], bound=bound)


def written(text: str) -> tuple[Node, ...]:
    """Words of the program's own: as `bind`, its addresses apart."""
    return tuple(_words(text, bound=True))


def _plain(text: str, *, bound: bool) -> tuple[Text | Bound, ...]:
    return bind(text) if bound else (Text(text),)


def _ended(inlines: Sequence[Inline]) -> frozenset[str]:
    """Corrections whose sign has a point of its own."""
    return frozenset(
        item.get("id")
        for item in inlines
        if isinstance(item, Point) and item.kind == "correction-end"
    )


def _close(nodes: tuple[Node, ...], ended: frozenset[str]) -> tuple[Node, ...]:
    """Leave `closes` on the last span of each correction only."""
    seen = set(ended)

    def walk(level: tuple[Node, ...]) -> tuple[Node, ...]:
        result: list[Node] = []
        for node in reversed(level):
            if not isinstance(node, Span):
                result.append(node)
                continue
            closes = True
            if node.mark.kind == "correction":
                closes = node.mark.get("id") not in seen
                seen.add(node.mark.get("id"))
            result.append(replace(node, children=walk(node.children), closes=closes))
        return tuple(reversed(result))

    return walk(nodes)
