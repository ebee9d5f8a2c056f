"""The footnotes of a Markdown file become notes that hang from quotations; its text is the rest."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from engross.model.text import Leaf, Point, Run, leaves
from engross.parse.inlines import note_id
from engross.parse.markdown import footnote_lines, parse_markdown

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


def parted(text: str) -> tuple[str, list[Footnote]]:
    """
    The text of a Markdown file without calls and definitions, and its footnotes.

    Of a note that is called twice, the first call counts.
    """
    defined = footnote_lines(text)
    lines = text.split("\n")
    notes: dict[str, str] = {}
    for label, (first, last) in defined.items():
        body = "\n".join([lines[first - 1].partition("]:")[2], *lines[first:last]])
        notes[label] = re.sub(r"(?m)^(?: {4}|\t)", "", body).strip()
        lines[first - 1 : last] = [""] * (last - first + 1)
    if not notes:
        return text, []
    calls = "|".join(re.escape(label) for label in notes)
    rest = re.sub(rf"(?<!\\)\[\^(?:{calls})\]", "", "\n".join(lines))
    places = dict(reversed(list(_places(text))))
    found = [
        Footnote(note_id(label), notes[label], defined[label], places[note_id(label)])
        for label in notes
    ]
    return re.sub(r"\n{3,}", "\n\n", rest).strip("\n") + "\n", found


def _places(text: str) -> Iterator[tuple[str, dict[str, str]]]:
    for leaf in leaves(parse_markdown(text, "", dialect="received").blocks):
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
