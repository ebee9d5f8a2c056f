"""What the templates of one section can see."""

import unicodedata
from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any

from engross.assemble.edition import Edition, Section
from engross.language import Words, direction
from engross.model.address import section_of
from engross.model.lists import numeral
from engross.model.text import VERSE, Cell, Leaf, Note, Point, Run, leaves
from engross.render import links
from engross.render.inlines import lines, nest, title, written

POSTURES = {
    "center": "centred", "flushleft": "flush", "left": "flush", "noindent": "flush",
    "right": "to-right", "hanging": "hanging", "sectiontitle": "side-head",
    "sectiontitleital": "side-head", "sourcearchiveheading": "centred",
    "sourceheadcenterbold": "centred", "sourceheadcenterboldbig": "centred",
    "sourceheadbold": "run-head", "boldtext": "run-head", "sourceparagraphspaceafter": "flush",
    "sourceparagraphtightspacing": "flush", "sourceparagraphfullindent": "set-in",
}  # fmt: skip
"""Values of `p/@rend`, with the class that the sheets set."""
BESIDE = 5
"""Characters of a label that has room beside its item."""


class Scene:
    """One section on its way through a template: its notes, its ids, its links."""

    def __init__(self, edition: Edition, section: Section, medium: links.Medium) -> None:
        self._edition = edition
        self._section = section
        self._medium = medium
        self._words = Words(section.language or edition.manifest.language, edition.own)
        body = section.body
        headnote = getattr(section.content, "headnote", None)
        found = (*(headnote.notes if headnote else ()), *(body.notes if body else ()))
        self._notes = {note.id: note for note in found}
        self._calls: dict[str, list[str]] = {}
        self._sections = {one.address: one for one in edition.sections}

    def context(self) -> Mapping[str, Any]:
        """The names that a template may use, and nothing else."""
        return {
            "medium": self._medium,
            "edition": self._edition,
            "manifest": self._edition.manifest,
            "section": self._section,
            "content": self._section.content,
            "body": self._section.body,
            "say": self._words.say,
            "credits": self._words.credits,
            "has_words": self._words.has,
            "day": self._words.day,
            "direction": self.direction,
            "text_language": self.text_language,
            "nodes": nest,
            "lines": lines,
            "verse": VERSE,
            "numeral": numeral,
            "bind": written,
            "display": title,
            "address": self.address,
            "anchor": links.anchor,
            "link": self.link,
            "page_number": links.page_number,
            "image": lambda path: links.image(path, self._medium),
            "call": self.call,
            "calls": lambda note: tuple(self._calls.get(note.id, ())),
            "called": self.called,
            "note_address": self.note_address,
            "kind": lambda block: type(block).__name__.lower().removesuffix("block"),
            "posture": posture,
            "missing": missing,
            "initial": initial,
            "beside": beside,
            "paragraph_address": self.paragraph_address,
            "title_of": self.title_of,
            "short_title_of": self.short_title_of,
            "number_of": self.number_of,
            "here": lambda address: section_of(address) == self._section.address,
            "bare_number": lambda address: self._sections[address].number,
            "documents": self.documents(),
        }

    def text_language(self) -> str:
        """The language of a document's own words; of another section, its own."""
        record = getattr(self._section.content, "record", None)
        return record.language if record else self._section.language

    def direction(self, code: str) -> str:
        """Which way a language runs, where that is not the way of all that stands around it."""
        way = direction(code)
        here = {direction(self._section.language), direction(self.text_language())}
        return way if way == "rtl" or "rtl" in here else ""

    def address(self, block: Leaf, part: str = "") -> str:
        """The address of a leaf block; `part` names a headnote and its like."""
        return f"{self._section.address}{'/' + part if part else ''}#{block.id}"

    def link(self, address: str) -> str:
        """Where an address leads, or nothing where the edition has no such section."""
        if section_of(address) not in self._sections:
            return ""
        return links.href(address, self._medium, self._section.address)

    def note_address(self, note: Note) -> str:
        """`yamada/note/kurile`."""
        return f"{self._section.address}/note/{note.id}"

    def call(self, point: Point) -> Mapping[str, Any]:
        """
        The note that a point calls, and the id of this call.

        The first call has the note's own id; a further one counts on, so that no id stands twice.

        Raises:
            LookupError: the section has no such note.
        """
        identity = point.get("id")
        note = self._notes.get(identity)
        if note is None:
            raise LookupError(f"the section '{self._section.address}' has no note '{identity}'")
        made = self._calls.setdefault(identity, [])
        suffix = f"-{len(made) + 1}" if made else ""
        address = f"{self._section.address}/call/{identity}{suffix}"
        made.append(address)
        return {"note": note, "address": address, "first": len(made) == 1}

    def called(self) -> tuple[Note, ...]:
        """The notes called so far, in the order of their calls."""
        return tuple(self._notes[identity] for identity in self._calls)

    @cached_property
    def _paragraphs(self) -> dict[tuple[str, int], str]:
        """The address of the block that prints a paragraph number, by document and number."""
        return {
            (section.address, leaf.number): f"{section.address}#{leaf.id}"
            for section in self._edition.sections
            if section.body
            for leaf in leaves(section.body.blocks)
            if leaf.number
        }

    def paragraph_address(self, document: str, number: int) -> str:
        """The address of the block that prints this paragraph number, else of the document."""
        return self._paragraphs.get((document, number), document)

    def title_of(self, address: str) -> str:
        """The title of the section that holds an address."""
        section = self._sections.get(section_of(address))
        return section.title if section else address

    def short_title_of(self, address: str) -> str:
        """The same as its running head has it."""
        section = self._sections.get(section_of(address))
        return (section.short_title or section.title) if section else address

    def number_of(self, address: str) -> str:
        """The document of an address by its number in the volume: `doc. 12`; of a single one ""."""
        section = self._sections.get(section_of(address))
        if section is None or not section.number:
            return ""
        return self._words.say("document-short", number=section.number)

    def documents(self) -> tuple[Section, ...]:
        """The sections that are documents."""
        return tuple(s for s in self._edition.sections if s.kind == "document")


