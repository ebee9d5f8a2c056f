"""What stands in a paragraph of Markdown: the parser's tokens as runs and points."""

from __future__ import annotations  # the parser's types are not loaded

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from engross.model.address import key_of
from engross.model.text import Inline, Mark, Point, Run

if TYPE_CHECKING:
    from markdown_it.token import Token

OPENED = {
    "em_open": Mark("emphasis"),
    "strong_open": Mark("strong"),
    "rt_open": Mark("ruby-text"),
}
"""Marks that have no facts."""


def inlines(tokens: Sequence[Token], lines: Iterator[Point] | None = None) -> tuple[Inline, ...]:
    """
    The inline tokens as runs and points; neighbouring runs under the same marks are one.

    Args:
        tokens: of a paragraph.
        lines: of verse, the point before each further line of the file; None for prose, whose line
            ends are spaces.
    """
    result: list[Inline] = []
    marks: list[Mark] = []
    for token in tokens:
        match token.type:
            case "text" | "text_special":
                _append(result, Run(token.content, tuple(marks)))
            case "softbreak" | "hardbreak":
                _append(result, Run(" ", tuple(marks)))
                if lines is not None:
                    result.append(replace(next(lines, Point("line")), marks=tuple(marks)))
                elif token.type == "hardbreak":
                    result.append(Point("line", (), tuple(marks)))
            case "link_open":
                marks.append(Mark("link", (("href", str(token.attrs["href"])),)))
            case "span_open":
                marks.append(_span(token))
            case "ruby_open":
                marks.append(Mark("ruby", (("n", token.meta["n"]),)))
            case name if name in OPENED:
                marks.append(OPENED[name])
            case name if name.endswith("_close"):
                marks.pop()
            case "footnote_ref":
                label = str(token.meta.get("label", token.meta["id"]))
                result.append(Point("note", (("id", note_id(label)),)))
            case "citation":
                typed = token.meta["key"]
                cited = (("key", key_of(typed)), ("locator", token.meta["locator"]))
                other = (("typed", typed),) if typed != key_of(typed) else ()
                result.append(Point("citation", (*cited, *other), tuple(marks)))
            case "image":
                attributes = (("path", str(token.attrs.get("src", ""))), ("alt", token.content))
                result.append(Point("image", attributes, tuple(marks)))
    return tuple(result)


def _append(result: list[Inline], run: Run) -> None:
    if not run.text:
        return
    last = result[-1] if result else None
    if isinstance(last, Run) and last.marks == run.marks:
        result[-1] = Run(last.text + run.text, run.marks)
    else:
        result.append(run)


def _span(token: Token) -> Mark:
    attributes = {str(key): str(value) for key, value in token.attrs.items()}
    if "lang" in attributes:
        return Mark("language", (("lang", attributes["lang"]),))
    if "class" in attributes:
        return Mark(attributes["class"])
    return Mark("span")


def note_id(label: str) -> str:
    """The id of a note with this label."""
    return f"n-{label}" if label[:1].isdigit() else label.lower()
