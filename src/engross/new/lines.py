"""
Which lines of a typed text are lines: verse, addresses and heads, tables.

A typist begins a new line where the old one is full. One that ends where the next word still had
room was ended on purpose: there the line is text.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise

from engross.new.wcda import escaped

COLUMNS = re.compile(r"\s*\|\s*|\t+| {3,}")
"""What stands between the columns of a typed table."""
HEAD = re.compile(r"(?:[A-Z][A-Za-z./ ]{1,14}:|[A-Z]{2,12}:?)(?: |$)")
"""How lines of a memorandum's head begin: `TO:`, `FROM:`, `SUBJECT:`."""


def laid_out(text: str) -> tuple[str, list[str]]:
    """
    A typed text as a transcript that keeps its lines, and what was taken for lines, by place.

    Wrapped prose is run together.
    """
    rows = list(enumerate(text.expandtabs(8).split("\n"), 1))
    paragraphs = [
        list(group) for filled, group in groupby(rows, lambda row: bool(row[1].strip())) if filled
    ]
    width = max((len(line.rstrip()) for _, line in rows), default=0)
    kinds = [_kind([line for _, line in lines], width) for lines in paragraphs]
    for at in (*range(len(kinds)), *reversed(range(len(kinds)))):  # a poem's own stanzas
        beside = kinds[max(at - 1, 0) : at + 2]
        if kinds[at] == "prose" and "verse" in beside and _capital(paragraphs[at]):
            kinds[at] = "verse"
    found = list(zip(kinds, paragraphs, strict=True))
    blocks: list[str] = []
    told: list[str] = []
    for kind, group in groupby(found, lambda row: row[0]):
        parts = [lines for _, lines in group]
        blocks += _written(kind, [[line for _, line in part] for part in parts])
        if kind != "prose":
            first, last = parts[0][0][0], parts[-1][-1][0]
            told.append(f"what lines {first}-{last} are: kept as {kind}")
    return "\n\n".join(blocks) + "\n", told


def _capital(lines: Sequence[tuple[int, str]]) -> bool:
    """Whether several lines begin with a capital each, as those of wrapped prose do not."""
    return len(lines) > 1 and all(re.match(r"\W*[A-Z]", line) for _, line in lines)


def _kind(lines: Sequence[str], width: int) -> str:
    if len(lines) < 2:
        return "prose"
    columns = [len(cells) for cells in map(_cells, lines) if cells]
    if len(lines) > 2 and columns and min(columns) == max(columns) > 1:
        return "a table"
    pairs = list(pairwise(lines))
    early = sum(len(one.rstrip()) + 1 + len(next_.split()[0]) <= width for one, next_ in pairs)
    if sum(bool(HEAD.match(line.strip())) for line in lines) * 2 >= len(lines):
        return "a head"
    if early * 2 <= len(pairs):
        return "prose"
    return (
        "verse"
        if len(lines) > 3 and not any(line.strip()[-1] == ":" for line in lines)
        else "lines"
    )


def _cells(line: str) -> list[str]:
    """The cells of a line; none of a rule."""
    if not re.search(r"\w", line):
        return []
    return COLUMNS.split(line.strip().strip("|").strip())


def _written(kind: str, parts: Sequence[Sequence[str]]) -> Iterator[str]:
    """Paragraphs of one kind as Markdown."""
    if kind == "verse":
        stanzas = ("\n".join(_indented(line) for line in lines) for lines in parts)
        yield "::: verse\n" + "\n\n".join(stanzas) + "\n:::"
        return
    for lines in parts:
        if kind == "a table":
            rows = [[escaped(cell).replace("|", r"\|") for cell in _cells(row)] for row in lines]
            made = [f"| {' | '.join(row)} |" for row in rows if row]
            yield "\n".join([made[0], "|" + "---|" * len(_cells(lines[0])), *made[1:]])
        else:
            joint = " " if kind == "prose" else "\\\n"
            yield joint.join(escaped(line.strip()) for line in lines)


def _indented(line: str) -> str:
    return " " * (len(line) - len(line.lstrip())) + escaped(line.strip())
