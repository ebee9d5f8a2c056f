"""
From elements to blocks.

A `Flow` reads the content of one element. Running text goes into the leaf that is open; a block
inside running text (a list in a signature, a table in a paragraph) closes the leaf, stands as a
block of its own, and the text after it goes on in another leaf with the attribute `continued`.
"""

import re

from lxml import etree

from engross.model.text import (
    Division,
    Point,
    Quote,
    Rule,
)
from engross.parse.tei import apparatus, marks, notes, points, renditions, structures, verse
from engross.parse.tei.elements import (
    CONTEXTUAL,
    DIVISIONS,
    LEAVES,
    PLAIN,
    POINTS,
    STRUCTURAL,
    line_of,
)
from engross.parse.tei.ids import normal
from engross.parse.tei.names import XML, name_of
from engross.parse.tei.open import Frame, Open, blank

ALWAYS = (frozenset(LEAVES) - CONTEXTUAL - {"seg"}) | frozenset(DIVISIONS)
ALWAYS |= {"list", "table", "figure"}
"""Blocks wherever they stand."""
RUNNING = frozenset({"item", "note", "cell"})
"""They hold blocks or running text."""
LABEL = ("label", "item")
WRAPPED = frozenset({"signature", "dateline", "letterhead", "salute", "byline"})
"""Leaves that become divisions where the source has nothing but blocks in them."""


def is_block(element: etree._Element) -> bool:
    """Whether an element closes the running text before it."""
    name = name_of(element.tag)
    above = element.getparent()
    parent = name_of(above.tag) if above is not None else ""
    if name == "bibl":
        return parent in ("listBibl", "div", "body")
    if name in CONTEXTUAL:
        return parent in STRUCTURAL and (parent not in RUNNING or (name, parent) == LABEL)
    if name == "seg":
        if parent in ("opener", "closer", "dateline"):
            return True
        return parent == "seg" and above is not None and is_block(above)
    if name in ("quote", "cit", "q", "said"):
        return (
            element.get("rend") == "blockquote"
            or parent in STRUCTURAL - RUNNING
            or any(name_of(c.tag) in ALWAYS for c in element.iterchildren(etree.Element))
        )
    return name in ALWAYS


