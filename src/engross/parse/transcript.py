"""The proof that a transcript says what was received: every paragraph, and every line accounted."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from engross.catalog import finding
from engross.model.finding import Finding, Place
from engross.model.source import SourceFile
from engross.model.text import Body, Leaf, Run, leaves
from engross.schema.document import Lines, ReadFrom, Received


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A received paragraph, and the stretches of it that the archive set in italics."""

    text: str
    line: int
    """In the received file, from 1."""
    italics: tuple[tuple[int, int], ...] = ()


def prove_transcript(
    body: Body, text: str, received: Received, path: str, record: Place
) -> list[Finding]:
    """
    Compare the transcript's leaf blocks with the received paragraphs, and account for each line.

    Args:
        body: the parsed transcript, before any correction.
        text: the received file, decoded.
        received: what `document.yaml` says about it.
        path: of the transcript, for messages.
        record: the place of `received` in `document.yaml`.
    """
    lines = text.split("\n")
    findings = account_lines(lines, received.lines, record)
    if received.format == "markdown":
        from engross.parse.markdown import parse_markdown

        parsed = parse_markdown(text, received.file, dialect="received")
        wanted = [
            Paragraph(leaf.text, leaf.origin.line, _italics(leaf)) for leaf in leaves(parsed.blocks)
        ]
    else:
        wanted = received_paragraphs(lines, received)
    return findings + _compare(list(leaves(body.blocks)), wanted, path, received.file)


def prove_read_from(
    file: SourceFile, text: str, named: ReadFrom, record: Place
) -> Iterator[Finding]:
    """Every word of a word processor's file is in the received text, or is said to be left."""
    from engross.parse.census import BROKEN, SAID, census, divided, unaccounted
    from engross.parse.markdown import parse_markdown

    texts, comments = divided(parse_markdown(text, "", dialect="received"))
    left = [one.text for one in named.left if not one.kept]
    try:
        parts = census(named.file, file.content, accept=named.changes != "rejected")
    except BROKEN as error:
        message = f"{named.file} cannot be read: {error or type(error).__name__}"
        yield finding("T015", record, message, "restore the file as it was received")
        return
    for part, words in unaccounted(parts, texts, comments, left) if parts else ():
        yield finding(
            "T016",
            record,
            f"“{words}” ({SAID[part]}) of {named.file} is not accounted for",
            "say it under left, with a reason, or read the file again: engross new --from",
        )


def account_lines(lines: Sequence[str], entries: Sequence[Lines], record: Place) -> list[Finding]:
    """Every line with text stands in exactly one entry, and a dropped one says why."""
    findings: list[Finding] = []
    used: dict[int, str] = {}
    for entry in entries:
        for number in _numbers(entry):
            if number > len(lines) or number < 1:
                findings.append(
                    finding(
                        "T004",
                        record,
                        f"lines: {entry.lines} names line {number}, but the received file has "
                        f"{len(lines)} lines",
                        "correct the range",
                    )
                )
                break
            if number in used:
                findings.append(
                    finding(
                        "T004",
                        record,
                        f"line {number} of the received file stands in two entries, "
                        f"{used[number]} and {entry.lines}",
                        "let each line stand in one entry",
                    )
                )
                break
            used[number] = entry.lines
        if entry.use == "dropped" and not entry.reason:
            findings.append(
                finding(
                    "T005",
                    record,
                    f"lines {entry.lines} of the received file are dropped without a reason",
                    "say under reason why they are not part of the document",
                )
            )
    missing = [n for n, line in enumerate(lines, 1) if line.strip() and n not in used]
    if entries and missing:
        shown = ", ".join(str(number) for number in missing[:8])
        findings.append(
            finding(
                "T003",
                record,
                f"{len(missing)} line(s) of the received file are not accounted for: {shown}"
                + (" …" if len(missing) > 8 else ""),
                "add them under received.lines as transcript, metadata or dropped",
            )
        )
    return findings


def received_paragraphs(lines: Sequence[str], received: Received) -> list[Paragraph]:
    """
    The paragraphs that belong to the document, as received.

    In a Wilson Center record (`wcda-text`) every line is a paragraph; elsewhere blank lines part
    them and line ends within one are spaces.
    """
    used = [entry for entry in received.lines if entry.use == "transcript"]
    kept = {number for entry in used for number in _numbers(entry)}
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
            paragraphs.append(_paragraph(" ".join(current), start, received.emphasis))
            current = []
    return paragraphs


def _paragraph(text: str, line: int, emphasis: str) -> Paragraph:
    if emphasis != "asterisks":
        return Paragraph(text, line)
    italics: list[tuple[int, int]] = []
    out = ""
    position = 0
    for match in re.finditer(r"\*(?=\S)([^*]+?)(?<=\S)\*", text):
        out += text[position : match.start()]
        italics.append((len(out), len(out) + len(match[1])))
        out += match[1]
        position = match.end()
    return Paragraph(out + text[position:], line, tuple(italics))


def _compare(
    blocks: Sequence[Leaf], wanted: Sequence[Paragraph], path: str, received: str
) -> list[Finding]:
    for block, paragraph in zip(blocks, wanted, strict=False):
        place = Place(path, block.origin.line)
        if block.text != paragraph.text:
            at = _first_difference(block.text, paragraph.text)
            return [
                finding(
                    "T002",
                    place,
                    f"{block.id} differs from {received}:{paragraph.line} at character {at + 1}: "
                    f"the transcript has {_excerpt(block.text, at)}, the received file "
                    f"{_excerpt(paragraph.text, at)}",
                    "restore the received words; a change is an entry of corrections.yaml",
                )
            ]
        if _italics(block) != paragraph.italics:
            return [
                finding(
                    "T002",
                    place,
                    f"{block.id} has other words in italics than {received}:{paragraph.line}",
                    "emphasise exactly what the received file does",
                )
            ]
    if len(blocks) != len(wanted):
        more = "more" if len(blocks) > len(wanted) else "fewer"
        last = blocks[min(len(blocks), len(wanted)) - 1].origin.line if blocks else 0
        return [
            finding(
                "T002",
                Place(path, last),
                f"the transcript has {len(blocks)} blocks, {more} than the {len(wanted)} "
                f"paragraphs of {received}",
                "keep the received paragraphs, one block each, in their order",
            )
        ]
    return []


def _numbers(entry: Lines) -> range:
    first, _, last = entry.lines.partition("-")
    return range(int(first), int(last or first) + 1)


def _italics(leaf: Leaf) -> tuple[tuple[int, int], ...]:
    spans: list[tuple[int, int]] = []
    position = 0
    for item in leaf.content:
        if isinstance(item, Run):
            end = position + len(item.text)
            if any(mark.kind == "emphasis" for mark in item.marks):
                if spans and spans[-1][1] == position:
                    spans[-1] = (spans[-1][0], end)
                else:
                    spans.append((position, end))
            position = end
    return tuple(spans)


def _first_difference(left: str, right: str) -> int:
    for index, (a, b) in enumerate(zip(left, right, strict=False)):
        if a != b:
            return index
    return min(len(left), len(right))


def _excerpt(text: str, at: int) -> str:
    head = "…" if at > 12 else ""
    tail = "…" if at + 18 < len(text) else ""
    return f"“{head}{text[max(0, at - 12) : at + 18]}{tail}”"
