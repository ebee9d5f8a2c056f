"""The tag tree of the volume, its one parent tree, and the link annotations that it holds."""

from engross.make.typeset.crossing import PAGE, Node, Spot, address
from engross.make.typeset.writing.book import Book, name_tree
from engross.make.typeset.writing.file import number, text
from engross.model.address import section_of

CELLS = frozenset({"TD", "TH"})
"""Elements that count though they are empty: without them a row has fewer columns than others."""


def has_content(node: Node) -> bool:
    """Whether an element holds any words, pictures or links, or is a cell of a table."""
    return node["S"] in CELLS or any(
        not isinstance(kid, dict) or has_content(kid) for kid in node["K"]
    )


class Tree:
    """Writes one tree; the parent tree's keys are pages first, then annotations in page order."""

    def __init__(self, book: Book) -> None:
        self.book, self.file = book, book.file
        rows = map(book.page, range(len(book.pages)))
        self.parents = [[0] * (row.sequences if row else 0) for row in rows]
        self.links: list[tuple[int, int, int, bytes]] = []
        """Page, number of the annotation, number of its element, and its entries."""
        self.ids: dict[str, bytes] = {}
        self.titles = {one.address: one.title for row in book.work.units for one in row.sections}
        self.names = {key: name for part in book.work.parts for key, name in part.names.items()}

    def write(self) -> tuple[int, dict[int, bytes]]:
        """Write it; the number of its root, and what each page has of it, by index."""
        root, top = self.file.take(), self.file.take()
        kids = b" ".join(
            b"%d 0 R" % self._element(node, top, unit)
            for unit, part in enumerate(self.book.work.parts)
            if has_content(node := part.tree)
        )
        language = text(self.book.plan.language)
        entries = b"/Type/StructElem/S/Document/P %d 0 R/Lang%s" % (root, language)
        self.file.add(b"<<%s/K[%s]>>" % (entries, kids), top)
        numbers, pages = self._parent_tree()
        ids = b""
        if self.ids:
            ids = b"/IDTree" + name_tree(self.file, self.ids)
        following = len(self.book.pages) + len(self.links)
        entries = b"/ParentTree %d 0 R/ParentTreeNextKey %d" % (numbers, following)
        self.file.add(b"<</Type/StructTreeRoot/K[%d 0 R]%s%s>>" % (top, entries, ids), root)
        return root, pages

    def _parent_tree(self) -> tuple[int, dict[int, bytes]]:
        rows, pages = [], {}
        for index, parents in enumerate(self.parents):
            if parents:
                held = b" ".join([b"%d 0 R" % one if one else b"null" for one in parents])
                rows.append(b"%d %d 0 R" % (index, self.file.add(b"[%s]" % held)))
                pages[index] = b"/StructParents %d" % index
        annotations: dict[int, list[int]] = {}
        self.links.sort(key=lambda row: row[0])
        for key, row in enumerate(self.links, start=len(self.book.pages)):
            index, annotation, element, entries = row
            rows.append(b"%d %d 0 R" % (key, element))
            annotations.setdefault(index, []).append(annotation)
            self.file.add(b"<<%s/StructParent %d>>" % (entries, key), annotation)
        for index, some in annotations.items():
            held = b" ".join([b"%d 0 R" % one for one in some])
            pages[index] = pages.get(index, b"") + b"/Tabs/S/Annots[%s]" % held
        return self.file.add(b"<</Nums[%s]>>" % b" ".join(rows)), pages

    def _element(self, node: Node, parent: int, unit: int) -> int:
        element, first = self.file.take(), self.book.first[unit]
        page: int | None = None
        kids: list[bytes] = []
        for kid in node["K"]:
            if isinstance(kid, dict):
                if has_content(kid):
                    kids.append(b"%d 0 R" % self._element(kid, element, unit))
            elif isinstance(kid, list):
                index, sequence = first + kid[0], kid[1]
                page = index if page is None else page
                self.parents[index][sequence] = element
                where = self.book.pages[index]
                mark = b"<</Type/MCR/Pg %d 0 R/MCID %d>>" % (where, sequence)
                kids.append(mark if index != page else b"%d" % sequence)
            elif self.book.plan.medium == "screen":
                kids.append(self._link(unit, kid, element))
        entries = b"/S/%s/P %d 0 R" % (node["S"].encode(), parent)
        if page is not None:
            entries += b"/Pg %d 0 R" % self.book.pages[page]
        entries += self._described(node, unit, element)
        self.file.add(b"<</Type/StructElem%s/K[%s]>>" % (entries, b" ".join(kids)), element)
        return element

    def _described(self, node: Node, unit: int, element: int) -> bytes:
        found, plan = b"", self.book.plan
        language = node.get("lang", "")
        if node["S"] == "Part" and (own := self.book.work.units[unit].language) != plan.language:
            language = own
        if language:
            found += b"/Lang" + text(language)
        if alt := node.get("alt"):
            found += b"/Alt" + text(alt)
        if key := node.get("id"):
            found += b"/ID" + text(key)
            self.ids[key] = b" %d 0 R" % element
        table = b""
        if scope := node.get("scope"):
            table += b"/Scope/" + scope.encode()
        if spans := node.get("spans"):
            table += b"/RowSpan %d/ColSpan %d" % tuple(spans)
        if node["S"] == "L" and any(
            isinstance(kid, dict) and any(isinstance(x, dict) and x["S"] == "Lbl" for x in kid["K"])
            for kid in node["K"]
        ):
            return found + b"/A<</O/List/ListNumbering/Decimal>>"
        return found + (b"/A<</O/Table%s>>" % table if table else b"")

    def _link(self, unit: int, at: int, element: int) -> bytes:
        """Keep an annotation for the parent tree; how its element names it."""
        page, (x1, y1, x2, y2), target = self.book.work.parts[unit].links[at]
        index, left, low = self.book.point(unit, Spot(page, x1, y1))
        corners = (left, low, round(left + x2 - x1, 3), round(low + y2 - y1, 3))
        key = address(target)
        if key is None:
            goal = b"/A<</S/URI/URI%s>>/Contents%s" % (text(target), text(target))
        else:
            goal = b"/Dest%s/Contents%s" % (text(key), text(self._name(key, target)))
        entries = b"/Type/Annot/Subtype/Link/Rect[%s]/Border[0 0 0]/F 4%s"
        annotation = self.file.take()
        entries %= b" ".join(map(number, corners)), goal
        self.links.append((index, annotation, element, entries))
        return b"<</Type/OBJR/Obj %d 0 R/Pg %d 0 R>>" % (annotation, self.book.pages[index])

    def _name(self, key: str, target: str) -> str:
        """What a reader is told of a link."""
        index = self.book.targets[key][0]
        words = self.book.plan.words
        page = words["page"].format(self.book.work.pages[index].label)
        if target.startswith(PAGE):
            return page
        if key in self.names:
            kind, name = self.names[key]
            return words[kind].format(name)
        title = self.titles.get(section_of(key), key)
        return title if key in self.titles else f"{title}, {page}"
