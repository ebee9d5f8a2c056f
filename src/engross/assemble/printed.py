"""What an assembled edition prints: its numbers and its texts, by address."""

from collections.abc import Sequence

from engross.assemble.edition import DocumentContent, Edition, Section
from engross.model.text import leaves
from engross.schema.release import Numbering


def numbers_of(edition: Edition) -> Numbering:
    """Every printed number of an edition, by address."""
    documents: dict[str, str] = {}
    paragraphs: dict[str, str] = {}
    notes: dict[str, str] = {}
    for section in edition.sections:
        if isinstance(section.content, DocumentContent) and section.number:
            documents[section.address] = section.number
        if section.body is None:
            continue
        for leaf in leaves(section.body.blocks):
            if leaf.number:
                paragraphs[f"{section.address}#{leaf.id}"] = str(leaf.number)
        for note in section.body.notes:
            notes[f"{section.address}/note/{note.id}"] = note.label or str(note.number)
    return Numbering(documents=documents, paragraphs=paragraphs, notes=notes)


def printed_texts(sections: Sequence[Section]) -> dict[str, dict[str, str]]:
    """The text of each section that has one, as the reader gets it, by address."""
    found: dict[str, dict[str, str]] = {}
    for section in sections:
        if section.body is None:
            continue
        name = section.address
        lines = {f"{name}#{leaf.id}": leaf.text for leaf in leaves(section.body.blocks)}
        for note in section.body.notes:
            for leaf in leaves(note.blocks):
                lines[f"{name}/note/{note.id}#{leaf.id}"] = leaf.text
        found[name] = lines
    return found
