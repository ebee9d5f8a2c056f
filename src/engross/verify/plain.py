"""The forms in which texts are compared."""

import re
import tomllib
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from importlib import resources
from itertools import accumulate
from typing import Any

from engross.model.parting import agreed
from engross.model.text import plain
from engross.model.unseen import seen
from engross.parse.markdown import parse_inline

TABLES: dict[str, Any] = tomllib.loads(
    resources.files(__package__).joinpath("tables.toml").read_text("utf-8")
)
"""What the proof knows by name: properties of sheets, elements, roles, fields."""
UNPROVABLE = {
    "\u00ad": "soft hyphen",
    "\u2010": "hyphen",
    "\u200b": "zero width space",
    **{chr(code): "ligature" for code in range(0xFB00, 0xFB07)},
}
"""Characters that do not come back from a PDF as they went in."""

SPACES = re.compile(r"\s+")


def bare(text: str) -> str:
    r"""
    NFC without white space: what pages and whole files are compared by.

    >>> bare("a  conver\u00a0sation")
    'aconversation'
    """
    return "".join(unicodedata.normalize("NFC", text).split())


def sizes(text: str) -> list[int]:
    r"""
    How many characters of the bare text stand before each of a text, and before its end.

    >>> sizes("e\u0301 a")
    [0, 1, 1, 1, 2]
    """
    if unicodedata.is_normalized("NFC", text):
        return [0, *accumulate(not character.isspace() for character in text)]
    found, base, start = [0], 0, 0
    for at, character in enumerate(text):
        if not unicodedata.combining(character):
            base, start = found[-1], at
        found.append(base + len(bare(text[start : at + 1])))
    return found


def spaced(text: str) -> str:
    """NFC with white space folded: how the words of an EPUB are compared."""
    return SPACES.sub(" ", unicodedata.normalize("NFC", text)).strip()


def paper(text: str) -> str:
    r"""
    As `bare`, in the form that any text has after its way through a PDF.

    >>> paper("o\ufb03ce")
    'office'
    """
    if text.isascii():
        return "".join(text.split())
    kept = []
    for character in seen(bare(text)):
        if character == "\u2010":
            continue
        ligature = "\ufb00" <= character <= "\ufb06"
        kept.append(unicodedata.normalize("NFKC", character) if ligature else character)
    return "".join(kept)


def unprovable(text: str) -> str:
    r"""
    What of a text no PDF can prove, in words; empty: everything can be proved.

    >>> unprovable("o\ufb03ce")
    'U+FB03 (ligature)'
    """
    for character in unicodedata.normalize("NFC", text):
        if character in UNPROVABLE:
            return f"U+{ord(character):04X} ({UNPROVABLE[character]})"
    return ""


@cache
def unmarked(text: str) -> str:
    """The words of a line of Markdown."""
    return plain(parse_inline(text))


def missing(text: str, values: Iterable[str]) -> str:
    """The first value that does not stand in a text behind the one before it; "" for none."""
    text, at = bare(text), 0
    for value in values:
        if (found := text.find(bare(value), at)) < 0:
            return value
        at = found + len(bare(value))
    return ""


def leaves_of(value: object) -> Iterator[str]:
    """Every value of a record, in its order."""
    if isinstance(value, Mapping):
        for part in value.values():
            yield from leaves_of(part)
    elif isinstance(value, list | tuple):
        for part in value:
            yield from leaves_of(part)
    elif value is not None:
        yield str(value)


def difference(wanted: str, found: str, width: int = 30) -> str:
    """
    Where two texts part, with what stands before and behind.

    >>> difference("nine days later", "nine days after")
    "after 'nine days ' stands 'after' instead of 'later'"
    """
    at = agreed(wanted, found)
    before = found[max(0, at - width) : at]
    here, there = found[at : at + width], wanted[at : at + width]
    stands = f"'{here}'" if here else "nothing"
    instead = f"'{there}'" if there else "nothing"
    return f"after '{before}' stands {stands} instead of {instead}"
