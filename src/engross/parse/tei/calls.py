"""
Notes that stand elsewhere than at their words are put there, before anything is read.

`note/@target` names what a note is on (TEI P5, 3.9.1); of a note that stands apart, with others in
a `noteGrp` or a division of notes, the first `ptr` or `ref` that leads to it is the call.
"""

import re
from dataclasses import dataclass, field
from itertools import chain

from lxml import etree

from engross.parse.tei.elements import DIVISIONS, LEAVES, inner_text, line_of
from engross.parse.tei.names import XML, name_of

CALL = re.compile(r"[\[(]?([*†‡§¶]+|\w{1,3})[\])]?\.?")
"""What a reference says that is nothing but the sign of a note."""

HOLDERS = frozenset(DIVISIONS) | {"quote", "cit", "item", "cell", "list", "table", "row", "figure"}
"""They hold blocks: a note on one hangs from the last of them."""

GROUPS = frozenset({"noteGrp", "list", "item", "div", "back", "body"})
"""Where notes stand that have no words beside them."""


@dataclass(slots=True)
class Moved:
    """What has gone from its place in the file."""

    signs: list[str] = field(default_factory=list)
    """The words of references that are calls: their notes print them."""
    heads: list[tuple[int, str]] = field(default_factory=list)
    """Line and words of a division that held only notes."""


def place(root: etree._Element) -> Moved:
    """Put each note behind what it is on, where the file says so; gives what went for it."""
    moved = Moved()
    holders: dict[str, etree._Element] = {}
    callers: dict[str, list[etree._Element]] = {}
    notes: list[etree._Element] = []
    for element in root.iter(etree.Element):
        name, own = name_of(element.tag), element.get(f"{XML}id")
        if own:
            holders.setdefault(own, element)
        if name == "note":
            notes.append(element)
        elif name in ("ptr", "ref") and element.get("target", "").startswith("#"):
            callers.setdefault(element.get("target", "")[1:], []).append(element)
    for note in notes:
        _place(note, holders, callers, moved)
    return moved


def _place(
    note: etree._Element,
    holders: dict[str, etree._Element],
    callers: dict[str, list[etree._Element]],
    moved: Moved,
) -> None:
    target = holders.get(note.get("target", "").partition(" ")[0].removeprefix("#"))
    called = callers.get(note.get(f"{XML}id", ""), [])
    if not _apart(note):  # among other blocks only that which says its sign is a call
        sure = called and note.get("n") and _stands(note) and _call(called[0], note)
        called = called if sure else []
    if target is None and called:
        target = called[0]
    if target is None or not _text(target) or note in (target, *target.iterancestors()):
        return
    if target in note.iterancestors() or (target.getnext() is note and not (target.tail or "")):
        return
    while name_of(target.tag) in HOLDERS and len(target) and not (target[-1].tail or "").strip():
        if not isinstance(target[-1].tag, str) or target[-1] in note.iterancestors():
            return
        target = target[-1]
    if name_of(target.tag) in DIVISIONS:
        return
    group = note.getparent()
    _out(note)
    if name_of(target.tag) in LEAVES.keys() - {"seg", "label"} | HOLDERS:
        target.append(note)
    else:
        note.tail, target.tail = target.tail, None
        target.addnext(note)
        if target in called and _call(target, note):
            moved.signs.append(inner_text(target))
            _out(target)
    _emptied(group, moved)


def _stands(note: etree._Element) -> bool:
    """Whether a note stands beside blocks, where no words call it."""
    group = note.getparent()
    if group is None or name_of(group.tag) not in GROUPS:
        return False
    return not ((group.text or "").strip() or any((child.tail or "").strip() for child in group))


def _apart(note: etree._Element) -> bool:
    """Whether a note stands among notes alone, where nothing calls it."""
    kin = note.itersiblings(etree.Element), note.itersiblings(etree.Element, preceding=True)
    return _stands(note) and all(name_of(c.tag) in ("note", "head", "pb") for c in chain(*kin))


def _call(reference: etree._Element, note: etree._Element) -> bool:
    """Whether a reference is no more than the sign of its note, which then prints it."""
    words = inner_text(reference).strip()
    sign = CALL.fullmatch(words)
    if words and (sign is None or note.get("n", sign[1]) != sign[1]):
        return False
    if sign is not None:
        note.set("n", sign[1])
    return True


def _text(element: etree._Element) -> bool:
    return any(name_of(above.tag) in ("text", "sourceDoc") for above in element.iterancestors())


def _out(element: etree._Element) -> None:
    """Take an element out; what follows it stays."""
    above, before = element.getparent(), element.getprevious()
    if above is None:
        return
    if before is not None:
        before.tail = (before.tail or "") + (element.tail or "")
    else:
        above.text = (above.text or "") + (element.tail or "")
    element.tail = None
    above.remove(element)


def _emptied(group: etree._Element | None, moved: Moved) -> None:
    """Take out what held nothing but the notes that have gone."""
    if group is None or name_of(group.tag) not in ("noteGrp", "div", "back"):
        return
    left = [name_of(child.tag) for child in group.iterchildren(etree.Element)]
    if (group.text or "").strip() or any((child.tail or "").strip() for child in group):
        return
    if all(name == "head" for name in left) and group.get(f"{XML}id") is None:
        above, words = group.getparent(), inner_text(group)
        if words.strip():
            moved.heads.append((line_of(group), " ".join(words.split())))
        _out(group)
        _emptied(above, moved)
