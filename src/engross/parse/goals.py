"""
Where the marks of a TEI volume's texts lead: to an address of the edition, or nowhere.

A reference leads to a text, a note or a page; the first mention of a person or term in a text to
its entry. What is said within a choice or within a note is said in one line of text.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from engross.model.address import outward
from engross.model.text import (
    UNCOUNTED,
    Block,
    Body,
    Inline,
    Leaf,
    ListBlock,
    Mark,
    Note,
    Point,
    Run,
    Table,
    held,
    leaves,
    map_leaves,
    plain,
)

LOCATORS = re.compile(r"(?:[,;\s–-]++\d++n{0,2})++[.;]?\s*+$")
"""The pages behind a heading of an index."""


def find_goals(body: Body, address: str, goals: dict[str, str]) -> None:
    """Where each id of a text leads."""
    texts = [(body.blocks, "", "")]
    texts += [(note.blocks, note.id, f"{address}/note/{note.id}") for note in body.notes]
    for blocks, note_id, note in texts:
        for name in filter(None, (note_id, note)):
            goals.setdefault(name, note)
        for names, leaf in _named(blocks, ()):
            _breaks(leaf, address, goals)
            for name in filter(None, (*names, leaf.get("id"), *_inner(leaf))):
                goals.setdefault(name, note or f"{address}#{leaf.id}")


def _breaks(leaf: Leaf, address: str, goals: dict[str, str]) -> None:
    """A page that has a number is a goal by itself, within its paragraph."""
    for item in leaf.content:
        if isinstance(item, Point) and item.kind == "break" and item.get("label"):
            name = item.get("id")
            goals.setdefault(f"page {item.get('label')}", f"{address}#{name}")
            goals.setdefault(name, f"{address}#{name}")


def _inner(leaf: Leaf) -> Iterator[str]:
    for item in leaf.content:
        if isinstance(item, Point) and item.kind != "note":
            yield item.get("id")
        for mark in item.marks:
            yield mark.get("id")


def _named(
    blocks: Sequence[Block], above: tuple[str, ...]
) -> Iterator[tuple[tuple[str, ...], Leaf]]:
    """Each leaf, with the ids of what begins with it."""
    waiting = above
    for block in blocks:
        if isinstance(block, Leaf):
            yield waiting, block
            waiting = ()
            continue
        inner: list[tuple[str, tuple[Block | None, ...]]] = [("", tuple(held(block)))]
        if isinstance(block, ListBlock):
            inner = [(_id(one.attributes), (one.label, *one.blocks)) for one in block.items]
            inner.insert(0, ("", (block.head,)))
        elif isinstance(block, Table):
            inner = [(_id(cell.attributes), cell.blocks) for row in block.rows for cell in row]
            inner.insert(0, ("", (block.caption,)))
        own = getattr(block, "id", ""), _id(getattr(block, "attributes", ()))
        waiting = (*waiting, *own)
        for name, parts in inner:
            waiting = (*waiting, name)
            for more, leaf in _named([one for one in parts if one], waiting):
                yield more, leaf
                waiting = ()


def _id(attributes: tuple[tuple[str, str], ...]) -> str:
    return dict(attributes).get("id", "")


def indexed(blocks: tuple[Block, ...], goals: Mapping[str, str]) -> tuple[tuple[Block, ...], bool]:
    """An index whose pages lead to their marks in the text, and whether any does."""
    met = False
    pages = {goal for name, goal in goals.items() if name.startswith("page ")}

    def linked(content: Sequence[Inline]) -> Iterator[Inline]:
        nonlocal met
        tail = LOCATORS.search(plain(content))
        at, end = 0, tail.start() if tail else len(plain(content))
        for item in content:
            marked = any(mark.kind == "reference" for mark in item.marks)
            met = met or any(mark.get("address") in pages for mark in item.marks)
            if not isinstance(item, Run) or marked or at + len(item.text) <= end:
                yield item
            else:
                for piece in re.split(r"(\d+)", item.text):
                    goal = goals.get(f"page {piece}") if at >= end else None
                    met = met or goal is not None
                    mark = (Mark("reference", (("address", goal),)),) if goal else ()
                    yield from (Run(piece, (*item.marks, *mark)),) if piece else ()
                    at += len(piece)
                continue
            at += len(item.text) if isinstance(item, Run) else 0

    made = map_leaves(blocks, lambda leaf: replace(leaf, content=tuple(linked(leaf.content))))
    return made, met


def _tight(content: Sequence[Inline]) -> tuple[Inline, ...]:
    """A note's call stands at its word, before white space that the file has between them."""
    result: list[Inline] = []
    for item in content:
        last = result[-1] if result else None
        if (
            isinstance(item, Point)
            and item.kind == "note"
            and isinstance(last, Run)
            and last.text[-1:].isspace()
        ):
            words = last.text.rstrip()
            result[-1:] = [Run(words, last.marks)] if words else []
            result += [item, Run(last.text[len(words) :], last.marks)]
        else:
            result.append(item)
    return tuple(result)


EDITED = {
    "sic": ("corr", "corrected"),
    "original": ("regular", "regularised"),
    "abbreviation": ("expansion", "expansion"),
}
"""A reading of the document in a choice: the fact that holds the editors', and its kind of mark."""


