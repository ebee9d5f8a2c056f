"""Read laid-out pages: what stands where, as `crossing.py` describes it. Runs in a worker."""

from xml.etree.ElementTree import Element

from engross.make.typeset.crossing import (
    PAGE,
    SECTION,
    Heading,
    Link,
    Mark,
    Name,
    PartPage,
    Spot,
    Start,
)
from engross.make.typeset.engine import source, weasy
from engross.make.typeset.engine.faces import Asked
from engross.make.typeset.engine.galley import is_turned
from engross.make.typeset.engine.tags import Tagger
from engross.make.typeset.engine.weasy import PT, Box, Document, Style, boxes
from engross.make.typeset.runs import MEMBER

MARGIN = 36
"""Pixels of the margin, 3/8 in, that printers leave to a table."""
MARKS = {"data-paragraph": "paragraph", "data-leaf": "leaf"}


class Harvest:
    """One walk over all boxes of a unit, in page order."""

    def __init__(
        self, unit: str, root: Element, laid_out: Document, streams: list[weasy.Ink]
    ) -> None:
        self.unit = unit
        self.laid_out = laid_out
        self.streams = streams
        self.owner = source.owners(root)
        self.words: dict[Element, list[str]] = {}
        """The laid-out words of each element, as far as they stand on the paper."""
        self.counted: dict[str, int] = {}
        self.pages: list[PartPage] = []
        self.marks: list[Mark] = []
        self.marked: set[Element] = set()
        self.waiting: list[Element] = []
        self.wide: dict[Element, tuple[str, float, float]] = {}
        """Tables that run through the margin: by what, the pixels they need, and the page's."""
        self.turned: Box = None
        """The box around what is read from the foot of the page, while it is walked through."""
        self.slots: list[tuple[int, int, str, Box]] = []
        self.samples: dict[str, list[tuple[Box, int]]] = {}
        self.addresses: dict[str, Spot] = {}
        self.names: dict[str, Name] = {}
        self.styles: dict[Asked, tuple[Style, str]] = {}
        self.tagger = Tagger(unit, root)
        for index in range(len(streams)):
            self._page(index)

    def _page(self, index: int) -> None:
        page = self.laid_out.pages[index]
        box = page._page_box
        self.index, self.height = index, page.height
        self.drawn = {key: place["mcid"] for key, place in self.streams[index]._tags.items()}
        self.bottom = box.content_box_y() + box.height
        self.right = page.width
        self.edge = box.content_box_x() + box.width + MARGIN
        self.room = float(box.width), float(box.height)
        sequences = len(self.drawn)
        self.lines: list[float] = []
        """The base lines of the page."""
        self.starts: Start | None = None
        self.holds: list[str] = []
        self.tagger.page(index, self._annotations(index))
        for child in box.children:
            self._box(child, False, None)
        for mcid in self.drawn.values():
            self.streams[index].artifact_from(mcid)
        self.pages.append(
            PartPage(
                page.width * PT,
                page.height * PT,
                box.margin_left * PT,
                box.margin_right * PT,
                box.margin_top * PT,
                box.margin_bottom * PT,
                max(self.lines, default=None),
                min(self.lines, default=None),
                self.holds,
                sequences,
                self.streams[index].chromatic,
                self.starts,
            )
        )

    def _annotations(self, index: int) -> dict[int, int]:
        """Where the link of a box stands among the unit's links."""
        start = sum(len(page.links) for page in self.laid_out.pages[:index])
        links = self.laid_out.pages[index].links
        return {id(row[3]): start + n for n, row in enumerate(links)}

    def _box(self, box: Box, foot: bool, line: Box) -> None:
        if isinstance(box, weasy.AbsolutePlaceholder):
            box = box._box
        if isinstance(box, boxes.MarginBox):
            return
        if isinstance(box, boxes.FootnoteAreaBox):
            foot = True
        if isinstance(box, boxes.TableBox):
            self._widest(box)
        if isinstance(box, boxes.LineBox):
            line = box
            self._line(box, foot)
            for child in box.children:
                self._box(child, foot, line)
            return
        if isinstance(box, boxes.TextBox):
            self._text(box, foot, line)
            return
        if is_turned(box):
            self.turned = box
        element = box.element
        if element is not None:
            self._named(box, element)
            if element not in self.marked and box.element_tag == element.tag:
                self._mark(element, line)
        with self.tagger.element(box):
            if isinstance(box, boxes.ReplacedBox) and box in self.drawn:
                mcid = self.drawn.pop(box)
                if not self.tagger.content(box, mcid):
                    self.streams[self.index].artifact_from(mcid)
            for child in getattr(box, "children", ()):
                self._box(child, foot, line)
        if box is self.turned:
            self.turned = None

    def _moved(self, x: float, y: float) -> tuple[float, float]:
        """Where a point is drawn."""
        return self.turned.transformation_matrix.transform_point(x, y) if self.turned else (x, y)

    def _widest(self, box: Box) -> None:
        """Keep a table that the page has no room for."""
        across, down = self.room if self.turned is None else self.room[::-1]
        edge = self.edge if self.turned is None else box.position_x + across + MARGIN
        if box.position_x + box.width > edge:
            self.wide.setdefault(box.element, ("a table of {} columns", float(box.width), across))
        elif self.turned is not None and box.height > down + MARGIN:
            self.wide.setdefault(box.element, ("a row", float(box.height), down))

    def _named(self, box: Box, element: Element) -> None:
        """Keep where an address begins, and what links call it."""
        for address in (element.get(MEMBER), element.get("data-address")):
            if address is not None:
                x, y = self._moved(*box.hit_area()[:2])
                spot = Spot(self.index, x * PT, (self.height - y) * PT)
                known = self.addresses.setdefault(address, spot)
                if box.element_tag.endswith("::footnote-marker") and known.page != self.index:
                    self.addresses[address] = spot  # not the page of its call
        number = element.get("data-number") or element.get("data-paragraph")
        if address is not None and number:
            kind = "note" if source.is_note(element) else "paragraph"
            for key in (address, self.key(element.get("id", ""))):
                self.names.setdefault(key, Name(kind, number))

    def _baseline(self, line: Box) -> float:
        _, y = self._moved(line.position_x, line.position_y + line.baseline)
        return float((self.height - y) * PT)

    def _line(self, line: Box, foot: bool) -> None:
        if not any(
            one.text.strip() for one in line.descendants() if isinstance(one, boxes.TextBox)
        ):
            return
        y = self._baseline(line)
        for element in self.waiting:
            self._note_mark(element, y)
        self.waiting.clear()
        if foot:
            return
        if line.is_in_normal_flow() and self.turned is None:
            self.lines.append(y)

    def _mark(self, element: Element, line: Box) -> None:
        if not any(name in element.attrib for name in MARKS):
            return
        self.marked.add(element)
        if line is None:
            self.waiting.append(element)
        else:
            self._note_mark(element, self._baseline(line))

    def _note_mark(self, element: Element, y: float) -> None:
        for name, kind in MARKS.items():
            if label := element.get(name):
                self.marks.append(Mark(kind, element.get("data-label", label), self.index, y))

    def _text(self, box: Box, foot: bool, line: Box) -> None:
        element = box.element
        if element is None:
            return
        mcid = self.drawn.pop(box, None)
        if mcid is not None and not self.tagger.content(box, mcid):
            self.streams[self.index].artifact_from(mcid)
        style = box.style
        key = (tuple(style["font_family"]), style["font_weight"], style["font_style"])
        owner = self.owner.get(element)
        place = (owner and (owner.address or owner.section)) or self.unit
        self.styles.setdefault(key, (style, place))
        if mcid is not None:
            self._slot(element, mcid, box)
        if mcid is not None and (sample := element.get("data-sample")) is not None:
            self.samples.setdefault(sample, []).append((box, mcid))
        if box.element_tag != element.tag and not box.element_tag.endswith("::first-letter"):
            return
        if owner is None or self.tagger.silent:
            return
        if self._on_paper(box, line, foot):
            self.words.setdefault(element, []).append(box.text)
        if owner.furniture or element.get("href", "").startswith(PAGE):
            return
        address = owner.address or owner.section or self.unit
        count = len(source.bare(box.text))
        before = self.counted.get(address, 0)
        self.counted[address] = before + count
        if not count or owner.note is not None:
            return
        self.starts = self.starts or Start(address, before)
        name = self.names.get(address.partition("/")[0])
        if name is not None and name.kind == "paragraph":
            self.holds = [*self.holds[:1], name.number]

    def _on_paper(self, box: Box, line: Box, foot: bool) -> bool:
        """Whether a reader of the trimmed page would see the words."""
        if box.style["visibility"] != "visible":
            return False
        low = self.bottom + 2 if foot else self.height
        y = line.position_y + line.baseline if line is not None else box.position_y
        ends = [self._moved(x, y) for x in (box.position_x, box.position_x + box.width)]
        return all(-1 <= x <= self.right + 1 and 0 <= y <= low for x, y in ends)

    def _slot(self, element: Element, mcid: int, box: Box) -> None:
        href = element.get("href", "") if element.tag == "a" else ""
        if href.startswith(PAGE):
            self.slots.append((self.index, mcid, href[len(PAGE) :], box))

    def key(self, name: str) -> str:
        """The address that an id of the unit stands for; in a unit of several it says its own."""
        return name if "#" in name else f"{self.unit}#{name}"

    def links(self) -> list[Link]:
        """Every link of every page; a link broken over lines is several."""
        found = []
        for index, page in enumerate(self.laid_out.pages):
            for kind, target, (x1, y1, x2, y2), linked in page.links:
                if y1 == y2:  # raised letters take no height of the line
                    half = linked.style["font_size"] / 2
                    y1, y2 = y1 - half, y2 + half
                box = (x1 * PT, (page.height - y2) * PT, x2 * PT, (page.height - y1) * PT)
                if kind == "internal":
                    target = f"{SECTION}{self.key(target)}"
                found.append(Link(index, box, target))
        return found

    def headings(self) -> list[Heading]:
        """What the outline may name."""
        return [
            Heading(level, words, index, x * PT, (page.height - y) * PT)
            for index, page in enumerate(self.laid_out.pages)
            for level, words, (x, y), _state in page.bookmarks
        ]

    def dests(self) -> dict[str, Spot]:
        """Where each address and each id begins."""
        found = {self.unit: Spot(0, 0.0, self.laid_out.pages[0].height * PT)}
        for index, page in enumerate(self.laid_out.pages):
            for name, (x1, y1, _x2, _y2) in page.anchors.items():
                found.setdefault(self.key(name), Spot(index, x1 * PT, (page.height - y1) * PT))
        return found | {key: row for key, row in self.addresses.items() if key not in found}
