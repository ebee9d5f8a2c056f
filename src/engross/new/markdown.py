"""
What pandoc read, written as Markdown that yields its words: the received text from then on.

Footnotes and comments are footnotes of it. What a transcript cannot carry is said, never dropped.
"""

import re
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import PurePosixPath
from typing import Any

from engross.new.pieces import BREAK, Piece, bare, written, yielded
from engross.new.plain import laid_out
from engross.parse.census import COMMENT

Node = dict[str, Any]
MARKS = {"Emph": "*", "Strong": "**"}
FORMS = {
    "Underline": "underlined",
    "Strikeout": "struck through",
    "Superscript": "superscript",
    "Subscript": "subscript",
    "SmallCaps": "in small capitals",
}
ROLES = {
    "Title": "heading",
    "Subtitle": "heading",
    "Date": "dateline",
    "Salutation": "salute",
    "Closing": "closer",
    "Signature": "signature",
}
"""Styles of a word processor that say what a paragraph is, and the role of its block."""
ABOVE = ("title", "subtitle", "author", "date", "abstract")
"""Paragraphs of these styles are no blocks to pandoc."""
TYPES = {"LowerAlpha": "a", "UpperAlpha": "A", "LowerRoman": "i", "UpperRoman": "I"}
"""How lists are numbered, in pandoc's words and in a transcript's."""


@dataclass(frozen=True, slots=True)
class Left:
    """What of the file is not in the text, or not in its form."""

    text: str
    reason: str
    kept: bool = True
    """Whether the words are in the text, and only their form is not."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture, by pandoc's name for its file."""

    name: str
    alt: str
    caption: str
    file: str
    """In the document's folder."""
    placed: bool
    """Whether it stands in the text; else it is a plate behind it."""


