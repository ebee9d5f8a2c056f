"""What is kept while one TEI file is read: findings, counts, ids, and the points that wait."""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace

from lxml import etree

from engross.catalog import finding
from engross.catalog.nearest import nearest
from engross.model.finding import Finding, Place
from engross.model.text import Attributes, Note, Point
from engross.parse.tei.elements import P5, VALUES, inner_text, left_out, line_of
from engross.parse.tei.ids import Ids, normal
from engross.parse.tei.names import XML, name_of
from engross.parse.tei.volume import Coverage, Drop, ElementCount
from engross.schema.scalars import canonical

SPACE = re.compile(r"[\t\r\n][ \t\r\n]*| [ \t\r\n]+")
"""
What XML calls white space, where it is more or other than one space, as it rarely is; a no-break
space is a character of the text.
"""


def folded(text: str) -> str:
    """White space folded, none at the ends."""
    return SPACE.sub(" ", text).strip(" ")


def words(element: etree._Element | None) -> str:
    """All text of an element in one line, without its notes."""
    if element is None:
        return ""

    def pieces(node: etree._Element) -> Iterator[str]:
        yield node.text or ""
        for child in node:
            if isinstance(child.tag, str):
                name = name_of(child.tag)
                if name == "lb":
                    yield " "
                elif name != "note":
                    yield from pieces(child)
            yield child.tail or ""

    return folded("".join(pieces(element)))


@dataclass(slots=True)
class Scope:
    """The text being read: a document, a section, or one note of them."""

    id: str
    notes: list[Note | None] = field(default_factory=list)
    """None keeps the place of a note that is being read."""
    pending: list[Point] = field(default_factory=list)
    """Points between blocks: they go to the next leaf, at the end to the last."""
    leaf: int = 0
    derived: Counter[str] = field(default_factory=Counter)
    """How many notes and divisions of each kind had no id."""
    in_note: bool = False

    def next_leaf(self) -> str:
        """The id of the leaf that comes next."""
        self.leaf += 1
        return f"p-{self.leaf:03d}"


