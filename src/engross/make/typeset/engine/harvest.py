"""
Read laid-out pages: the side-car of a part. Runs in a worker.

The side-car holds plain values; lengths are points, y grows upwards from the trim's lower edge:

* `pages`: size, page margins, first and last base line, `starts` (address of the first block on
  the page, and how many characters of it, white space aside, stand on earlier pages; generated
  words are counted together, under their section's own address, without its slots), `holds` (number
  of its first and of its last paragraph), notes at its foot, the number of marked sequences,
  whether it has colours, `drawing` (`template.py`)
* `dests`: key -> page, x, y; keys are addresses and `unit#id`, the first page wins
* `links`: page, rectangle, target
* `objects`, `resources`: what the drawings use (`template.py`)
* `names`: address -> `note` or `paragraph`, and its printed number
* `tree`: elements of the tag tree (`tags.py`); `ids`: theirs
* `marks`: kind, label, page, base line; `headings`: level, words, page, x, y
* `fonts`: name in the drawings -> program's digest, widths, characters
* `samples`: see `furniture.py`
"""

from typing import Any
from xml.etree.ElementTree import Element

from engross.make.typeset.addresses import PAGE, SECTION
from engross.make.typeset.engine import source, weasy
from engross.make.typeset.engine.tags import Tagger
from engross.make.typeset.engine.weasy import PT, boxes
from engross.make.typeset.runs import MEMBER

MARGIN = 36
"""Pixels of the margin, 3/8 in, that printers leave to a table."""
MARKS = {"data-paragraph": "paragraph", "data-leaf": "leaf"}


