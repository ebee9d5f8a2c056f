"""Pandoc's citeproc says the citations of a style: first, short and ibid., and the bibliography."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

from engross.disk.passing import passing
from engross.model.forms import Cite, Form, Style
from engross.model.text import Mark, Run
from engross.read.pandoc import run

Node = Any
MARKS = {
    "Emph": "emphasis",
    "Strong": "strong",
    "SmallCaps": "small-caps",
    "Superscript": "sup",
    "Subscript": "sub",
    "Underline": "underline",
    "Strikeout": "strike",
}
LEAVES = re.compile(r"ll?\.\s")
"""What leaves of an archive begin with, which citeproc would take for lines."""
BETWEEN = "engross-between"
"""A work that stands between two citations, so that neither is taken for the other's ibid."""
STOP = re.compile(r"\.(?=[”»“\"'’]*$)")
"""A full stop at the end, within quotation marks or without."""


def cited(
    program: str,
    style: Style,
    language: str,
    items: Sequence[Mapping[str, Any]],
    cites: Sequence[Cite],
) -> tuple[list[Form], dict[str, Form]]:
    """
    What each citation says, and each entry of the bibliography, in the style's order.

    Words and quotation marks are those of the locale of a BCP 47 language. Works are as CSL-JSON;
    citations in reading order, neighbours of one note in one note.

    Raises:
        PandocError: pandoc does not take the style.
    """
    notes = [list(rows) for _, rows in groupby(cites, lambda one: one.note)]
    blocks = [_note(rows[0].number or number, rows) for number, rows in enumerate(notes, 1)]
    every = {"t": "MetaInlines", "c": [_cite(Cite("*", ""), 0)]}
    tree = {"pandoc-api-version": [1, 23, 1], "meta": {"nocite": every}, "blocks": blocks}
    with passing("citeproc") as folder:
        library = folder.write("library.json", json.dumps(items).encode())
        options = ["-f", "json", "-t", "json", "--citeproc", f"--bibliography={library}"]
        options += [f"--metadata=lang:{language}"]
        if style.csl:
            options += [f"--csl={folder.write('style.csl', style.csl)}"]
        made = json.loads(run(program, options, json.dumps(tree).encode(), folder.path))
    said = [_form(node) for node in _cites(made["blocks"][: len(blocks)])]
    forms = [_fitted(form, cite, style) for form, cite in zip(said, cites, strict=True)]
    return forms, dict(_entries(made["blocks"][len(blocks) :]))


def short_forms(cites: Iterable[Cite], notes: bool) -> list[Cite]:
    """
    Citations of texts as a style of notes is asked for them: none the first of its source.

    Each stands between two others, in a note of its own.
    """
    cites = list(cites)
    if not notes:
        return [Cite(one.key, one.locator, note=str(n)) for n, one in enumerate(cites)]
    rows = [Cite(key, "", note="all") for key in dict.fromkeys(one.key for one in cites)]
    for number, one in enumerate(cites):
        rows.append(Cite(BETWEEN, "", note=f"between {number}"))
        rows.append(Cite(one.key, one.locator, note=str(number)))
    return rows


def _note(number: int, cites: Sequence[Cite]) -> Node:
    """A note of several citations; words around them keep each as it stands among words."""
    inlines: list[Node] = [{"t": "Str", "c": "x"}]
    for cite in cites:
        inlines += [{"t": "Space"}, _cite(cite, number), {"t": "Space"}, {"t": "Str", "c": "x"}]
    return {"t": "Para", "c": [{"t": "Note", "c": [{"t": "Para", "c": inlines}]}]}


def _cite(cite: Cite, number: int) -> Node:
    words = f"{'{}' * bool(LEAVES.match(cite.locator))}, {cite.locator}".split()
    suffix = [node for word in words for node in ({"t": "Str", "c": word}, {"t": "Space"})]
    citation = {
        "citationId": cite.key,
        "citationPrefix": [],
        "citationSuffix": suffix[:-1] if cite.locator else [],
        "citationMode": {"t": "NormalCitation"},
        "citationNoteNum": number,
        "citationHash": 0,
    }
    return {"t": "Cite", "c": [[citation], []]}


def _cites(blocks: Sequence[Node]) -> Iterator[Sequence[Node]]:
    """The words of each citation, in order."""
    for block in blocks:
        for inline in block["c"][0]["c"][0]["c"]:
            if inline["t"] == "Cite":
                yield inline["c"][1]


def _entries(blocks: Sequence[Node]) -> Iterator[tuple[str, Form]]:
    for block in blocks:
        if block["t"] == "Div":
            (identity, classes, _), inside = block["c"]
            if "csl-entry" in classes:
                nodes = [node for one in inside for node in _inside(one)]
                if form := _form(nodes):  # a style leaves out letters, laws and the like
                    yield identity.removeprefix("ref-"), form
            else:
                yield from _entries(inside)


def _inside(block: Node) -> list[Node]:
    """The inlines of an entry, which a style may cut into a number and the rest."""
    if block["t"] == "Div":
        return [node for one in block["c"][1] for node in [*_inside(one), {"t": "Space"}]]
    return list(block["c"])


def _form(nodes: Iterable[Node]) -> Form:
    """Words and their marks; neighbours of the same marks are one."""
    found: list[Run] = []
    for said, marks in _runs(nodes, ()):
        text = said.lstrip() if found and found[-1].text.endswith(" ") else said
        if found and found[-1].marks == marks:
            found[-1] = Run(found[-1].text + text, marks)
        elif text:
            found.append(Run(text, marks))
    if found:
        found[-1] = Run(found[-1].text.rstrip(), found[-1].marks)
    return tuple(one for one in found if one.text)


def _runs(nodes: Iterable[Node], marks: tuple[Mark, ...]) -> Iterator[tuple[str, tuple[Mark, ...]]]:
    for node in nodes:
        kind, held = node["t"], node.get("c")
        if kind == "Str":
            yield held, marks
        elif kind in {"Space", "SoftBreak", "LineBreak"}:
            yield " ", marks
        elif kind in MARKS:
            yield from _runs(held, (*marks, Mark(MARKS[kind])))
        elif kind == "Link":
            yield from _runs(held[1], (*marks, Mark("link", (("href", held[2][0]),))))
        elif kind == "Span":
            yield from _runs(held[1], marks)
            if "csl-left-margin" in held[0][1]:
                yield " ", marks


def _fitted(form: Form, cite: Cite, style: Style) -> Form:
    """A citation among the editors' words: without links, and with one full stop at most."""
    runs = [
        Run(one.text, tuple(mark for mark in one.marks if mark.kind != "link"))
        for one in form
        if isinstance(one, Run)
    ]
    if not runs:
        return ()
    if style.notes:  # among words in parentheses, which are citeproc's and not the style's
        runs[0] = Run(runs[0].text.removeprefix("("), runs[0].marks)
        runs[-1] = Run(runs[-1].text.removesuffix(")"), runs[-1].marks)
        runs = [one for one in runs if one.text]
        if cite.first and runs:
            runs[0] = Run(runs[0].text[:1].upper() + runs[0].text[1:], runs[0].marks)
    if cite.ended and runs:
        runs[-1] = Run(STOP.sub("", runs[-1].text), runs[-1].marks)
    return tuple(one for one in runs if one.text)