class Writer:
    """Writes blocks, and keeps what it could not write."""

    def __init__(self, *, accept: bool, shown: Container[str] = ()) -> None:
        """
        Begin a file.

        Args:
            accept: insertions are text and deletions are not; without it, the reverse.
            shown: pandoc's names of the pictures that an edition can show.
        """
        self.gone, self.come = ("deletion", "insertion") if accept else ("insertion", "deletion")
        self.left: list[Left] = []
        self.changes: list[str] = []
        """Tracked changes, each in words."""
        self.comments: dict[str, tuple[str, str]] = {}
        """Author and day, by label."""
        self.pictures: list[Picture] = []
        self.shown = shown
        self._waiting: list[str] = []
        """Figures that stand behind the paragraph in which they were met."""
        self._inner = 0
        """How many notes and tables are open, which hold no figures."""
        self._notes: dict[str, str] = {}
        self._held: list[Node] = []
        self._level = 0
        """The level of the heading before, from 1; none may stand two levels below it."""

    def document(self, blocks: Sequence[Node], meta: dict[str, Any]) -> str:
        """The whole file, its footnotes at the end."""
        above = [line for key in ABOVE if key in meta for line in self._meta(meta[key])]
        heads = [f"::: heading\n{line}\n:::" for line in above]
        chunks = [*heads, *self.blocks(blocks), *self._paragraph([]), *self._figures()]
        text = "\n\n".join(chunks)
        for label in [one for one in self._notes if f"[^{one}]" not in text]:
            words = yielded(self._notes.pop(label).partition("]: ")[2])
            self._lose(words, "a comment or note of words that are no text", kept=False)
        return "\n\n".join([text, *self._notes.values()]).strip() + "\n"

    def blocks(self, nodes: Sequence[Node]) -> list[str]:
        """Each block as its Markdown; of two lists in a row, each has signs of its own."""
        chunks: list[str] = []
        lists = 0
        for node in nodes:
            if node["t"] in {"BulletList", "OrderedList"}:
                chunks.append(self._list(node, other=lists % 2 == 1))
                lists += 1
            else:
                made = self._block(node)
                chunks += made
                lists = 0 if made else lists
        return [chunk for chunk in chunks if chunk.strip()]

    def _block(self, node: Node) -> list[str]:
        content: Any = node.get("c")
        match node["t"]:
            case "Para" | "Plain":
                return [*self._paragraph(content), *self._figures()]
            case "Header":
                text = self._paragraph(content[2], "a heading")
                self._level = min(content[0], self._level + 1) if text else self._level
                if text and self._level != content[0]:
                    self._lose(yielded(text[0]), f"a heading of level {content[0]} there")
                return [*(f"{'#' * self._level} {line}" for line in text), *self._figures()]
            case "BlockQuote":
                return [_indented("> ", "> ", "\n\n".join(self.blocks(content)))]
            case "Div":
                role = ROLES.get(dict(content[0][2]).get("custom-style", ""))
                inner = self.blocks(content[1])
                whole = "\n\n".join(inner)
                return [_fenced(role, whole)] if role and inner else inner
            case "Table":
                return self._table(content)
            case "Figure":
                caption = content[1][1]
                for one in _nodes(content[2]):  # OpenDocument's number of it is in its words alone
                    image = one["c"][0] if one["t"] == "Plain" else one
                    if image["t"] == "Image" and _said(image["c"][1]).endswith(_said(caption)):
                        caption = [{"t": "Plain", "c": image["c"][1]}] if caption else []
                return _under(self.blocks(content[2]), self.blocks(caption))
            case "LineBlock":
                ended = ({"t": "LineBreak"},)
                return self._paragraph([one for line in content for one in (*line, *ended)])
            case "CodeBlock":
                return [laid_out(content[1])[0].strip("\n")]  # as typed
            case "DefinitionList":
                rows = [[{"t": "Para", "c": term}, *chain(*some)] for term, some in content]
                return [line for row in rows for line in self.blocks(row)]
            case "HorizontalRule":
                return ["* * *"]
            case "RawBlock":
                self._lose(content[1], f"markup of {content[0]}", kept=False)
        return []

    def _paragraph(self, nodes: Sequence[Node], single: str = "") -> list[str]:
        """A paragraph, unless its end was deleted: then the next one goes on in it."""
        self._held += [one for one in nodes if f"paragraph-{self.gone}" not in _classes(one)]
        if len(self._held) and any(f"paragraph-{self.gone}" in _classes(one) for one in nodes):
            self._held.append({"t": "Space"})
            return []
        held, self._held = self._held, []
        pieces = list(self._pieces(held, ()))
        text = written(pieces)
        if single and BREAK in text:
            self._lose(bare(pieces), f"ends of lines in {single}")
            text = text.replace(BREAK, " ")
        words = [Piece(one.text, one.marks) for one in pieces if not one.sign]
        if any(one.marks for one in words) and yielded(written(words)) != bare(words):
            self._lose(bare(words), "emphasised in part")
            text = written([Piece(one.text, (), one.sign) for one in pieces])
        return [text] if text else []

    def _list(self, node: Node, *, other: bool) -> str:
        if node["t"] == "BulletList":
            items, sign = node["c"], ""
            marks = ["*" if other else "-"] * len(items)
        else:
            (start, style, _), items = node["c"]
            end = ")" if other else "."
            marks = [f"{start + n}{end}" for n in range(len(items))]
            sign = TYPES.get(style["t"], "")
        made = []
        for mark, item in zip(marks, items, strict=True):
            inner = self.blocks(item)
            made.append(_indented(f"{mark} ", " " * (len(mark) + 1), "\n\n".join(inner) or "\\ "))
        text = ("\n\n" if any("\n\n" in one for one in made) else "\n").join(made)
        if not sign:
            return text
        return _fenced(f"list {{type={sign}}}", text)

    def _table(self, content: Any) -> list[str]:
        _, (_, caption), columns, head, bodies, foot = content
        heads = [row[1] for row in head[1]]
        rest = [row[1] for body in bodies for part in body[2:] for row in part]
        rest += [row[1] for row in foot[1]]
        if len(heads) > 1:
            self._lose(f"{len(heads)} rows", "a head of a table of more than one row")
        self._inner += 1
        grid = self._grid([*heads, *rest], len(columns))
        self._inner -= 1
        rows = grid if heads else [[""] * len(columns), *grid]
        signs = {"AlignLeft": ":--", "AlignRight": "--:", "AlignCenter": ":-:"}
        rows.insert(1, [signs.get(one[0]["t"], "---") for one in columns])
        table = "\n".join(f"| {' | '.join(row)} |" for row in rows)
        return [*self.blocks(caption), table]

    def _grid(self, rows: Sequence[Sequence[Any]], width: int) -> list[list[str]]:
        """Rows of equal length: a cell over several places stands in the first of them."""
        taken: set[tuple[int, int]] = set()
        grid = [[""] * width for _ in rows]
        for y, row in enumerate(rows):
            x = 0
            for _, _, down, across, blocks in row:
                while (y, x) in taken:
                    x += 1
                places = {(y + j, x + i) for j in range(down) for i in range(across)}
                taken |= places
                text = " ".join(
                    line for one in _flat(blocks) for line in self._paragraph(one, "a cell")
                )
                if x < width:
                    grid[y][x] = text
                if len(places) > 1 and text:
                    self._lose(yielded(text), f"a cell of {down} × {across} places")
                if len(blocks) > 1 and text:
                    self._lose(yielded(text), "paragraphs of a cell, which run on")
        return grid

    def _pieces(self, nodes: Sequence[Node], marks: tuple[str, ...]) -> Iterator[Piece]:
        for node in nodes:
            kind, content = node["t"], node.get("c", "")
            match kind:
                case "Str":
                    yield Piece(content, marks)
                case "Space" | "SoftBreak":
                    yield Piece(" ", marks)
                case "LineBreak":
                    yield Piece(BREAK, (), sign=True)
                case "Emph" | "Strong":
                    more = (*marks, MARKS[kind]) if MARKS[kind] not in marks else marks
                    yield from self._pieces(content, more)
                case "Quoted":
                    left, right = "‘’" if content[0]["t"] == "SingleQuote" else "“”"
                    yield from self._pieces([_str(left), *content[1], _str(right)], marks)
                case "Code" | "Math" | "RawInline":
                    self._lose(content[1], f"set as {kind.lower()}")
                    yield Piece(content[1], marks)
                case "Link" | "Cite":
                    words, target = content[1], content[2][0] if kind == "Link" else ""
                    inner = list(self._pieces(words, marks))
                    if target and bare(inner) not in {target, target.removeprefix("mailto:")}:
                        self._lose(bare(inner), f"a link to {target}")
                    yield from inner
                case "Image":
                    words = [one for one in content[1] if one["t"] != "Note"]
                    alt = bare(list(self._pieces(words, ())))
                    self._picture(content[2][0], alt, content[2][1])
                case "Note":
                    label = str(1 + sum(not one.startswith(COMMENT) for one in self._notes))
                    yield self._note(label, lambda body=content: self.blocks(body))
                case "Span":
                    yield from self._span(content, marks)
                case _ if kind in FORMS:
                    inner = list(self._pieces(content, marks))
                    self._lose(bare(inner), FORMS[kind])
                    yield from inner

    def _picture(self, name: str, alt: str, caption: str) -> None:
        """Keep a picture, and its figure until the paragraph is written."""
        number = len(self.pictures) + 1
        file = f"plates/{number}{PurePosixPath(name).suffix.lower()}"
        placed = name in self.shown and not self._inner
        alt = alt or " ".join(caption.split()) or f"Picture {number} of the file"
        self.pictures.append(Picture(name, alt, caption, file, placed))
        if placed:
            said = alt.replace("\\", "\\\\")
            self._waiting.append(f"::: figure\n![{said}]({file})\n:::")

    def _figures(self) -> list[str]:
        if self._inner:
            return []
        waiting, self._waiting = self._waiting, []
        return waiting

    def _note(self, label: str, body: Any) -> Piece:
        self._notes[label] = ""  # its place in the order of the calls
        held, self._held = self._held, []
        self._inner += 1
        text = "\n\n".join(body()) or "\\ "
        self._inner -= 1
        self._held = held
        self._notes[label] = _indented(f"[^{label}]: ", "    ", text)
        return Piece(f"[^{label}]", (), sign=True)

    def _span(self, content: Any, marks: tuple[str, ...]) -> Iterator[Piece]:
        (identity, classes, pairs), inner = content
        said = dict(pairs)
        who = ", ".join(
            part for part in (said.get("author", ""), said.get("date", "")[:10]) if part
        )
        name = COMMENT + re.sub(r"\W", "", said.get("id", identity))
        if "comment-start" in classes:
            self.comments[name] = (said.get("author", ""), said.get("date", "")[:10])
            self._note(name, lambda: self._paragraph(inner))
        elif "comment-end" in classes:
            if name in self._notes:
                yield Piece(f"[^{name}]", (), sign=True)
            yield from self._pieces(inner, marks)
        elif "insertion" in classes or "deletion" in classes:
            done = "insertion" if "insertion" in classes else "deletion"
            pieces = list(self._pieces(inner, marks))
            if words := bare(pieces):
                self.changes.append(f"{done} of “{words}” ({who})")
            if self.gone in classes:
                self._lose(bare(pieces), f"a tracked {done} ({who})", kept=False)
            else:
                yield from pieces
        else:
            if "mark" in classes:
                self._lose(bare(list(self._pieces(inner, ()))), "highlighted")
            yield from self._pieces(inner, marks)

    def _meta(self, value: Node) -> list[str]:
        kind, content = value["t"], value["c"]
        if kind == "MetaList":
            return [line for one in content for line in self._meta(one)]
        if kind == "MetaInlines":
            return self._paragraph(content)
        return self.blocks(content) if kind == "MetaBlocks" else []

    def _lose(self, text: str, reason: str, *, kept: bool = True) -> None:
        if text.strip():
            self.left.append(Left(" ".join(text.split()), reason, kept))


