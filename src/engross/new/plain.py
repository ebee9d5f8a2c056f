"""
Plain texts and Markdown as evidence: every paragraph is a block, every line is accounted for.

A typist begins a new line where the old one is full. One that ends where the next word still had
room was ended on purpose: there the line is text (verse, addresses and heads, tables). Footnotes of
Markdown become notes that hang from quotations.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from engross.model.text import Leaf, Point, Run, leaves
from engross.new.draft import Draft
from engross.new.wcda import escaped
from engross.parse.inlines import note_id
from engross.parse.markdown import footnote_lines, parse_markdown

COLUMNS = re.compile(r"\s*\|\s*|\t+| {3,}")
"""What stands between the columns of a typed table."""
HEAD = re.compile(r"(?:[A-Z][A-Za-z./ ]{1,14}:|[A-Z]{2,12}:?)(?: |$)")
"""How lines of a memorandum's head begin: `TO:`, `FROM:`, `SUBJECT:`."""


FRONT = re.compile(r"\A---\n(?:(?:[\w-]+:|[ \t#-]).*\n)+---\n")
ABOUT = "front matter: what is said there of the file is no text of it"
WORDS = 3
"""Words of a quotation, where so many are unique."""


@dataclass(frozen=True, slots=True)
class Footnote:
    """A footnote."""

    id: str
    """The note's; `n-1` where the call is `[^1]`."""
    text: str
    """Markdown."""
    lines: tuple[int, int]
    """First and last of its definition, from 1."""
    at: dict[str, str]
    """The quotation at whose end its call stood."""
    moved: bool
    """Whether its call stood where none can, and `at` is the nearest place before."""


def read_text(content: bytes, text: str, title: str) -> Draft:
    """A plain text: blank lines part its paragraphs; lines that were ended on purpose are kept."""
    transcript, told = laid_out(text)
    lines = text.split("\n")
    last = max((n for n, line in enumerate(lines, 1) if line.strip()), default=1)
    return Draft(
        received=content,
        name="received.txt",
        transcript=transcript,
        record=_blank(title),
        format="text",
        unplaced=told,
        lines=[{"lines": f"1-{last}", "use": "transcript"}],
        title=title,
    )


def read_markdown(content: bytes, text: str, title: str) -> Draft:
    """A Markdown file: received as it is, its structure kept, its footnotes notes of the source."""
    front = FRONT.sub(lambda found: "\n" * found[0].count("\n"), text)
    transcript, footnotes = parted(front)
    rows = zip(text.split("\n"), front.split("\n"), strict=True)
    used = [("transcript" if kept else "dropped") if line.strip() else "" for line, kept in rows]
    for one in footnotes:
        first, last = one.lines
        used[first - 1 : last] = ["metadata" if use else "" for use in used[first - 1 : last]]
    lines = list(_ranges(used))
    return Draft(
        received=content,
        name="received.md",
        transcript=transcript.strip("\n") + "\n",
        record=_blank(title),
        format="markdown",
        lines=lines,
        title=title,
        notes=[
            {"id": one.id, "origin": "source", "at": one.at, "text": one.text} for one in footnotes
        ],
        unplaced=[f"lines {row['lines']}, {row['reason']}" for row in lines if "reason" in row]
        + [
            f"the place of the footnote of line {one.lines[0]}, in a note or the words of a "
            f"picture: it hangs from “{one.at.get('exact', '')}”"
            for one in footnotes
            if one.moved
        ],
    )


def _ranges(used: Sequence[str]) -> Iterator[dict[str, str]]:
    """Lines in a row that have the same use, as `document.yaml` accounts for them."""
    numbered = [(n, use) for n, use in enumerate(used, 1) if use]
    for use, group in groupby(numbered, lambda row: row[1]):
        numbers = [n for n, _ in group]
        more = f"-{numbers[-1]}" if numbers[1:] else ""
        row = {"lines": f"{numbers[0]}{more}", "use": use}
        yield row | {"metadata": {"field": "notes"}, "dropped": {"reason": ABOUT}}.get(use, {})


