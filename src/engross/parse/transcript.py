"""The proof that a transcript says what was received: every paragraph, and every line accounted."""

import re
from collections.abc import Iterator, Sequence, Set
from itertools import accumulate

from engross.catalog import finding
from engross.model.finding import Finding, Place
from engross.model.source import SourceFile
from engross.model.text import Block, Body, leaves
from engross.parse.agreement import Paragraph, compare, fold_at, folded, italics_of
from engross.schema.document import Lines, ReadFrom, Received
from engross.schema.notes import Note


def prove_transcript(
    body: Body,
    text: str,
    received: Received,
    path: str,
    record: Place,
    anew: Set[str] = frozenset(),
) -> list[Finding]:
    """
    Compare the transcript's leaf blocks with the received paragraphs, and account for each line.

    Args:
        body: the parsed transcript, before any correction.
        text: the received file, decoded.
        received: what `document.yaml` says about it.
        path: of the transcript, for messages.
        record: the place of `received` in `document.yaml`.
        anew: addresses of blocks that the ledger sets otherwise than they were received.
    """
    lines = text.split("\n")
    findings = [*account_lines(lines, received.lines, record)]
    if received.format == "markdown":
        from engross.parse.markdown import parse_markdown

        gone = {n for row in received.lines if row.use == "dropped" for n in row.numbers}
        kept = "\n".join("" if n in gone else line for n, line in enumerate(lines, 1))
        parsed = parse_markdown(kept, received.file, dialect="received")
        wanted = [
            Paragraph(leaf.text, leaf.origin.line, italics_of(leaf))
            for leaf in leaves(parsed.blocks)
        ]
    else:
        wanted = received_paragraphs(lines, received)
    return findings + compare(body.blocks, wanted, path, received.file, anew)


def prove_notes(
    text: str, received: Received, notes: Sequence[Note], path: str
) -> Iterator[Finding]:
    """Every footnote of a received file of Markdown is a note of the source, in its words."""
    from engross.parse.census import COMMENT
    from engross.parse.markdown import parse_markdown

    def words(blocks: tuple[Block, ...]) -> list[str]:
        return " ".join(leaf.text for leaf in leaves(blocks)).split()

    dropped = {n for row in received.lines if row.use == "dropped" for n in row.numbers}
    mine = {one.id: one.text for one in notes if one.origin == "source"}
    for note in parse_markdown(text, "", dialect="received").notes:
        line = next((leaf.origin.line for leaf in leaves(note.blocks)), 0)
        held = parse_markdown(mine.get(note.id, ""), "", dialect="received")
        said = words(note.blocks)
        if note.id.startswith(COMMENT) or line in dropped or words(held.blocks) == said:
            continue
        message = (
            f"the footnote of {received.file}:{line}, “{' '.join(said)[:60]}”, is not the note "
            f"'{note.id}' of origin source"
        )
        fix = "restore the note as it was received; a change of it is an entry of corrections.yaml"
        yield finding("T019", Place(path), message, fix)


def prove_read_from(
    file: SourceFile, text: str, named: ReadFrom, record: Place
) -> Iterator[Finding]:
    """Every word of a word processor's file is in the received text, or is said to be left."""
    from engross.parse.census import SAID, census, divided, unaccounted
    from engross.parse.markdown import parse_markdown
    from engross.read.xml import BROKEN

    texts, comments = divided(parse_markdown(text, "", dialect="received"))
    left = [one.text for one in named.left if not one.kept]
    try:
        parts = census(
            named.file, file.content, accept=named.changes != "rejected", numbers=named.numbers
        )
    except BROKEN as error:
        message = f"{named.file} cannot be read: {error or type(error).__name__}"
        yield finding("T015", record, message, "restore the file as it was received")
        return
    for part, words in unaccounted(parts, texts, comments, left):
        yield finding(
            "T016", record, f"“{words}” ({SAID[part]}) of {named.file} is not accounted for"
        )


def account_lines(
    lines: Sequence[str], entries: Sequence[Lines], record: Place
) -> Iterator[Finding]:
    """Every line with text stands in exactly one entry, and a dropped one says why."""
    used: dict[int, str] = {}
    for entry in entries:
        for number in entry.numbers:
            if number > len(lines) or number < 1:
                message = (
                    f"lines: {entry.lines} names line {number}, but the received file has "
                    f"{len(lines)} lines"
                )
                fix = "correct the range"
                yield finding("T004", record, message, fix)
                break
            if number in used:
                message = (
                    f"line {number} of the received file stands in two entries, "
                    f"{used[number]} and {entry.lines}"
                )
                fix = "let each line stand in one entry"
                yield finding("T004", record, message, fix)
                break
            used[number] = entry.lines
        if entry.use == "dropped" and not entry.reason:
            message = f"lines {entry.lines} of the received file are dropped without a reason"
            fix = "say under reason why they are not part of the document"
            yield finding("T005", record, message, fix)
    missing = [n for n, line in enumerate(lines, 1) if line.strip() and n not in used]
    if entries and missing:
        shown = ", ".join(str(number) for number in missing[:8])
        message = f"{len(missing)} line(s) of the received file are not accounted for: {shown}" + (
            " …" if len(missing) > 8 else ""
        )
        fix = "add them under received.lines as transcript, metadata or dropped"
        yield finding("T003", record, message, fix)


def received_paragraphs(lines: Sequence[str], received: Received) -> list[Paragraph]:
    """
    The paragraphs that belong to the document, as received.

    In a Wilson Center record (`wcda-text`) every line is a paragraph; elsewhere blank lines part
    them and line ends within one are spaces.
    """
    used = [entry for entry in received.lines if entry.use == "transcript"]
    kept = {number for entry in used for number in entry.numbers}
    kept = kept or set(range(1, len(lines) + 1))
    paragraphs: list[Paragraph] = []
    current: list[str] = []
    start = 0
    for number, line in enumerate([*lines, ""], 1):
        text = line.strip() if number in kept else ""
        if text and not current:
            start = number
        if text:
            current.append(text)
        if current and (not text or received.format == "wcda-text"):
            paragraphs.append(_paragraph(current, start, received.emphasis))
            current = []
    return paragraphs


def _paragraph(lines: Sequence[str], line: int, emphasis: str) -> Paragraph:
    text = " ".join(lines)
    starts = (0, *accumulate(len(folded(one)) + 1 for one in lines[:-1]))
    if emphasis != "asterisks":
        return Paragraph(text, line, (), starts)
    italics: list[tuple[int, int]] = []
    signs: list[int] = []
    out = ""
    position = 0
    for match in re.finditer(r"\*(?=\S)([^*]+?)(?<=\S)\*", text):
        out += text[position : match.start()]
        italics.append((len(out), len(out) + len(match[1])))
        signs += [fold_at(text, at) for at in (match.start(), match.end() - 1)]
        out += match[1]
        position = match.end()
    starts = tuple(start - sum(at < start for at in signs) for start in starts)
    return Paragraph(out + text[position:], line, tuple(italics), starts)
