"""A quotation fixes a place: one match, every match, or the nearest; and how one is chosen."""

import hashlib
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from engross.model.unseen import UNSEEN
from engross.schema.base import Anchor
from engross.schema.ledger import Target

if TYPE_CHECKING:
    from rapidfuzz.distance import ScoreAlignment

STRAIGHT = str.maketrans({**dict.fromkeys("’‘‚‹›", "'"), **dict.fromkeys("“”„«»", '"')})
SHOWN = 5
"""Matches that a message names."""


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of one block's text."""

    block: str
    start: int
    """In code points of the block's own text, as the transcript has it."""
    end: int


@dataclass(frozen=True, slots=True)
class Absent:
    """The quotation stands nowhere."""

    nearest: Span | None
    """The stretch most like it, where one is at all like it."""
    likeness: int = 0
    """In per cent."""


@dataclass(frozen=True, slots=True)
class Ambiguous:
    """The quotation stands more than once."""

    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Folded:
    """Text in NFC with white space folded, and where each of its characters came from."""

    text: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def span(self, block: str, start: int, end: int) -> Span:
        """The stretch of the unfolded text; an empty one stands where its neighbour ends."""
        if start == end:
            at = self.ends[start - 1] if start else 0
            return Span(block, at, at)
        return Span(block, self.starts[start], self.ends[end - 1])


@lru_cache(maxsize=4096)
def fold(text: str, *, unseen: bool = False) -> Folded:
    r"""
    Bring a text into the form in which quotations are compared; with `unseen`, so are characters
    without ink.

    >>> fold("the  Joint\nDeclaration").text
    'the Joint Declaration'
    """
    out: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    position = 0
    while position < len(text):
        end = position + 1
        if not unseen and UNSEEN.match(text[position]):
            position = end
            continue
        if text[position].isspace():
            while end < len(text) and text[end].isspace():
                end += 1
            piece = " "
        else:
            while end < len(text) and unicodedata.combining(text[end]):
                end += 1
            piece = unicodedata.normalize("NFC", text[position:end])
        for character in piece:
            out.append(character)
            starts.append(position)
            ends.append(end)
        position = end
    return Folded("".join(out), tuple(starts), tuple(ends))


def straight(text: str) -> str:
    r"""
    A text with straight quotation marks and apostrophes for typographic ones, one for one.

    >>> straight("„It’s“")
    '"It\'s"'
    """
    return text.translate(STRAIGHT)


def locate(anchor: Anchor, texts: Mapping[str, str]) -> Span | Absent | Ambiguous:
    """
    Find the one place that an anchor fixes.

    Between the quotation and its context a space may be left out of the anchor, since YAML drops
    it easily; characters without ink count where the anchor has one, and all others always. Where
    nothing matches, a straight mark stands for a typographic one, too.
    """
    found = _locate(anchor, texts)
    typed = anchor.prefix + anchor.exact + anchor.suffix
    if isinstance(found, Absent) and re.search("[\"']", typed):
        again = _locate(anchor, {block: straight(text) for block, text in texts.items()})
        return found if isinstance(again, Absent) else again
    return found


def _locate(anchor: Anchor, texts: Mapping[str, str]) -> Span | Absent | Ambiguous:
    unseen = bool(UNSEEN.search(anchor.prefix + anchor.exact + anchor.suffix))
    pattern = _pattern(anchor, unseen=unseen)
    blocks = [anchor.block] if anchor.block else list(texts)
    found: list[Span] = []
    for block in blocks:
        if block not in texts:
            continue
        folded = fold(texts[block], unseen=unseen)
        for match in pattern.finditer(folded.text):
            start, end = match.span("exact")
            found.append(folded.span(block, start, end))
    if len(found) == 1:
        return found[0]
    if found:
        return Ambiguous(tuple(found))
    return _nearest(anchor, texts)


def places(anchor: Anchor, texts: Mapping[str, str]) -> tuple[Span, ...]:
    """Every place that an anchor may mean."""
    found = locate(anchor, texts)
    spans = found.spans if isinstance(found, Ambiguous) else (found,)
    return tuple(one for one in spans if isinstance(one, Span))


def context(span: Span, texts: Mapping[str, str], width: int = 24) -> str:
    """The words around a match, for a message: `…Japanese [Premier Minister] Mr. Ikeda…`."""
    text = texts[span.block]
    before = text[max(0, span.start - width) : span.start]
    after = text[span.end : span.end + width]
    head = "…" if span.start > width else ""
    tail = "…" if span.end + width < len(text) else ""
    return f"{head}{before}[{text[span.start : span.end]}]{after}{tail}"


