"""Runs, marks and points as mixed content."""

from dataclasses import dataclass, field

from lxml import etree

from engross.make.tei.elements import add, append_text, pointer, set_attributes
from engross.model.text import Attributes, Inline, Mark, Note, Point, Run
from engross.parse.tei.elements import DEFAULT_ELEMENT, RENDITIONS
from engross.parse.tei.names import XML, tag_of
from engross.schema.ledger import Correction

SHOWN = frozenset(
    ["emphasis", "strong", "small-caps", "underline", "sub", "sup", "strike", "upright", "code"]
)
"""Kinds of marks that `hi` says by a rendition that need not be the source's own."""
HI = {kind: word for word, kind in reversed(RENDITIONS.items()) if kind in SHOWN}
ELEMENTS = DEFAULT_ELEMENT | {
    "latin": "hi",
    "capitals": "hi",
    "gloss": "gloss",
    "citation": "ref",
    "break": "pb",
    "column": "cb",
    "gathering": "gb",
    "line": "lb",
    "hand-shift": "handShift",
    "image": "graphic",
}
"""The element of a mark or point that names none."""
ORIGINS = {"editor": "editorial", "source": "author"}
"""The type of a note of ours, by its origin."""
IMPLIED = frozenset({"element", "shown", "again", "key", "address", "href"})
"""Facts that the reader worked out of the attributes of the source."""
OF_POINTS = IMPLIED | {"text", "path", "alt", "label", "certainty"}
CITED = IMPLIED | {"source", "locator", "text"}
OF_BREAKS = OF_POINTS | {"unit"}
RENAMED = {"regular": "reg", "expansion": "expan"}
BESIDE = ("corr", "regular", "expansion")


def xml_id(address: str) -> str:
    """An address as an `xml:id`: `yamada-p-007`, `yamada-note-kurile`."""
    return address.replace("#", "-").replace("/", "-")


