"""Which place a remark means: the one, all that it could mean, or the nearest."""

import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from engross.catalog import finding, stop
from engross.ledger.anchor import Absent, Ambiguous, Span, choose, context, contexts, locate
from engross.ledger.edits import resembling
from engross.model.finding import Place
from engross.schema.base import Anchor

PLAIN = str.maketrans("‘’ʼ“”‐‑–\u00a0\u202f", "'''\"\"---  ")
"""Signs of a text, and what a keyboard has for them."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """A block, or a part of it, in which words are looked for."""

    address: str
    block: str
    start: int = 0
    """In code points of the block's text."""
    end: int = sys.maxsize

    @property
    def whole(self) -> bool:
        """Whether it is all of the block, or of the text."""
        return not self.start and self.end == sys.maxsize

    def touches(self, span: Span) -> bool:
        """Whether a place in the block begins in it, or ends."""
        return self.start <= span.start < self.end or self.start < span.end <= self.end


def find(anchor: Anchor, address: str, texts: Mapping[str, str], place: Place) -> Span:
    """
    The one place that is meant.

    Raises:
        EngrossError: several places, each with the option that means it; or none, with the nearest.
    """
    if not anchor.exact and not (anchor.prefix and anchor.suffix):
        message = "nothing is quoted, so that no place is meant"
        fix = "quote the old words; for an insertion give --prefix and --suffix"
        raise stop([finding("L018", place, message, fix)])
    spans = _spans(anchor, texts, place, f"in {anchor.block or address}")
    if len(spans) == 1:
        return spans[0]
    ways = " or ".join(_which(address, span, texts) for span in spans)
    said = f"{len(spans)} times in {address} ({contexts(spans, texts)})"
    raise stop([finding("L002", place, f'"{anchor.exact}" stands {said}', f"say which: {ways}")])


def _spans(anchor: Anchor, texts: Mapping[str, str], there: Place, where: str) -> Sequence[Span]:
    """Where words may stand; typed straight quotes and hyphens are those of the text."""
    said = {key: str(one).translate(PLAIN) for key, one in anchor.model_dump().items()}
    plain = {block: text.translate(PLAIN) for block, text in texts.items()}
    found, again = locate(anchor, texts), locate(Anchor(**said), plain)
    match again if isinstance(found, Absent) and not isinstance(again, Absent) else found:
        case Span() as span:
            return [span]
        case Ambiguous(spans):
            return [one for one in spans if whole_words(one, texts)] or spans
        case Absent(nearest, likeness):
            message = f'"{anchor.exact}" is not {where}{resembling(nearest, likeness, texts)}'
            fix = "quote the received words, or name the text where they stand"
            raise stop([finding("L001", there, message, fix)])


def _which(address: str, span: Span, texts: Mapping[str, str]) -> str:
    """The shortest option that means this place."""
    words = texts[span.block][span.start : span.end]
    if locate(Anchor(exact=words, block=span.block), texts) == span:
        return f"--block {span.block}"
    target = choose(address, span, texts)
    parts = [f"--block {span.block}"]
    if target.prefix:
        parts.append(f'--prefix "{target.prefix}"')
    if target.suffix:
        parts.append(f'--suffix "{target.suffix}"')
    return " ".join(parts)


def find_among(
    anchor: Anchor,
    stretches: Sequence[Stretch],
    texts: Mapping[str, Mapping[str, str]],
    there: Place,
    where: str,
) -> tuple[str, Span]:
    """
    The address and the one place in stretches of texts in which the words stand.

    Raises:
        EngrossError: several places, numbered, each with the address that means it; or none.
    """
    parts, blocks = dict[str, Stretch](), dict[str, str]()
    for one in stretches:
        for block, text in texts[one.address].items():
            if one.block in {"", block}:
                parts[f"{one.address} {block}"], blocks[f"{one.address} {block}"] = one, text
    spans = _spans(anchor.model_copy(update={"block": ""}), blocks, there, where)
    spans = [one for one in spans if parts[one.block].touches(one)] or spans
    found = [(parts[one.block].address, _own(one)) for one in spans]
    if len(found) == 1:
        return found[0]
    choices = [f"{n}. {span.block}: {context(span, blocks)}" for n, span in enumerate(spans, 1)]
    ways = [f"{n}. {a} {_which(a, span, texts[a])}" for n, (a, span) in enumerate(found, 1)]
    message = f'"{anchor.exact}" stands {len(spans)} times {where} ({"; ".join(choices)})'
    raise stop([finding("L002", there, message, f"say which: {' or '.join(ways)}")])


def _own(span: Span) -> Span:
    return Span(span.block.partition(" ")[2], span.start, span.end)


def whole_words(span: Span, blocks: Mapping[str, str]) -> bool:
    """Whether a stretch begins and ends where words do."""
    text = blocks[span.block]
    before, inside, behind = text[: span.start], text[span.start : span.end], text[span.end :]
    head = before[-1:].isalnum() and inside[:1].isalnum()
    return not head and not (behind[:1].isalnum() and inside[-1:].isalnum())