def _edited(content: Sequence[Inline]) -> Iterator[Inline]:
    """The editors' reading of each choice; points within the document's own stay."""
    last: Mark | None = None
    for number, item in enumerate(content):
        here = [mark for mark in item.marks if mark.get("element") == "choice"]
        if isinstance(item, Point) and item.get("element") == "choice":
            here.append(Mark(item.kind, item.attributes))
        mark = next((one for one in here if one.get(EDITED.get(one.kind, ("",))[0])), None)
        if mark is None:
            last = None
            yield item
            continue
        outer = item.marks[: item.marks.index(mark)] if mark in item.marks else item.marks
        if mark != last:
            fact, kind = EDITED[mark.kind]
            yield Run(mark.get(fact), (*outer, Mark(kind, (("element", fact),))))
            before, behind = plain(tuple(content[:number])), plain(tuple(content[number:]))
            if mark not in item.marks and before[-1:] == " " and behind[:1].isalnum():
                yield Run(" ", outer)  # the file's words stand apart around an empty element
        if isinstance(item, Point) and mark in item.marks:
            yield replace(item, marks=outer)
        last = mark


def unnested(body: Body) -> Body:
    """A note within a note stands in brackets where its call was: a foot note has no foot."""
    notes = {note.id: note for note in body.notes}
    held = (item for note in body.notes for leaf in leaves(note.blocks) for item in leaf.content)
    if not any(isinstance(item, Point) and item.kind == "note" for item in held):
        return body
    inner: set[str] = set()

    def spread(content: Sequence[Inline]) -> Iterator[Inline]:
        for item in content:
            calls = isinstance(item, Point) and item.kind == "note"
            note = notes.get(item.get("id")) if calls and isinstance(item, Point) else None
            if note is None or note.id in inner:
                yield item
                continue
            inner.add(note.id)
            yield Run(f" [{note.label}: " if note.label else " [", item.marks)
            for number, leaf in enumerate(leaves(note.blocks)):
                yield from (Run(" "),) if number else ()
                yield from spread(leaf.content)
            yield Run("]", item.marks)

    def change(leaf: Leaf) -> Leaf:
        return replace(leaf, content=tuple(spread(leaf.content)))

    made = {note.id: replace(note, blocks=map_leaves(note.blocks, change)) for note in body.notes}
    return Body(body.blocks, tuple(note for note in made.values() if note.id not in inner))


class Settler:
    """Settles the marks of one text."""

    def __init__(self, address: str, goals: Mapping[str, str], *, clear: bool) -> None:
        self.address, self.goals, self.clear = address, goals, clear
        self.met: set[str] = set()
        """Persons and terms that the text has named already."""
        self.open: dict[Mark, Mark] = {}
        """The marks of the inline before, as settled: one may go on, behind a page break say."""

    def body(self, body: Body) -> Body:
        """The text with its notes."""
        blocks = map_leaves(body.blocks, self.leaf)
        return Body(blocks, tuple(self.note(note) for note in body.notes))

    def note(self, note: Note) -> Note:
        """A note; the source of a document and a summary of it have no number."""
        label = "" if note.kind in UNCOUNTED else note.label
        return replace(note, blocks=map_leaves(note.blocks, self.leaf), label=label)

    def leaf(self, leaf: Leaf) -> Leaf:
        """A block with its marks and points settled."""
        content = tuple(_edited(leaf.content)) if self.clear else leaf.content
        self.open = {}
        content = _tight([self.inline(item) for item in content])
        return leaf if content == leaf.content else replace(leaf, content=content)

    def inline(self, item: Inline) -> Inline:
        """A run or point."""
        if not item.marks:
            self.open = {}
            return item
        self.open = {mark: self.open.get(mark) or self.mark(mark) for mark in item.marks}
        marks = tuple([self.open[mark] for mark in item.marks])
        return Run(item.text, marks) if isinstance(item, Run) else replace(item, marks=marks)

    def mark(self, mark: Mark) -> Mark:
        """A mark that leads to where it should, or nowhere."""
        if mark.kind == "reference":
            goal = self.goals.get(mark.get("address"), "")
            rest = tuple(pair for pair in mark.attributes if pair[0] != "address")
            if not goal:
                return Mark("reference", rest)
            whole = goal != self.address and not set("#/") & set(goal)
            page = (("page", "yes"),) if whole else ()
            return Mark("reference", (("address", goal), *page, *rest))
        if mark.kind == "link" and not outward(mark.get("href")):
            return Mark("name", mark.attributes)
        if mark.kind == "supplied":  # by the file's editors, so in its text; ours is beside it
            return Mark("conjecture", mark.attributes)
        if mark.kind in {"person", "term"}:
            return self.named(mark)
        return mark

    def named(self, mark: Mark) -> Mark:
        """A person or term: its first mention in the text leads to its entry."""
        key = mark.get("key").partition(" ")[0]
        goal = self.goals.get(key, "")
        # `key` is of this edition's own registers
        rest = tuple(("who" if name == "key" else name, value) for name, value in mark.attributes)
        if not goal or key in self.met or goal.startswith(f"{self.address}#"):
            return Mark(mark.kind, rest)
        self.met.add(key)
        return Mark(mark.kind, (*rest, ("address", goal)))
