"""What Markdown may not hold: a note without its call or in a note, strange links, dead signs."""

import re
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.resources import files

from engross.catalog import finding
from engross.model.address import leads, scheme
from engross.model.finding import Finding, Place
from engross.model.text import Block, Body, Inline, Note, Point, figures, leaves
from engross.parse.inlines import note_id
from engross.parse.load import Parsed
from engross.parse.markdown import parse_markdown
from engross.schema.document import DocumentRecord
from engross.schema.notes import Notes

_DEAD = (
    (re.compile(r"</?[A-Za-z][^<>]*>|<!--"), "HTML means nothing here"),
    (
        re.compile(r"^:::+ ?[\w-]*|(?<= ):::+$"),
        "no block has that name, or it is not closed",
    ),
    (re.compile(r"`[^`]+`|```"), "code means nothing here"),
    (re.compile(r"&(?:[a-z]+\d?|#x?[\da-f]+);", re.IGNORECASE), "entities mean nothing here"),
)
_MEANT = (
    (re.compile(r"\[\^[^\]\s]+\]"), "a footnote of a document stands in notes.yaml"),
    (re.compile(r"(?<!!)\[[^\]]+\]\(\w+:[^)\s]*\)"), "a document has no links"),
    (re.compile(r"!\[[^\]]*\]\([^)\s]*\)"), "a picture stands in a paragraph of its own"),
)
"""Signs that mean something in prose, and are text in a transcript."""
_CALL = re.compile(r"(?<!\\)(?=\[\^([^\]]*)\])")
"""Where a call or a definition begins, also one within another."""


def prose_findings(body: Body, text: str, path: str, first_line: int = 1) -> Iterator[Finding]:
    """Notes without a call or within a note, calls without a note, strange links, dead signs."""
    blocks = (*body.blocks, *(block for note in body.notes for block in note.blocks))
    for leaf in leaves(blocks):
        yield from _refused(leaf.content, Place(path, leaf.origin.line))
    yield from _dead_signs(blocks, text, path, _DEAD)
    yield from _example(text, path)
    yield from inner_notes(body, path)
    defined = {note.id for note in body.notes}
    lines = text.split("\n")
    for number, line in enumerate(lines, first_line):
        for call in _CALL.finditer(line):
            label = call[1].lower()
            if note_id(label) not in defined:
                yield finding(
                    "T007",
                    Place(path, number, call.start() + 1),
                    f"footnote [^{label}] has a call or a definition, but not both",
                )


def noted_findings(notes: Parsed[Notes]) -> Iterator[Finding]:
    """The same of the texts in `notes.yaml`, which call no notes at all."""
    for index, noted in enumerate(notes.value.notes):
        line = notes.place("notes", index, "text").line
        body = parse_markdown(noted.text, notes.path, first_line=line)
        own = Note(noted.id, noted.origin, body.blocks)
        yield from prose_findings(Body((), (own, *body.notes)), noted.text, notes.path, line)


def transcript_findings(body: Body, text: str, path: str) -> Iterator[Finding]:
    """Signs of Markdown that are printed as they stand."""
    yield from _dead_signs(body.blocks, text, path, (*_DEAD, *_MEANT))
    yield from _example(text, path)


def placed_findings(body: Body, record: Parsed[DocumentRecord]) -> Iterator[Finding]:
    """Pictures in a document's text whose digest its record does not have."""
    folder = record.path.rpartition("/")[0]
    held = {f"{folder}/{plate.file}" for plate in record.value.plates}
    for one in figures(body.blocks):
        if one.path not in held:
            yield finding(
                "T020",
                Place(one.origin.path, one.origin.line),
                f"'{one.path}' stands in the text, and is no plate of document.yaml",
            )


@cache
def _examples() -> frozenset[str]:
    """What a new book says where its editors are to write."""
    forms = files("engross").joinpath("new", "forms")
    texts = (
        forms.joinpath(name).read_text("utf-8") for name in ("introduction.md", "transcript.md")
    )
    return frozenset(line for text in texts for line in text.split("\n") if len(line) > 60)


def _example(text: str, path: str) -> Iterator[Finding]:
    """Words of the form that nobody has replaced."""
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip() in _examples():
            message = f"these are the form's words: “{line[:40].rsplit(' ', 1)[0]} …”"
            fix = "write your own, or take the section out of manifest.yaml"
            yield finding("T021", Place(path, number), message, fix)
            return


def _dead_signs(
    blocks: tuple[Block, ...], text: str, path: str, signs: Iterable[tuple[re.Pattern[str], str]]
) -> Iterator[Finding]:
    """What looks like markup, and is printed as it stands; what is escaped is meant so."""

    @cache
    def unescaped(sign: str) -> bool:
        return re.search(rf"(?<!\\){re.escape(sign)}", text) is not None

    for leaf in leaves(blocks):
        for pattern, why in signs:
            found = pattern.search(leaf.text)
            if found and unescaped(found[0]):
                message = f"{found[0]} is printed as it stands: {why}"
                fix = "write it as Markdown, or leave it where the signs themselves are meant"
                yield finding("T010", Place(path, leaf.origin.line), message, fix)


def inner_notes(body: Body, path: str) -> Iterator[Finding]:
    """Calls of notes from within notes, which no page can set."""
    for note in body.notes:
        for leaf in leaves(note.blocks):
            points = (one for one in leaf.content if isinstance(one, Point))
            if called := next((one for one in points if one.kind == "note"), None):
                message = f"the note '{note.id}' calls the note '{called.get('id')}'"
                fix = "put the words of the one into the other, or call both from the text"
                yield finding("T017", Place(path, leaf.origin.line), message, fix)


def _refused(content: tuple[Inline, ...], place: Place) -> Iterator[Finding]:
    """Refuse every link that does not lead to the web, to a mailbox or within the book."""
    for item in content:
        for mark in item.marks:
            href = mark.get("href")
            if mark.kind == "link" and not leads(href):
                found = scheme(href)
                yield finding(
                    "T008", place, f"link to {f'{found}:' if found else repr(href)} is refused"
                )
