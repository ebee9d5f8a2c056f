"""Files of words without some of them, and with what stands there instead."""

import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from engross.ledger.sealed import REST, WORD

BESIDE = r"(?:\[[@^][^\]]*\]|[\W_])*"
"""Between two words of Markdown: spaces, signs, citations and calls."""
TAGS = r"<note\b(?s:.*?)</note>|<[^>]*>"
BESIDE_TEI = rf"(?:{TAGS}|&[#\w]+;|[\W_])*"
MARKS = r"[^\w\s|<>]*"
"""Punctuation and signs of emphasis at the edge of a block; not the bars of a table."""


@dataclass(frozen=True, slots=True)
class Taken:
    """What is taken out of one text."""

    texts: Mapping[str, str]
    """Its blocks, in order, as they were."""
    stretches: Mapping[str, tuple[int, int]]
    """By block, what goes."""
    sign: str = REST
    """What stands at the first place instead; at others a short one does."""
    whole: bool = False
    """Whether nothing of it stays."""

    def now(self) -> dict[str, str]:
        """The blocks as they are without it."""
        found, sign = dict(self.texts), self.sign
        for block, (start, end) in self.stretches.items():
            text = self.texts[block]
            if WORD.search(text[start:end]):
                found[block], sign = text[:start] + sign + text[end:], REST
        return found


def blanked(text: str, taken: Taken) -> str:
    """A text as its file writes it: Markdown, or as it was received."""
    for start, end, sign in reversed(list(_places(text, taken, BESIDE))):
        gone = text[start:end]
        if gone.count("*") % 2:  # a sign of emphasis whose other half stays
            sign = f"*{sign}" if re.search(r"(?<!\S)\*", gone) else f"{sign}*"
        text = text[:start] + sign + text[end:]
    return text


def blanked_tei(text: str, identity: str, taken: Taken) -> str:
    """A TEI file without words of a document, a part or a note; no tag of it goes."""
    from engross.parse.tei.ids import normal

    ids = (
        one.start() for one in re.finditer(r'xml:id="([^"]*)', text) if normal(one[1]) == identity
    )
    begin = next(ids, text.index("<text") + 1)
    for start, end, sign in reversed(list(_places(text, taken, BESIDE_TEI, begin))):
        tags = "".join(re.findall(TAGS, text[start:end]))
        text = text[:start] + sign + tags + text[end:]
    if taken.whole:  # what no block of the edition says, such as another reading
        start = text.rindex("<", 0, begin)
        end = _end(text, start)
        kept = re.compile(rf"[^>]*({re.escape(taken.sign)}|{re.escape(REST)})[^<]*|\s+")
        own = re.sub(
            r"(?<=>)[^<]+", lambda one: one[0] if kept.fullmatch(one[0]) else "", text[start:end]
        )
        text = text[:start] + own + text[end:]
    return text


def _end(text: str, start: int) -> int:
    """Where the element that begins at a place ends."""
    name, depth = re.split(r"[\s>/]", text[start + 1 : start + 60])[0], 0
    for tag in re.finditer(rf"<(/?){name}\b[^>]*?(/?)>", text):
        if tag.start() >= start:
            depth += 0 if tag[2] else -1 if tag[1] else 1
            if not depth:
                return tag.start()
    return len(text)


def _places(text: str, taken: Taken, beside: str, at: int = 0) -> Iterator[tuple[int, int, str]]:
    """Each stretch that goes, found by the words of all blocks in their order."""
    sign = taken.sign
    for block, words in taken.texts.items():
        start, end = taken.stretches.get(block, (0, 0))
        parts = words[:start], words[start:end], words[end:]
        head, own, tail = (beside.join(map(re.escape, WORD.findall(one))) for one in parts)
        if own:
            before, after = ("" if one.strip() else MARKS for one in (parts[0], parts[2]))
            own = rf"({before}(?<![^\W_]){own}{after})"
        pattern = beside.join(one for one in (head, own, tail) if one)
        there = re.compile(rf"{pattern}(?![^\W_])").search(text, at) if pattern else None
        if there:
            at = there.end()
            if own:
                yield *there.span(1), sign
                sign = REST


def blank_picture(content: bytes, path: str) -> bytes:
    """A grey field of the same kind and size as a picture."""
    if path.lower().endswith(".svg"):
        return re.sub(rb"(<svg\b[^>]*>).*(</svg>)", rb"\1\2", content, flags=re.DOTALL)
    from PIL import Image

    target = io.BytesIO()
    with Image.open(io.BytesIO(content)) as picture:
        Image.new("L", picture.size, 221).save(target, picture.format)
    return target.getvalue()
