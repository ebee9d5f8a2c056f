"""Lists, tables and figures."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from lxml import etree

from engross.model.text import (
    Attributes,
    Block,
    Cell,
    Division,
    Figure,
    Item,
    Leaf,
    ListBlock,
    Run,
    Table,
    leaves,
)
from engross.parse.tei import points
from engross.parse.tei.elements import POINTS, ROLES, inner_text, line_of
from engross.parse.tei.fold import stand_in
from engross.parse.tei.names import name_of
from engross.parse.tei.reading import folded

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from engross.parse.tei.open import Open

FIGURE = re.compile(r"[$£€]?[ −–-]*\d[\d,.]*( ?%)?$|[–—.…-]+$")
"""What a cell says that has a number, or a dash for none."""
KINDS = {"bulleted": "bullet", "unordered": "bullet", "ordered": "ordered", "numbered": "ordered"}


def _parts(
    flow: Open, element: etree._Element, wanted: Collection[str], role: str
) -> Iterator[tuple[str, etree._Element, tuple[Block, ...]]]:
    """
    What a list, table or row holds: each wanted child under its name, all else as blocks.

    A point or a note among them waits for the next leaf.
    """
    for blocks in _stray(flow, element.text):
        yield "", element, blocks
    for child in element:
        if isinstance(child.tag, str) and not flow.reading.drop(child):
            name = name_of(child.tag)
            if name in wanted:
                yield name, child, ()
            elif name in POINTS:
                flow.reading.account(child, "mapped")
                points.read(flow, child, POINTS[name])
                flow.flush()
            elif name == "note":
                flow.note(child)
                flow.flush()
            else:
                yield "", child, _inner(flow, child, role)
        for blocks in _stray(flow, child.tail):
            yield "", child, blocks


def _inner(flow: Open, element: etree._Element, role: str) -> tuple[Block, ...]:
    """The blocks of an element that stands where only items or cells belong."""
    inner = type(flow)(flow.reading, flow.scope, role, flow.level, list(flow.marks))
    inner.frame.line = line_of(element)
    inner.element(element)
    inner.flush()
    return tuple(inner.blocks)


def _one(flow: Open, element: etree._Element, role: str) -> tuple[Leaf | None, tuple[Block, ...]]:
    """The leaf that an element holds, and what else it holds."""
    flow.reading.account(element, "mapped")
    inner = type(flow)(flow.reading, flow.scope, role, flow.level, list(flow.marks))
    inner.leaf(element, role)
    first = inner.blocks[0] if inner.blocks else None
    if isinstance(first, Leaf):
        return first, tuple(inner.blocks[1:])
    return None, tuple(inner.blocks)


@dataclass(slots=True)
class _Items:
    """The items of a list as they come; a label waits for the item after it."""

    done: list[Item] = field(default_factory=list)
    label: Leaf | None = None
    labelled: bool = False

    def add(self, blocks: tuple[Block, ...], label: Leaf | None, facts: Attributes = ()) -> None:
        """An item with the label in it, or the one that waits."""
        if self.label is not None and label is not None:
            self.close()
        self.done.append(Item(blocks, label or self.label, facts))
        self.labelled = self.labelled or label is not None
        self.label = None

    def stray(self, blocks: tuple[Block, ...]) -> None:
        """Blocks that belong to no item."""
        if blocks:
            self.close()
            self.done.append(Item(blocks))

    def wait(self, label: Leaf | None, more: tuple[Block, ...]) -> None:
        """A label for the next item."""
        self.close()
        self.label = label
        self.labelled = self.labelled or label is not None
        if more:
            self.add(more, None)

    def close(self) -> None:
        """A label without an item stands by itself."""
        if self.label is not None:
            self.done.append(Item((), self.label))
            self.label = None


def list_block(flow: Open, element: etree._Element) -> ListBlock:
    """Read a list; text or elements that belong to no item become items."""
    reading = flow.reading
    reading.account(element, "mapped")
    role = reading.value(element, "type") or "list"
    head: Leaf | None = None
    items = _Items()
    for name, child, blocks in _parts(flow, element, ("head", "label", "item"), "paragraph"):
        if name == "head" and head is None and not items.done and items.label is None:
            head, blocks = _one(flow, child, "heading")
            items.stray(blocks)
        elif name == "label":
            items.wait(*_one(flow, child, "label"))
        elif name == "item":
            reading.account(child, "mapped")
            own, blocks = _item(flow, child)
            items.add(blocks, own, reading.attributes(child))
        else:
            items.stray(_inner(flow, child, "paragraph") if name else blocks)
    items.close()
    plain = KINDS.get(role, KINDS.get(element.get("rend", ""), "simple"))
    kind = "labelled" if items.labelled else plain
    given = [dict(item.attributes).get("n", "").strip(".") for item in items.done]
    start = int(given[0]) if given and given[0].isascii() and given[0].isdigit() else 0
    counted = start and given == [str(start + n) for n in range(len(given))]
    if counted and kind != "labelled":
        kind = "ordered"  # the items say their numbers
    first = start if counted else 1
    if any(given) and not counted and not items.labelled:
        kind = "labelled"
        items.done = [_numbered(flow, item) for item in items.done]
    role = role if role in ROLES["list"] else "list"
    return ListBlock(kind, tuple(items.done), role, first, head, reading.attributes(element))


def _numbered(flow: Open, item: Item) -> Item:
    """An item with the number that the file gives it, where it does, as its label."""
    number = dict(item.attributes).get("n", "")
    if not number:
        return item
    said = f"{number}." if number.isalnum() else number
    label = Leaf(flow.scope.next_leaf(), "label", (Run(said, (stand_in("n"),)),))
    return replace(item, label=label)


def _stray(flow: Open, text: str | None) -> list[tuple[Block, ...]]:
    """Text where only elements belong, as a block."""
    if not text or not text.strip(" \t\r\n"):
        return []
    inner = type(flow)(flow.reading, flow.scope, "paragraph", flow.level, list(flow.marks))
    inner.text(text)
    inner.flush()
    return [tuple(inner.blocks)]


def _item(flow: Open, element: etree._Element) -> tuple[Leaf | None, tuple[Block, ...]]:
    """An item; a label at its very beginning becomes the item's."""
    blocks = flow.sub(element, "paragraph")
    first = blocks[0] if blocks else None
    starts = not (element.text or "").strip(" \t\r\n") and any(
        name_of(child.tag) == "label" for child in list(element.iterchildren(etree.Element))[:1]
    )
    if starts and isinstance(first, Leaf) and first.role == "label":
        return first, blocks[1:]
    return None, blocks