@dataclass(slots=True)
class Inlines:
    """Writes the content of leaves; holds what points and marks refer to."""

    notes: dict[str, Note] = field(default_factory=dict)
    corrections: dict[str, Correction] = field(default_factory=dict)
    document: str = ""
    """The id of a document of ours: its blocks and notes get ids that begin with it."""
    in_note: bool = False
    """Blocks of a note have no address of their own."""
    goals: frozenset[str] = frozenset()
    """Every `xml:id` that a pointer may lead to."""
    written: set[str] = field(default_factory=set)
    """Ids of the notes that stand already: a further call only points to its note."""

    def content(self, parent: etree._Element, content: tuple[Inline, ...]) -> None:
        """Append inlines; neighbours with a common head of marks share those elements."""
        open_marks: list[tuple[Mark, etree._Element]] = []
        for index, item in enumerate(content):
            said = tuple(mark for mark in item.marks if not mark.get("same"))
            marks = tuple(mark for mark in said if mark.kind != "stand-in")
            common = 0
            while common < min(len(open_marks), len(marks)):
                if open_marks[common][0] != marks[common]:
                    break
                common += 1
            del open_marks[common:]
            if len(marks) < len(said) and not (marks and marks[-1].kind == "glyph"):
                continue  # a space for an empty element, which is written for its point
            for mark in marks[common:]:
                where = open_marks[-1][1] if open_marks else parent
                open_marks.append((mark, self.mark(where, mark)))
            where = open_marks[-1][1] if open_marks else parent
            if isinstance(item, Point) and item.get("of") == "l":
                continue  # the element of the line says it
            if isinstance(item, Point):
                self.point(where, item, content[:index])
            elif len(marks) == len(said):
                append_text(where, item.text)

    def mark(self, parent: etree._Element, mark: Mark) -> etree._Element:
        """Open the element of a mark; gives where its content goes."""
        name = mark.get("element")
        if name == "choice":
            return self._choice(parent, mark.attributes)
        if mark.kind == "correction":
            return self._correction(parent, mark)
        if not name:
            name = "hi" if mark.kind in HI else ELEMENTS.get(mark.kind, "seg")
        element = etree.SubElement(parent, tag_of(name))
        without = CITED if mark.kind == "citation" else IMPLIED
        set_attributes(element, mark.attributes, *without)
        if name == "hi" and mark.kind in HI and not element.get("rend"):
            element.set("rend", HI[mark.kind])
        if name == "seg" and mark.kind not in ELEMENTS and not element.get("type"):
            element.set("type", mark.kind)
        self._goal(element, mark)
        return element

    def _goal(self, element: etree._Element, mark: Mark | Point) -> None:
        """Point where the mark leads, if the source has not said so itself."""
        pointers = ("target", "corresp", "ref", "key")
        if any(element.get(pointer) for pointer in pointers):
            return
        if mark.kind == "citation":
            element.set("type", "citation")
        if mark.kind in ("reference", "link", "citation"):
            goal = mark.get("address") or mark.get("source")
            here = xml_id(goal)
            if mark.get("href"):
                element.set("target", mark.get("href"))
            elif here in self.goals:
                element.set("target", f"#{here}")
            elif goal:
                element.set("n", goal)  # another file of the edition has it
        elif mark.get("key"):
            element.set("key", mark.get("key"))

    def _choice(self, parent: etree._Element, facts: Attributes) -> etree._Element:
        """A `choice`: the reading that stands, then those beside it."""
        known = dict(facts)
        choice = add(parent, "choice")
        shown = etree.SubElement(choice, tag_of(known.get("shown", "sic")))
        beside = [key for key in known if key in BESIDE or key.startswith("or-")]
        stated = [(key, known[key]) for key in ("resp", "cert", "source", "type") if key in known]
        for key in beside:
            name = RENAMED.get(key, key.removeprefix("or-").removesuffix("-again"))
            add(choice, name, known[key], stated if key in BESIDE else ())
        without = (*IMPLIED, *beside, *(key for key, _ in stated))
        set_attributes(shown, facts, *without)
        return shown

    def _correction(self, parent: etree._Element, mark: Mark) -> etree._Element:
        """A correction of the ledger: what was received, and what stands."""
        entry = self.corrections.get(mark.get("id"))
        old = mark.get("old") or (entry.at.exact if entry else "")
        new = mark.get("new") or (entry.read or "" if entry else "")
        choice = add(parent, "choice", "", [("corresp", f"#{mark.get('id')}")])
        sic = add(choice, "sic")
        corr = add(choice, "corr", "", self._stated(mark.get("id")))
        if mark.get("show") in ("sic", "note-only"):
            corr.text = new
            return sic
        sic.text = old
        return corr

    def _stated(self, identifier: str) -> list[tuple[str, str]]:
        """Who answers for a correction, and how sure it is."""
        entry = self.corrections.get(identifier)
        if entry is None:
            return []
        resp = entry.resp or (entry.decided.by if entry.decided else "")
        return [("resp", pointer(resp)), ("cert", entry.cert)]

    def point(self, parent: etree._Element, point: Point, before: tuple[Inline, ...]) -> None:
        """Write what stands between two characters."""
        match point.kind:
            case "note":
                self._note(parent, point)
            case "correction-end":
                self._end(parent, point, before)
            case "page-number":
                pass
            case _ if point.get("element") == "choice":
                self._choice(parent, point.attributes)
            case _:
                self._empty(parent, point)

    def _empty(self, parent: etree._Element, point: Point) -> None:
        name = point.get("element") or ELEMENTS.get(point.kind)
        if name is None:
            name = "hi" if point.kind in HI else point.kind
        element = etree.SubElement(parent, tag_of(name))
        without = {"break": OF_BREAKS, "citation": CITED | OF_POINTS}.get(point.kind, OF_POINTS)
        set_attributes(element, point.attributes, *without)
        if point.kind == "break":
            if point.get("label"):
                element.set("n", point.get("label"))
            if point.get("unit", "page") != "page" and not element.get("type"):
                element.set("type", point.get("unit"))
            if point.get("certainty", "high") != "high":
                element.set("cert", point.get("certainty"))
        elif point.kind == "image" and not element.get("url"):
            element.set("url", point.get("path"))
        self._goal(element, point)
        text = point.get("text") or (point.get("locator") if point.kind == "citation" else "")
        if text:
            inner = add(element, "desc") if name in ("gap", "space") else element
            inner.text = text

    def body(self, parent: etree._Element, note: Note) -> None:
        """Append the blocks of a note; who writes blocks says how."""
        raise NotImplementedError

    def _note(self, parent: etree._Element, point: Point) -> None:
        identifier = point.get("id")
        address = f"{self.document}/note/{identifier}" if self.document else identifier
        target = xml_id(address)
        if target in self.written:
            add(parent, "ptr", "", [("type", "note"), ("target", f"#{target}")])
            return
        self.written.add(target)
        element = add(parent, "note")
        element.set(f"{XML}id", target)
        note = self.notes.get(identifier)
        if note is None:
            return
        set_attributes(element, note.attributes, "id", "resp")
        if note.resp:
            given = note.attributes and "#" in note.resp  # several pointers, as the source has them
            element.set("resp", note.resp if given else pointer(note.resp))
        if not note.attributes:
            element.set("type", note.kind or ORIGINS.get(note.origin, note.origin))
            if note.number:
                element.set("n", str(note.number))
        outer, self.in_note = self.in_note, True
        self.body(element, note)
        self.in_note = outer

    def _end(self, parent: etree._Element, point: Point, before: tuple[Inline, ...]) -> None:
        """Where a correction ends: a deletion or a join stands for itself here."""
        identifier = point.get("id")
        marked = any(
            mark.kind == "correction" and mark.get("id") == identifier
            for item in before
            if isinstance(item, Run)
            for mark in item.marks
        )
        if marked:
            return
        entry = self.corrections.get(identifier)
        if entry is not None and entry.join is None and entry.at.exact:
            choice = add(parent, "choice", "", [("corresp", f"#{identifier}")])
            add(choice, "sic", entry.at.exact)
            add(choice, "corr", entry.read or "", self._stated(identifier))
        else:
            add(parent, "anchor", "", [("type", "correction"), ("corresp", f"#{identifier}")])
