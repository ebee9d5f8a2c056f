"""SVG by an allow-list: a drawing, and nothing that runs, unfolds or looks elsewhere."""

import re
from collections.abc import Iterator
from contextlib import suppress
from xml.parsers import expat

from lxml import etree

from engross.read.xml import parse_xml

SPACE = "http://www.w3.org/2000/svg"
_SHAPES = {"path", "rect", "circle", "ellipse", "line", "polyline", "polygon"}
_WORDS = {"text", "tspan", "textPath", "title", "desc"}
_GROUPS = {"svg", "g", "defs", "symbol", "use", "clipPath"}
_COLOURS = {"linearGradient", "radialGradient", "stop"}
ELEMENTS = frozenset(_SHAPES | _WORDS | _GROUPS | _COLOURS)
DEEP = 50
"""Elements within elements."""
MANY = 100_000
"""Elements, each counted as often as `use` draws it."""
_OUTSIDE = re.compile(r"url\(\s*+[\"']?\s*+(?!#)|@import|expression\(|\\", re.I)
_WORDED = {"id", "class", "href", "title", "font-family", "data-name", "aria-label"}
"""Attributes whose numbers are part of a name."""
_NUMBER = r"(?:\d++(?:\.\d*+)?|\.\d++)(?:e[+-]?\d++)?"
_NUMBERS = re.compile(rf"#\w+|(\b(?:nan|inf(?:inity)?)\b|{_NUMBER})", re.I)
_BOX = re.compile(rf"(?:[\s,]*+[+-]?{_NUMBER}){{4}}\s*", re.I)
FAR = 1e9
"""Further from its origin nothing of a drawing lies, metres of a map's grid included."""
FIX = "save it as plain SVG, with text and shapes only"


class _Seen(Exception):  # noqa: N818 - a signal, not an error
    """Ends the look at the prolog."""


def declared(content: bytes) -> int:
    """The line of a document type declaration, or 0; looks no further than the root element."""
    parser = expat.ParserCreate()
    line = 0

    def doctype(*_: object) -> None:
        nonlocal line
        line = parser.CurrentLineNumber
        raise _Seen

    def start(*_: object) -> None:
        raise _Seen

    parser.StartDoctypeDeclHandler = doctype
    parser.StartElementHandler = start
    with suppress(_Seen, expat.ExpatError, LookupError, ValueError):
        parser.Parse(content, True)
    return line


def faults(path: str, content: bytes) -> Iterator[tuple[str, str, str]]:
    """Code, message and fix of everything that an SVG may not have."""
    line = declared(content)
    if line:
        says = f"'{path}' has a document type declaration in line {line}"
        yield "F023", says, "save it as plain SVG, without DOCTYPE"
        return
    try:
        root = parse_xml(content)
    except etree.XMLSyntaxError as error:
        says = (error.msg or "no XML").rsplit(", line", 1)[0]
        where = f" in line {error.lineno}" if error.lineno else ""
        yield "F021", f"'{path}' is not well-formed{where}: {says}", "save the picture again"
        return
    if getattr(root.getroottree().docinfo, "doctype", ""):
        yield "F023", f"'{path}' has a document type declaration", FIX
        return
    if root.tag != f"{{{SPACE}}}svg":
        yield "F022", f"'{path}' holds <{etree.QName(root).localname}>, not SVG", FIX
        return
    spans = root.iter("{*}text", "{*}tspan", "{*}textPath")
    said = (word for one in spans for word in (one.text, *(child.tail for child in one)))
    words = " ".join(map(str, filter(None, said))).split()
    if words:
        says = f"'{path}' draws the words “{' '.join(words)[:40]}”, which the proof of a page "
        fix = "turn words into paths (Inkscape: Path, Object to Path), or save it as PNG"
        yield "F029", f"{says}would take for the text", fix
    strange = dict.fromkeys(_strange(root))
    for line, what in strange:
        yield "F024", f"'{path}' has {what} in line {line}, which is no part of a drawing", FIX
    if not strange and (drawn := _drawn(root)) > MANY:
        times = f"{drawn:,}" if drawn < MANY * 1000 else "millions of"
        says = f"'{path}' draws {times} elements; the limit is {MANY:,}"
        yield "X013", says, "save the picture as PNG, or draw it with fewer elements"


def _strange(root: etree._Element) -> Iterator[tuple[int, str]]:
    """The line and the thing, for what is not on the list."""
    outer = [*root.itersiblings(preceding=True), *root.itersiblings()]
    for node in (*outer, *root.iter()):
        line = int(str(node.sourceline or 0))
        if isinstance(node, etree._Comment):
            continue
        if not isinstance(node.tag, str):
            yield line, "a processing instruction or an entity"
            continue
        name = etree.QName(node)
        if name.namespace != SPACE or name.localname not in ELEMENTS:
            yield line, f"<{name.localname}>"
            continue
        if sum(1 for _ in node.iterancestors()) > DEEP:
            yield line, f"<{name.localname}> more than {DEEP} elements deep"
            return
        for key, value in node.attrib.items():
            short = etree.QName(str(key)).localname
            if short.lower().startswith("on"):
                yield line, f"the attribute {short}"
            elif short == "href" and not str(value).strip().startswith("#"):
                yield line, "a reference out of the file"
            elif short == "base" or _OUTSIDE.search(str(value)):
                yield line, f"a reference out of the file (in {short})"
            elif key == short not in _WORDED and (number := _endless(str(value))):
                yield line, f"the number {number} (in {short})"
            elif short == "viewBox" and not _BOX.fullmatch(str(value)):
                yield line, "a viewBox that is not four numbers"


def _endless(value: str) -> str:
    """The first number that nothing can be drawn with, as it is written; "" for none."""
    numbers = (found[1] for found in _NUMBERS.finditer(value) if found[1])
    return next((one[:20] for one in numbers if not float(one) <= FAR), "")


def _drawn(root: etree._Element) -> int:
    """Elements that a drawing comes to once every `use` is unfolded; a circle counts as endless."""
    named = {str(node.get("id")): node for node in root.iter() if node.get("id")}
    counted: dict[int, int] = {}
    open_now: set[int] = set()
    endless = MANY * 1000

    def count(node: etree._Element) -> int:
        if id(node) in open_now:
            return endless
        if id(node) not in counted:
            open_now.add(id(node))
            total = 1 + sum(count(child) for child in node if isinstance(child.tag, str))
            if etree.QName(node).localname == "use":
                href = node.get("href") or node.get("{http://www.w3.org/1999/xlink}href") or ""
                target = named.get(str(href).strip()[1:])
                total += count(target) if target is not None else 0
            open_now.discard(id(node))
            counted[id(node)] = min(total, endless)
        return counted[id(node)]

    nodes = list(root.iter())  # held, so that no two of them can have one identity
    return count(root) if nodes else 0
