"""What is being read of an element: running text on its way into the leaf that is open."""

from dataclasses import dataclass, field, replace

from lxml import etree

from engross.model.text import Attributes, Block, Inline, Leaf, Mark, Origin, Point, Run
from engross.parse.tei.elements import APART, LISTED, P5, STANDING, line_of
from engross.parse.tei.fold import LAYOUT, fold, stand_in
from engross.parse.tei.names import name_of
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


@dataclass(slots=True)
class Open:
    """The content of one element on its way into blocks; `flow.Flow` reads the elements in it."""

    reading: Reading
    scope: Scope
    role: str = "paragraph"
    level: int = 1
    """The level of a heading that stands directly here."""
    marks: list[Mark] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    content: list[Inline] = field(default_factory=list)
    frame: Frame = field(init=False)

    def __post_init__(self) -> None:
        self.frame = Frame(self.role)

    # running text

    def text(self, text: str | None, *, edge: bool = False) -> None:
        """Add characters; at an inline element's edge, a bare line break is only layout."""
        if text:
            if edge and "\n" in text and blank(text):
                text = LAYOUT
            self.content.append(Run(text, tuple(self.marks)))

    def point(self, kind: str, attributes: Attributes = ()) -> None:
        """Add a point."""
        self.content.append(Point(kind, attributes, tuple(self.marks)))

    def flush(self) -> None:
        """Close the leaf; points alone among blocks wait for the next one."""
        content = fold(self.content)
        self.content = []
        if not content:
            return
        alone = all(isinstance(item, Point) and item.kind not in STANDING for item in content)
        layout = all(isinstance(item, Point) and item.kind != "note" for item in content)
        if alone:
            self._hang([item for item in content if isinstance(item, Point)], layout=layout)
            return
        frame = self.frame
        role = frame.role
        if not frame.explicit and all(isinstance(i, Point) and i.kind == "gap" for i in content):
            role = "gap"
        attributes = frame.attributes
        if frame.parts and frame.explicit:
            own = tuple(pair for pair in attributes if pair[0] != "id")
            attributes = (*own, ("continued", "yes"))
        frame.parts += 1
        waiting, self.scope.pending = tuple(self.scope.pending), []
        self.blocks.append(
            Leaf(
                id=self.scope.next_leaf(),
                role=role,
                content=waiting + content,
                attributes=attributes,
                origin=Origin(self.reading.path, frame.line),
                level=frame.level,
            )
        )

    def _hang(self, items: list[Point], *, layout: bool) -> None:
        """Points alone wait for the next leaf; a paragraph of notes is called by what precedes."""
        last = self.blocks[-1] if self.blocks else None
        if layout or not self.frame.explicit or not isinstance(last, Leaf):
            self.scope.pending.extend(items)
        else:
            self.blocks[-1] = replace(last, content=(*last.content, *items))

    # elements

    def walk(self, element: etree._Element, *, inline: bool = False) -> None:
        """Read all that an element holds."""
        tight = name_of(element.tag) == "subst"  # nothing but elements is meant to stand in it
        if not (tight and blank(element.text)):
            self.text(element.text, edge=inline)
        for child in element:
            if isinstance(child.tag, str):
                if not self.content and not self.frame.explicit:
                    self.frame.line = line_of(child)
                self.part(child)
                self.element(child)
            if not (tight and blank(child.tail)):
                self.text(child.tail, edge=inline and child.getnext() is None)

    def part(self, child: etree._Element) -> None:
        """Put the comma or the space before a child that the file leaves to its elements."""
        before, above = child.getprevious(), child.getparent()
        if before is None or above is None or not blank(before.tail):
            return
        if not (isinstance(before.tag, str) and name_of(child.tag) in APART | LISTED):
            return
        said = next((item for item in reversed(self.content) if isinstance(item, Run)), None)
        if said is None or not self.content:
            return
        comma = name_of(above.tag) in LISTED and said.text.rstrip()[-1:] not in ".,;:?!"
        if comma or (not before.tail and name_of(before.tag) in APART | LISTED):
            text = ("," if comma else "") + ("" if before.tail else " ")
            self.content.append(Run(text, (*self.marks, stand_in("apart"))))

    def leave(self, element: etree._Element) -> None:
        """Count an element that has no place of its own, and report it if TEI has none for it."""
        name = self.reading.account(element, "text")
        if name not in P5:
            self.reading.unknown(element)

    def sub(self, element: etree._Element, role: str, level: int = 0) -> tuple[Block, ...]:
        """The blocks that an element holds."""
        inner = type(self)(self.reading, self.scope, role, level or self.level, list(self.marks))
        inner.frame.line = line_of(element)
        inner.walk(element)
        inner.flush()
        return tuple(inner.blocks)

    def element(self, element: etree._Element) -> None:
        """Read one element where it stands."""
        raise NotImplementedError

    def leaf(self, element: etree._Element, role: str) -> None:
        """Read a leaf element."""
        raise NotImplementedError

    def note(self, element: etree._Element) -> None:
        """Read a note; its call is a point where it stands."""
        raise NotImplementedError


def blank(text: str | None) -> bool:
    """Whether there is nothing but white space."""
    return not text or not text.strip(" \t\r\n")