def _blank(title: str) -> dict[str, object]:
    """A record with the fields that nobody can guess left as questions."""
    return {
        "title": {"supplied": title},
        "dates": {"event": ""},
        "language": "",
        "source": {"repository": ""},
    }


def parted(text: str) -> tuple[str, list[Footnote]]:
    """
    The text of a Markdown file without calls and definitions, and its footnotes.

    Of a note that is called twice, the first call counts.
    """
    defined = footnote_lines(text)
    texts = [*leaves(parse_markdown(text, "", dialect="received").blocks)]
    placed = dict(reversed(list(_places(texts))))
    places = dict(placed)
    lines = text.split("\n")
    notes: dict[str, str] = {}
    for label, (first, last) in defined.items():
        body = "\n".join([lines[first - 1].partition("]:")[2], *lines[first:last]])
        notes[label] = re.sub(r"(?m)^(?: {4}|\t)", "", body).strip()
        lines[first - 1 : last] = [""] * (last - first + 1)
    if not notes:
        return text, []
    call = re.compile(rf"(?<!\\)\[\^({'|'.join(map(re.escape, notes))})\]")
    rest = "\n".join(lines)
    for found in call.finditer(rest):  # one in the words of a picture hangs from those before it
        line = rest.count("\n", 0, found.start()) + 1
        for leaf in [one for one in texts if one.origin.line <= line][-1:] or texts[:1]:
            places.setdefault(note_id(found[1]), quotation(leaf, len(leaf.text)))
    for label, body in notes.items():  # a note called in another one hangs where that does
        for inner in map(note_id, call.findall(body)):
            places.setdefault(inner, places[note_id(label)])
    rest = call.sub("", rest)
    footnotes = [
        Footnote(key, call.sub("", body), defined[label], places[key], key not in placed)
        for label, body in notes.items()
        for key in [note_id(label)]
    ]
    return re.sub(r"\n{3,}", "\n\n", rest).strip("\n") + "\n", footnotes


def _places(texts: Sequence[Leaf]) -> Iterator[tuple[str, dict[str, str]]]:
    for leaf in texts:
        before = 0
        for item in leaf.content:
            if isinstance(item, Run):
                before += len(item.text)
            elif isinstance(item, Point) and item.kind == "note":
                yield item.get("id"), quotation(leaf, before)


def quotation(leaf: Leaf, at: int) -> dict[str, str]:
    """
    The words that end at an offset of a block, with as much around them as makes them unique.

    Where nothing stands before it, the block's first word is quoted.
    """
    text = leaf.text
    end = len(text[:at].rstrip()) or len(text.split(" ")[0])
    starts = [0, *(m.end() for m in re.finditer(r"\s+", text[:end]) if m.end() < end)]
    start = next(
        (n for n in starts[::-1][min(WORDS, len(starts)) - 1 :] if _once(text, text[n:end])),
        starts[-1],
    )
    found = {"block": leaf.id, "exact": text[start:end]}
    if not _once(text, text[start:end]):
        found |= {"prefix": text[:start], "suffix": text[end:]}
    return {key: value for key, value in found.items() if value}


def _once(text: str, words: str) -> bool:
    return bool(words) and text.find(words) == text.rfind(words)


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
    texts = [[line for _, line in lines] for lines in paragraphs]
    kinds = [_kind(lines, width) for lines in texts]
    for at in (*range(len(kinds)), *reversed(range(len(kinds)))):  # a poem's own stanzas
        beside = kinds[max(at - 1, 0) : at + 2]
        if kinds[at] == "prose" and "verse" in beside and _capital(paragraphs[at]):
            kinds[at] = "verse"
        elif kinds[at] == "prose":
            kinds[at] = _kind(texts[at], max(40, width))  # nobody types prose narrower
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
