"""One document: notes anchored and numbered, corrections applied, paragraphs counted."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from engross.assemble.anchored import anchored
from engross.assemble.edition import FacingRow
from engross.assemble.leaves import leaf_starts, set_breaks
from engross.assemble.weave import apply_edits, insert_point
from engross.catalog import finding
from engross.language import Words
from engross.ledger.anchor import Span
from engross.ledger.edits import Edit, Placed, place_corrections
from engross.ledger.entries import Entries
from engross.model.finding import Finding
from engross.model.text import (
    UNCOUNTED,
    Block,
    Body,
    Division,
    Figure,
    Leaf,
    Note,
    Origin,
    Point,
    Run,
    figures,
    leaves,
    map_leaves,
)
from engross.parse.book import DocumentSource, OriginalSource, ProseSource
from engross.parse.load import Parsed
from engross.parse.markdown import parse_inline, parse_markdown
from engross.schema.base import Anchor
from engross.schema.document import DocumentRecord
from engross.schema.notes import Notes, Reading

COUNTED = frozenset({"paragraph", "participants"})
"""Roles of the blocks that carry a printed paragraph number."""


@dataclass(frozen=True, slots=True)
class Woven:
    """A text with its notes set, its corrections applied and its blocks numbered."""

    address: str
    blocks: tuple[Block, ...]
    notes: tuple[Note, ...]
    """Numbered, in the order of their calls; citations not yet expanded."""
    edits: tuple[Edit, ...]
    note_edits: tuple[tuple[str, Edit], ...] = ()
    """Corrections of notes, each with the note's id."""
    readings: tuple[tuple[Reading, Span], ...] = ()
    findings: tuple[Finding, ...] = ()

    @property
    def paragraphs(self) -> dict[str, int]:
        """Printed number of each counted block, by block id."""
        return {leaf.id: leaf.number for leaf in leaves(self.blocks) if leaf.number}

    @property
    def lines(self) -> list[tuple[str, str]]:
        """The block of each line of verse, and its number in the poem."""
        return [
            (leaf.id, item.get("n"))
            for leaf in leaves(self.blocks)
            for item in leaf.content
            if isinstance(item, Point) and item.kind == "line" and item.get("n")
        ]


def weave_document(document: DocumentSource, entries: Entries, words: Words) -> Woven:
    """
    Cut each block where its notes hang, apply the ledger, and number notes and paragraphs.

    The runs of a block, joined, are the corrected block: no character is added or lost.
    """
    texts = document.texts
    placed = place_corrections(document.id, texts, entries)
    findings = list(placed.findings)
    points: list[tuple[Span, Note]] = []
    note_edits: list[tuple[str, Edit]] = []
    known: dict[str, Note] = {}
    for note in document.body.notes:
        known[note.id], more = _correct_note(document.id, note, entries)
        findings += more.findings
        note_edits += [(note.id, edit) for edit in more.edits]
    notes = document.notes
    for index, noted in enumerate(notes.value.notes):
        match _of(notes, ("notes", index), noted.id, noted.at, texts):
            case Finding() as found:
                findings.append(found)
            case Span() as span:
                text_at = notes.place("notes", index, "text")
                body = parse_markdown(noted.text, notes.path, first_line=text_at.line)
                value = Note(noted.id, noted.origin, body.blocks, resp=noted.resp)
                corrected, more = _correct_note(document.id, value, entries)
                findings += more.findings
                note_edits += [(noted.id, edit) for edit in more.edits]
                points.append((span, corrected))
    findings += _duplicates(notes)
    readings: list[tuple[Reading, Span]] = []
    for index, reading in enumerate(notes.value.readings):
        match _of(notes, ("readings", index), reading.id, reading.at, texts):
            case Finding() as found:
                findings.append(found)
            case Span() as span:
                readings.append((reading, span))
    shown = [one for one in placed.edits if one.correction.show in {"sic-corr", "note-only"}]
    points += [(edit.span, _ledger_note(edit, words)) for edit in shown if not edit.join]
    starts, more_findings = leaf_starts(document)
    findings += more_findings
    woven = set_breaks(_set_calls(document.body.blocks, points), starts)
    quoted = {note.id: span.start for span, note in points}
    findings += floating(woven, placed.edits, document.id, entries, quoted)
    blocks = apply_edits(woven, placed.edits)
    blocks, ordered = _number(blocks, known | {note.id: note for _, note in points})
    order = {block: index for index, block in enumerate(texts)}
    readings.sort(key=lambda pair: (order[pair[1].block], pair[1].start))
    return Woven(
        document.id,
        blocks,
        ordered,
        placed.edits,
        tuple(note_edits),
        tuple(readings),
        tuple(findings),
    )