@dataclass(slots=True)
class Reading:
    """The account of one file."""

    path: str
    ids: Ids
    stem: str
    """Names what has no id of its own."""
    findings: list[Finding] = field(default_factory=list)
    counts: Counter[tuple[str, str]] = field(default_factory=Counter)
    reasons: dict[str, str] = field(default_factory=dict)
    drops: list[Drop] = field(default_factory=list)
    remarks: list[tuple[int, str]] = field(default_factory=list)
    renditions: dict[str, str] = field(default_factory=dict)
    """The style of each rendition that the header declares, by its id in the file."""
    picture: Callable[[str], str] = lambda _: ""
    """The path in the book of a picture that the file names, or nothing."""
    pending: list[Point] = field(default_factory=list)
    """Points between documents, on their way to the next."""
    _reported: set[tuple[int, str]] = field(default_factory=set)

    def place(self, element: etree._Element) -> Place:
        """Where the element stands."""
        return Place(self.path, line_of(element))

    def report(self, code: str, element: etree._Element, message: str, fix: str) -> None:
        """Add a finding at the element's line."""
        self.findings.append(finding(code, self.place(element), message, fix))

    def account(self, element: etree._Element, how: str) -> str:
        """Count an element as mapped, text, data or dropped; gives its name."""
        name = name_of(element.tag)
        self.counts[name, how] += 1
        return name

    def account_tree(self, element: etree._Element, how: str) -> None:
        """Count an element and all below it."""
        for below in element.iter(etree.Element):
            self.account(below, how)

    def drop(self, element: etree._Element) -> bool:
        """Leave an element out if the table or its own style says so; gives whether it did."""
        name = name_of(element.tag)
        reason = left_out(element)
        if not reason:
            return False
        self.account_tree(element, "dropped")
        for below in element.iter(etree.Element):
            self.reasons.setdefault(name_of(below.tag), reason)
        text = folded(inner_text(element))
        if text:
            self.drops.append(Drop(line_of(element), name, text, reason))
        if name not in P5:
            self.report(
                "I011",
                element,
                f"<{name}> is no element of TEI; left out: {reason}",
                "take it out of the source, or leave it as it is",
            )
        if text:
            self.report(
                "I019",
                element,
                f"the text {text[:60]!r} in <{name}> is left out: {reason}",
                "if it belongs to the text, put it into an element of TEI",
            )
        return True

    def unknown(self, element: etree._Element) -> None:
        """Report an element that TEI does not have; its text stays."""
        name = name_of(element.tag)
        if name.startswith("{"):
            space = name[1:].partition("}")[0]
            message = f"elements of another name space, {space}; their text is kept"
            self.report("I011", element, message, "leave them, or use elements of TEI P5")
            return
        near = nearest(name, sorted(P5), 65)
        hint = f"did you mean <{near}>" if near else "use an element of TEI P5"
        self.report("I011", element, f"<{name}> is no element of TEI; its text is kept", hint)

    def value(self, element: etree._Element, attribute: str) -> str:
        """
        An attribute's value, or the known value nearest to it.

        An unknown one is reported where it stands; without a near one it is given as it is.
        """
        raw = element.get(attribute, "")
        name = name_of(element.tag)
        known = VALUES.get((name, attribute))
        if not raw or known is None or raw in known:
            return raw
        parts = raw.split()
        if parts and " ".join(parts) == raw and all(part in known for part in parts):
            return parts[0]
        near = nearest(raw.strip().lower(), sorted(known), 75)
        if near:
            message = f"{name}/@{attribute} is {raw!r}; read as {near!r}"
            self.report("I012", element, message, f"write {near}")
            return near
        self.report(
            "I012",
            element,
            f"{name}/@{attribute} is {raw!r}, which we do not know; its text is kept",
            f"known values: {', '.join(sorted(known))}",
        )
        return raw.strip()

    def language(self, element: etree._Element, given: str) -> str:
        """The tag for a language that the file names; what is none is reported and left out."""
        tag = canonical(given) if len(given.split("-")[0]) <= 3 else ""
        if given and not tag and (line_of(element), given) not in self._reported:
            self._reported.add((line_of(element), given))
            self.report(
                "I018",
                element,
                f"the language {given!r} is no tag of BCP 47, so that of the document is not known",
                "write the tag: de, de-AT, ru-Latn",
            )
        return tag

    def attributes(self, element: etree._Element, *without: str) -> Attributes:
        """All attributes under short names; `xml:id` becomes the id used in addresses."""
        result: list[tuple[str, str]] = []
        for key, value in element.attrib.items():
            name = str(key)
            if name == f"{XML}id":
                name, text = "id", self.ids.given(element)
            elif name == f"{XML}lang":
                text = self.language(element, str(value))
                name, text = ("lang", text) if text else ("lang-given", str(value))
            elif name.startswith(XML):
                name, text = name.removeprefix(XML), str(value)
            else:
                name, text = name.rsplit("}", 1)[-1], str(value)
            if name not in without:
                result.append((name, text))
        return tuple(result)

    def derived(self, scope: Scope, what: str) -> str:
        """An id for a note or division that has none: `d12-note-3`."""
        scope.derived[what] += 1
        return self.ids.free(normal(f"{scope.id}-{what}-{scope.derived[what]}"))

    def told(self) -> tuple[Finding, ...]:
        """All findings in order; what is said in the same words of many places is said once."""
        first: dict[tuple[str, str], Finding] = {}
        count: Counter[tuple[str, str]] = Counter()
        for found in sorted(self.findings, key=lambda found: (found.place, found.code)):
            key = found.code, found.message
            first.setdefault(key, found)
            count[key] += 1
        return tuple(
            replace(found, message=f"{found.message} ({count[key]} times)")
            if count[key] > 1
            else found
            for key, found in first.items()
        )

    def coverage(self) -> Coverage:
        """The account so far."""
        names = sorted({name for name, _ in self.counts})
        rows = tuple(
            ElementCount(
                name,
                self.counts[name, "mapped"],
                self.counts[name, "text"],
                self.counts[name, "data"],
                self.counts[name, "dropped"],
                self.reasons.get(name, "") if self.counts[name, "dropped"] else "",
            )
            for name in names
        )
        return Coverage(rows, tuple(self.drops), tuple(self.remarks))
