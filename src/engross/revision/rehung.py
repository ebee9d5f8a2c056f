"""Quotations of a file, carried over to other words of the texts that they are of."""

from collections.abc import Iterator, Mapping, Set
from typing import Any

from engross.ledger.edits import block_digest
from engross.revision.ledger_file import quoted, touched
from engross.revision.renewed import moved
from engross.schema.base import Anchor

KEYS = ("exact", "prefix", "suffix", "block")
Texts = Mapping[str, Mapping[str, str]]
"""The blocks of documents by their ids."""


def rehung(
    text: str,
    path: str,
    states: tuple[Texts, Texts],
    lines: list[str],
    document: str = "",
    leave: Set[str] = frozenset(),
) -> str:
    """
    A YAML file with its quotations carried over.

    Args:
        text: the file.
        path: of it, for what is told.
        states: what is quoted, as it was and as it is.
        lines: hear of each quotation that is another one now.
        document: whose quotations they are where they name none.
        leave: ids of entries that stay as they are.
    """
    return touched(text, lambda tree: rehang(tree, path, states, lines, document, leave))


def rehang(
    tree: Any,
    path: str,
    states: tuple[Texts, Texts],
    lines: list[str],
    document: str = "",
    leave: Set[str] = frozenset(),
) -> None:
    """The same in a tree of mappings and lists."""
    before, now = states
    for node, address in quotations(tree, document, leave):
        if before.get(address) != now.get(address):
            _carry(node, before[address], now[address], path, lines)


def quotations(
    node: Any, address: str = "", leave: Set[str] = frozenset()
) -> Iterator[tuple[Any, str]]:
    """Every mapping of a tree that quotes words, and the text that they are of."""
    if isinstance(node, dict) and node.get("id") not in leave:
        address = node.get("address", address)
        if not {*KEYS}.isdisjoint(node):
            yield node, address
    elif not isinstance(node, list):
        return
    for part in node if isinstance(node, list) else [*node.values()]:
        yield from quotations(part, address, leave)


def _carry(
    node: Any, old: Mapping[str, str], new: Mapping[str, str], path: str, lines: list[str]
) -> None:
    keys = {key: str(node[key]) for key in KEYS if node.get(key)}
    there = moved(Anchor(**keys), old, new)
    if there is None:
        lines.append(f'{path}: the words "{keys.get("exact", "")}" are gone')
        return
    for key, value in there.model_dump(include={*KEYS}).items():
        if value and value.strip() != keys.get(key, "").strip():
            lines.append(f'{path}: {key} "{keys.get(key, "")}" is now "{value}"')
            node[key] = quoted(value)
        elif not value and key in node:
            node.pop(key)
    if node.get("block_sha256") and there.block:
        node["block_sha256"] = quoted(block_digest(new[there.block]))