def _number(element: etree._Element, name: str) -> int:
    value = element.get(name, "1")
    return int(value) if value.isdigit() and 0 < int(value) < 1000 else 1


def table(flow: Open, element: etree._Element) -> Table:
    """Read a table; what stands outside its rows becomes a row of one cell."""
    reading = flow.reading
    reading.account(element, "mapped")
    caption: Leaf | None = None
    rows: list[tuple[Cell, ...]] = []
    heads: list[bool] = []

    def alone(blocks: tuple[Block, ...]) -> None:
        if blocks:
            rows.append((Cell(blocks),))
            heads.append(False)

    for name, child, blocks in _parts(flow, element, ("row", "head"), "paragraph"):
        if name == "row":
            reading.account(child, "mapped")
            cells = _row(flow, child)
            rows.append(cells)
            heads.append(bool(cells) and all(cell.header for cell in cells))
        elif name == "head" and caption is None and not rows:
            caption, blocks = _one(flow, child, "caption")
            alone(blocks)
        else:
            alone(_inner(flow, child, "paragraph") if name else blocks)
    head_rows = next((n for n, is_head in enumerate(heads) if not is_head), len(heads))
    return Table(_figured(rows, head_rows), head_rows, caption, reading.attributes(element))


def _figured(rows: Sequence[tuple[Cell, ...]], head_rows: int) -> tuple[tuple[Cell, ...], ...]:
    """The rows, where each column of nothing but numbers is set to the right, its head with it."""
    said: dict[int, list[str]] = {}
    for row in rows[head_rows:]:
        for n, cell in enumerate(row):
            text = " ".join(leaf.text for leaf in leaves(cell.blocks)).strip()
            if text and cell.columns == 1:
                said.setdefault(n, []).append(text)
    right = {n for n, texts in said.items() if len(texts) > 1 and all(map(FIGURE.match, texts))}
    return tuple(
        tuple(
            replace(cell, align="right") if n in right and cell.columns == 1 else cell
            for n, cell in enumerate(row)
        )
        for row in rows
    )


