"""What is being read of an element, as the readers of its parts know it."""

from dataclasses import dataclass
from typing import Protocol

from lxml import etree

from engross.model.text import Attributes, Block, Inline, Mark
from engross.parse.tei.reading import Reading, Scope


@dataclass(slots=True)
class Frame:
    """The leaf that is being filled."""

    role: str
    attributes: Attributes = ()
    line: int = 0
    level: int = 0
    explicit: bool = False
    """It is an element of the source, not loose text among blocks."""
    parts: int = 0


class Flow(Protocol):
    """The content of one element on its way into blocks; `flow.Flow` is the only one."""

    reading: Reading
    scope: Scope
    role: str
    level: int
    marks: list[Mark]
    blocks: list[Block]
    content: list[Inline]
    frame: Frame

    def __init__(
        self,
        reading: Reading,
        scope: Scope,
        role: str = ...,
        level: int = ...,
        marks: list[Mark] = ...,
    ) -> None: ...

    def point(self, kind: str, attributes: Attributes = ()) -> None:
        """Add a point."""

    def flush(self) -> None:
        """Close the leaf."""

    def walk(self, element: etree._Element, *, inline: bool = False) -> None:
        """Read all that an element holds."""

    def element(self, element: etree._Element) -> None:
        """Read one element where it stands."""

    def text(self, text: str | None, *, edge: bool = False) -> None:
        """Add characters."""

    def leave(self, element: etree._Element) -> None:
        """Count an element that has no place of its own."""

    def leaf(self, element: etree._Element, role: str) -> None:
        """Read a leaf element."""

    def sub(self, element: etree._Element, role: str, level: int = 0) -> tuple[Block, ...]:
        """The blocks that an element holds."""

    def note(self, element: etree._Element) -> None:
        """Read a note."""
