"""A book's own style sheets ask for nothing: pictures stand in texts, and faces are pinned."""

from collections.abc import Iterable, Iterator
from typing import Any

import tinycss2  # type: ignore[import-untyped]  # has no types

from engross import catalog
from engross.model.finding import Finding, Place

_ASKING = frozenset({"url", "src", "image", "image-set", "-webkit-image-set", "cross-fade"})
_AT = {"import", "namespace", "charset"}


def judge_sheet(path: str, text: str) -> tuple[Finding, ...]:
    """A finding for each file or address that a sheet asks for, at its line."""
    rules = tinycss2.parse_component_value_list(text)
    return tuple(
        catalog.finding(
            "F027",
            Place(path, line, column),
            f"the sheet asks for {what}",
            "take it out: a sheet asks for no file and no address; pictures stand in the texts, "
            "fonts in the manifest",
        )
        for line, column, what in _asked(rules)
    )


def _asked(nodes: Iterable[Any]) -> Iterator[tuple[int, int, str]]:
    for node in nodes:
        where = node.source_line, node.source_column
        if node.type == "url":
            if not node.value.startswith("#"):
                yield *where, f"'{node.value[:80]}'"
        elif node.type == "function":
            name = node.lower_name
            words = [one.value for one in node.arguments if one.type == "string"]
            if name in _ASKING and not (name == "url" and words and words[0].startswith("#")):
                yield *where, f"'{words[0][:80]}'" if words else f"{name}()"
            else:
                yield from _asked(node.arguments)
        elif node.type == "at-keyword" and node.lower_value in _AT:
            yield *where, f"another sheet (@{node.lower_value})"
        elif node.type == "error":
            continue
        else:
            yield from _asked(getattr(node, "content", None) or ())
