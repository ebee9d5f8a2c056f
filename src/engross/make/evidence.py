"""
What lies in `evidence/` of a published folder: all that a proof needs.

A copy of every file of the book that the build read, so that the folder is a book itself;
`furniture.json`, the strings that the program made, in reading order between the addresses whose
text the proof computes anew; and `citations.json`, what a citation style made of the sources.
"""

import hashlib
import json
from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any, Literal
from unicodedata import normalize

from lxml import etree

from engross.assemble.edition import Edition
from engross.cache.store import Keeper
from engross.language import Words
from engross.make.markup import opened
from engross.model.check import Output
from engross.model.finding import Finding
from engross.model.lists import NUMBERINGS, numeral
from engross.read import Sources
from engross.render.sections import Rendered, code

SLOT = "https://page.invalid/#"
UNMARKED = frozenset({"ul simple", "ol contents-list", "ul sources-list", "ul index-list"})
"""Lists that the house sets without signs: element and class."""

NAVIGATION = ("title-contents", "cover", "landmarks", "leaves", "pages", "start")
"""Words of the navigation document."""

Item = dict[str, Any]
Medium = Literal["page", "epub"]
SAY = partial(json.dumps, ensure_ascii=False, sort_keys=True)


def evidence(
    sources: Sources,
    pages: Sequence[Rendered],
    epub: Sequence[Rendered],
    verso: str,
    edition: Edition | None = None,
    *,
    withheld: frozenset[str] = frozenset(),
    store: Keeper | None = None,
) -> tuple[Output, ...]:
    """
    The outputs below `evidence/`: every file that was read, and what generated words say.

    `pages` and `epub` are the sections as each has them, empty where it is not made; `verso` is
    what running heads of left pages say. Font files that are `withheld`, by path, may not be handed
    on whole. `store` keeps what each section says.
    """
    words = edition.words if edition else Words("en")
    outputs = []
    for path in sources.digests():
        file = sources.file(path)
        if not isinstance(file, Finding) and path not in withheld:
            outputs.append(Output("evidence", f"evidence/{path}", file.content))
    strings = {
        "epub": _rows(epub, "epub", store),
        "furniture": "1",
        "page": _rows(pages, "page", store),
        "verso": SAY(verso),
        "words": SAY({key.removeprefix("title-"): words.say(key) for key in NAVIGATION}),
    }
    rows = ",\n".join(f'"{key}": {value}' for key, value in strings.items())
    outputs.append(Output("evidence", "evidence/furniture.json", f"{{\n{rows}\n}}\n".encode()))
    if edition and edition.forms:
        outputs.append(Output("evidence", "evidence/citations.json", edition.forms.json()))
    return tuple(outputs)


def _rows(sections: Sequence[Rendered], medium: Medium, store: Keeper | None) -> str:
    """Sections as JSON, a line each; kept by all that a line is made of: section and program."""
    lines = []
    for one in sections:
        key = hashlib.sha256(code() + f"evidence {medium} {one}".encode()).hexdigest()
        kept = store.get(key) if store else None
        line = SAY(section(one, medium)) if kept is None else kept.decode("utf-8", "replace")
        if store and kept is None:
            store.put(key, line.encode())
        lines.append(line)
    return "[\n" + ",\n".join(lines) + "\n]"


def section(rendered: Rendered, medium: Medium) -> Item:
    """One section: its addresses and the strings between them, in reading order."""
    reader = _Reader(rendered.address, medium)
    reader.element(opened(rendered.html))
    return {
        "address": rendered.address,
        "kind": rendered.kind,
        "title": rendered.title,
        "head": rendered.head or rendered.short_title,
        "display": rendered.display,
        **({"runs_on": True} if rendered.runs_on else {}),
        "items": reader.items,
        "notes": reader.notes,
        "labels": reader.labels,
    }


