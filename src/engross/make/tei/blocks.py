"""Blocks as elements."""

from lxml import etree

from engross.make.tei.elements import add, set_attributes
from engross.make.tei.inlines import Inlines
from engross.model.text import (
    Block,
    Division,
    Figure,
    Inline,
    Item,
    Leaf,
    ListBlock,
    Note,
    Point,
    Quote,
    Rule,
    Table,
)
from engross.parse.tei.names import XML, tag_of

LEAVES = {
    "subhead": "p", "paragraph": "p", "cell": "p", "gap": "p", "heading": "head",
    "caption": "head", "dateline": "dateline", "signature": "signed", "salute": "salute",
    "byline": "byline", "trailer": "trailer", "address": "addrLine", "verse": "l",
    "speaker": "speaker", "stage": "stage", "label": "label",
}  # fmt: skip
DIVISIONS = {
    "opener": "opener",
    "closer": "closer",
    "postscript": "postscript",
    "address": "address",
    "argument": "argument",
    "epigraph": "epigraph",
    "speech": "sp",
    "verse": "lg",
}
FRAMED = {"signature": "closer", "dateline": "opener", "salute": "opener", "address": "address"}
"""Leaves that stand among paragraphs in our own texts, with the element around them in TEI."""
MIXED = frozenset({"closer", "opener"})
"""Divisions of the source whose loose text has their own role."""


WORKED = ("element", "continued", "posture")
"""Facts of a leaf that the reader worked out."""


class Writer(Inlines):
    """Writes blocks, and inlines with the blocks of their notes."""

    def body(self, parent: etree._Element, note: Note) -> None:
        """Append the blocks of a note."""
        blocks(self, parent, note.blocks, loose=True)


def blocks(
    writer: Writer, parent: etree._Element, found: tuple[Block, ...], *, loose: bool = False
) -> None:
    """Append blocks; with `loose` an only paragraph without facts becomes bare text."""
    paragraphs = [b for b in found if isinstance(b, Leaf) and b.role in ("paragraph", "cell")]
    bare = paragraphs[0] if loose and len(paragraphs) == 1 else None
    if bare is not None and bare.attributes:
        bare = None
    own = str(parent.tag).rsplit("}", 1)[-1]
    before = False
    for block in found:
        mixed = isinstance(block, Leaf) and _mixed(block, own)
        if block is bare:
            writer.content(parent, paragraphs[0].content)
        elif mixed and before and isinstance(block, Leaf):
            writer.content(add(parent, "seg"), block.content)  # apart from the text before it
        else:
            one(writer, parent, block)
        before = mixed


def _mixed(block: Leaf, own: str) -> bool:
    """Whether the leaf is loose text of the opener or closer that it stands in."""
    return not block.attributes and block.role == own and block.role in MIXED


def one(writer: Writer, parent: etree._Element, block: Block) -> None:
    """Append one block."""
    match block:
        case Leaf():
            leaf(writer, parent, block)
        case ListBlock():
            _list(writer, parent, block)
        case Table():
            _table(writer, parent, block)
        case Quote():
            name = dict(block.attributes).get("element", "quote")
            element = etree.SubElement(parent, tag_of(name))
            set_attributes(element, block.attributes, "element")
            blocks(writer, element, block.blocks, loose=True)
        case Division():
            _division(writer, parent, block)
        case Figure():
            _figure(writer, parent, block)
        case Rule():
            add(parent, "milestone", "", [("unit", "section"), ("rend", "rule")])


def leaf(writer: Writer, parent: etree._Element, block: Leaf) -> None:
    """Append a leaf block; loose text of a mixed element goes in as it is."""
    own = str(parent.tag).rsplit("}", 1)[-1]
    if _mixed(block, own):
        writer.content(parent, block.content)
        return
    if block.role == "stanza" and not block.get("element"):
        _stanza(writer, add(parent, "lg"), block)
        return
    name = block.get("element") or LEAVES.get(block.role, "ab")
    ours = own in ("div", "body") and not block.get("element") and block.role in FRAMED
    if ours and not (block.role == "dateline" and block.attributes):
        parent = _framed(parent, FRAMED[block.role])
    element = etree.SubElement(parent, tag_of(name))
    set_attributes(element, block.attributes, *WORKED)
    _identify(writer, element, block)
    if name == "ab" and not element.get("type"):
        element.set("type", block.role)
    writer.content(element, block.content)


def _identify(writer: Writer, element: etree._Element, block: Leaf) -> None:
    """Give an element the id that pointers lead to."""
    if writer.document and not writer.in_note and f"{writer.document}-{block.id}" in writer.goals:
        element.set(f"{XML}id", f"{writer.document}-{block.id}")


