"""
Markdown becomes a tree of blocks: CommonMark for structure, and nothing that could let text in.

Raw HTML, code, entities, autolinks, reference links and typographic replacement are off. `:::`
fences give roles to blocks. A transcript takes square brackets as text, and a received file `[^1]`
footnotes besides; editorial prose knows footnotes, `[@id, locator]` citations and
`[words]{lang=…}` spans.
"""

from __future__ import annotations  # the parser's types are not loaded

import posixpath
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import count
from typing import TYPE_CHECKING, Any

from engross.catalog import finding, stop
from engross.model.finding import Place
from engross.model.lists import NUMBERINGS
from engross.model.text import (
    Block,
    Body,
    Cell,
    Division,
    Figure,
    Inline,
    Item,
    Leaf,
    ListBlock,
    Note,
    Origin,
    Point,
    Quote,
    Rule,
    Run,
    Table,
    leaves,
    map_leaves,
    number_lines,
)
from engross.parse.dialect import DEPTH, Dialect, parser
from engross.parse.inlines import inlines, note_id

if TYPE_CHECKING:
    from markdown_it.token import Token

DEEPEST = 12
"""Ems that a line of verse is set in at the most."""
PICTURE = re.compile(r"!\[(.*)\]\((\S+)\)")
"""A picture that stands alone in a paragraph of a document."""
ESCAPE = re.compile(r"\\(?=[!-/:-@\[-`{-~])")


def parse_markdown(
    text: str, path: str, *, dialect: Dialect = "prose", first_line: int = 1
) -> Body:
    """
    Read Markdown into blocks whose text is exactly what the parser yields.

    Args:
        text: the whole file, or the value of a YAML field.
        path: for messages.
        dialect: what is markup and what is text.
        first_line: the line of the file in which `text` begins, from 1.

    Raises:
        EngrossError: lists and quotations are nested too deeply.
    """
    # The containers' plugin looks at the character behind a line, which a last line must have.
    text = text if text.endswith("\n") else f"{text}\n"
    known: dict[str, Any] = {}
    tokens = parser(dialect).parse(text, known)
    refs = known.get("footnotes", {}).get("refs", {})
    idle = "|".join(re.escape(label[1:]) for label, number in refs.items() if number < 0)
    if idle and dialect == "received":  # footnotes without a call, which the parser passes over
        tokens = parser(dialect).parse(re.sub(rf"(?m)^( *)(\[\^(?:{idle})\]:)", r"\1\\\2", text))
    _refuse_depth(tokens, path, first_line)
    home = posixpath.dirname(path) if dialect == "transcript" else ""
    builder = _Builder(path, first_line, text.split("\n"), home)
    blocks = _numbered(number_lines(builder.blocks(tokens)))
    notes = (replace(note, blocks=_numbered(note.blocks)) for note in builder.notes)
    return Body(blocks, tuple(notes))


def _refuse_depth(tokens: Sequence[Token], path: str, first_line: int) -> None:
    deep = next((token for token in tokens if token.level >= DEPTH), None)
    if deep is not None:
        line = next((one.map[0] for one in tokens if one.map and one.level >= DEPTH - 1), 0)
        raise stop(
            [
                finding(
                    "X016",
                    Place(path, line + first_line),
                    f"quotations and lists stand more than {DEPTH} levels deep; a list in a list "
                    "is two",
                )
            ]
        )


def parse_inline(text: str) -> tuple[Inline, ...]:
    """Read one paragraph of prose; further paragraphs are joined with a space."""
    inlines: list[Inline] = []
    for block in parse_markdown(text, "").blocks:
        if isinstance(block, Leaf):
            if inlines:
                inlines.append(Run(" "))
            inlines.extend(block.content)
    return tuple(inlines)


def footnote_lines(text: str) -> dict[str, tuple[int, int]]:
    """The lines of the definition of each footnote that is called, by label, from 1."""
    found: dict[str, tuple[int, int]] = {}
    label = ""
    for token in parser("received").parse(text if text.endswith("\n") else f"{text}\n"):
        if token.type == "footnote_open":
            label = str(token.meta.get("label", ""))
        elif token.map and label:
            first, last = found.get(label, (token.map[0] + 1, 0))
            found[label] = (first, max(last, token.map[1]))
        elif token.type == "footnote_close":
            label = ""
    return found