def posture(block: Leaf) -> str:
    """
    The class of a paragraph, with a blank before it; nothing where the file says nothing.

    A paragraph whose words are all strong is a heading, whatever it says else.

    >>> posture(Leaf("p-001", "paragraph", (), (("rend", "center"),)))
    ' centred'
    """
    if block.role not in ("paragraph", "subhead"):
        return ""
    found = POSTURES.get(block.get("rend") or block.get("posture"), "")
    runs = [item for item in block.content if isinstance(item, Run) and item.text.strip()]
    if runs and all(any(mark.kind == "strong" for mark in run.marks) for run in runs):
        found = "centred" if found == "centred" else "run-head"
    return f" {found}" if found else ""


def beside(label: Leaf | None) -> bool:
    """Whether a label is so short that it stands beside its item; a name of a page is not."""
    if label is None or not all(isinstance(item, Run) for item in label.content):
        return False
    return 0 < len(label.text) <= BESIDE


def initial(heading: str) -> str:
    """The letter that a heading of the index stands under: without marks, small, "" for none."""
    letters = (one for one in unicodedata.normalize("NFKD", heading) if one.isalpha())
    return next(letters, "").lower()


def missing(rows: Sequence[Sequence[Cell]]) -> tuple[int, ...]:
    """How many cells each row lacks; one that reaches down from a row above counts in each."""
    widths = [0] * len(rows)
    for index, row in enumerate(rows):
        for cell in row:
            for below in range(index, min(index + max(cell.rows, 1), len(rows))):
                widths[below] += max(cell.columns, 1)
    longest = max(widths, default=0)
    return tuple(longest - width for width in widths)