class Harvest:
    """One walk over all boxes of a unit, in page order."""

    def __init__(self, unit: str, root: Element, laid_out: Any, streams: list[weasy.Ink]) -> None:
        self.unit = unit
        self.laid_out = laid_out
        self.streams = streams
        self.owner = source.owners(root)
        self.words: dict[Element, list[str]] = {}
        """The laid-out words of each element, as far as they stand on the paper."""
        self.counted: dict[str, int] = {}
        self.pages: list[dict[str, Any]] = []
        self.marks: list[list[Any]] = []
        self.marked: set[Element] = set()
        self.waiting: list[Element] = []
        self.wide: dict[Element, float] = {}
        """Tables that run through the margin, with their width in pixels."""
        self.slots: list[tuple[int, int, str, Any]] = []
        self.samples: dict[str, list[tuple[Any, int]]] = {}
        self.addresses: dict[str, list[float]] = {}
        self.names: dict[str, list[str]] = {}
        self.styles: dict[tuple[Any, ...], tuple[Any, str]] = {}
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
        self.here: dict[str, Any] = {
            "width": page.width * PT,
            "height": page.height * PT,
            "inner": box.margin_left * PT,
            "outer": box.margin_right * PT,
            "top": box.margin_top * PT,
            "bottom": box.margin_bottom * PT,
            "first": None,
            "last": None,
            "starts": None,
            "holds": [],
            "notes": [],
            "sequences": len(self.drawn),
            "colour": self.streams[index].chromatic,
        }
        self.pages.append(self.here)
        self.tagger.page(index, self._annotations(index))
        for child in box.children:
            self._box(child, False, None)
        for mcid in self.drawn.values():
            self.streams[index].artifact_from(mcid)

    def _annotations(self, index: int) -> dict[int, int]:
        """Where the link of a box stands among the unit's links."""
        start = sum(len(page.links) for page in self.laid_out.pages[:index])
        links = self.laid_out.pages[index].links
        return {id(row[3]): start + n for n, row in enumerate(links)}

    def _box(self, box: Any, foot: bool, line: Any) -> None:
        if isinstance(box, weasy.AbsolutePlaceholder):
            box = box._box
        if isinstance(box, boxes.MarginBox):
            return
        if isinstance(box, boxes.FootnoteAreaBox):
            foot = True
        if isinstance(box, boxes.TableBox) and box.position_x + box.width > self.edge:
            self.wide.setdefault(box.element, float(box.width))
        if isinstance(box, boxes.LineBox):
            line = box
            self._line(box, foot)
            for child in box.children:
                self._box(child, foot, line)
            return
        if isinstance(box, boxes.TextBox):
            self._text(box, foot, line)
            return
        element = box.element
        if element is not None and (section := element.get(MEMBER)) is not None:
            x, y, _width, _height = box.hit_area()
            self.addresses.setdefault(section, [self.index, x * PT, (self.height - y) * PT])
        if element is not None and (address := element.get("data-address")) is not None:
            x, y, _width, _height = box.hit_area()
            self.addresses.setdefault(address, [self.index, x * PT, (self.height - y) * PT])
            if number := element.get("data-number") or element.get("data-paragraph"):
                kind = "note" if source.is_note(element) else "paragraph"
                for key in (address, self.key(element.get("id", ""))):
                    self.names.setdefault(key, [kind, number])
        if element is not None and element not in self.marked and box.element_tag == element.tag:
            self._mark(element, line)
        with self.tagger.element(box):
            if isinstance(box, boxes.ReplacedBox) and box in self.drawn:
                mcid = self.drawn.pop(box)
                if not self.tagger.content(box, mcid):
                    self.streams[self.index].artifact_from(mcid)
            for child in getattr(box, "children", ()):
                self._box(child, foot, line)

    def _baseline(self, line: Any) -> float:
        return float((self.height - line.position_y - line.baseline) * PT)

    def _line(self, line: Any, foot: bool) -> None:
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
        here = self.here
        if not line.is_in_normal_flow():
            return
        here["first"] = y if here["first"] is None else max(here["first"], y)
        here["last"] = y if here["last"] is None else min(here["last"], y)

    def _mark(self, element: Element, line: Any) -> None:
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
                self.marks.append([kind, element.get("data-label", label), self.index, y])

    def _text(self, box: Any, foot: bool, line: Any) -> None:
        element = box.element
        if element is None:
            return
        mcid = self.drawn.pop(box, None)
        if mcid is not None and not self.tagger.content(box, mcid):
            self.streams[self.index].artifact_from(mcid)
        style = box.style
        key = (
            tuple(style["font_family"]),
            style["font_weight"],
            style["font_style"],
        )
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
        kind, number = self.names.get(address.partition("/")[0], ("", ""))
        if count and owner.note is None and kind == "paragraph":
            self.here["holds"] = [*self.here["holds"][:1], number]
        if owner.note is not None and owner.note not in self.here["notes"]:
            self.here["notes"].append(owner.note)
        if owner.note is None and self.here["starts"] is None and count:
            self.here["starts"] = [address, before]

    def _on_paper(self, box: Any, line: Any, foot: bool) -> bool:
        """Whether a reader of the trimmed page would see the words."""
        if box.style["visibility"] != "visible":
            return False
        low = self.bottom + 2 if foot else self.height
        y = line.position_y + line.baseline if line is not None else box.position_y
        return bool(
            0 <= y <= low and box.position_x >= -1 and box.position_x + box.width <= self.right + 1
        )

    def _slot(self, element: Element, mcid: int, box: Any) -> None:
        href = element.get("href", "") if element.tag == "a" else ""
        if href.startswith(PAGE):
            self.slots.append((self.index, mcid, href[len(PAGE) :], box))

    def key(self, name: str) -> str:
        """The address that an id of the unit stands for; in a unit of several it says its own."""
        return name if "#" in name else f"{self.unit}#{name}"

    def links(self) -> list[list[Any]]:
        """Every link of every page; a link broken over lines is several."""
        found = []
        for index, page in enumerate(self.laid_out.pages):
            for kind, target, (x1, y1, x2, y2), _box in page.links:
                rectangle = [
                    x1 * PT,
                    (page.height - y2) * PT,
                    x2 * PT,
                    (page.height - y1) * PT,
                ]
                if kind == "internal":
                    target = f"{SECTION}{self.key(target)}"
                found.append([index, rectangle, target])
        return found

    def dests(self) -> dict[str, list[float]]:
        """Where each address and each id begins."""
        found: dict[str, list[float]] = {self.unit: [0, 0.0, self.laid_out.pages[0].height * PT]}
        for index, page in enumerate(self.laid_out.pages):
            for name, (x1, y1, _x2, _y2) in page.anchors.items():
                found.setdefault(self.key(name), [index, x1 * PT, (page.height - y1) * PT])
        return found | {key: row for key, row in self.addresses.items() if key not in found}
