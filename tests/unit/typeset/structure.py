"""
Judge the structure of a joined file: what ties tags, contents, links, names and outline together.

It knows nothing of parts and side-cars, and reads the file with pikepdf alone.
"""

import io
from collections.abc import Iterator
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Object

TEXT = frozenset({"Tj", "TJ", "'", '"'})
RGB = frozenset({"rg", "RG"})
CMYK = frozenset({"k", "K"})
WATCHED = "BDC BMC EMC Tj TJ ' \" rg RG k K cs CS"


def faults(content: bytes) -> list[str]:
    """Everything that is wrong, in sentences; an empty list for a sound file."""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        return Judge(pdf).run()


def operators(page: Any) -> Iterator[tuple[str, list[Any]]]:
    """The operators of a page that matter here."""
    for operands, operator in pikepdf.parse_content_stream(page, WATCHED):
        yield str(operator), list(operands)


def inks(content: bytes) -> set[str]:
    """The colour models that the pages' drawings and images use: `gray` always, `rgb`, `cmyk`."""
    found = {"gray"}
    with pikepdf.open(io.BytesIO(content)) as pdf:
        for page in pdf.pages:
            for name, operands in operators(page):
                space = str(operands[0]) if operands and name in ("cs", "CS") else ""
                found |= {"rgb"} if name in RGB or space == "/DeviceRGB" else set()
                found |= {"cmyk"} if name in CMYK or space == "/DeviceCMYK" else set()
            for image in images(page):
                found |= {"rgb"} if image.get("/ColorSpace") == "/DeviceRGB" else set()
                found |= {"cmyk"} if image.get("/ColorSpace") == "/DeviceCMYK" else set()
    return found


def images(page: Any) -> Iterator[Any]:
    """The images that a page may draw; this program's pages draw none from inside groups."""
    for thing in page.get("/Resources", Dictionary()).get("/XObject", Dictionary()).values():
        if thing.get("/Subtype") == "/Image":
            yield thing