def contexts(spans: Sequence[Span], texts: Mapping[str, str]) -> str:
    """The first matches, each in its block and with the words around it, for a message."""
    found = [f"{span.block}: {context(span, texts)}" for span in spans[:SHOWN]]
    return "; ".join([*found, *([f"and {len(spans) - SHOWN} more"] if spans[SHOWN:] else [])])


def _pattern(anchor: Anchor, *, unseen: bool) -> re.Pattern[str]:
    prefix, exact, suffix = (
        fold(part, unseen=unseen).text for part in (anchor.prefix, anchor.exact, anchor.suffix)
    )
    before = "" if not prefix or prefix.endswith(" ") else " ?"
    after = "" if not suffix or suffix.startswith(" ") else " ?"
    # A look-ahead, so that overlapping matches are all seen.
    return re.compile(
        f"(?={re.escape(prefix)}{before}(?P<exact>{re.escape(exact)}){after}{re.escape(suffix)})"
    )


def _nearest(anchor: Anchor, texts: Mapping[str, str]) -> Absent:
    from rapidfuzz import fuzz

    words = fold(anchor.exact or anchor.prefix + anchor.suffix).text
    best: tuple[float, Span] | None = None
    for block, text in texts.items():
        folded = fold(text)
        if not folded.text or not words:
            continue
        found = fuzz.partial_ratio_alignment(words, folded.text)
        if found and (best is None or found.score > best[0]) and found.dest_end > found.dest_start:
            best = (found.score, folded.span(block, *_whole_words(folded.text, found)))
    if best is None or best[0] < 60:
        return Absent(None)
    return Absent(best[1], round(best[0]))


def _whole_words(text: str, found: "ScoreAlignment") -> tuple[int, int]:
    """The stretch of a likeness, widened to the words that it begins and ends in."""
    start = text.rfind(" ", 0, found.dest_start + 1) + 1
    end = text.find(" ", found.dest_end - 1)
    return start, len(text) if end < 0 else max(end, found.dest_end - 1)


def block_digest(text: str) -> str:
    """SHA-256 of a block's text, as the ledger's `block_sha256` has it."""
    return hashlib.sha256(text.encode()).hexdigest()


def choose(address: str, span: Span, texts: Mapping[str, str]) -> Target:
    """
    The anchor of a stretch: its words, its block, and as few words around it as make it unique.

    Words that stand once in the whole text need none. Where no number of words tells two blocks
    apart, the block's id does.
    """
    text = texts[span.block]
    exact = text[span.start : span.end]
    found = Target(
        address=address,
        exact=exact,
        block=span.block,
        block_sha256=block_digest(text),
    )
    for prefix, suffix in _contexts(text, span):
        tried = found.model_copy(update={"prefix": prefix, "suffix": suffix})
        anywhere = tried.model_copy(update={"block": ""})
        if (exact or (prefix and suffix)) and locate(anywhere, texts) == span:
            return tried
    whole = {"prefix": text[: span.start], "suffix": text[span.end :]}
    for prefix, suffix in _contexts(text, span):
        tried = found.model_copy(update={"prefix": prefix, "suffix": suffix})
        if (exact or (prefix and suffix)) and locate(tried, texts) == span:
            return tried
    return found.model_copy(update=whole)


def _contexts(text: str, span: Span) -> Iterator[tuple[str, str]]:
    """Words before and after, fewest first, and of equally many those before first."""
    before, after = text[: span.start], text[span.end :]
    heads, tails = list(_last_words(before)), list(_first_words(after))
    for total in range(len(heads) + len(tails) - 1):
        for ahead in range(min(total, len(heads) - 1), -1, -1):
            if total - ahead < len(tails):
                yield heads[ahead], tails[total - ahead]


def _last_words(text: str) -> Iterator[str]:
    """Nothing, the last word, the last two …, each with the space behind it."""
    yield ""
    cuts = [0, *(index + 1 for index, character in enumerate(text) if character == " ")]
    for cut in reversed(cuts):
        if text[cut:].strip():
            yield text[cut:]


def _first_words(text: str) -> Iterator[str]:
    yield ""
    cuts = [*(index for index, character in enumerate(text) if character == " "), len(text)]
    for cut in cuts:
        if text[:cut].strip():
            yield text[:cut]
