"""Citations become words: short titles, note and paragraph numbers, names."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from engross.catalog import finding
from engross.catalog.nearest import did_you_mean
from engross.model.finding import Finding, Place
from engross.model.forms import Cite, Form
from engross.model.text import Block, Inline, Leaf, Mark, Note, Point, Run, leaves, map_leaves
from engross.parse.citer import Citer, Say


@dataclass(frozen=True, slots=True)
class Targets:
    """Everything that `[@…]` may name, and how it is printed."""

    citer: Citer
    persons: dict[str, str]
    """By id and by `persons/id`, which also reaches one whose id is a document's too."""
    documents: dict[str, str]
    """Short title of each document."""
    sections: dict[str, str]
    paragraphs: dict[str, int] = field(default_factory=dict)
    """Printed number of each numbered block, by address `yamada#p-007`."""
    notes: dict[str, str] = field(default_factory=dict)
    """Printed number of each note, by address `yamada/note/kurile`."""
    lines: dict[str, str] = field(default_factory=dict)
    """Number of each line of verse, by address `poem#p-003/l-12`."""
    leads: Callable[[str], str] = str
    """Where an address leads whose document was withdrawn; any other is its own."""

    def known(self) -> list[str]:
        """Every key, for a suggestion."""
        return [*self.citer.items, *self.persons, *self.documents, *self.sections, *self.notes]


def expand(
    content: tuple[Inline, ...], targets: Targets, say: Say | None = None, *, first: bool = False
) -> tuple[tuple[Inline, ...], list[str]]:
    """
    Replace each citation by its words, under a mark that leads to what it cites.

    Args:
        content: of a block.
        targets: what may be cited.
        say: says the sources that the notes of a section cite; without it, those of a text.
        first: whether the block begins a note.

    Returns:
        The inlines, and the keys that name nothing.
    """
    result: list[Inline] = []
    unknown: list[str] = []
    for index, item in enumerate(content):
        if isinstance(item, Point) and item.kind == "citation":
            after = content[index + 1] if index + 1 < len(content) else None
            ended = isinstance(after, Run) and after.text.startswith(".")
            cite = Cite(item.get("key"), item.get("locator"), first and not index, ended)
            runs = _words(item, cite, targets, say or targets.citer.text)
            if runs is None:
                unknown.append(item.get("typed") or cite.key)
                runs = (Run(cite.key, item.marks),)
            result.extend(runs)
        else:
            result.append(item)
    return tuple(result), unknown


def expand_blocks(
    blocks: tuple[Block, ...], targets: Targets, place: Place, say: Say | None = None
) -> tuple[tuple[Block, ...], list[Finding]]:
    """Expand every leaf of a tree; unknown keys are findings at the leaf's own line."""
    findings: list[Finding] = []
    start = next(leaves(blocks), None) if say else None

    def change(leaf: Leaf) -> Leaf:
        if not any(item.kind == "citation" for item in leaf.content if isinstance(item, Point)):
            return leaf
        content, unknown = expand(leaf.content, targets, say, first=leaf is start)
        where = Place(place.path, leaf.origin.line) if leaf.origin.path else place
        findings.extend(unknown_key(key, targets, where) for key in unknown)
        return replace(leaf, content=content)

    return map_leaves(blocks, change), findings


def expand_note(note: Note, targets: Targets, place: Place, say: Say) -> tuple[Note, list[Finding]]:
    """Expand a note's blocks; `say` goes on from the notes of the section before it."""

    def here(cite: Cite) -> Form:
        return say(replace(cite, note=note.id, number=note.number))

    blocks, findings = expand_blocks(note.blocks, targets, place, here)
    return note if blocks == note.blocks else replace(note, blocks=blocks), findings


def unknown_key(key: str, targets: Targets, place: Place) -> Finding:
    """The finding for a citation that names nothing."""
    hint = did_you_mean(key, targets.known())
    message = f"[@{key}] names no source, document, note, section or person{hint}"
    fix = "add it to sources.yaml, or correct the id"
    return finding("R001", place, message, fix)


def _words(point: Point, cite: Cite, targets: Targets, say: Say) -> tuple[Inline, ...] | None:
    key, locator = targets.leads(cite.key), cite.locator
    tail = f", {locator}" if locator else ""
    if key in targets.citer.items:
        mark = Mark("citation", (("source", key), ("locator", locator)))
        marks = (*point.marks, mark) if targets.citer.leads(key) else point.marks
        return tuple(replace(item, marks=(*marks, *item.marks)) for item in say(cite))
    # A number counted through several documents' own says little; titles never say where.
    alone = len(targets.documents) == 1 and key not in targets.documents | targets.sections
    where = () if alone else (("page", "elsewhere"),)
    reference = Mark("reference", (("address", key), *where))
    if key in targets.notes:
        return (Run(f"note {targets.notes[key]}{tail}", (*point.marks, reference)),)
    if key in targets.lines:
        return (Run(f"l. {targets.lines[key]}{tail}", (*point.marks, reference)),)
    if key in targets.paragraphs:
        return (Run(f"¶ {targets.paragraphs[key]}{tail}", (*point.marks, reference)),)
    for titles in (targets.documents, targets.sections):
        if key in titles:
            return (Run(titles[key] + tail, (*point.marks, reference)),)
    if key in targets.persons:
        person = Mark("person", (("key", key.removeprefix("persons/")),))
        return (Run(targets.persons[key] + tail, (*point.marks, person)),)
    return None
