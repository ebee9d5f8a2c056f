"""
From elements to blocks.

A `Flow` reads the content of one element. Running text goes into the leaf that is open; a block
inside running text (a list in a signature, a table in a paragraph) closes the leaf, stands as a
block of its own, and the text after it goes on in another leaf with the attribute `continued`.
"""

import re
from dataclasses import replace

from lxml import etree

from engross.model.text import (
    Attributes,
    Division,
    Leaf,
    Note,
    Point,
    Quote,
    Rule,
    leaves,
)
from engross.parse.tei import apparatus, marks, points, renditions, structures
from engross.parse.tei.elements import (
    CONTEXTUAL,
    DIVISIONS,
    LEAVES,
    PLAIN,
    POINTS,
    ROLES,
    STRUCTURAL,
    line_of,
)
from engross.parse.tei.ids import normal
from engross.parse.tei.names import XML, name_of
from engross.parse.tei.open import Frame, Open, blank
from engross.parse.tei.order import in_order, place_rest
from engross.parse.tei.reading import Reading, Scope, words

AUTHOR = re.compile(r"\[footnote in (the )?(source text|original)\.?\]", re.IGNORECASE)
KINDS = {"summary": "summary", "textual": "textual", "textConst": "textual", "author": "author"}


DEEPEST = 12
"""Ems that a line is set in at the most."""
EVERY = 5
"""Where all lines have numbers, every so many is printed."""
EMS = {"em": 1.0, "rem": 1.0, "ch": 0.5, "ex": 0.5, "px": 1 / 16, "pt": 1 / 12, "cm": 2.4}
LENGTH = re.compile(r"(?:text-indent|(?:padding|margin)-left)\s*:\s*([\d.]+)\s*([a-z]+)")


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
        held = parent in STRUCTURAL - RUNNING
        if parent == "cit" and above is not None and (outer := above.getparent()) is not None:
            held = name_of(outer.tag) in ("p", "ab") or is_block(above)  # else of a dictionary
        return (
            element.get("rend") == "blockquote"
            or held
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
            return given if (given := element.get("type", "")) in ROLES["ab"] else "paragraph"
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
        begun = begin(self.reading, element) if name == "l" else ()
        self.marks += renditions.further(kinds)
        self.walk(element)
        self.flush()
        del self.marks[depth:]
        if len(begun) > 1:
            self._begin(count, Point("line", begun))
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

    def _begin(self, count: int, line: Point) -> None:
        """Put a line's beginning before its first words, which a stage direction may precede."""
        for at, block in enumerate(self.blocks[count:], count):
            if isinstance(block, Leaf) and block.role == "verse":
                self.blocks[at] = replace(block, content=(line, *block.content))
                return

    def division(self, element: etree._Element, name: str) -> Division:
        """Read an element that holds blocks."""
        reading = self.reading
        role = given = DIVISIONS[name]
        if role == "section":
            given = reading.value(element, "type") or role
            role = normal(re.sub(r"(?<=[a-z])(?=[A-Z])", "-", given))
        deeper = name.startswith(("div", "floating", "frus"))
        loose = role if name in ("opener", "closer", "docTitle") else "paragraph"
        identifier = reading.ids.given(element)
        if not identifier and (role == "attachment" or name == "div"):
            identifier = reading.derived(self.scope, role)
        if {given, role}.isdisjoint(ROLES["div"]):
            role = "section"
        inside = self.sub(element, loose, self.level + 1 if deeper else self.level)
        attributes = reading.attributes(element, "id")
        if name not in ("div", role):
            attributes = (("element", name), *attributes)
        return Division(role, inside, identifier, attributes)

    def note(self, element: etree._Element) -> None:
        """Read a note; its call is a point where it stands."""
        self.point("note", (("id", read(self, element)),))


def begin(reading: Reading, element: etree._Element) -> Attributes:
    """The facts of the point that begins a line: `indent` in ems, and `number` where printed."""
    ems = _ems(reading, element)
    said = (("of", "l"),) + ((("indent", str(ems)),) if ems else ())
    number = element.get("n", "")
    beside = [one.get("n", "") for one in element.itersiblings(element.tag)]
    beside += [one.get("n", "") for one in element.itersiblings(element.tag, preceding=True)]
    due = not (number.isdigit() and all(beside)) or int(number) % EVERY == 0
    if number and due and element.get("part", "I") in ("I", "N"):
        said += (("n", number), ("number", number))
    return said


def _ems(reading: Reading, element: etree._Element) -> int:
    """From `@rend` and `@style`; of a further part of a line, the length of the parts before it."""
    if element.get("part") in ("M", "F"):
        before = 0
        lines = [*element.getroottree().getroot().iter(element.tag)]
        for one in lines[: lines.index(element)][::-1]:
            before += (len(words(one)) + 1) // 2
            if one.get("part") != "M":
                break
        return min(before, DEEPEST)
    rend = element.get("rend", "")
    named = re.search(r"indent\D{0,2}(\d*)", rend)
    if named:
        return min(int(named[1] or 1), DEEPEST)
    pointed = (one.rpartition("#")[2] for one in element.get("rendition", "").split())
    style = ";".join([element.get("style", ""), *(reading.renditions.get(n, "") for n in pointed)])
    length = LENGTH.search(style)
    ems = float(length[1]) * EMS.get(length[2], 0) if length else 0
    return min(round(ems), DEEPEST)


def kind_of(element: etree._Element, text: str) -> str:
    """`source`, `summary`, `textual`, `author` or `explanatory`."""
    given = element.get("type", "")
    if given == "source" or element.get("n") == "0" or re.match(r"sources?:", text, re.IGNORECASE):
        return "source"
    if given in KINDS:
        return KINDS[given]
    return "author" if AUTHOR.search(text) else "explanatory"


def read(outer: Open, element: etree._Element) -> str:
    """Read a note into the scope's notes, in the order of the calls; gives its id."""
    reading, scope = outer.reading, outer.scope
    reading.account(element, "mapped")
    identifier = reading.ids.given(element) or reading.derived(scope, "note")
    reading.value(element, "type")
    place = len(scope.notes)
    scope.notes.append(None)
    inner = Scope(identifier, scope.notes, in_note=True)
    flow = type(outer)(reading, inner)
    flow.frame.line = line_of(element)
    flow.walk(element)
    flow.flush()
    blocks = in_order(place_rest(tuple(flow.blocks), inner.pending))
    if not blocks:  # its number leads here, and back
        blocks = (Leaf(inner.next_leaf(), "paragraph", ()),)
    text = " ".join(leaf.text for leaf in leaves(blocks))
    kind = kind_of(element, text)
    resp = element.get("resp", "")
    note = Note(
        id=identifier,
        origin="source" if kind == "author" else "editor",
        blocks=blocks,
        label=element.get("n", ""),
        resp=resp.removeprefix("#"),
        kind=kind,
        attributes=reading.attributes(element, "id", "resp"),
    )
    if element.get("type") == "translator":
        note = replace(note, origin="translator")
    scope.notes[place] = note
    return identifier
