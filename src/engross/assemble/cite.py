"""Citations become words: short titles, note and paragraph numbers, names."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from engross.catalog import finding
from engross.catalog.nearest import did_you_mean
from engross.language import Words
from engross.model.finding import Finding, Place
from engross.model.text import Block, Inline, Leaf, Mark, Note, Point, Run, map_leaves
from engross.parse.chicago import cited
from engross.schema.registers import SourceItem


@dataclass(frozen=True, slots=True)
class Targets:
    """Everything that `[@…]` may name, and how it is printed."""

    sources: dict[str, SourceItem]
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
    words: Words = field(default_factory=lambda: Words("en"))
    """Those of the edition's language."""

    def known(self) -> list[str]:
        """Every key, for a suggestion."""
        return [*self.sources, *self.persons, *self.documents, *self.sections, *self.notes]


def expand(
    content: Iterable[Inline], targets: Targets, seen: set[str] | None = None
) -> tuple[tuple[Inline, ...], list[str]]:
    """
    Replace each citation by its words, under a mark that leads to what it cites.

    Args:
        content: of a block.
        targets: what may be cited.
        seen: sources that the notes of the section cited before, and now these: another one is
            cited in full; without it, all are cited in their short form.

    Returns:
        The inlines, and the keys that name nothing.
    """
    result: list[Inline] = []
    unknown: list[str] = []
    for item in content:
        if isinstance(item, Point) and item.kind == "citation":
            runs = _words(item, targets, seen)
            if runs is None:
                unknown.append(item.get("key"))
                runs = (Run(item.get("key"), item.marks),)
            result.extend(runs)
        else:
            result.append(item)
    return tuple(result), unknown


def expand_blocks(
    blocks: tuple[Block, ...], targets: Targets, place: Place, seen: set[str] | None = None
) -> tuple[tuple[Block, ...], list[Finding]]:
    """Expand every leaf of a tree; unknown keys are findings at the leaf's own line."""
    findings: list[Finding] = []

    def change(leaf: Leaf) -> Leaf:
        content, unknown = expand(leaf.content, targets, seen)
        where = Place(place.path, leaf.origin.line) if leaf.origin.path else place
        findings.extend(unknown_key(key, targets, where) for key in unknown)
        return replace(leaf, content=content)

    return map_leaves(blocks, change), findings


def expand_note(
    note: Note, targets: Targets, place: Place, seen: set[str]
) -> tuple[Note, list[Finding]]:
    """Expand a note's blocks; `seen` as in `expand`, in the order of the notes of a section."""
    blocks, findings = expand_blocks(note.blocks, targets, place, seen)
    return replace(note, blocks=blocks), findings


def unknown_key(key: str, targets: Targets, place: Place) -> Finding:
    """The finding for a citation that names nothing."""
    hint = did_you_mean(key, targets.known())
    return finding(
        "R001",
        place,
        f"[@{key}] names no source, document, note, section or person{hint}",
        "add it to sources.yaml, or correct the id",
    )


def _words(point: Point, targets: Targets, seen: set[str] | None) -> tuple[Inline, ...] | None:
    key, locator = point.get("key"), point.get("locator")
    tail = f", {locator}" if locator else ""
    if key in targets.sources:
        mark = Mark("citation", (("source", key), ("locator", locator)))
        full = seen is not None and key not in seen
        if seen is not None:
            seen.add(key)
        return tuple(
            replace(item, marks=(*point.marks, mark, *item.marks))
            for item in cited(targets.sources[key], locator, targets.words, full=full)
        )
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