class Judge:
    """One file under examination."""

    def __init__(self, pdf: pikepdf.Pdf) -> None:
        self.pdf = pdf
        self.found: list[str] = []
        self.listed: dict[tuple[Any, int], Any] = {}
        """Element by page and marked sequence, as the tree lists them."""
        self.held: dict[Any, Any] = {}
        """Element by annotation."""
        self.elements: set[Any] = set()
        self.ids: dict[str, Any] = {}

    def run(self) -> list[str]:
        """Look at everything, and give what was found."""
        root = self.pdf.Root.get("/StructTreeRoot")
        if root is None:
            return ["the file has no tags"]
        for kid in root.K:
            self._element(kid, root, None)
        numbers = self._numbers(root)
        for index, page in enumerate(self.pdf.pages):
            self._page(index, page, numbers)
        self._ids(root)
        self._names()
        self._outline()
        return self.found

    def say(self, message: str) -> None:
        """Keep a fault."""
        self.found.append(message)

    def _element(self, element: Object, parent: Object, page: Object | None) -> None:
        kind = str(element.get("/S", "?"))
        if element.objgen in self.elements:
            self.say(f"an element {kind} hangs in the tree twice")
            return
        self.elements.add(element.objgen)
        if element.get("/P", Dictionary()).objgen != parent.objgen:
            self.say(f"an element {kind} names another parent than the one that lists it")
        page = element.get("/Pg", page)
        if "/ID" in element:
            key = str(element.ID)
            if key in self.ids:
                self.say(f"the id {key} belongs to two elements")
            self.ids[key] = element.objgen
        elif kind == "/Note":
            self.say("a note has no id")
        kids = element.get("/K", Array())
        for kid in kids if isinstance(kids, Array) else [kids]:
            self._kid(kid, element, page)

    def _kid(self, kid: Any, element: Object, page: Object | None) -> None:
        if isinstance(kid, int):
            self._list(page, kid, element)
        elif kid.get("/Type") == "/MCR":
            self._list(kid.get("/Pg", page), int(kid.MCID), element)
        elif kid.get("/Type") == "/OBJR":
            if kid.Obj.objgen in self.held:
                self.say("an annotation hangs in the tree twice")
            self.held[kid.Obj.objgen] = element.objgen
        else:
            self._element(kid, element, page)

    def _list(self, page: Object | None, mcid: int, element: Object) -> None:
        if page is None:
            self.say(f"sequence {mcid} of an element {element.S} is on no page")
            return
        key = (page.objgen, mcid)
        if key in self.listed:
            self.say(f"sequence {mcid} is listed by two elements")
        self.listed[key] = element.objgen

    def _numbers(self, root: Object) -> dict[int, Any]:
        rows = root.get("/ParentTree", Dictionary()).get("/Nums", Array())
        keys = [int(rows[n]) for n in range(0, len(rows), 2)]
        if keys != sorted(set(keys)):
            self.say("the keys of the parent tree are not in order")
        if int(root.get("/ParentTreeNextKey", -1)) <= max(keys, default=-1):
            self.say("the next key of the parent tree is in use")
        return {keys[n]: rows[2 * n + 1] for n in range(len(keys))}

    def _page(self, index: int, page: Any, numbers: dict[int, Any]) -> None:
        label = f"page {index + 1}"
        row = numbers.get(int(page.obj.get("/StructParents", -1)), Array())
        drawn = self._drawn(label, page)
        for mcid in drawn:
            element = row[mcid] if mcid < len(row) else None
            if element is None:
                self.say(f"{label}: sequence {mcid} belongs to no element")
            elif self.listed.get((page.obj.objgen, mcid)) != element.objgen:
                self.say(f"{label}: sequence {mcid} is not listed by the element that it names")
        for owner, mcid in self.listed:
            if owner == page.obj.objgen and mcid not in drawn:
                self.say(f"{label}: sequence {mcid} is in the tree and not on the page")
        for annotation in page.obj.get("/Annots", Array()):
            self._annotation(label, annotation, numbers)

    def _drawn(self, label: str, page: Any) -> set[int]:
        drawn: set[int] = set()
        open_marks: list[str] = []
        for name, operands in operators(page):
            if name in ("BDC", "BMC"):
                open_marks.append(str(operands[0]))
                if name == "BDC" and "/MCID" in operands[1]:
                    mcid = int(operands[1].MCID)
                    if mcid in drawn:
                        self.say(f"{label}: sequence {mcid} is drawn twice")
                    drawn.add(mcid)
            elif name == "EMC":
                if not open_marks:
                    self.say(f"{label}: a sequence ends that did not begin")
                    continue
                open_marks.pop()
            elif name in TEXT and not open_marks:
                self.say(f"{label}: text is neither tagged nor an artifact")
        if open_marks:
            self.say(f"{label}: a sequence does not end")
        return drawn

    def _annotation(self, label: str, annotation: Object, numbers: dict[int, Any]) -> None:
        element = numbers.get(int(annotation.get("/StructParent", -1)))
        if element is None or self.held.get(annotation.objgen) != element.objgen:
            self.say(f"{label}: a link is not held by the element that it names")
        if int(annotation.get("/F", 0)) & 4 == 0:
            self.say(f"{label}: a link lacks the print flag")
        if not str(annotation.get("/Contents", "")):
            self.say(f"{label}: a link has no description")
        if "/Dest" in annotation and str(annotation.Dest) not in self._destinations():
            self.say(f"{label}: a link leads to {annotation.Dest}, which is nowhere")

    def _destinations(self) -> set[str]:
        if not hasattr(self, "_known"):
            self._known = set(self._name_list())
        return self._known

    def _name_list(self) -> list[str]:
        tree = self.pdf.Root.get("/Names", Dictionary()).get("/Dests", Dictionary())
        leaves = list(tree.get("/Kids", Array([tree])))
        rows = [leaf.get("/Names", Array()) for leaf in leaves]
        return [str(names[n]) for names in rows for n in range(0, len(names), 2)]

    def _names(self) -> None:
        names = [name.encode("utf-8") for name in self._name_list()]
        if names != sorted(set(names)):
            self.say("the named destinations are not in order, or not each once")

    def _ids(self, root: Object) -> None:
        tree = root.get("/IDTree", Dictionary())
        rows = [leaf.get("/Names", Array()) for leaf in tree.get("/Kids", Array([tree]))]
        known = {
            str(names[n]): names[n + 1].objgen for names in rows for n in range(0, len(names), 2)
        }
        if known != self.ids:
            self.say("the tree of ids does not hold the ids of the elements")

    def _outline(self) -> None:
        root = self.pdf.Root.get("/Outlines")
        if root is not None:
            self._items(root)

    def _items(self, parent: Object) -> int:
        before: Object | None = None
        item = parent.get("/First")
        count = 0
        while item is not None:
            if item.get("/Parent", Dictionary()).objgen != parent.objgen:
                self.say(f"the outline entry {item.Title} names another parent")
            previous = item.get("/Prev")
            if (previous is None) != (before is None) or (
                previous is not None and before is not None and previous.objgen != before.objgen
            ):
                self.say(f"the outline entry {item.Title} names another one before it")
            if "/First" in item:
                self._items(item)
            count += 1
            before, item = item, item.get("/Next")
        if before is not None and parent.Last.objgen != before.objgen:
            self.say("the outline's last entry is not the last one")
        if abs(int(parent.get("/Count", 0))) != count:
            self.say("the outline's count is wrong")
        return count
