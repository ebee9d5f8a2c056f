"""The proof of smart punctuation: made straight again, prose is what was typed."""

from engross.ledger.anchor import straight
from engross.model.text import Body, leaves
from engross.parse.book import Book
from engross.parse.markdown import parse_markdown
from engross.read import decode
from engross.verify.report import Log


def prove_marks(book: Book, log: Log) -> None:
    """Compare each file of prose, marks aside, with what the evidence has."""
    for one in book.prose if book.manifest.value.typography == "smart" else ():
        text, _ = decode(one.file)
        typed = text and one.file.path.endswith(".md") and parse_markdown(text, one.file.path)
        if typed and _straight(typed) != _straight(one.body):
            log.fault("P028", f"{one.file.path} is not what was typed, but for its quotation marks")


def _straight(body: Body) -> list[str]:
    blocks = (*body.blocks, *(block for note in body.notes for block in note.blocks))
    return [straight(leaf.text) for leaf in leaves(blocks)]
