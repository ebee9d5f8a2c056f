"""
The tag tree of a unit, from its elements and not from its boxes: a paragraph is one P however many
pages it runs over, a note stands at its call, decoration is not in it. Runs in a worker.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from xml.etree.ElementTree import Element

from engross.make.typeset.crossing import Node
from engross.make.typeset.engine import source
from engross.make.typeset.engine.weasy import Box

TYPES = {
    "section": "Sect",
    "article": "Art",
    "blockquote": "BlockQuote",
    "a": "Link",
    "table": "Table",
    "thead": "THead",
    "tbody": "TBody",
    "tfoot": "TFoot",
    **dict.fromkeys(("div", "nav", "aside", "header", "footer", "hgroup", "figure"), "Div"),
    **dict.fromkeys(("ul", "ol", "dl"), "L"),
    **dict.fromkeys(("caption", "figcaption"), "Caption"),
    **dict.fromkeys(("img", "{http://www.w3.org/2000/svg}svg"), "Figure"),
    **dict.fromkeys(("p", "pre", "address"), "P"),
    **{name: name.upper() for name in ("tr", "th", "td", "h1", "h2", "h3", "h4", "h5", "h6")},
}
HEADINGS = frozenset({"H1", "H2", "H3", "H4", "H5", "H6"})
IN_NOTE = {
    "block": "P",
    "list": "L",
    "item": "LI",
    "quote": "BlockQuote",
    "division": "Div",
    "table": "Table",
    "row": "TR",
    "cell": "TD",
}
"""Blocks in notes are `span` elements, since notes stand in paragraphs; the class says which."""


def kind_of(element: Element) -> str | None:
    """The structure type of an element; None where it has none of its own."""
    if element.tag == "span":
        return next((IN_NOTE[c] for c in element.get("class", "").split() if c in IN_NOTE), None)
    return TYPES.get(element.tag)


class Tagger:
    """Builds one tree over all pages of a unit."""

    def __init__(self, unit: str, root: Element) -> None:
        self.unit = unit
        self.above = {child: parent for parent in root.iter() for child in parent}
        self.tree: Node = {"S": "Part", "K": []}
        self.nodes: dict[Element | tuple[str, str], Node] = {}
        self.parents: dict[int, Node] = {}
        self.stack = [self.tree]
        self.seen_heads: dict[Element, int] = {}
        self.silent = 0
        """Above 0 in column heads that are repeated: they are drawn, and count as no words."""
        self.wordless: list[str] = []
        """Images that have no `alt` attribute at all; an empty one means decoration."""

    def page(self, index: int, annotations: dict[int, int]) -> None:
        """Begin a page; `annotations` has the number of a box's link."""
        self.index = index
        self.annotations = annotations

    @contextmanager
    def element(self, box: Box) -> Iterator[None]:
        """Stand in a box's element while its children are visited."""
        element = box.element
        repeated = False
        if element is not None and element.tag in ("thead", "tfoot"):
            repeated = self.seen_heads.setdefault(element, self.index) != self.index
        depth = len(self.stack)
        if element is not None and not self.silent and not repeated:
            node = self._node(box, element)
            if node is not None:
                self.stack.append(node)
                if id(box) in self.annotations and node["S"] == "Link":
                    node["K"].append(self.annotations[id(box)])
        self.silent += repeated
        yield
        self.silent -= repeated
        del self.stack[depth:]

    def content(self, box: Box, mcid: int) -> bool:
        """Put a marked sequence under the current element; False: it is decoration."""
        if self.silent:
            return False
        node = self.stack[-1]
        if "::" in (box.element_tag or ""):
            node = self._pseudo(box, node)
        elif box.element is not None and box.element in self.nodes:
            node = self.nodes[box.element]
        if node["S"] == "Figure" and not node.get("alt"):
            return False
        node["K"].append([self.index, mcid])
        return True

    def _node(self, box: Box, element: Element) -> Node | None:
        tag = box.element_tag or element.tag
        if element.tag in ("html", "body"):
            return None
        if "::" in tag:
            return self._call(element) if tag.endswith("::footnote-call") else None
        if element in self.nodes:
            return self.nodes[element]
        if source.is_note(element):
            node = self._note(element)
        elif element.tag in ("dt", "dd", "li") or kind_of(element) == "LI":
            node = self._item(element)
        else:
            kind = None if self._groups(element) else kind_of(element)
            language = element.get("lang")
            if kind is None and language is None:
                return None
            node = self._add(kind or "Span", self._holder(element))
            self._describe(node, element)
        self.nodes[element] = node
        return node

    def _groups(self, element: Element) -> bool:
        """Whether it only holds one entry of a list together: items belong to the list itself."""
        above = self.above.get(element)
        return element.tag == "div" and above is not None and above.tag == "dl"

    def _holder(self, element: Element) -> Node:
        """The node of the nearest element above that has one."""
        above = self.above.get(element)
        while above is not None:
            if above in self.nodes:
                return self.nodes[above]
            if source.is_note(above):
                return self._note(above)
            above = self.above.get(above)
        return self.tree

    def _add(self, kind: str, parent: Node, at: int | None = None) -> Node:
        node: Node = {"S": kind, "K": []}
        parent["K"].insert(len(parent["K"]) if at is None else at, node)
        self.parents[id(node)] = parent
        return node

    def _describe(self, node: Node, element: Element) -> None:
        if language := element.get("lang"):
            node["lang"] = language
        if node["S"] == "Figure":
            title = element.find("{http://www.w3.org/2000/svg}title")
            node["alt"] = element.get("alt") or (title.text if title is not None else "") or ""
            if "alt" not in element.attrib and title is None:
                self.wordless.append(element.get("src", "drawn in the section"))
        if node["S"] == "TH":
            above = self.above.get(element)
            group = self.above.get(above) if above is not None else None
            column = group is not None and group.tag == "thead"
            scope = element.get("scope") or ("col" if column else "row")
            node["scope"] = "Column" if scope.startswith("col") else "Row"
        spans = [int(element.get(name, "1") or 1) for name in ("rowspan", "colspan")]
        if spans != [1, 1]:
            node["spans"] = spans

    def _item(self, element: Element) -> Node:
        holder = self._holder(element)
        if element.tag == "dd":
            items = [kid for kid in holder["K"] if isinstance(kid, dict) and kid["S"] == "LI"]
            item = items[-1] if items else self._add("LI", holder)
            return self._add("LBody", item)
        item = self._add("LI", holder)
        node = self._add("Lbl" if element.tag == "dt" else "LBody", item)
        self._describe(node, element)
        return node

    def _call(self, element: Element) -> Node:
        """A note's number where it is called, the note itself beside it."""
        key = ("call", source.note_key(element))
        if key not in self.nodes:
            holder = self._holder(element)
            self.nodes[key] = self._add("Reference", holder)
            self._note(element)
        return self.nodes[key]

    def _note(self, element: Element) -> Node:
        key = ("note", source.note_key(element))
        if key not in self.nodes:
            holder = self._holder(element)
            place = None
            while holder["S"] in HEADINGS | {"Link", "Span"} and id(holder) in self.parents:
                child, holder = holder, self.parents[id(holder)]
                place = next(n for n, kid in enumerate(holder["K"]) if kid is child) + 1
                while place < len(holder["K"]) and _is_note(holder["K"][place]):
                    place += 1  # behind those that were called before
            node = self._add("Note", holder, place)
            node["id"] = f"{self.unit}/{element.get('id') or key[1]}"
            self._describe(node, element)
            self.nodes[key] = node
        self.nodes[element] = self.nodes[key]
        return self.nodes[key]

    def _pseudo(self, box: Box, node: Node) -> Node:
        """Where generated text belongs: list marks and note numbers are labels."""
        tag = box.element_tag
        if tag.endswith("::marker"):
            if node["S"] == "LBody" and self.parents[id(node)]["S"] == "LI":
                return self._label(self.parents[id(node)])
        elif tag.endswith("::footnote-marker"):
            return self._label(self._note(box.element))
        return node

    def _label(self, holder: Node) -> Node:
        first = holder["K"][0] if holder["K"] else None
        if isinstance(first, dict) and first["S"] == "Lbl":
            return first
        return self._add("Lbl", holder, 0)


def _is_note(kid: object) -> bool:
    return isinstance(kid, dict) and kid["S"] == "Note"
