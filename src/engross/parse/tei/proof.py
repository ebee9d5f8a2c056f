"""
Text in = text out: the XML walked a second time, element by element, against the tree.

For each document the characters of the file are put in three streams: the text, cut wherever a
block element begins or ends; the notes, each cut in the same way; and the asides (readings that
gave way in a `choice`, descriptions of figures, text inside points). The tree is put in the same
streams. White space is folded, and left out beside brackets and closing marks; nothing else may
differ. What the coverage report names as dropped is left out of both; characters under the mark
`stand-in` are not of the file and are left out of the tree's.
"""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from lxml import etree

from engross.catalog import finding
from engross.model.finding import Finding, Place
from engross.model.parting import agreed
from engross.model.source import SourceFile
from engross.model.text import Block, Body, Figure, Inline, Leaf, Run, held
from engross.parse.tei import calls
from engross.parse.tei.apparatus import is_regular
from engross.parse.tei.elements import DATA_LISTS, inner_text, left_out, named
from engross.parse.tei.flow import is_block
from engross.parse.tei.names import name_of
from engross.parse.tei.open import blank
from engross.parse.tei.parts import is_document
from engross.parse.tei.reader import texts_of
from engross.parse.tei.source import parse
from engross.parse.tei.volume import Part, TeiVolume

JOIN = "\x1e"
"""Stands for a break within a word; no XML file can hold it either."""
CUT = "\x1f"
"""Stands for the edge of a block; no XML file can hold it."""
ASIDES = named(
    """
    figDesc fw gap space milestone pb cb gb lb anchor handShift index
    """
)
HELD = {"item": "list", "row": "table", "cell": "row"}
"""What has edges only in its place."""
FAULT = "this is a fault of the program: report it with the file"
Skip = frozenset[etree._Element]
CHOSEN = ("sic", "orig", "abbr")
SPACES = re.compile(r"[ \t\r\n]+")
LOOSE = re.compile(r" (?:(?<=[(\[{“‘„‚¿¡] )|(?=[)\]}”’,.;:!?…]))")
JOINED = re.compile(r" ?\x1e ?")


@dataclass(slots=True)
class Streams:
    """The characters of one document."""

    text: list[str] = field(default_factory=list)
    notes: list[list[str]] = field(default_factory=list)
    asides: list[str] = field(default_factory=list)
    seen: set[int] = field(default_factory=set)
    """Marks whose other readings are told: a block may have cut one in two."""


def squeezed(text: str) -> str:
    """White space folded, and none beside brackets and closing marks."""
    folded = SPACES.sub(" ", text)
    return LOOSE.sub("", JOINED.sub("", folded) if JOIN in folded else folded)


def segments(pieces: list[str]) -> list[str]:
    """The text between two edges, folded; empty ones are left out."""
    cut = (piece.strip(" ") for piece in squeezed("".join(pieces)).split(CUT))
    return [piece for piece in cut if piece]


def _sides(one: list[str], other: list[str]) -> tuple[list[str], list[str]]:
    """
    The segments of both sides; none where no more than runs of white space differ.

    Nearly all texts agree so, which bytes tell in a tenth of the time.
    """

    def plain(pieces: list[str]) -> list[bytes]:
        cut = "".join(pieces).encode().split(CUT.encode())
        return [b" ".join(words) for piece in cut if (words := piece.split())]

    return ([], []) if plain(one) == plain(other) else (segments(one), segments(other))


def _edged(element: etree._Element, name: str, parent: str) -> bool:
    """Whether the element's edges are edges of a block."""
    if name in HELD:
        within = name != "cell" or _sparse(element.getparent())
        return within and parent == HELD[name]
    return is_block(element)


def _walk(element: etree._Element, into: list[str], streams: Streams, skip: Skip) -> None:
    """Put an element's characters into its stream."""
    own, text = name_of(element.tag), element.text
    only, sparse = own in ("subst", "choice"), _sparse(element)
    if text and not (only and blank(text)):
        into.append(text)
    for child in element:
        if isinstance(child.tag, str):
            if sparse:
                into.append(CUT)
            _one(child, name_of(child.tag), own, into, streams, skip)
        tail = child.tail
        if tail and not (only and blank(tail)):
            into += [CUT, tail] if sparse else [tail]