class _Reader:
    """Walks one section."""

    def __init__(self, address: str, medium: str) -> None:
        self.address = address
        self.paged = medium == "page"
        self.items: list[Item] = []
        self.notes: list[Item] = []
        self.labels: list[str] = []

    def children(self, element: etree._Element) -> None:
        self.text(element.text)
        for child in element:
            self.element(child)
            self.text(child.tail)

    def element(self, element: etree._Element) -> None:
        if not isinstance(element.tag, str):
            return
        if self.paged:
            self._label(element)
        if address := element.get("data-address"):
            self.items += self.special(element) or []
            self.own(element, address)
            return
        if identity := element.get("id"):
            self.items.append({"anchor": f"{self.address}#{identity}"})
        special = self.special(element)
        if special is None:
            self.children(element)
        else:
            self.items += special

    def text(self, text: str | None) -> None:
        if text and text.strip():
            self.items.append({"text": text.strip()})

    def own(self, element: etree._Element, address: str) -> None:
        """What stands at an address; a note of pages stands inside its call."""
        own = Own(self)
        own.children(element)
        item: Item = {"address": address, "inside": own.inside}
        if element.get("data-paragraph"):
            item["paragraph"] = element.get("data-paragraph")
        if "/note/" in address:
            item["number"] = element.get("data-number", "")
            if self.paged:
                self.notes.append(item)
                return
        self.items.append(item)

    def special(self, element: etree._Element) -> list[Item] | None:
        """An element that is not read for its own text, as items; None for any other."""
        if element.get("data-furniture") is not None:
            slots = [e for e in element.iter("a") if e.get("href", "").startswith(SLOT)]
            if slots:
                return self._with_slots(element)
        single = self._special(element)
        return None if single is None else [single]

    def _with_slots(self, element: etree._Element) -> list[Item]:
        """Furniture that holds page numbers: `, p. 12`."""
        items: list[Item] = []
        if element.text and element.text.strip():
            items.append({"furniture": " ".join(element.text.split())})
        for child in element:
            href = child.get("href", "")
            if href.startswith(SLOT):
                items.append({"slot": href.removeprefix(SLOT)})
            else:
                items += self._with_slots(child)
            if child.tail and child.tail.strip():
                items.append({"furniture": " ".join(child.tail.split())})
        return items

    def _special(self, element: etree._Element) -> Item | None:
        words = "".join(map(str, element.itertext())).strip()
        href = element.get("href", "")
        if href.startswith(SLOT):
            return {"slot": href.removeprefix(SLOT)}
        if "note" in element.get("class", "").split() and self.paged:
            return {"call": element.get("data-address"), "text": element.get("data-number")}
        if "noteref" in element.get("class", "").split():
            note = element.get("href", "").rpartition("#")[2].removeprefix("note-")
            note = note.rpartition("/note/")[2]
            return {"call": f"{self.address}/note/{note}", "text": words}
        if "leaf-break" in element.get("class", "").split() and words:
            leaf = element.get("data-leaf")  # on pages its words stand in the margin
            return {"leaf": leaf, "drawn": words} if leaf else {"leaf": words}
        if "line-number" in element.get("class", "").split():
            return {"line": words, "drawn": words}
        if element.get("data-supplied") is not None:
            return {"supplied": " ".join(words.split())}
        if element.get("data-furniture") is not None:
            return {"furniture": " ".join(words.split())}
        return None

    def _label(self, element: etree._Element) -> None:
        """The sign that a list draws beside an item."""
        around = element.getparent()
        if element.tag != "li" or around is None:
            return
        classes = set(around.get("class", "").split())
        if UNMARKED & {f"{around.tag} {one}" for one in classes}:
            return
        if around.tag == "ul":
            nested = next(around.iterancestors("ul"), None) is not None
            self.labels.append("–" if nested else "•")
            return
        number = int(around.get("start", "1")) + [*around.iterchildren("li")].index(element)
        numbering = next(iter(classes & {*NUMBERINGS.values()}), "decimal")
        self.labels.append(f"{numeral(number, numbering)}.")


class Own:
    """Reads an address: how much of its own text stands before each thing that is not its own."""

    def __init__(self, reader: _Reader) -> None:
        self.reader = reader
        self.inside: list[Item] = []
        self.text = ""

    @property
    def count(self) -> int:
        """Characters so far, white space aside; a sign and the accent on it may be two elements."""
        return len("".join(normalize("NFC", self.text).split()))

    def children(self, element: etree._Element) -> None:
        """Read all that an element holds."""
        self.text += element.text or ""
        for child in self._elements(element):
            self.element(child)
            self.text += child.tail or ""

    def element(self, child: etree._Element) -> None:
        """Read one element within the address."""
        reader = self.reader
        special = reader.special(child)
        if special is not None:
            if reader.paged and (address := child.get("data-address")):
                reader.own(child, address)
            self.inside += [{"at": self.count, **item} for item in special]
            return
        if reader.paged and child.get("data-paragraph"):  # a line of verse, numbered in the margin
            self.inside.append({"at": self.count, "line": child.get("data-paragraph")})
        label = child.get("data-label") if reader.paged else None
        if reader.paged and "item" in child.get("class", "").split():
            self.inside.append({"at": self.count, "furniture": label or "–"})
        self.children(child)

    def _elements(self, element: etree._Element) -> Iterator[etree._Element]:
        return (child for child in element if isinstance(child.tag, str))
