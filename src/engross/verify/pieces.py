"""The text of a block in work, with the points that stand in it."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from engross.model.text import Inline, Point, Run
from engross.verify.plain import bare

BEGIN = frozenset({"leaf", "line", "number"})
"""Points that belong to the words behind them."""


@dataclass(slots=True)
class Piece:
    """The text of a block in work, and the points that stand in it."""

    text: str
    points: list[tuple[int, str, str]] = field(default_factory=list)
    """Offset, kind (`call`, `cite`, `leaf`, `line`, `number`) and name, in order."""

    def replace(self, start: int, end: int, words: str, *, behind: bool = True) -> None:
        """
        Put words in the place of others; points in or behind them move along.

        Only a leaf or a line that begins with the old words begins with the new ones.
        """
        self.text = self.text[:start] + words + self.text[end:]
        grown = start + len(words)
        self.points = [
            (at, kind, name)
            if at < start or (at == start and (not behind or (kind in BEGIN and end > start)))
            else (grown + max(0, at - end), kind, name)
            for at, kind, name in self.points
        ]


@dataclass(frozen=True, slots=True)
class Said:
    """What an address says."""

    text: str
    calls: tuple[tuple[int, str], ...] = ()
    """How many characters, white space aside, stand before each note call; and its note."""
    paragraph: int = 0
    """Printed number; 0: none."""
    leaves: tuple[tuple[int, str], ...] = ()
    """How many characters, white space aside, stand before each beginning of a leaf of the
    original; and its number."""
    breaks: tuple[int, ...] = ()
    """How many stand before each line that the text begins anew."""
    lines: tuple[tuple[int, str], ...] = ()
    """How many stand before each line of verse whose number is printed; and the number."""


def joined(blocks: Iterable[Said]) -> Said:
    """The blocks of a note as one text, with its lines; its calls are those of other notes."""
    text, breaks = "", list[int]()
    for block in blocks:
        before = len(bare(text))
        breaks += [before + at for at in block.breaks]
        text += f" {block.text}" if text else block.text
    return Said(text, breaks=tuple(breaks))


def piece(content: Iterable[Inline]) -> Piece:
    """A block as it is in its file: text, note calls and citations."""
    result = Piece("")
    for item in content:
        match item:
            case Run(text=text):
                result.text += text
            case Point(kind="note"):
                result.points.append((len(result.text), "call", item.get("id")))
            case Point(kind="break") if item.get("unit", "leaf") == "leaf" and item.get("label"):
                result.points.append((len(result.text), "leaf", item.get("label")))
            case Point(kind="line"):
                result.points.append((len(result.text), "line", item.get("n")))
                if item.get("number"):
                    result.points.append((len(result.text), "number", item.get("number")))
            case Point(kind="citation"):
                name = f"{item.get('key')}\n{item.get('locator')}"
                result.points.append((len(result.text), "cite", name))
            case _:
                pass
    return result