def weave_prose(prose: ProseSource, entries: Entries) -> Woven:
    """Apply the ledger to an editorial section and number its footnotes; blocks are not counted."""
    address = prose.section.id
    placed = place_corrections(address, prose.texts, entries)
    findings = list(placed.findings)
    known: dict[str, Note] = {}
    note_edits: list[tuple[str, Edit]] = []
    for note in prose.body.notes:
        known[note.id], more = _correct_note(address, note, entries)
        findings += more.findings
        note_edits += [(note.id, edit) for edit in more.edits]
    findings += floating(prose.body.blocks, placed.edits, address, entries, {})
    blocks = apply_edits(prose.body.blocks, placed.edits)
    blocks, ordered = _number(blocks, known, count=False)
    return Woven(address, blocks, ordered, placed.edits, tuple(note_edits), (), tuple(findings))


def _of(
    notes: Parsed[Notes], path: tuple[str, int], name: str, at: Anchor, texts: dict[str, str]
) -> Span | Finding:
    kind = "note" if path[0] == "notes" else "reading"
    return anchored(kind, name, notes.place(*path, "at", "exact"), at, texts)


def _duplicates(notes: Parsed[Notes]) -> Iterator[Finding]:
    ids = {
        "notes": [note.id for note in notes.value.notes],
        "readings": [reading.id for reading in notes.value.readings],
    }
    for kind, names in ids.items():
        first: dict[str, int] = {}
        for index, name in enumerate(names):
            if name in first:
                line = notes.place(kind, first[name], "id").line
                message = f"the id '{name}' stands twice, first in line {line}"
                yield finding("N003", notes.place(kind, index, "id"), message)
            first.setdefault(name, index)


def _correct_note(text: str, note: Note, entries: Entries) -> tuple[Note, Placed]:
    """Notes are texts with addresses of their own: the ledger may correct them too."""
    frozen = {leaf.id: leaf.text for leaf in leaves(note.blocks)}
    placed = place_corrections(f"{text}/note/{note.id}", frozen, entries)
    if placed.edits:
        note = replace(note, blocks=apply_edits(note.blocks, placed.edits))
    return note, placed


def _set_calls(blocks: tuple[Block, ...], points: Sequence[tuple[Span, Note]]) -> tuple[Block, ...]:
    by_block: dict[str, list[tuple[int, str]]] = {}
    for span, note in points:
        by_block.setdefault(span.block, []).append((span.end, note.id))

    def change(leaf: Leaf) -> Leaf:
        content = leaf.content
        if leaf.id not in by_block:
            return leaf
        for offset, identity in sorted(by_block[leaf.id], key=lambda pair: pair[0]):
            content = insert_point(content, offset, Point("note", (("id", identity),)))
        return replace(leaf, content=content)

    return map_leaves(blocks, change)


def _ledger_note(edit: Edit, words: Words) -> Note:
    """The note that gives the reading which does not stand in the text."""
    correction = edit.correction
    if correction.show == "sic-corr":
        said = words.say("received-reads", text=edit.old)
    else:
        said = words.say("read-instead", text=correction.read)
    leaf = Leaf("p-001", "paragraph", (Run(said),))
    return Note(correction.id.lower(), "editor", (leaf,), resp=correction.resp)


def _number(
    blocks: tuple[Block, ...], notes: dict[str, Note], *, count: bool = True
) -> tuple[tuple[Block, ...], tuple[Note, ...]]:
    counted = 0
    ordered: dict[str, Note] = {}
    numbered = 0

    def number(block: Leaf) -> Leaf:
        nonlocal counted, numbered
        if count and block.role in COUNTED and block.id in outer:
            counted += 1
            block = replace(block, number=counted)
        for item in block.content:
            if isinstance(item, Point) and item.kind == "note" and item.get("id") in notes:
                note = notes[item.get("id")]
                if note.id not in ordered:
                    silent = note.kind in UNCOUNTED or (note.label and not note.label.isdigit())
                    numbered += not silent
                    ordered[note.id] = replace(
                        note, number=0 if silent else int(note.label or numbered)
                    )
        return block

    outer = set(_outer(blocks))
    return map_leaves(blocks, number), tuple(ordered.values())