def _one(
    child: etree._Element,
    name: str,
    parent: str,
    into: list[str],
    streams: Streams,
    skip: Skip,
) -> None:
    if child in skip:
        into.append(CUT)
    elif left_out(child):
        pass
    elif name == "note":
        place = len(streams.notes)
        streams.notes.append([])
        _walk(child, streams.notes[place], streams, skip)
    elif name in ASIDES and (name != "figDesc" or parent == "figure"):
        streams.asides.append(inner_text(child))
        if child.get("break") == "no" and name in ("lb", "pb", "cb", "gb"):
            into.append(JOIN)
    elif name == "choice":
        _choice(child, into, streams, skip)
    elif name == "app" and is_regular(child):
        _app(child, into, streams, skip)
    else:
        edge = [CUT] if _edged(child, name, parent) else []
        into += edge
        _walk(child, into, streams, skip)
        into += edge


def _sparse(element: etree._Element | None) -> bool:
    """Whether loose text in the element is no running text: in lists, tables and their rows."""
    name = "" if element is None else name_of(element.tag)
    above = None if element is None else element.getparent()
    in_table = above is not None and name_of(above.tag) == "table"
    return name in ("list", "table") or (name == "row" and in_table)


def _choice(element: etree._Element, into: list[str], streams: Streams, skip: Skip) -> None:
    children = [child for child in element if isinstance(child.tag, str)]
    shown = next((c for name in CHOSEN for c in children if name_of(c.tag) == name), None)
    for child in children:
        if child is (shown if shown is not None else children[0]):
            _walk(child, into, streams, skip)
        else:
            streams.asides.append(inner_text(child))


def _app(element: etree._Element, into: list[str], streams: Streams, skip: Skip) -> None:
    """The lemma, or the first reading, in the text; each other in the note behind it."""
    children = [c for c in element.iter(etree.Element) if _of_app(c, element)]
    readings = [c for c in children if name_of(c.tag) not in ("note", "app")]
    shown = next((c for name in ("lem", "rdg") for c in readings if name_of(c.tag) == name), None)
    if shown is not None:
        edge = [CUT] if _edged(shown, name_of(shown.tag), "app") else []
        into += edge
        _walk(shown, into, streams, skip)
        into += edge
    rest = [c for c in readings if c is not shown]
    if rest:
        place = len(streams.notes)
        streams.notes.append([])
        for one in rest:
            _walk(one, streams.notes[place], streams, skip)
            streams.notes[place].append(CUT)
    for one in children:
        if name_of(one.tag) == "note":
            _one(one, "note", "app", into, streams, skip)


def _of_app(element: etree._Element, app: etree._Element) -> bool:
    """Whether an element is a reading of this apparatus, in groups or not, or a note on it."""
    above = element.getparent()
    while above is not None and above is not app and name_of(above.tag) == "rdgGrp":
        above = above.getparent()
    return above is app and name_of(element.tag) != "rdgGrp"


def of_file(element: etree._Element) -> Streams:
    """The streams of a document in the file."""
    streams = Streams()
    _walk(element, streams.text, streams, frozenset())
    return streams


TOLD = ("corr", "regular", "expansion", "text")


def _inlines(content: tuple[Inline, ...], into: list[str], streams: Streams) -> None:
    asides, seen = streams.asides, streams.seen
    for item in content:
        for mark in item.marks:
            if mark.get("element") == "choice" and id(mark) not in seen:
                seen.add(id(mark))
                asides += [v for k, v in mark.attributes if k in TOLD or k.startswith("or-")]
        if isinstance(item, Run):
            sign = next((mark for mark in item.marks if mark.kind == "stand-in"), None)
            if sign is None:
                into.append(item.text)
            elif sign.get("for") == "reading":
                into.append(CUT)
        else:
            told = item.get("element") == "choice"
            asides += [
                v
                for k, v in item.attributes
                if k == "text" or (told and (k in TOLD or k.startswith("or-")))
            ]


def _tree(blocks: Iterable[Block], into: list[str], streams: Streams) -> None:
    """Put the tree's characters into the streams, an edge around every leaf."""
    for block in blocks:
        match block:
            case Leaf():
                into.append(CUT)
                _inlines(block.content, into, streams)
                into.append(CUT)
            case Figure():
                _tree(held(block), into, streams)
                streams.asides.append(block.description)
            case _:
                _tree(held(block), into, streams)


def of_tree(body: Body) -> Streams:
    """The streams of a document in the tree."""
    streams = Streams()
    _tree(body.blocks, streams.text, streams)
    for note in body.notes:
        streams.notes.append([])
        _tree(note.blocks, streams.notes[-1], streams)
    return streams


