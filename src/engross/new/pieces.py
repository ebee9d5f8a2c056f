"""Words under marks on their way into a paragraph of Markdown."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from engross.model.text import leaves
from engross.new.wcda import begun, escaped_signs
from engross.parse.markdown import parse_markdown

BREAK = "\\\n"
"""The end of a line that is kept."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Words under the same marks, or a sign of Markdown."""

    text: str
    marks: tuple[str, ...] = ()
    sign: bool = False


def written(pieces: Sequence[Piece]) -> str:
    """Pieces as Markdown of one paragraph."""
    out = ""
    for (marks, sign), group in groupby(pieces, lambda one: (one.marks, one.sign)):
        text = "".join(one.text for one in group)
        if sign:
            out += text
            continue
        text = re.sub(r"[ \t\r\n]+", " ", text)
        mark = "".join(marks)
        inner = escaped_signs(text.strip())
        lead = text[: len(text) - len(text.lstrip())]
        tail = text[len(text.rstrip()) :] if inner else ""
        out += f"{lead}{mark}{inner}{mark[::-1]}{tail}" if inner else lead
    lines = [begun(line.strip()) for line in re.sub(r" +", " ", out).split(BREAK)]
    while lines and not lines[-1]:
        lines.pop()
    while lines and not lines[0]:
        lines.pop(0)
    return BREAK.join(lines)


def bare(pieces: Sequence[Piece]) -> str:
    """The words of pieces, white space folded."""
    text = "".join(
        " " if one.text == BREAK else one.text
        for one in pieces
        if not one.sign or one.text == BREAK
    )
    return " ".join(text.split())


def yielded(markdown: str) -> str:
    """The words that a transcript's parser finds."""
    body = parse_markdown(markdown, "", dialect="transcript")
    return " ".join(" ".join(leaf.text for leaf in leaves(body.blocks)).split())
