"""`evidence/furniture.json`: the strings that the program made, as values."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, TypeAdapter, ValidationError

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
    """The note that a call is for."""
    at: int = 0
    """How many characters of the address's own text stand before it, white space aside."""
    drawn: str = ""
    """The sign in the text of a leaf whose words stand in the margin; a number of verse that stands
    in the text."""


def _sign(raw: Any) -> Any:
    """A sign stands under its kind in the file, a call with its note."""
    kind = next((kind for kind in KINDS if kind in raw), "")
    call = kind == "call"
    words = {"words": raw["text"], "note": raw["call"]} if call else {"words": raw.get(kind)}
    return {**words, "kind": kind, "at": raw.get("at", 0), "drawn": raw.get("drawn", "")}


OneSign = Annotated[Sign, BeforeValidator(_sign)]


@dataclass(frozen=True, slots=True)
class Item:
    """An address with the signs in it, or a string between addresses."""

    address: str = ""
    inside: tuple[OneSign, ...] = ()
    number: str = ""
    """What a note on pages is called by."""
    paragraph: str = ""
    sign: OneSign | None = None


Items = tuple[
    Annotated[Item, BeforeValidator(lambda raw: raw if "address" in raw else {"sign": raw})], ...
]


@dataclass(frozen=True, slots=True)
class Section:
    """One section of one medium."""

    address: str
    kind: str
    title: str
    head: str
    """What the running head of its right pages says."""
    display: bool
    items: Items
    notes: Items
    labels: tuple[str, ...]
    """What lists draw beside their items, in order; on pages only."""
    runs_on: bool = False
    """Whether it follows the section before it on the same page."""


@dataclass(frozen=True, slots=True)
class Furniture:
    """The whole file."""

    furniture: Literal[1]
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
        return TypeAdapter(Furniture).validate_json(content)
    except ValidationError as error:
        first = error.errors()[0]
        raise ValueError(f"{'.'.join(map(str, first['loc']))}: {first['msg']}") from error
    except (KeyError, TypeError, AttributeError, RecursionError) as error:
        raise ValueError(f"{type(error).__name__}: {error}") from error