def _fenced(role: str, text: str) -> str:
    """Blocks under a role; a fence is longer than those within it."""
    fence = max(re.findall(r"^\s*(:::+)", text, re.MULTILINE), default="::") + ":"
    return f"{fence} {role}\n{text}\n{fence}"


def _under(chunks: list[str], caption: Sequence[str]) -> list[str]:
    """A figure with its caption; where the picture is not shown, the words alone."""
    if not chunks or not chunks[-1].startswith("::: figure\n"):
        return [*chunks, *caption]
    figure = chunks[-1].removesuffix(":::")
    return [*chunks[:-1], "\n\n".join([figure.rstrip(), *caption]) + "\n:::"]


def _flat(blocks: Sequence[Node]) -> Iterator[list[Node]]:
    """The paragraphs of a cell, those of lists and tables within it too."""
    for block in blocks:
        content: Any = block.get("c")
        if block["t"] in {"Para", "Plain"}:
            yield content
        elif block["t"] == "Header":
            yield content[2]
        elif block["t"] == "CodeBlock":
            yield [_str(content[1])]
        else:
            yield from _flat(list(_nodes(content)))


def _nodes(content: Any) -> Iterator[Node]:
    """The blocks that stand next within anything of pandoc's tree."""
    if isinstance(content, dict):
        yield content
    elif isinstance(content, list):
        for one in content:
            yield from _nodes(one)


def _said(content: Any) -> str:
    """The letters of anything of pandoc's tree, without those of notes."""
    if isinstance(content, list):
        return "".join(map(_said, content))
    if not isinstance(content, dict) or content["t"] == "Note":
        return ""
    return str(content["c"]) if content["t"] == "Str" else _said(content.get("c"))


def _classes(node: Node) -> list[str]:
    return list(node["c"][0][1]) if node["t"] == "Span" else []


def _indented(first: str, rest: str, text: str) -> str:
    lines = text.split("\n")
    more = [f"{rest}{line}".rstrip() if not line else f"{rest}{line}" for line in lines[1:]]
    return "\n".join([f"{first}{lines[0]}", *more])


def _str(text: str) -> Node:
    return {"t": "Str", "c": text}
