"""Faces cut to the characters of an edition, for its EPUB and its web edition."""

import hashlib
import io
import re
from collections.abc import Iterable
from dataclasses import replace
from functools import lru_cache
from importlib.metadata import version
from typing import Any

from engross.cache.store import Keeper
from engross.model.font import FontFile

FAMILIES = frozenset({"Noto Sans JP", "Noto Sans KR", "Noto Sans SC"})
"""Too large to be given away whole; their licence reserves no name, so a part may go by it."""

FIRST = 0x2E80
"""From here on lie the characters that these faces alone have; others are the text face's."""

SELECTORS = range(0xFE00, 0xFE10)
"""They choose a form of the character before them, and stand in every edition behind `↩`."""

_EASTERN = re.compile(f"[^\0-{chr(FIRST - 1)}]")


def eastern(texts: Iterable[str]) -> list[int]:
    """The characters of some texts that these faces alone have, in their order."""
    found = {ord(one) for text in texts for one in _EASTERN.findall(text)}
    return sorted(found.difference(SELECTORS))


def used(texts: Iterable[str]) -> list[int]:
    """
    The characters of some texts, and those of ASCII, which numbers and names of files need.

    >>> "".join(map(chr, used(["Größe"])))[95:]
    'ßö'
    """
    return sorted({*range(0x20, 0x7F)}.union(*(map(ord, text) for text in texts)) - {0x0A})


def cut(face: FontFile, characters: list[int], store: Keeper) -> FontFile:
    """
    A face with some characters alone, and with all that its features make of them.

    A face whose licence reserves its name is given back whole: a part may not go by that name.
    The same characters and the same face give the same bytes.
    """
    letters = "".join(map(chr, characters)).encode()
    made = f"cut 5 {version('uharfbuzz')} {face.digest}"
    key = hashlib.sha256(made.encode() + letters).hexdigest()
    content = store.get(key)
    if content is None:
        content = _cut(face.content, tuple(characters))
        store.put(key, content)
    return replace(face, content=content, digest=hashlib.sha256(content).hexdigest())


@lru_cache(maxsize=16)  # the books of a batch have many characters in common
def _cut(content: bytes, characters: tuple[int, ...]) -> bytes:
    from fontTools.ttLib import TTFont

    from engross.make.subset import by_characters

    with TTFont(io.BytesIO(content), lazy=True) as font:
        if _reserved(font["name"]):
            return content
    return by_characters(content, characters)


def _reserved(names: Any) -> bool:
    """Whether the licence reserves the family's own name: Gentium's, not Noto's Source."""
    family = (names.getDebugName(1) or "").lower().split()
    rights = " ".join(names.getDebugName(number) or "" for number in (0, 13)).lower()
    said = rights.split("reserved font name")[1:]
    return bool(family) and any(family[0] in words[:80] for words in said)
