"""What is markup in a transcript and in the editors' prose: the parser, set up for each."""

from __future__ import annotations  # the parser's types are not loaded

import re
from functools import cache
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_inline import StateInline

ROLES = (
    "heading",
    "dateline",
    "marginal",
    "participants",
    "salute",
    "closer",
    "signature",
    "certification",
    "attachment",
    "verse",
    "table",
    "list",
    "figure",
)
"""The words that may stand behind `:::`."""

DEPTH = 40
"""Blocks within blocks; a list in a list counts twice, as a list and as its item."""

OFF = ("html_block", "html_inline", "entity", "autolink", "reference", "code", "fence", "backticks")
"""Rules of CommonMark that would take characters of a text for signs."""

PAIR = re.compile(r"(?:<rb>)?([^<>\n]+)(?:</rb>)?<rt>([^<>\n]+)</rt>")
RUBY = re.compile(rf"<ruby>(?:{PAIR.pattern})+</ruby>")

Dialect = Literal["transcript", "received", "prose"]


@cache
def parser(dialect: Dialect) -> MarkdownIt:
    """The parser of a dialect."""
    from markdown_it import MarkdownIt  # here: a book of TEI files may have no Markdown at all
    from mdit_py_plugins.container import container_plugin

    # Beyond its own limit the parser drops text without a word: ours is met before.
    options = {"html": False, "typographer": False, "maxNesting": DEPTH + 10}
    made = MarkdownIt("commonmark", options)
    made.disable(list(OFF))
    made.enable("table")
    made.inline.ruler.after("escape", "ruby", _ruby)
    for role in ROLES:
        container_plugin(made, role)
    if dialect != "transcript":
        from mdit_py_plugins.footnote import footnote_plugin

        footnote_plugin(made, inline=False)
    if dialect != "prose":
        made.disable(["link", "image"])
    else:
        from mdit_py_plugins.attrs import attrs_plugin

        # A link of any scheme stays a link, for its finding: markdown-it would make it plain text.
        made.validateLink = lambda url: True  # type: ignore[method-assign]  # noqa: ARG005
        attrs_plugin(made, spans=True)
        made.inline.ruler.before("link", "citation", _citation)
    return made


def _ruby(state: StateInline, silent: bool) -> bool:
    """`<ruby>漢<rt>かん</rt></ruby>`: letters, and how they are read, as HTML has it."""
    found = RUBY.match(state.src, state.pos)
    if found is None:
        return False
    for number, (letters, reading) in enumerate(PAIR.findall(found[0])) if not silent else ():
        state.push("ruby_open", "ruby", 1).meta = {"n": f"{state.pos}-{number}"}
        state.push("text", "", 0).content = letters
        state.push("rt_open", "rt", 1)
        state.push("text", "", 0).content = reading
        state.push("rt_close", "rt", -1)
        state.push("ruby_close", "ruby", -1)
    state.pos = found.end()
    return True


def _citation(state: StateInline, silent: bool) -> bool:
    """`[@frus-xxii, doc. 338; @frus-xviii, doc. 147]`: each item a token of its own."""
    if not state.src.startswith("[@", state.pos):
        return False
    end = state.src.find("]", state.pos)
    if end < 0:
        return False
    items = state.src[state.pos + 1 : end].split(";")
    if not all(item.strip().startswith("@") for item in items):
        return False
    if not silent:
        for index, item in enumerate(items):
            if index:
                state.push("text", "", 0).content = "; "
            key, _, locator = item.strip()[1:].partition(",")
            token = state.push("citation", "", 0)
            token.meta = {"key": key.strip(), "locator": locator.strip()}
    state.pos = end + 1
    return True
