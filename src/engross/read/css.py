"""A book's own style sheets ask for nothing: pictures stand in texts, and faces are pinned."""

from collections.abc import Iterable, Iterator
from typing import Any

import tinycss2  # type: ignore[import-untyped]  # has no types

from engross import catalog
from engross.model.finding import Finding, Place

_ASKING = frozenset({"url", "src", "image", "image-set", "-webkit-image-set", "cross-fade"})
_SAYING = frozenset(
    "attr content counter counters format lang leader local not is where has string symbols "  # noqa: SIM905 - a list of words
    "target-counter target-counters target-text running element var env translate".split()
)
"""Functions in which a string is words, never an address."""
_AT = {"import", "namespace", "charset"}
DEEP = 40
"""Brackets within each other."""


def judge_sheet(path: str, text: str) -> tuple[Finding, ...]:
    """A finding for each file or address that a sheet asks for, at its line."""
    rules = tinycss2.parse_component_value_list(text)
    if (found := _deeper(rules)) is not None:
        says = f"brackets stand more than {DEEP} deep in each other"
        return (catalog.finding("X019", Place(path, *found), says, "write it flatter"),)
    return tuple(
        catalog.finding(
            "F027",
            Place(path, line, column),
            f"the sheet asks for {what}",
            "take it out: a sheet asks for no file and no address; pictures stand in the texts, "
            "fonts in the manifest",
        )
        for line, column, what in asked(rules)
    )


def asks(values: str) -> bool:
    """Whether the values of a declaration ask for anything, or nest beyond reason."""
    nodes = tinycss2.parse_component_value_list(values)
    return _deeper(nodes) is not None or any(True for _ in asked(nodes))


def _inside(node: Any) -> Iterable[Any]:
    return getattr(node, "arguments", None) or getattr(node, "content", None) or ()


def _deeper(nodes: Iterable[Any]) -> tuple[int, int] | None:
    """Line and column of the first bracket that is too deep."""
    waiting = [(node, 1) for node in nodes]
    while waiting:
        node, depth = waiting.pop()
        if depth > DEEP:
            return node.source_line, node.source_column
        waiting += [(inner, depth + 1) for inner in _inside(node)]
    return None


def asked(nodes: Iterable[Any]) -> Iterator[tuple[int, int, str]]:
    """Line, column and address of each thing that component values of CSS ask for."""
    for node in nodes:
        where = node.source_line, node.source_column
        if node.type == "url":
            if not node.value.startswith("#"):
                yield *where, f"'{node.value[:80]}'"
        elif node.type == "function":
            name = node.lower_name
            words = [one.value for one in node.arguments if one.type == "string"]
            strange = name in _ASKING or (bool(words) and name not in _SAYING)
            if strange and not (name == "url" and words and words[0].startswith("#")):
                yield *where, f"'{words[0][:80]}'" if words else f"{name}()"
            else:
                yield from asked(node.arguments)
        elif node.type == "at-keyword" and node.lower_value in _AT:
            yield *where, f"another sheet (@{node.lower_value})"
        elif node.type != "error":
            yield from asked(_inside(node))
