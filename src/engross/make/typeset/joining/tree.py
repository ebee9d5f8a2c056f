"""The tag tree of the volume, its one parent tree, and the link annotations that it holds."""

from typing import TYPE_CHECKING, Any

from pikepdf import Array, Dictionary, Name, Object, String

from engross.make.typeset.addresses import PAGE, address
from engross.model.address import section_of

if TYPE_CHECKING:
    from engross.make.typeset.joining.book import Joined

Targets = dict[str, tuple[int, float, float]]


class Writer:
    """Writes one tree; the parent tree's keys are pages first, then annotations in page order."""

    def __init__(self, book: "Joined", targets: Targets) -> None:
        self.book, self.targets, self.pdf = book, targets, book.pdf
        self.parents: list[list[Any]] = [
            [None] * self._sequences(index) for index in range(len(book.pages))
        ]
        self.annotations: list[tuple[int, Any, Any]] = []
        self.ids: dict[bytes, Any] = {}
        self.titles = {one.address: one.title for row in book.work.units for one in row.sections}
        self.names = {
            key: row for part in book.work.parts for key, row in part.side["names"].items()
        }

    def _sequences(self, index: int) -> int:
        page = self.book.work.pages[index] if index < len(self.book.work.pages) else None
        if page is None or page.unit is None:
            return 0
        return int(self.book.work.parts[page.unit].side["pages"][page.page]["sequences"])

    def write(self) -> None:
        """Write the tree, the parent tree, the tree of ids and all annotations."""
        root = self.pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot))
        top = self.pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name.Document, P=root))
        kids = [
            self._element(node, top, unit)
            for unit, part in enumerate(self.book.work.parts)
            if has_content(node := part.side["tree"])
        ]
        top.K = Array(kids)
        if self.book.plan.language:
            top.Lang = String(self.book.plan.language)
        root.K = Array([top])
        self._parent_tree(root)
        if self.ids:
            rows = Array()
            for key in sorted(self.ids):
                rows.append(String(key.decode()))
                rows.append(self.ids[key])
            leaf = Dictionary(Names=rows, Limits=Array([rows[0], rows[len(rows) - 2]]))
            root.IDTree = Dictionary(Kids=Array([self.pdf.make_indirect(leaf)]))
        self.pdf.Root.StructTreeRoot = root

    def _parent_tree(self, root: Object) -> None:
        numbers = Array()
        for index, page in enumerate(self.book.pages):
            if self.parents[index]:
                page.StructParents = index
                numbers.append(index)
                row = Array([one if one is not None else None for one in self.parents[index]])
                numbers.append(self.pdf.make_indirect(row))
            elif "/StructParents" in page:
                del page.StructParents
        key = len(self.book.pages)
        by_page: dict[int, Array] = {}
        for index, annotation, element in sorted(self.annotations, key=lambda row: row[0]):
            annotation.StructParent = key
            numbers.append(key)
            numbers.append(element)
            by_page.setdefault(index, Array()).append(annotation)
            key += 1
        for index, rows in by_page.items():
            self.book.pages[index].Annots = rows
            self.book.pages[index].Tabs = Name.S
        root.ParentTree = self.pdf.make_indirect(Dictionary(Nums=numbers))
        root.ParentTreeNextKey = key

    def _element(self, node: dict[str, Any], parent: Object, unit: int) -> Object:
        element = self.pdf.make_indirect(
            Dictionary(Type=Name.StructElem, S=Name("/" + node["S"]), P=parent)
        )
        self._describe(element, node, unit)
        first = self.book.first[unit]
        page: int | None = None
        kids: list[Any] = []
        for kid in node["K"]:
            if isinstance(kid, dict):
                if has_content(kid):
                    kids.append(self._element(kid, element, unit))
            elif isinstance(kid, list):
                index = first + kid[0]
                if page is None:
                    page = index
                    element.Pg = self.book.pages[index]
                self.parents[index][kid[1]] = element
                if index == page:
                    kids.append(kid[1])
                else:
                    kids.append(Dictionary(Type=Name.MCR, Pg=self.book.pages[index], MCID=kid[1]))
            else:
                kids.append(self._link(unit, kid, element))
        element.K = Array(kids)
        return element

    def _describe(self, element: Object, node: dict[str, Any], unit: int) -> None:
        if language := node.get("lang"):
            element.Lang = String(language)
        if node["S"] == "Part":
            row = self.book.work.units[unit]
            if row.language != self.book.plan.language:
                element.Lang = String(row.language)
        if alt := node.get("alt"):
            element.Alt = String(alt)
        if key := node.get("id"):
            element.ID = String(key)
            self.ids[key.encode()] = element
        table = Dictionary(O=Name.Table)
        if scope := node.get("scope"):
            table.Scope = Name("/" + scope)
        if spans := node.get("spans"):
            table.RowSpan, table.ColSpan = spans
        if len(table) > 1:
            element.A = table
        if node["S"] == "L" and any(
            isinstance(kid, dict) and any(isinstance(x, dict) and x["S"] == "Lbl" for x in kid["K"])
            for kid in node["K"]
        ):
            element.A = Dictionary(
                O=Name.List, ListNumbering=Name(node.get("numbering", "/Decimal"))
            )

    def _link(self, unit: int, number: int, element: Object) -> Object:
        page, rectangle, target = self.book.work.parts[unit].side["links"][number]
        x1, y1, x2, y2 = rectangle
        index, left, low = self.book.point(unit, page, x1, y1)
        annotation = self.pdf.make_indirect(
            Dictionary(
                Type=Name.Annot,
                Subtype=Name.Link,
                Rect=Array([left, low, round(left + x2 - x1, 3), round(low + y2 - y1, 3)]),
                Border=Array([0, 0, 0]),
                F=4,
            )
        )
        key = address(target)
        if key is None:
            annotation.A = Dictionary(S=Name.URI, URI=String(target))
            annotation.Contents = String(target)
        else:
            annotation.Dest = String(key)
            annotation.Contents = String(self._name(key, target))
        self.annotations.append((index, annotation, element))
        return Dictionary(Type=Name.OBJR, Obj=annotation, Pg=self.book.pages[index])

    def _name(self, key: str, target: str) -> str:
        """What a reader is told of a link."""
        index = self.targets[key][0]
        words = self.book.plan.words
        page = f"{words['page']} {self.book.work.pages[index].label}"
        if target.startswith(PAGE):
            return page
        if key in self.names:
            kind, number = self.names[key]
            return f"{words[kind]} {number}"
        title = self.titles.get(section_of(key), key)
        return title if key in self.titles else f"{title}, {page}"


CELLS = frozenset({"TD", "TH"})
"""Elements that count though they are empty: without them a row has fewer columns than others."""


def has_content(node: dict[str, Any]) -> bool:
    """Whether an element holds any words, pictures or links, or is a cell of a table."""
    return node["S"] in CELLS or any(
        not isinstance(kid, dict) or has_content(kid) for kid in node["K"]
    )


def write(book: "Joined", targets: Targets) -> None:
    """Write tags and links of all parts."""
    Writer(book, targets).write()
