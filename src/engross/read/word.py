"""
Parts of a file of Word, and the numbers that Word writes before paragraphs by itself.

They are words to whoever reads the file. A list of ours numbers itself; before headings, and where
a number says more than its own (`§ 2`, `Article III`, `1.2`), they become words of the text.
"""

import posixpath
import re
import zipfile
from collections.abc import Iterator
from typing import NamedTuple

from lxml import etree

from engross.model.lists import numeral
from engross.read.xml import parse_xml

MOST = 200 << 20
"""Bytes of a member of the file, unpacked."""
FORMATS = {
    "lowerLetter": "lower-alpha",
    "upperLetter": "upper-alpha",
    "lowerRoman": "lower-roman",
    "upperRoman": "upper-roman",
}
"""How numbers are written, in Word's words and in ours; the rest is in figures."""
LISTED = re.compile(r"\(?%\d[.)]?")
"""A number that stands alone, as items of a list have it."""
SILENT = frozenset({"bullet", "none"})
HEADING = re.compile(r"(heading|title) ?\d*", re.IGNORECASE)
DEPTH = 9


class Level(NamedTuple):
    """How the paragraphs of one level of a numbering are numbered."""

    start: int
    form: str
    text: str
    """With `%1` for the number of the first level, `%2` for that of the second."""
    close: bool
    """Whether the number touches the text."""


class Numbering(NamedTuple):
    """One numbering, and where its paragraphs begin anew."""

    name: str
    """Numberings of one name count together."""
    levels: dict[int, Level]
    anew: dict[int, int]


def member(archive: zipfile.ZipFile, name: str) -> etree._Element:
    """
    A part of a zip file as XML.

    Raises:
        ValueError: it unpacks to too much.
    """
    with archive.open(name) as file:
        content = file.read(MOST + 1)
    if len(content) > MOST:
        raise ValueError(f"{name} unpacks to more than {MOST >> 20} MiB")
    return parse_xml(content, huge_tree=True)


def of(node: etree._Element | None, name: str) -> str:
    """An attribute by its local name; "" where there is none."""
    rows = node.attrib.items() if node is not None else ()
    return next((str(v) for k, v in rows if etree.QName(str(k)).localname == name), "")


def main_part(archive: zipfile.ZipFile) -> str:
    """The name of the part that holds the text."""
    rels = {of(one, "Type").rpartition("/")[2]: one for one in member(archive, "_rels/.rels")}
    return of(rels["officeDocument"], "Target").lstrip("/")


def numbered(archive: zipfile.ZipFile) -> tuple[str, etree._Element, list[str]]:
    """The main part with numbers as words of its paragraphs: its name, its tree, the numbers."""
    name = main_part(archive)
    root, there = member(archive, name), set(archive.namelist())
    beside = [posixpath.join(posixpath.dirname(name), f"{n}.xml") for n in ("numbering", "styles")]
    if not there.issuperset(beside):
        return name, root, []
    numberings = _numberings(member(archive, beside[0]))
    styles = {of(one, "styleId"): one for one in member(archive, beside[1]).iter("{*}style")}
    counts: dict[str, list[int]] = {}
    said = []
    for paragraph in root.iter("{*}p"):
        chain = list(_styles(paragraph, styles))
        key, depth = _place(paragraph, chain)
        numbering = numberings.get(key)
        if numbering is None or depth not in numbering.levels:
            continue
        level = numbering.levels[depth]
        count = _counted(counts.setdefault(numbering.name, [0] * DEPTH), numbering, depth)
        head = any(HEADING.fullmatch(of(one.find("{*}name"), "val")) for one in chain)
        if level.form in SILENT or not (head or not LISTED.fullmatch(level.text)):
            continue
        if words := _words(level.text, count, numbering):
            said.append(words)
            _write(paragraph, words + " " * (not level.close))
    return name, root, said


def _numberings(root: etree._Element) -> dict[str, Numbering]:
    """By the id that paragraphs name."""
    shapes = {of(one, "abstractNumId"): dict(_levels(one)) for one in root.iter("{*}abstractNum")}
    found = {}
    for one in root.iter("{*}num"):
        name = of(one.find("{*}abstractNumId"), "val")
        levels, anew = dict(shapes.get(name, {})), {}
        for change in one.iter("{*}lvlOverride"):
            levels |= dict(_levels(change))
            if start := of(change.find("{*}startOverride"), "val"):
                anew[int(of(change, "ilvl"))] = int(start)
        found[of(one, "numId")] = Numbering(name, levels, anew)
    return found


def _levels(node: etree._Element) -> Iterator[tuple[int, Level]]:
    for one in node.iter("{*}lvl"):
        said = {str(etree.QName(child).localname): of(child, "val") for child in one}
        text, start = said.get("lvlText", ""), int(said.get("start") or 1)
        level = Level(start, said.get("numFmt", "decimal"), text, said.get("suff") == "nothing")
        yield int(of(one, "ilvl")), level


def _styles(
    paragraph: etree._Element, styles: dict[str, etree._Element]
) -> Iterator[etree._Element]:
    """The style of a paragraph, then those that it is based on."""
    name, seen = of(paragraph.find("{*}pPr/{*}pStyle"), "val"), set[str]()
    while name in styles and name not in seen:
        seen.add(name)
        yield styles[name]
        name = of(styles[name].find("{*}basedOn"), "val")


def _place(paragraph: etree._Element, chain: list[etree._Element]) -> tuple[str, int]:
    """The numbering of a paragraph, and its level from 0: its own, else that of its style."""
    depth = ""
    for one in (paragraph, *chain):
        found = one.find("{*}pPr/{*}numPr")
        if found is None:
            continue
        depth = depth or of(found.find("{*}ilvl"), "val")
        if key := of(found.find("{*}numId"), "val"):
            return key, int(depth or 0)
    return "", 0


def _counted(counts: list[int], numbering: Numbering, depth: int) -> list[int]:
    """The numbers of all levels once a paragraph of this level is counted."""
    anew = numbering.anew.pop(depth, None)
    for at in range(depth):
        counts[at] = counts[at] or numbering.levels[at].start if at in numbering.levels else 0
    begun = counts[depth] + 1 if counts[depth] else numbering.levels[depth].start
    counts[depth] = begun if anew is None else anew
    counts[depth + 1 :] = [0] * (DEPTH - depth - 1)
    return counts


def _words(text: str, counts: list[int], numbering: Numbering) -> str:
    def number(found: re.Match[str]) -> str:
        at = int(found[1]) - 1
        form = numbering.levels[at].form if at in numbering.levels else ""
        return "" if form in SILENT else numeral(counts[at], FORMATS.get(form, "decimal"))

    return re.sub(r"%([1-9])", number, text).strip()


def _write(paragraph: etree._Element, words: str) -> None:
    """Put words before a paragraph, which has no numbering of its own any more."""
    space = etree.QName(paragraph).namespace
    made = etree.Element(f"{{{space}}}r")
    etree.SubElement(
        made, f"{{{space}}}t", {"{http://www.w3.org/XML/1998/namespace}space": "preserve"}
    )
    made[0].text = words
    first = paragraph.find("{*}pPr")
    if first is None:
        first = etree.Element(f"{{{space}}}pPr")
        paragraph.insert(0, first)
    for old in first.findall("{*}numPr"):
        first.remove(old)
    none = etree.SubElement(etree.SubElement(first, f"{{{space}}}numPr"), f"{{{space}}}numId")
    none.set(f"{{{space}}}val", "0")
    paragraph.insert(paragraph.index(first) + 1, made)
