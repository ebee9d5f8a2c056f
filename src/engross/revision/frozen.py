"""The frozen text of every address: what the ledger's quotations refer to."""

from engross.ledger.fields import BLOCK
from engross.model.text import leaves
from engross.parse.book import Book
from engross.parse.markdown import parse_markdown
from engross.revision.fields import fields_of, file_of_field, names_field


def frozen_texts(book: Book) -> dict[str, dict[str, str]]:
    """
    The text of each block by address: `yamada`, `yamada/note/kurile`, `manifest/title`.

    Documents first, then prose, each followed by its notes, then fields; before any correction.
    """
    texts: dict[str, dict[str, str]] = {}
    for document in book.documents:
        texts[document.id] = document.texts
        for own in document.body.notes:
            texts[f"{document.id}/note/{own.id}"] = {
                leaf.id: leaf.text for leaf in leaves(own.blocks)
            }
        for note in document.notes.value.notes:
            blocks = parse_markdown(note.text, document.notes.path).blocks
            texts[f"{document.id}/note/{note.id}"] = {leaf.id: leaf.text for leaf in leaves(blocks)}
    for prose in book.prose:
        texts[prose.section.id] = prose.texts
        for prose_note in prose.body.notes:
            texts[f"{prose.section.id}/note/{prose_note.id}"] = {
                leaf.id: leaf.text for leaf in leaves(prose_note.blocks)
            }
    return texts | {address: {BLOCK: text} for address, text in fields_of(book).items()}


def file_of(book: Book, address: str) -> str:
    """The file in which an address is written, relative to the book."""
    if names_field(address, book):
        return file_of_field(address)
    section, _, rest = address.partition("/")
    for document in book.documents:
        if document.id == section:
            return document.notes.path if rest else document.transcript.path
    for prose in book.prose:
        if prose.section.id == section:
            return prose.file.path
    return book.manifest.path
