"""
Quotation marks of the editors' prose: typed straight, printed as the edition's language has them.

Nothing else changes, so that what is printed can be led back to what was typed: `straight` of both
is one text. Received text, of documents, is set where the manifest says so, and counted; notes of
the original stay as they are.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from engross.language import Words
from engross.model.text import leaves
from engross.parse.book import Book, DocumentSource, ProseSource
from engross.parse.glossary import linked
from engross.parse.markdown import parse_markdown
from engross.read import decode

PIECE = re.compile(
    r"(?P<kept>\\.|`[^`\n]*`|\]\([^)\n]*\)|\[[@^][^\]\n]*\]|\{[^{}\n]*\}|^ *:::.*$"
    r"|(?:https?://|www\.|mailto:|doi:)[^\s\]]+)"
    r"|(?P<gap>\n[ \t]*\n)"
    r"|(?P<mark>[\"'])",
    re.MULTILINE,
)
"""What stays as it is: escaped signs, code, links, citations, attributes, fences, addresses; the
end of a paragraph, where every quotation ends; a mark that was typed straight."""
BEFORE = frozenset("([{—–-/\"'“„‘‚«‹¿¡")
"""What a quotation may begin behind, besides a space."""
WITHIN = frozenset("([{—“„‘‚«‹¿¡…\"'")
"""What it may begin with, besides a letter or a figure."""


@dataclass(frozen=True, slots=True)
class Marks:
    """The quotation marks of a language: those of a quotation, and of one within it."""

    outer: tuple[str, str]
    inner: tuple[str, str]

    @classmethod
    def of(cls, words: Words) -> "Marks":
        """Those that an edition in this language has."""
        outer, inner = (
            (words.say(f"{name}-open"), words.say(f"{name}-close"))
            for name in ("quote", "quote-inner")
        )
        return cls(outer, inner)


def smart(text: str, marks: Marks) -> str:
    r"""
    Markdown with typographic marks for straight ones; a double one that neither opens nor closes
    stays as it is.

    >>> marks = Marks(("“", "”"), ("‘", "’"))
    >>> smart("\"It's 'so',\" he said of the '90s: 5\" and https://x.org/it's", marks)
    '“It’s ‘so’,” he said of the ’90s: 5" and https://x.org/it\'s'
    """
    sides = dict(_sides(text))

    def printed(match: re.Match[str]) -> str:
        pair = marks.outer if match[0] == '"' else marks.inner
        if (side := sides.get(match.start())) is not None:
            return pair[side]
        return "’" if match[0] == "'" and match["mark"] else match[0]

    return PIECE.sub(printed, text)


def _sides(text: str) -> Iterator[tuple[int, int]]:
    """Where a quotation begins (0) and ends (1): by what stands around it, emphasis looked past."""
    opened: list[tuple[str, int]] = []
    for piece in PIECE.finditer(text):
        if piece["gap"]:
            yield from _begun(opened)
        if not piece["mark"]:
            continue
        before = text[: piece.start()].rstrip("*_")[-1:]
        after = text[piece.end() :].lstrip("*_")[:1]
        begins = not before or before.isspace() or before in BEFORE
        if begins and (after.isalnum() or after in WITHIN) and after:
            opened.append((piece[0], piece.start()))
        elif not (before.isalnum() and after.isalnum()):
            while piece[0] in [sign for sign, _ in opened]:
                sign, start = opened.pop()
                if sign == piece[0]:
                    yield from ((start, 0), (piece.start(), 1))
                    break
    yield from _begun(opened)


def _begun(opened: list[tuple[str, int]]) -> Iterator[tuple[int, int]]:
    """Quotations that go on in the next paragraph; a single mark without end is an apostrophe."""
    yield from ((start, 0) for sign, start in opened if sign == '"')
    opened.clear()


def typeset(book: Book) -> Book:
    """The book with marks of prose, notes, headnotes and documents as asked, and linked terms."""
    manifest, words = book.manifest.value, book.words
    if manifest.typography == "smart":
        marks = Marks.of(words)
        volumes = {book.manifest.path, *(volume.file.path for volume in book.volumes)}
        book = replace(
            book,
            documents=tuple(_noted(one, marks) for one in book.documents),
            prose=tuple(
                one if one.file.path in volumes or not one.body.blocks else _written(one, marks)
                for one in book.prose
            ),
        )
    if manifest.apostrophes == "typographic":
        book = replace(book, documents=tuple(_received(one, words) for one in book.documents))
    return linked(book)


def _noted(one: DocumentSource, marks: Marks) -> DocumentSource:
    """A document whose notes and headnote are set, but for the notes of the original."""
    rows = [
        row if row.origin == "source" else row.model_copy(update={"text": smart(row.text, marks)})
        for row in one.notes.value.notes
    ]
    notes = one.notes.value.model_copy(update={"notes": tuple(rows)})
    head = smart(one.record.value.headnote, marks)
    record = one.record.value.model_copy(update={"headnote": head})
    return replace(
        one, notes=replace(one.notes, value=notes), record=replace(one.record, value=record)
    )


def _written(one: ProseSource, marks: Marks) -> ProseSource:
    text, _ = decode(one.file)
    return replace(one, body=parse_markdown(smart(text or "", marks), one.file.path))


def _received(one: DocumentSource, words: Words) -> DocumentSource:
    """A document of a folder with the marks of its own language; TEI files are set as they are."""
    if one.in_tei:
        return one
    text, _ = decode(one.transcript)
    marks = Marks.of(Words(one.record.value.language or words.language, words.own))
    typed = smart(text or "", marks)
    return replace(one, body=parse_markdown(typed, one.transcript.path, dialect="transcript"))


def marks_set(one: DocumentSource) -> int:
    """How many straight marks of a document are printed as typographic ones."""
    if one.in_tei:
        return 0
    text, _ = decode(one.transcript)
    typed = parse_markdown(text or "", one.transcript.path, dialect="transcript")
    before, after = (
        sum(sign in "\"'" for leaf in leaves(body.blocks) for sign in leaf.text)
        for body in (typed, one.body)
    )
    return before - after