def compare(name: str, place: Place, file: Streams, tree: Streams) -> list[Finding]:
    """One finding for each stream that differs, with the first place where it does."""
    pairs = [("text", *_sides(file.text, tree.text))]
    if len(file.notes) != len(tree.notes):
        counts = [f"{len(file.notes)} notes"], [f"{len(tree.notes)} notes"]
        pairs.append(("count of notes", *counts))
    for number, (one, other) in enumerate(zip(file.notes, tree.notes, strict=False), 1):
        pairs.append((f"note {number}", *_sides(one, other)))
    words = [
        sorted(word for text in side.asides for word in SPACES.split(text) if word)
        for side in (file, tree)
    ]
    pairs.append(("text beside the text", words[0], words[1]))
    return [_differs(name, place, what, a, b) for what, a, b in pairs if a != b]


def _differs(name: str, place: Place, what: str, file: list[str], tree: list[str]) -> Finding:
    at = agreed(file, tree)
    one = file[at] if at < len(file) else ""
    other = tree[at] if at < len(tree) else ""
    start = max(0, agreed(one, other) - 20)
    return finding(
        "I030",
        place,
        f"{what} of {name!r} differs at block {at + 1}: the file has {one[start : start + 60]!r},"
        f" the tree {other[start : start + 60]!r}",
        FAULT,
    )


def prove(volume: TeiVolume, file: SourceFile) -> tuple[Finding, ...]:
    """
    Compare the text of every part and document with the file, character by character.

    Gives an error for each text that is not all there, or has more than the file.
    """
    root = parse(file)
    before = inner_text(root)
    moved = calls.place(root)
    gone = "".join([*moved.signs, *(text for _, text in moved.heads)])
    volumes = (one for one in root.iter(etree.Element) if name_of(one.tag) == "TEI")
    texts = [text for one in volumes for text in texts_of(one)]
    documents = [one for text in texts for one in _documents(text)]
    findings: list[Finding] = []
    after = inner_text(root) + gone
    if before != after and _letters(before) != _letters(after):
        message = "notes that were put at their calls are not all there"
        findings.append(finding("I030", Place(volume.path), message, FAULT))
    rest, tree = Streams(), Streams()
    sides: list[tuple[str, Place, Streams, Streams]] = []
    if len(documents) != len(volume.documents):
        message = f"{len(documents)} documents in the file, {len(volume.documents)} in the tree"
        findings.append(finding("I030", Place(volume.path), message, FAULT))
    for element, document in zip(documents, volume.documents, strict=False):
        place = Place(volume.path, document.line)
        sides.append((document.id, place, of_file(element), of_tree(document.body)))
    skip = frozenset(documents) | frozenset(_records(texts, documents))
    for text in texts:
        if text in skip:
            continue
        rest.text.append(CUT)
        _walk(text, rest.text, rest, skip)
    for part in volume.walk():
        if isinstance(part, Part):
            own = of_tree(part.body)
            tree.text += own.text
            tree.notes += own.notes
            tree.asides += own.asides
    sides.append(("the text outside documents", Place(volume.path), rest, tree))
    if _pooled(side[2] for side in sides) == _pooled(side[3] for side in sides):
        # a catchword may float over the edge of a document
        for _, _, one, other in sides:
            one.asides, other.asides = [], []
    for name, place, one, other in sides:
        findings += compare(name, place, one, other)
    return tuple(findings)


def _pooled(streams: Iterable[Streams]) -> list[str]:
    """The words beside the text, of all texts together."""
    return sorted(word for one in streams for word in " ".join(one.asides).split())


def _letters(text: str) -> Counter[str]:
    """How often each character stands in a text, white space aside."""
    return Counter("".join(text.split()))


def _documents(text: etree._Element) -> list[etree._Element]:
    """The documents of a text, or of the texts in it; without any, its body is one."""
    inside = [e for e in text.iter(etree.Element) if is_document(e)]
    inside = [e for e in inside if not any(is_document(a) for a in e.iterancestors())]
    found: list[etree._Element] = [text] if name_of(text.tag) == "sourceDoc" else []
    for child in text.iterchildren(etree.Element) if not found else ():
        name = name_of(child.tag)
        if name in ("text", "group"):
            found += _documents(child)
        elif name == "body" and not inside:
            found.append(child)
        elif name_of(text.tag) != "group":
            found += [one for one in inside if child in (one, *one.iterancestors())]
    return found


def _records(texts: list[etree._Element], documents: list[etree._Element]) -> list[etree._Element]:
    """Elements kept whole as data: those beside documents and sections, not those in them."""
    found = []
    for text in texts:
        for one in text.iter(etree.Element):
            above = one.getparent()
            if name_of(one.tag) not in DATA_LISTS or above is None or above in documents:
                continue
            parts = any(below in documents for below in above.iterdescendants(etree.Element))
            if name_of(above.tag) in ("front", "body", "back") or parts:
                found.append(one)
    return found
