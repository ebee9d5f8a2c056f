"""East Asian faces cut to the characters of an edition, so that an EPUB can bring them."""

import hashlib
import io
import re
from collections.abc import Iterable
from dataclasses import replace
from typing import Protocol

from engross.model.font import FontFile

FAMILIES = frozenset({"Noto Sans JP", "Noto Sans KR", "Noto Sans SC"})
"""Too large to be given away whole; their licence reserves no name, so a part may go by it."""

FIRST = 0x2E80
"""From here on lie the characters that these faces alone have; others are the text face's."""

SELECTORS = range(0xFE00, 0xFE10)
"""They choose a form of the character before them, and stand in every edition behind `↩`."""

_EASTERN = re.compile(f"[^\0-{chr(FIRST - 1)}]")


class Keeping(Protocol):
    """What keeps bytes by key, as the cache's store does."""

    def get(self, key: str) -> bytes | None:
        """The bytes under a key, or None."""

    def put(self, key: str, body: bytes) -> None:
        """Keep bytes under a key."""


def eastern(texts: Iterable[str]) -> list[int]:
    """The characters of some texts that these faces alone have, in their order."""
    found = {ord(one) for text in texts for one in _EASTERN.findall(text)}
    return sorted(found.difference(SELECTORS))


def cut(face: FontFile, texts: Iterable[str], store: Keeping) -> FontFile | None:
    """
    A face with the East Asian characters of some texts alone; None where they have none.

    The same texts and the same face give the same bytes.
    """
    wanted = eastern(texts)
    if not wanted:
        return None
    letters = "".join(map(chr, wanted)).encode()
    key = hashlib.sha256(b"cut 1 " + face.digest.encode() + letters).hexdigest()
    content = store.get(key)
    if content is None:
        content = _cut(face.content, wanted)
        store.put(key, content)
    return replace(face, content=content, digest=hashlib.sha256(content).hexdigest())


def _cut(content: bytes, characters: list[int]) -> bytes:
    from fontTools import subset
    from fontTools.ttLib import TTFont

    options = subset.Options(hinting=False, notdef_outline=True, recalc_timestamp=False)
    options.name_IDs = ["*"]
    with TTFont(io.BytesIO(content), recalcTimestamp=False, lazy=True) as font:
        cutter = subset.Subsetter(options)
        cutter.populate(unicodes=characters)
        cutter.subset(font)
        target = io.BytesIO()
        font.save(target)
    return target.getvalue()