def _stanza(writer: Writer, group: etree._Element, block: Leaf) -> None:
    """The lines of a leaf as `l`, each with its number in the poem."""
    _identify(writer, group, block)
    lines: list[list[Inline]] = []
    for item in block.content:
        if isinstance(item, Point) and item.kind == "line":
            lines.append([])
            line = add(group, "l", "", [("n", item.get("n"))])
            if item.get("indent"):
                line.set("rend", f"indent({item.get('indent')})")
        elif lines:
            lines[-1].append(item)
    for element, content in zip(group, lines, strict=True):
        writer.content(element, tuple(content))


def _framed(parent: etree._Element, name: str) -> etree._Element:
    """The opener or closer at the end of what an element holds, or a new one."""
    last = parent[-1] if len(parent) else None
    if last is not None and last.tag == tag_of(name) and not last.attrib:
        return last
    return add(parent, name)


def _division(writer: Writer, parent: etree._Element, block: Division) -> None:
    facts = dict(block.attributes)
    if block.role == "figure":
        for inner in block.blocks:
            if isinstance(inner, Figure) and dict(inner.attributes).get("element") == "graphic":
                continue  # a further picture, which the first one's element names
            if isinstance(inner, Figure):
                parent = _figure(writer, parent, inner)
            else:
                one(writer, parent, inner)
        return
    name = facts.get("element") or DIVISIONS.get(block.role, "div")
    element = etree.SubElement(parent, tag_of(name))
    set_attributes(element, block.attributes, "element", "id", "lines")
    if block.id:
        element.set(f"{XML}id", block.id)
    if name == "div" and not element.get("type") and block.role != "section":
        element.set("type", block.role)
    blocks(writer, element, block.blocks)


def _list(writer: Writer, parent: etree._Element, block: ListBlock) -> None:
    element = add(parent, "list")
    set_attributes(element, block.attributes)
    if not block.attributes and block.kind in ("bullet", "ordered"):
        element.set("rend", {"bullet": "bulleted", "ordered": "numbered"}[block.kind])
    if not element.get("type") and block.role != "list":
        element.set("type", block.role)
    if block.head is not None:
        leaf(writer, element, block.head)
    for item in block.items:
        _item(writer, element, item)


def _item(writer: Writer, parent: etree._Element, item: Item) -> None:
    if item.label is not None and not dict(item.attributes).get("n"):
        leaf(writer, parent, item.label)
    element = add(parent, "item")
    set_attributes(element, item.attributes)
    blocks(writer, element, item.blocks, loose=True)


def _table(writer: Writer, parent: etree._Element, block: Table) -> None:
    element = add(parent, "table")
    set_attributes(element, block.attributes, "size", "turn")
    if block.caption is not None:
        leaf(writer, element, block.caption)
    for cells in block.rows:
        row = add(element, "row")
        for cell in cells:
            one_cell = add(row, "cell")
            set_attributes(one_cell, cell.attributes)
            if cell.columns > 1:
                one_cell.set("cols", str(cell.columns))
            if cell.rows > 1:
                one_cell.set("rows", str(cell.rows))
            if cell.header and not one_cell.get("role"):
                one_cell.set("role", "label")
            blocks(writer, one_cell, cell.blocks, loose=True)


def _figure(writer: Writer, parent: etree._Element, block: Figure) -> etree._Element:
    element = add(parent, "figure")
    urls = [value for key, value in block.attributes if key == "url"]
    size = [(k, v) for k, v in block.attributes if k in ("width", "height", "scale", "mimeType")]
    rest = tuple(pair for pair in block.attributes if pair not in size and pair[0] != "url")
    set_attributes(element, rest)
    for url in urls or ([block.path] if block.path else []):
        add(element, "graphic", "", [("url", url), *size])
    if block.caption is not None:
        leaf(writer, element, block.caption)
    # of a figure of TEI the words may be those of its caption
    if block.description or (block.alt and not (block.caption and block.attributes)):
        add(element, "figDesc", block.description or block.alt)
    return element


def sectioned(writer: Writer, parent: etree._Element, found: tuple[Block, ...]) -> None:
    """
    Append a text of ours: each later heading begins a division of its own.

    TEI has heads at the beginning of divisions only.
    """
    stack: list[tuple[int, etree._Element]] = [(0, parent)]
    for number, block in enumerate(found):
        if isinstance(block, Leaf) and block.role == "heading" and number:
            level = block.level or 1
            while len(stack) > 1 and stack[-1][0] >= level:
                stack.pop()
            stack.append((level, add(stack[-1][1], "div")))
        one(writer, stack[-1][1], block)