class Flow(Open):
    """Reads one element's content into blocks."""

    __slots__ = ()

    def element(self, element: etree._Element) -> None:
        """Read one element where it stands."""
        name = name_of(element.tag)
        if self.reading.drop(element):
            return
        if is_block(element):
            self.flush()
            self.block(element, name)
        elif name == "note":
            self.note(element)
        elif name == "app" and apparatus.is_regular(element):
            apparatus.read(self, element)
        elif name == "line":
            reading = self.reading
            reading.account(element, "mapped")
            self.point("line", (("element", "line"), *reading.attributes(element)))
            self.walk(element, inline=True)
        elif name == "milestone" and self._parts(element):
            self.reading.account(element, "mapped")
            self.flush()
            self.blocks.append(Rule())
        elif name in POINTS:
            self.reading.account(element, "mapped")
            points.read(self, element, POINTS[name])
        elif name == "choice":
            marks.choice(self, element)
        else:
            marks.read(self, element)

    def _parts(self, element: etree._Element) -> bool:
        """Whether a milestone parts two blocks, and says no more than that."""
        said = any(element.get(name) for name in ("n", f"{XML}id"))
        begun = any(isinstance(one, Point) or not blank(one.text) for one in self.content)
        return not (said or begun or self.frame.explicit) and bool(self.blocks)

    def block(self, element: etree._Element, name: str) -> None:
        """Read a block element."""
        self.plainly(element, name)
        reading = self.reading
        if name == "list":
            self.blocks.append(structures.list_block(self, element))
        elif name == "table":
            self.blocks.append(structures.table(self, element))
        elif name == "figure":
            self.blocks.extend(structures.figure(self, element))
        elif name in ("quote", "cit", "q", "said"):
            reading.account(element, "mapped")
            inside = self.sub(element, role="paragraph")
            named = () if name == "quote" else (("element", name),)
            self.blocks.append(Quote(inside, (*named, *reading.attributes(element))))
        elif name in LEAVES:
            reading.account(element, "mapped")
            self.leaf(element, self.leaf_role(element, name))
        else:
            reading.account(element, "mapped")
            self.blocks.append(self.division(element, name))

    def plainly(self, element: etree._Element, name: str) -> None:
        """Tell of an element that is set as its class is."""
        if name in PLAIN:
            message = f"<{name}> is set plainly, as its words come"
            self.reading.report("I021", element, message, "leave it, if the page reads well")

    def leaf_role(self, element: etree._Element, name: str) -> str:
        """The role of a leaf element; a `seg` takes that of what it stands in."""
        if name == "seg":
            above = element.getparent()
            parent = name_of(above.tag) if above is not None else ""
            if element.get("type") == "source" or element.get("rend") == "inline":
                return "source"
            return "dateline" if parent == "dateline" else "letterhead"
        if name == "ab":
            return element.get("type") or "paragraph"
        return LEAVES[name]

    def leaf(self, element: etree._Element, role: str) -> None:
        """Read a leaf element; what blocks it holds stand beside its parts."""
        outer = self.frame
        name = name_of(element.tag)
        attributes = self.reading.attributes(element)
        rend = self.reading.value(element, "rend")
        if rend != element.get("rend", ""):
            attributes = tuple((k, rend if k == "rend" else v) for k, v in attributes)
        looks = renditions.looks(self.reading, element)
        posture = next((one for one in looks if one in renditions.POSTURES), "")
        if posture and not rend:
            attributes = (*attributes, ("posture", posture))
        if name not in ("p", "head", "dateline", "signed", "salute", "l", "addrLine", "ab"):
            attributes = (("element", name), *attributes)
        level = self.level if role == "heading" else 0
        self.frame = Frame(role, attributes, line_of(element), level, explicit=True)
        count, depth = len(self.blocks), len(self.marks)
        kinds = renditions.of_words(self.reading, element)
        if name == "l" and len(begun := verse.begin(self.reading, element)) > 1:
            self.point("line", begun)
        self.marks += renditions.further(kinds)
        self.walk(element)
        self.flush()
        del self.marks[depth:]
        if role == "heading" and len(self.blocks) == count:
            self.reading.report(
                "I014", element, "the head is empty", "write the heading or take <head/> out"
            )
        if role in WRAPPED and not self.frame.parts and len(self.blocks) > count:
            inside = tuple(self.blocks[count:])
            named = tuple(pair for pair in attributes if pair[0] != "element")
            del self.blocks[count:]
            self.blocks.append(Division(role, inside, "", (("element", name), *named)))
        self.frame = outer

    def division(self, element: etree._Element, name: str) -> Division:
        """Read an element that holds blocks."""
        reading = self.reading
        role = DIVISIONS[name]
        if role == "section":
            given = reading.value(element, "type") or role
            role = normal(re.sub(r"(?<=[a-z])(?=[A-Z])", "-", given))
        deeper = name.startswith(("div", "floating", "frus"))
        loose = role if name in ("opener", "closer", "docTitle") else "paragraph"
        identifier = reading.ids.given(element)
        if not identifier and (role == "attachment" or name == "div"):
            identifier = reading.derived(self.scope, role)
        inside = self.sub(element, loose, self.level + 1 if deeper else self.level)
        attributes = reading.attributes(element, "id")
        if name not in ("div", role):
            attributes = (("element", name), *attributes)
        return Division(role, inside, identifier, attributes)

    def note(self, element: etree._Element) -> None:
        """Read a note; its call is a point where it stands."""
        self.point("note", (("id", notes.read(self, element)),))
