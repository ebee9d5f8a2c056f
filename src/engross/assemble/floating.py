"""Notes that would hang from nothing, since the ledger deletes their words."""

from collections.abc import Iterator, Mapping, Sequence

from engross.catalog import finding
from engross.ledger.edits import Edit
from engross.ledger.entries import Entries
from engross.model.finding import Finding
from engross.model.text import Block, Run, leaves


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
