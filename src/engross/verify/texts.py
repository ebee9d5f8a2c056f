"""A section's text and notes from the evidence, with the ledger applied; citations still open."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from engross.language import Words
from engross.ledger.anchor import Span, locate
from engross.ledger.edits import Edit, place_corrections
from engross.ledger.entries import Entries
from engross.model.finding import Finding
from engross.model.text import Block, Division, Leaf, Note, leaves
from engross.parse.book import DocumentSource, ProseSource
from engross.parse.markdown import parse_markdown
from engross.verify.pieces import Piece, piece

COUNTED = frozenset({"paragraph", "participants"})


@dataclass(slots=True)
class SectionText:
    """A section's text before citations are words."""

    address: str
    pieces: dict[str, Piece]
    notes: dict[str, list[Piece]]
    counted: dict[str, int]
    order: list[str] = field(default_factory=list)
    edits: Sequence[Edit] = ()
    """The corrections in it."""
    held: Mapping[str, tuple[Block, ...]] = field(default_factory=dict)
    """What each note consists of."""
    labels: dict[str, str] = field(default_factory=dict)
    """What a TEI file prints for its notes; "" for one that is not counted among them."""

    def standing(self, block: str) -> str:
        """The block that has the words of a received block now: itself, or one that it joined."""
        while block not in self.pieces and int(block[2:]) > 1:
            block = f"p-{int(block[2:]) - 1:03d}"
        return block

    def printed(self) -> dict[str, int]:
        """The number of each note that has one: the file's, else its place in the text."""
        found: dict[str, int] = {}
        count = 0
        for note in self.order:
            if note in self.labels and not self.labels[note].isdigit():
                continue
            count += 1
            found[note] = int(self.labels.get(note) or count)
        return found


def document_text(
    document: DocumentSource, entries: Entries, words: Words, faults: list[Finding]
) -> SectionText:
    """A document with its notes, from the folder or the TEI file that holds it."""
    texts = document.texts
    # the notes of a TEI file stand in its text, those of a transcript beside it
    pieces = {leaf.id: piece(leaf.content) for leaf in leaves(document.body.blocks)}
    placed = place_corrections(document.id, texts, entries)
    faults += placed.findings
    held = {note.id: note.blocks for note in document.body.notes}
    calls: list[tuple[Span, str]] = []
    for note in document.notes.value.notes:
        match locate(note.at, texts):
            case Span() as span:
                held[note.id] = parse_markdown(note.text, document.notes.path).blocks
                calls.append((span, note.id))
            case _:
                continue  # a finding of the stage that assembles
    notes = _notes(document.id, held, entries)
    for edit in placed.edits:
        if said := _ledger_note(edit, words):
            notes[edit.correction.id.lower()] = [Piece(said)]
            calls.append((edit.span, edit.correction.id.lower()))
    marked = [(span.end, "call", name, span.block) for span, name in calls]
    marked += _leaves(document)
    for block in {row[-1] for row in marked}:
        here = [(at, kind, name) for at, kind, name, where in marked if where == block]
        here += pieces[block].points
        pieces[block].points = sorted(here, key=lambda point: point[0])
    made = _finish(document.id, document.body.blocks, pieces, notes, placed.edits, count=True)
    made.labels |= _labels(document.body.notes)
    made.held = held
    return made


def _leaves(document: DocumentSource) -> list[tuple[int, str, str, str]]:
    """Where leaves of the original begin: offset, kind, number and block of each."""
    texts = document.texts
    found: list[tuple[int, str, str, str]] = []
    for leaf in document.record.value.leaves:
        quoted = leaf.exact or leaf.prefix or leaf.suffix
        at = locate(leaf, texts) if quoted else Span(leaf.block, 0, 0)
        if isinstance(at, Span) and at.block in texts:
            found.append((at.start, "leaf", leaf.leaf, at.block))
    alone = [(at, block) for at, _, _, block in found] == [(0, next(iter(texts), ""))]
    return [] if alone else found


def prose_text(prose: ProseSource, entries: Entries, faults: list[Finding]) -> SectionText:
    """Words of the editors, with their notes."""
    address = prose.section.id
    pieces = {leaf.id: piece(leaf.content) for leaf in leaves(prose.body.blocks)}
    placed = place_corrections(address, prose.texts, entries)
    faults += placed.findings
    held = {note.id: note.blocks for note in prose.body.notes}
    notes = _notes(address, held, entries)
    made = _finish(address, prose.body.blocks, pieces, notes, placed.edits, count=False)
    made.labels |= _labels(prose.body.notes)
    made.held = held
    return made


def _labels(notes: Sequence[Note]) -> dict[str, str]:
    return {
        note.id: note.label for note in notes if note.label or note.kind in {"source", "summary"}
    }


def _notes(
    section: str, held: Mapping[str, tuple[Block, ...]], entries: Entries
) -> dict[str, list[Piece]]:
    found = {}
    for name, blocks in held.items():
        pieces = {leaf.id: piece(leaf.content) for leaf in leaves(blocks)}
        frozen = {leaf.id: leaf.text for leaf in leaves(blocks)}
        _apply(pieces, place_corrections(f"{section}/note/{name}", frozen, entries).edits)
        found[name] = list(pieces.values())
    return found


def _finish(
    address: str,
    blocks: tuple[Block, ...],
    pieces: dict[str, Piece],
    notes: dict[str, list[Piece]],
    edits: Sequence[Edit],
    *,
    count: bool,
) -> SectionText:
    _apply(pieces, edits)
    outer = set(_outer(blocks))
    roles = {leaf.id: leaf.role for leaf in leaves(blocks)}
    counted: dict[str, int] = {}
    for identity in pieces:
        if count and identity in outer and roles[identity] in COUNTED:
            counted[identity] = len(counted) + 1
    called = [name for one in pieces.values() for _, kind, name in one.points if kind == "call"]
    order = [name for name in dict.fromkeys(called) if name in notes]
    return SectionText(address, pieces, notes, counted, order, edits)


def _apply(pieces: dict[str, Piece], edits: Sequence[Edit]) -> None:
    """Change the blocks from the end of each, then join those whose division goes."""
    words = [edit for edit in edits if not edit.join]
    for edit in sorted(words, key=lambda e: (e.span.start, e.span.end), reverse=True):
        pieces[edit.span.block].replace(edit.span.start, edit.span.end, edit.new)
    order = list(pieces)
    joins = [edit.span.block for edit in edits if edit.join]
    for block in sorted(joins, key=order.index, reverse=True):
        following = order[order.index(block) + 1]
        tail = pieces.pop(following)
        order.remove(following)
        head = pieces[block]
        shift = len(head.text) + 1
        head.text += " " + tail.text
        head.points += [(at + shift, kind, name) for at, kind, name in tail.points]


def _ledger_note(edit: Edit, words: Words) -> str:
    """The reading that does not stand in the text, as its note says it."""
    if edit.join:
        return ""
    if edit.correction.show == "sic-corr":
        return words.say("received-reads", text=edit.old)
    if edit.correction.show == "note-only":
        return words.say("read-instead", text=edit.correction.read)
    return ""


def _outer(blocks: tuple[Block, ...]) -> list[str]:
    """Leaves that stand in the text itself, not in a list, table or quotation."""
    found: list[str] = []
    for block in blocks:
        if isinstance(block, Leaf):
            found.append(block.id)
        elif isinstance(block, Division):
            found += _outer(block.blocks)
    return found
