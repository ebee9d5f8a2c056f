"""What every address must say, computed anew from the evidence."""

from collections.abc import Mapping
from dataclasses import replace
from functools import partial

from engross.model.text import Block, figures, leaves, tables
from engross.parse.book import Book
from engross.release.frozen import kept
from engross.revision.entries import entries_of
from engross.revision.fields import correct_book, fields_of
from engross.schema.release import Numbering
from engross.verify.around import around
from engross.verify.citations import Citations
from engross.verify.pieces import joined
from engross.verify.said import Expected
from engross.verify.standing import standing
from engross.verify.texts import SectionText, document_text, prose_text


def expect(book: Book, titles: Mapping[str, str], frozen: Numbering | None = None) -> Expected:
    """
    Compute every text of an edition from its sources.

    Args:
        book: the evidence, parsed and proved against what was received.
        titles: of the generated sections, by address, which citations may name.
        frozen: printed numbers of the release before, which later versions keep.
    """
    entries = entries_of(book.ledger)
    fields = correct_book(book)
    book = fields.book
    result = Expected(fields=fields_of(book), faults=list(fields.findings))
    own = book.words
    texts = [document_text(document, entries, own, result.faults) for document in book.documents]
    texts += [prose_text(prose, entries, result.faults) for prose in book.prose]
    notes = frozen.by_text() if frozen else {}
    result.texts = texts
    for text in texts:
        result.numbers |= {
            f"{text.address}/note/{note}": number for note, number in text.printed().items()
        }
        if frozen:
            _keep(text, frozen, notes.get(text.address, {}), result.numbers)
    words = Citations(book, texts, result.numbers, titles)
    for text in texts:
        _say(text, words, result)
    result.strange = words.faults
    for document, text in zip(book.documents, texts, strict=False):
        around(document, own, partial(words.said, text=text, paragraph=0), result)
        _floats(document.body.blocks, document.id, result)
        tongue = document.record.value.language
        _stand(document.body.blocks, f"{document.id}#", tongue or own.language, result)
        if document.original:
            tongue = document.record.value.source_language or own.language
            _stand(document.original.body.blocks, f"{document.id}/original#", tongue, result)
    for prose in book.prose:
        _floats(prose.body.blocks, prose.section.id, result)
        _stand(prose.body.blocks, f"{prose.section.id}#", own.language, result)
    return result


def _stand(blocks: tuple[Block, ...], before: str, language: str, result: Expected) -> None:
    """Say of each block what it stands in, and its language."""
    for leaf, within, tongue in standing(blocks, language):
        if said := result.said.get(before + leaf.id):
            result.said[before + leaf.id] = replace(
                said, within=within, language=tongue, role=leaf.role
            )


def _keep(
    text: SectionText, frozen: Numbering, notes: Mapping[str, str], numbers: dict[str, int | str]
) -> None:
    """Give paragraphs and notes the numbers that a release printed."""
    for block in text.counted:
        number = frozen.paragraphs.get(f"{text.address}#{block}", "")
        if number.isdigit():
            text.counted[block] = int(number)
    names = [f"{text.address}/note/{note}" for note in text.order]
    for name, number in kept(names, notes).items():
        if name in numbers:
            numbers[name] = int(number) if number.isdigit() else number


def _say(text: SectionText, words: Citations, result: Expected) -> None:
    result.blocks[text.address] = []
    for identity, piece in text.pieces.items():
        address = f"{text.address}#{identity}"
        result.blocks[text.address].append(address)
        result.said[address] = words.said(piece, text, text.counted.get(identity, 0))
    result.notes[text.address] = []
    tabled = (note for note, blocks in text.held.items() if any(tables(blocks)))
    result.tables |= {f"{text.address}/note/{note}": () for note in tabled}
    say = words.citer.notes(text.address)
    for note in text.order:
        address = f"{text.address}/note/{note}"
        result.notes[text.address].append(address)
        result.said[address] = joined(words.said(piece, text, 0, say) for piece in text.notes[note])


def _floats(blocks: tuple[Block, ...], section: str, result: Expected) -> None:
    """
    What is not read straight down.

    The captions of figures; the leaves of tables, with the column heads above each; the cells of
    rows.
    """
    result.captions |= {f"{section}#{one.caption.id}" for one in figures(blocks) if one.caption}
    for table in tables(blocks):
        top = replace(table, rows=table.rows[: table.head_rows], caption=None)
        heads = tuple(f"{section}#{leaf.id}" for leaf in leaves((top,)))
        for leaf in leaves((table,)):
            address = f"{section}#{leaf.id}"
            result.tables[address] = () if address in heads else heads
        for row in table.rows:
            cells = [[f"{section}#{leaf.id}" for leaf in leaves(cell.blocks)] for cell in row]
            result.rows.append(tuple((cell[0], cell[-1]) for cell in cells if cell))
