"""A text as a Word file, each paragraph with its address, and back with tracked changes."""

import itertools
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from engross.catalog import finding, stop
from engross.commands.correct.marks import Mark
from engross.commands.correct.opened import open_ledger
from engross.commands.ending import Run, command
from engross.commands.outcome import Outcome
from engross.commands.request import CorrectRequest
from engross.disk import fs
from engross.disk.refused import written
from engross.model.finding import Place
from engross.model.text import Leaf, leaves
from engross.model.text import Run as Stretch
from engross.read.pandoc import installed, pandoc, run
from engross.revision.texts import texts_of

ADDRESS = re.compile(r"\s*([a-z][a-z0-9/-]*#p-\d{3,})\s*")
KINDS = {"": "", "deletion": "change", "insertion": "change", "comment": "comment", "end": "end"}
"""What neighbours are told as one, by what was done to each."""
API = [1, 23, 1]
"""Version of pandoc's syntax tree."""


@command
def write_word(running: Run, request: CorrectRequest, path: Path) -> Outcome:
    """
    Write a text for readers who correct it in Word, with tracked changes.

    Raises:
        EngrossError: pandoc is not installed, there is no such text, or the system refuses it.
    """
    texts = texts_of(open_ledger(running).book)
    blocks = texts[request.address].blocks if request.address in texts else ()
    if not blocks:
        message = f"the edition has no text '{request.address}' of paragraphs"
        raise stop([finding("L010", Place(), message)])
    program, _ = installed(f"write {path.name}")
    made = [_paragraph(request.address, leaf) for leaf in leaves(blocks)]
    tree = {"pandoc-api-version": API, "meta": {}, "blocks": made}
    content = run(program, ["-f", "json", "-t", "docx", "-o", "-"], json.dumps(tree).encode())
    with written(str(path)):
        fs.put_file(path, content)
    lines = [f"{path}: {len(made)} paragraphs; engross correct --from {path} reads it back"]
    return running.outcome(unchanged=True, extra={"lines": lines})


def _paragraph(address: str, leaf: Leaf) -> dict[str, Any]:
    """The address, in a style of its own, then the words."""
    name = {"t": "Str", "c": f"{address}#{leaf.id}"}
    style = ["", [], [["custom-style", "Address"]]]
    inlines = [{"t": "Span", "c": [style, [name]]}, {"t": "Space"}]
    for item in leaf.content:
        if isinstance(item, Stretch):
            words = {"t": "Str", "c": item.text}
            leaning = any(mark.kind == "emphasis" for mark in item.marks)
            inlines.append({"t": "Emph", "c": [words]} if leaning else words)
    return {"t": "Para", "c": inlines}


def read_word(name: str, content: bytes) -> tuple[Mark, ...]:
    """
    Each tracked change and comment, and the words of each paragraph as they were before them.

    Raises:
        EngrossError: pandoc is not installed, or does not take the file.
    """
    tree = pandoc(name, ".docx", content)
    return tuple(mark for inlines in _paragraphs(tree.blocks) for mark in _marks(inlines))


def _paragraphs(node: Any) -> Iterator[Any]:
    if isinstance(node, dict) and node.get("t") in {"Para", "Plain"}:
        yield node["c"]
    elif isinstance(node, dict | list):
        for part in node.values() if isinstance(node, dict) else node:
            yield from _paragraphs(part)


def _marks(inlines: Any) -> Iterator[Mark]:
    pieces = list(_pieces(inlines, ("", "")))
    before = "".join(text for text, (state, _) in pieces if state in {"", "deletion"})
    named = ADDRESS.match(before)
    address, skip = (named[1], named.end()) if named else ("", 0)
    yield Mark("", "text", before[skip:], "", "", "", address=address)
    groups = [list(rows) for _, rows in itertools.groupby(pieces, key=lambda one: KINDS[one[1][0]])]
    at = 0
    for rows, following in zip(groups, [*groups[1:], []], strict=True):
        said = dict.fromkeys(KINDS, "")
        for text, (state, _) in rows:
            said[state] += text
        (state, by), end = rows[0][1], at + len(said[""] + said["deletion"])
        words, new, what = before[at:end], said["insertion"], "strike" if end > at else "insert"
        if KINDS[state] == "comment":
            what, new = "comment", said["comment"]
            words = "".join(text for text, (state, _) in following if not state).strip()
        elif not (words and new) and before[at - 1 : at] == " " == before[end : end + 1]:
            words += " " if words else ""  # pandoc leaves out the spaces that went with words
            new += " " if new else ""
        if KINDS[state] in {"change", "comment"}:
            after = before[at + len(words) :]
            yield Mark("", what, words, before[skip:at], after, new, by, address)
        at = end


def _pieces(inlines: Any, state: tuple[str, str]) -> Iterator[tuple[str, tuple[str, str]]]:
    """Words, each with what was done to them, and by whom."""
    for one in inlines:
        kind, held = one["t"], one.get("c")
        if kind == "Str":
            yield held, state
        elif kind in {"Space", "SoftBreak", "LineBreak"}:
            yield " ", state
        elif kind == "Span":
            (_, classes, values), inner = held
            by = dict(values).get("author", "")
            done = next((c for c in classes if c in {"insertion", "deletion"}), "")
            if "comment-start" in classes:
                yield "".join(text for text, _ in _pieces(inner, ("", ""))), ("comment", by)
            elif "comment-end" in classes:
                yield "", ("end", "")
            else:
                yield from _pieces(inner, (done, by) if done else state)
        elif isinstance(held, list):
            parts = held[-1] if kind == "Quoted" else held[1] if kind == "Link" else held
            if isinstance(parts, list):
                yield from _pieces((p for p in parts if isinstance(p, dict)), state)
