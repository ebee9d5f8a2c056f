"""What is marked in an EPUB or on the web, and where its links lead, address by address."""

import posixpath
from collections.abc import Collection, Mapping, Sequence

from lxml import etree

from engross.model.address import section_of
from engross.verify.pieces import Said, Span, merged
from engross.verify.plain import TABLES, bare, sizes

ELEMENTS: Mapping[str, str] = TABLES["elements"]
QUIET = frozenset(TABLES["marks"]["quiet"])
"""Elements that say nothing of the words in them that is not compared elsewhere."""
LEADING = frozenset({"link", "call"})
CLASSES = frozenset({"small-caps", "underline"})


def marks_of(element: etree._Element) -> frozenset[Span]:
    """Everything marked in the own text of an address; a link's value is its `href`."""
    spans: list[Span] = []
    texts: list[str] = []
    _read(element, 0, spans, texts)
    places = sizes("".join(texts))  # of the whole: a sign and its accent may stand in two elements
    return merged((places[a], places[b], kind, value) for a, b, kind, value in spans)


def evident(element: etree._Element) -> bool:
    """Whether words are the evidence's, and neither furniture nor supplied."""
    made = element.get("data-furniture", element.get("data-supplied"))
    return isinstance(element.tag, str) and made is None


def _read(element: etree._Element, at: int, spans: list[Span], texts: list[str]) -> int:
    texts.append(element.text or "")
    at += len(texts[-1])
    for child in element:
        if evident(child):
            end = _read(child, at, spans, texts)
            tag = etree.QName(child).localname
            if tag not in QUIET:
                spans.append((at, end, ELEMENTS.get(tag, f"<{tag}>"), ""))
            if tag == "time":
                spans.append((at, end, "date", child.get("datetime", "")))
            if tag == "span" and (language := child.get("lang")):
                spans.append((at, end, "language", language))
            if tag == "a":
                spans.append((at, end, "link", child.get("href", "")))
            classes = CLASSES & set(child.get("class", "").split())
            spans += [(at, end, kind, "") for kind in classes]
            at = end
        elif "noteref" in child.get("class", "").split():
            spans.append((at, at, "call", child.get("href", "")))
        texts.append(child.tail or "")
        at += len(texts[-1])
    return at


def strange(said: Said, element: etree._Element, file: str, sections: Collection[str]) -> str:
    """What is marked otherwise than the evidence says, in words; "" where nothing is."""
    wanted = {
        (a, b, kind, _goal(value, sections) if kind == "link" else value)
        for a, b, kind, value in said.marks
        if kind != "link" or ":" in value or section_of(value) in sections
    }
    if etree.QName(element).localname != "aside":  # of notes the calls are not known by place
        wanted |= {(at, at, "call", _goal(note, sections)) for at, note in said.calls}
    found = {
        (a, b, kind, _leads(value, file) if kind in LEADING else value)
        for a, b, kind, value in marks_of(element)
        if kind != "call" or etree.QName(element).localname != "aside"
    }
    words = bare(said.text)
    for a, b, kind, value in sorted(wanted ^ found):
        what = f"leads to {value}" if kind in LEADING else f"is marked as {kind} {value}".rstrip()
        right = "by the evidence" if (a, b, kind, value) in wanted else "without evidence"
        return f"'{words[a:b][:40] or words[max(0, a - 20) : a]}' {what} {right}"
    return ""


def astray(
    pieces: Sequence[etree._Element],
    targets: Sequence[str],
    section: str,
    sections: Collection[str],
) -> str:
    """Which entry of a section leads elsewhere than it should; "" where none does."""
    links = [
        _leads(link.get("href", ""), section)
        for tree in pieces
        for link in tree.iter("{*}a")
        if link.get("data-furniture") is None
    ]
    for target in targets:
        goal = _goal(target, sections)
        if goal not in links:
            return target
        del links[: links.index(goal) + 1]
    return ""


def _goal(address: str, sections: Collection[str]) -> str:
    """Where an address is found: the section's file and the id in it."""
    section = section_of(address)
    if section not in sections:
        return address
    inner = address.removeprefix(section)
    return f"{section}#{inner[1:].replace('#', '-').replace('/', '-')}" if inner else section


def _leads(href: str, file: str) -> str:
    """The same of a link in a file; pieces of a section are one."""
    if ":" in href.split("#")[0]:
        return href
    path, _, goal = href.partition("#")
    section = posixpath.basename(path or file).partition(".")[0]
    return f"{section}#{goal}" if goal and goal != section else section