def _outer(blocks: tuple[Block, ...]) -> Iterator[str]:
    """Ids of the leaves that stand in the text itself, not in a list, table or quotation."""
    for block in blocks:
        if isinstance(block, Leaf):
            yield block.id
        elif isinstance(block, Division):
            yield from _outer(block.blocks)


def floating(
    blocks: tuple[Block, ...],
    edits: Sequence[Edit],
    address: str,
    entries: Entries,
    starts: Mapping[str, int],
) -> Iterator[Finding]:
    """
    A finding for each note whose words go.

    Of a word that stands twice one may go: then the note hangs from the other.

    Args:
        blocks: with calls, before corrections.
        edits: those of the text.
        address: of the text.
        entries: of the ledger.
        starts: where the words begin that a note quotes, by its id; others hang from the last word.
    """
    gone = [edit for edit in edits if not (edit.new.strip() or edit.join) and edit.old.strip()]
    places = {entry.id: place for entry, place in entries.of(address)} if gone else {}
    for leaf in leaves(blocks) if gone else ():
        at = 0
        for item in leaf.content:
            if isinstance(item, Run):
                at += len(item.text)
                continue
            for edit in gone if item.kind == "note" else ():
                start, end = edit.span.start, edit.span.end
                name, entry = item.get("id"), edit.correction
                twice = leaf.text[:start].rstrip().endswith(edit.old.strip())
                whole = start <= starts.get(name, start) and start < at <= end and not twice
                if whole and leaf.id == edit.span.block and name != entry.id.lower():
                    message = (
                        f'{entry.id} deletes "{edit.old.strip()}", the words that the note '
                        f"'{name}' hangs from: its call would float"
                    )
                    fix = "hang the note from other words or take it out, or keep the words"
                    yield finding("L029", places[entry.id], message, fix)


def beside(original: OriginalSource, text: Body) -> tuple[FacingRow, ...]:
    """
    The rows of original and text, as corrected.

    Where a correction joined a block to the one before, the original of both stands beside it.
    """
    row_of = {name: at for at, row in enumerate(original.rows) for name in row.transcript}
    mine_of = {name: at for at, row in enumerate(original.rows) for name in row.original}
    ours = _sorted(original.body.blocks, mine_of)
    theirs = _sorted(text.blocks, row_of)
    rows: list[FacingRow] = []
    for at in range(len(original.rows)):
        left, right = tuple(ours.get(at, ())), tuple(theirs.get(at, ()))
        if right or not rows:
            rows.append(FacingRow(left, right))
        else:
            rows[-1] = replace(rows[-1], original=rows[-1].original + left)
    return tuple(rows)


def _sorted(blocks: tuple[Block, ...], row_of: dict[str, int]) -> dict[int, list[Block]]:
    """Blocks by their row; one without words stays with the block before it."""
    found: dict[int, list[Block]] = {}
    at = 0
    for block in blocks:
        first = next(leaves((block,)), None)
        at = row_of[first.id] if first else at
        found.setdefault(at, []).append(block)
    return found


def plates(record: Parsed[DocumentRecord], text: Body) -> Body | None:
    """The pictures that the text itself does not show, their captions numbered as blocks."""
    shown = {one.path for one in figures(text.blocks)}
    behind = []
    for number, plate in enumerate(record.value.plates, 1):
        at = record.place("plates", number - 1, "file")
        origin = Origin(at.path, at.line)
        caption = Leaf(f"p-{number:03}", "caption", parse_inline(plate.caption), origin=origin)
        path = f"documents/{record.value.id}/{plate.file}"
        if path in shown:
            continue
        leaf = (("leaf", plate.leaf),) if plate.leaf else ()
        behind.append(Figure(path, plate.alt, caption, attributes=leaf, origin=origin))
    return Body(tuple(behind)) if behind else None