def _numbered(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """Give every leaf block its ordinal, from `p-001`."""
    ordinals = count(1)
    return map_leaves(blocks, lambda leaf: replace(leaf, id=f"p-{next(ordinals):03d}"))


@dataclass(frozen=True, slots=True)
class _Context:
    """What an enclosing fence says about the leaves inside."""

    role: str = "paragraph"
    attributes: tuple[tuple[str, str], ...] = ()
    shift: int = 0
    """Spaces before every line of a poem, which mean nothing."""


class _Builder:
    """Walks the tokens once; each method consumes what it understands."""

    def __init__(self, path: str, first_line: int, lines: Sequence[str], home: str) -> None:
        self.path = path
        self.first_line = first_line
        self.lines = lines
        self.home = home
        """The folder from which the pictures of figures are named."""
        self.notes: list[Note] = []

    def blocks(self, tokens: Sequence[Token], context: _Context | None = None) -> tuple[Block, ...]:
        context = context or _Context()
        result: list[Block] = []
        index = 0
        while index < len(tokens):
            token = tokens[index]
            end = _closing(tokens, index)
            inner = tokens[index + 1 : end]
            result.extend(self._block(token, inner, context))
            index = end + 1
        return tuple(result)

    def _block(self, token: Token, inner: Sequence[Token], context: _Context) -> tuple[Block, ...]:
        match token.type:
            case "paragraph_open":
                return (self._paragraph(token, inner[0], context),)
            case "heading_open":
                leaf = self._leaf(token, inner[0], _Context("heading"))
                return (replace(leaf, level=int(token.tag[1:])),)
            case "bullet_list_open" | "ordered_list_open":
                kind = "bullet" if token.type.startswith("bullet") else "ordered"
                return (
                    ListBlock(kind, self._items(inner), start=int(token.attrs.get("start", 1))),
                )
            case "blockquote_open":
                return (Quote(self.blocks(inner)),)
            case "table_open":
                return (self._table(inner),)
            case "hr":
                return (Rule(),)
            case "footnote_block_open":
                self._footnotes(inner)
                return ()
            case _ if token.type.startswith("container_"):
                return self._fence(token, inner)
        return ()

    def _fence(self, token: Token, inner: Sequence[Token]) -> tuple[Block, ...]:
        role, _, rest = token.info.strip().partition(" ")
        attributes = _attributes(rest)
        if role == "attachment":
            return (Division(role, self.blocks(inner), dict(attributes).get("id", ""), attributes),)
        if role == "verse":
            indents = [_indent(self.lines[n]) for n in _lines_of(inner)]
            context = _Context("stanza", shift=min(indents, default=0))
            return (Division(role, self.blocks(inner, context), attributes=attributes),)
        if role == "table":
            return tuple(
                replace(block, attributes=attributes) if isinstance(block, Table) else block
                for block in self.blocks(inner)
            )
        if role == "list":
            sign = NUMBERINGS.get(dict(attributes).get("type", ""), "decimal")
            return tuple(
                replace(block, numbering=sign) if isinstance(block, ListBlock) else block
                for block in self.blocks(inner)
            )
        if role == "figure":
            return _captioned(self.blocks(inner, _Context("caption")))
        return self.blocks(inner, _Context(role, attributes))

    def _stanza(self, token: Token, inline: Token, context: _Context) -> Leaf:
        """Lines of verse: each line of the file is one, as far set in as it stands there."""
        indents = [_indent(self.lines[n]) - context.shift for n in range(*(token.map or (0, 0)))]
        lines = iter([_begun(spaces) for spaces in indents])
        content = (next(lines, Point("line")), *inlines(inline.children or [], lines))
        return Leaf("", context.role, content, (), self._origin(token))

    def _paragraph(self, token: Token, inline: Token, context: _Context) -> Block:
        children = inline.children or []
        if context.role == "stanza":
            return self._stanza(token, inline, context)
        if len(children) == 1 and children[0].type == "image":
            image = children[0]
            path = str(image.attrs.get("src", ""))
            caption = self._caption(image, token)
            return Figure(path, image.content, caption, origin=self._origin(token))
        if shown := PICTURE.fullmatch(inline.content):
            path = posixpath.normpath(posixpath.join(self.home, shown[2]))
            return Figure(path, ESCAPE.sub("", shown[1]), origin=self._origin(token))
        return self._leaf(token, inline, context)

    def _caption(self, image: Token, token: Token) -> Leaf | None:
        """What stands below a picture: the title in `![words](path "title")`."""
        title = str(image.attrs.get("title", ""))
        return Leaf("", "caption", parse_inline(title), (), self._origin(token)) if title else None

    def _leaf(self, token: Token, inline: Token, context: _Context) -> Leaf:
        return Leaf(
            "",
            context.role,
            inlines(inline.children or []),
            context.attributes,
            self._origin(token),
        )

    def _origin(self, token: Token) -> Origin:
        return Origin(self.path, (token.map[0] if token.map else 0) + self.first_line)

    def _items(self, tokens: Sequence[Token]) -> tuple[Item, ...]:
        items, index = [], 0
        while index < len(tokens):
            end = _closing(tokens, index)
            items.append(Item(self.blocks(tokens[index + 1 : end])))
            index = end + 1
        return tuple(items)

    def _table(self, tokens: Sequence[Token]) -> Table:
        rows: list[tuple[Cell, ...]] = []
        row, cells = tokens[0], list[Cell]()
        head_rows = 0
        for index, token in enumerate(tokens):
            if token.type == "tr_open":
                row, cells = token, []
            elif token.type == "tr_close":
                rows.append(tuple(cells))
            elif token.type in {"th_open", "td_open"}:
                leaf = self._leaf(row, tokens[index + 1], _Context("cell"))
                align = str(token.attrs.get("style", "")).removeprefix("text-align:")
                cells.append(Cell((leaf,), token.type == "th_open", align=align))
            elif token.type == "thead_close":
                if not any(leaf.text for cell in rows[0] for leaf in leaves(cell.blocks)):
                    rows.clear()  # a table without column heads, which Markdown has no form for
                head_rows = len(rows)
        return Table(tuple(rows), head_rows)

    def _footnotes(self, tokens: Sequence[Token]) -> None:
        index = 0
        while index < len(tokens):
            end = _closing(tokens, index)
            inner = [token for token in tokens[index + 1 : end] if token.type != "footnote_anchor"]
            label = str(tokens[index].meta.get("label", tokens[index].meta["id"]))
            self.notes.append(Note(note_id(label), "editor", self.blocks(inner)))
            index = end + 1


def _captioned(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """What a figure holds: a paragraph behind a picture is its caption."""
    result: list[Block] = []
    for block in blocks:
        above = result[-1] if result else None
        if isinstance(above, Figure) and above.caption is None and isinstance(block, Leaf):
            result[-1] = replace(above, caption=replace(block, role="caption"))
        else:
            result.append(block)
    return tuple(result)


def _lines_of(tokens: Sequence[Token]) -> Iterator[int]:
    """The lines of the file, from 0, that the paragraphs among some tokens stand on."""
    for token in tokens:
        if token.type == "paragraph_open" and token.map:
            yield from range(*token.map)


def _indent(line: str) -> int:
    line = line.expandtabs(4)
    return len(line) - len(line.lstrip(" "))


def _begun(spaces: int) -> Point:
    """The point before a line of verse: two spaces of a typed line are an em."""
    ems = min((spaces + 1) // 2, DEEPEST)
    return Point("line", (("indent", str(ems)),) if ems else ())


def _attributes(text: str) -> tuple[tuple[str, str], ...]:
    """`{hand=h1 place=bottom}` behind a fence's role."""
    inner = text.strip().removeprefix("{").removesuffix("}")
    pairs = (part.partition("=") for part in inner.split())
    return tuple((key, value.strip('"')) for key, _, value in pairs if key)


def _closing(tokens: Sequence[Token], index: int) -> int:
    """The index of the token that closes the one at `index`, or `index` itself."""
    if tokens[index].nesting != 1:
        return index
    depth = 0
    for position in range(index, len(tokens)):
        depth += tokens[position].nesting
        if depth == 0:
            return position
    return len(tokens) - 1
