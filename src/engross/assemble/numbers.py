"""Printed numbers after a release: kept as they were, unless the ledger gives leave to renumber."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from engross.assemble.document import Woven
from engross.catalog import finding
from engross.model.finding import Finding, Place
from engross.model.text import Leaf, Note, leaves, map_leaves
from engross.parse.book import Book
from engross.release.frozen import Context, kept
from engross.revision.releases import numbers_kept
from engross.schema.release import Numbering


def keep_numbers(
    texts: Sequence[Woven], book: Book, context: Context
) -> tuple[list[Woven], list[Finding]]:
    """
    Give paragraphs and notes the numbers of the last release.

    A new note counts on from the one before it with a letter. A paragraph cannot: one that was not
    numbered then is a finding, since its number would shift those that readers have cited.
    """
    frozen = numbers_kept(book, context.earlier)
    if frozen is None:
        return list(texts), []
    findings: list[Finding] = []
    result, notes = [], frozen.by_text()
    for text in texts:
        if any(leaf.number for leaf in leaves(text.blocks)):
            findings += _unnumbered(text, frozen, context.earlier[-1].version)
        result.append(_kept(text, frozen, notes.get(text.address, {})))
    return result, findings


def _kept(text: Woven, numbers: Numbering, numbered: Mapping[str, str]) -> Woven:
    address = text.address

    def change(leaf: Leaf) -> Leaf:
        frozen = numbers.paragraphs.get(f"{address}#{leaf.id}", "")
        return replace(leaf, number=int(frozen)) if frozen.isdigit() else leaf

    names = [f"{address}/note/{note.id}" for note in text.notes]
    given = kept(names, numbered)
    notes = tuple(
        _numbered(note, given[name]) for note, name in zip(text.notes, names, strict=True)
    )
    return replace(text, blocks=map_leaves(text.blocks, change), notes=notes)


def _numbered(note: Note, number: str) -> Note:
    if number == note.label:
        return note
    if number.isdigit():
        return replace(note, number=int(number))
    whole = number.rstrip("abcdefghijklmnopqrstuvwxyz")
    return replace(note, number=int(whole) if whole.isdigit() else note.number, label=number)


def _unnumbered(text: Woven, numbers: Numbering, version: str) -> list[Finding]:
    known = any(f"{text.address}#{leaf.id}" in numbers.paragraphs for leaf in leaves(text.blocks))
    return [
        finding(
            "V006",
            Place("corrections.yaml"),
            f"{text.address}#{leaf.id} is a paragraph of its own again and had no number in "
            f"release {version}",
        )
        for leaf in leaves(text.blocks)
        if leaf.number and known and f"{text.address}#{leaf.id}" not in numbers.paragraphs
    ]
