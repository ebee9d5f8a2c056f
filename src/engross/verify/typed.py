"""The proof of smart punctuation: made straight again, prose is what was typed."""

from engross.ledger.anchor import straight
from engross.model.source import SourceFile
from engross.model.text import Body, leaves
from engross.parse.book import Book
from engross.parse.dialect import Dialect
from engross.parse.markdown import parse_markdown
from engross.read import decode
from engross.verify.report import Log


def prove_marks(book: Book, log: Log) -> None:
    """Compare prose and transcripts, marks aside, with what their files in the evidence have."""
    manifest = book.manifest.value
    texts: list[tuple[SourceFile, Body, Dialect]] = []
    if manifest.typography == "smart":
        texts += [(one.file, one.body, "prose") for one in book.prose]
    if manifest.apostrophes == "typographic":
        texts += [(one.transcript, one.body, "transcript") for one in book.documents]
    for file, body, dialect in texts:
        text, _ = decode(file)
        typed = file.path.endswith(".md") and parse_markdown(text or "", file.path, dialect=dialect)
        if typed and _straight(typed) != _straight(body):
            log.fault("P028", f"{file.path} is not what was typed, but for its quotation marks")


def _straight(body: Body) -> list[str]:
    blocks = (*body.blocks, *(block for note in body.notes for block in note.blocks))
    return [straight(leaf.text) for leaf in leaves(blocks)]
