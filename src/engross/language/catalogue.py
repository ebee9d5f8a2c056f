"""
The words that an edition prints of its own, by key: a gettext catalogue a language.

`words.pot` has the keys (`msgctxt`) with the English words; `<tag>.po` beside it has those of
another language, with as many plural forms as its header says. This is the one module that reads
them.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

ENGLISH = "en"
TEMPLATE = "words.pot"
UNREAD = "Not yet read by a native editor"
FOLDER = files("engross").joinpath("templates", "words")


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The words of one language."""

    language: str
    """Primary subtag of what the words are written in."""
    entries: dict[str, tuple[str, ...]]
    """By key; more than one where the words bend with a number."""
    form: Callable[[int], int]
    """Which of several forms a number takes."""
    read: bool = True
    """Whether a native editor has read it; the first comment of its file says where none has."""


def primary(language: str) -> str:
    """
    The first subtag of a language tag.

    >>> primary("de-AT")
    'de'
    """
    return language.partition("-")[0].lower()


def catalogue(language: str) -> Catalogue:
    """The catalogue of a language, by its primary subtag; English where we have none of it."""
    tag = primary(language)
    return _read(tag if FOLDER.joinpath(f"{tag}.po").is_file() else ENGLISH)


@cache
def _read(tag: str) -> Catalogue:
    from gettext import c2py

    from babel.messages.pofile import read_po

    source = FOLDER.joinpath(TEMPLATE if tag == ENGLISH else f"{tag}.po")
    with source.open("rb") as stream:
        read = read_po(stream, abort_invalid=True)
    entries: dict[str, tuple[str, ...]] = {}
    for one in read:
        # The template's own words are the English ones.
        said = one.id if tag == ENGLISH else one.string or one.id
        if one.context:
            entries[one.context] = (said,) if isinstance(said, str) else tuple(said)
    return Catalogue(tag, entries, c2py(read.plural_expr), UNREAD not in read.header_comment)
