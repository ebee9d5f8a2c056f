"""`evidence/furniture.json`: the strings that the program made, as values."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

Medium = Literal["page", "epub"]

KINDS = ("anchor", "call", "furniture", "leaf", "line", "slot", "supplied", "text")
"""What an item can be besides an address."""


@dataclass(frozen=True, slots=True)
class Sign:
    """Something that stands in an address's text, or between addresses, and is not evidence."""

    kind: str
    words: str
    """What it says; of a slot and an anchor: the address that is meant."""
    note: str = ""
    """Of a call: the note."""
    at: int = 0
    """How many characters of the address's own text stand before it, white space aside."""
    drawn: str = ""
    """Of a leaf whose words stand in the margin: the sign in the text; of a number of verse in the
    text: itself."""


@dataclass(frozen=True, slots=True)
class Item:
    """An address with the signs in it, or a string between addresses."""

    address: str = ""
    inside: tuple[Sign, ...] = ()
    number: str = ""
    """Of a note on pages: what it is called by."""
    paragraph: str = ""
    sign: Sign | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """One section of one medium."""

    address: str
    kind: str
    title: str
    head: str
    """What the running head of its right pages says."""
    display: bool
    runs_on: bool
    """Whether it follows the section before it on the same page."""
    items: tuple[Item, ...]
    notes: tuple[Item, ...]
    labels: tuple[str, ...]
    """What lists draw beside their items, in order; on pages only."""


@dataclass(frozen=True, slots=True)
class Furniture:
    """The whole file."""

    verso: str
    page: tuple[Section, ...]
    epub: tuple[Section, ...]
    words: Mapping[str, str]
    """What the navigation of an EPUB calls its parts, by key."""

    def of(self, medium: Medium) -> tuple[Section, ...]:
        """The sections of one medium."""
        return self.page if medium == "page" else self.epub


def read_furniture(content: bytes) -> Furniture:
    """
    Read the file.

    Raises:
        ValueError: it is not what the build writes.
    """
    try:
        raw = json.loads(content)
        if raw["furniture"] != 1:
            raise ValueError(f"furniture: {raw['furniture']} is not known")
        return Furniture(
            str(raw["verso"]),
            tuple(_section(one) for one in raw["page"]),
            tuple(_section(one) for one in raw["epub"]),
            {str(key): str(value) for key, value in raw["words"].items()},
        )
    except (KeyError, TypeError, AttributeError, RecursionError) as error:
        raise ValueError(f"{type(error).__name__}: {error}") from error


def _section(raw: dict[str, Any]) -> Section:
    return Section(
        address=str(raw["address"]),
        kind=str(raw["kind"]),
        title=str(raw["title"]),
        head=str(raw["head"]),
        display=bool(raw["display"]),
        runs_on=bool(raw.get("runs_on")),
        items=tuple(_item(item) for item in raw["items"]),
        notes=tuple(_item(item) for item in raw["notes"]),
        labels=tuple(str(label) for label in raw["labels"]),
    )


def _item(raw: dict[str, Any]) -> Item:
    if "address" in raw:
        return Item(
            str(raw["address"]),
            tuple(_sign(sign) for sign in raw["inside"]),
            str(raw.get("number", "")),
            str(raw.get("paragraph", "")),
        )
    return Item(sign=_sign(raw))


def _sign(raw: dict[str, Any]) -> Sign:
    for kind in KINDS:
        if kind in raw:
            if kind == "call":
                return Sign(kind, str(raw["text"]), str(raw["call"]), int(raw.get("at", 0)))
            drawn = str(raw.get("drawn", ""))
            return Sign(kind, str(raw[kind]), "", int(raw.get("at", 0)), drawn)
    raise ValueError(f"{sorted(raw)} is no item")