def _row(flow: Open, element: etree._Element) -> tuple[Cell, ...]:
    """Read a row."""
    reading = flow.reading
    whole = reading.value(element, "role") == "label"
    cells: list[Cell] = []
    for name, child, blocks in _parts(flow, element, ("cell",), "cell"):
        if not name:
            cells.append(Cell(blocks))
            continue
        reading.account(child, "mapped")
        role = reading.value(child, "role")
        cells.append(
            Cell(
                flow.sub(child, "cell"),
                header=whole or role == "label",
                columns=_number(child, "cols"),
                rows=_number(child, "rows"),
                align="right" if role == "num" else "",
                attributes=reading.attributes(child, "cols", "rows"),
            )
        )
    return tuple(cells)


MORE = (("element", "graphic"),)
"""What marks a further picture in a figure."""


def _named(paths: Sequence[str]) -> str:
    """The name of a picture that has no words in the file: somebody has to look at it."""
    return paths[0].rpartition("/")[2] if paths else ""


def figure(flow: Open, element: etree._Element) -> tuple[Block, ...]:
    """Read a figure: its first head is the caption; other text in it stands after it."""
    reading = flow.reading
    reading.account(element, "mapped")
    caption: Leaf | None = None
    description = ""
    images: list[etree._Element] = []
    rest = type(flow)(reading, flow.scope, "paragraph", flow.level + 1, list(flow.marks))
    rest.text(element.text)
    for child in element:
        if isinstance(child.tag, str) and not reading.drop(child):
            name = name_of(child.tag)
            if name == "graphic":
                reading.account(child, "mapped")
                images.append(child)
            elif name == "figDesc":
                reading.account(child, "mapped")
                for below in child.iterdescendants(etree.Element):
                    reading.account(below, "text")
                description = folded(f"{description} {inner_text(child)}")
            elif name == "head":
                rest.flush()
                if caption is None and not rest.blocks:
                    caption, more = _one(flow, child, "caption")
                    rest.blocks.extend(more)
                else:
                    rest.element(child)
            else:
                rest.element(child)
        rest.text(child.tail)
    rest.flush()
    alt = description or (caption.text if caption else "")
    urls = tuple(("url", image.get("url", "")) for image in images)
    size = tuple(
        (str(key), str(value))
        for image in images[:1]
        for key, value in image.attrib.items()
        if key != "url"
    )
    paths = [(url, reading.picture(url)) for _, url in urls]
    seen = [path for _, path in paths if path]
    words = (*reading.attributes(element), *urls, *size)
    made = Figure(seen[0] if seen else "", alt or _named(seen), caption, description, words)
    rest.blocks[:0] = [Figure(path, alt or _named([path]), attributes=MORE) for path in seen[1:]]
    missing = ", ".join(url for url, path in paths if not path)
    if missing:
        words_for = f"its words are {alt!r}" if alt else "it has no words of its own"
        reading.report(
            "I017",
            element,
            f"the picture {missing!r} is not part of the file; {words_for}",
            "put the picture into the book and name it, or describe it in <figDesc>",
        )
    if rest.blocks:
        return (Division("figure", (made, *rest.blocks)),)
    return (made,)
