"""Which place a remark means: the one, all that it could mean, or the nearest."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from engross.catalog import finding, stop
from engross.ledger.anchor import Absent, Ambiguous, Span, choose, context, locate
from engross.ledger.edits import resembling
from engross.model.finding import Place
from engross.schema.base import Anchor

PLAIN = str.maketrans("‘’ʼ“”‐‑–\u00a0\u202f", "'''\"\"---  ")
"""Signs of a text, and what a keyboard has for them."""


Texts = Mapping[str, Mapping[str, str]]
"""The blocks of each text, by address."""


Where = tuple[str, str]
"""The address of a text, and a block of it; empty: the whole text."""


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
    where = f"in {anchor.block or address}"
    return find_among(anchor, [(address, anchor.block)], {address: texts}, place, where)[1]


def _spans(anchor: Anchor, texts: Mapping[str, str], there: Place, where: str) -> Sequence[Span]:
    """Where words may stand; typed straight quotes and hyphens are those of the text."""
    said = {key: str(one).translate(PLAIN) for key, one in anchor.model_dump().items()}
    plain = {block: text.translate(PLAIN) for block, text in texts.items()}
    found, again = locate(anchor, texts), locate(anchor.model_copy(update=said), plain)
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
    anchor: Anchor, wheres: Sequence[Where], texts: Texts, there: Place, where: str
) -> tuple[str, Span]:
    """
    The address and the one place in texts or blocks in which the words stand.

    Raises:
        EngrossError: several places, numbered, each with the address that means it; or none.
    """
    blocks = {
        f"{address} {name}": text
        for address, block in wheres
        for name, text in texts[address].items()
        if block in {"", name} or len(wheres) == 1
    }
    only = " ".join(wheres[0]) if len(wheres) == 1 and wheres[0][1] else ""
    spans = _spans(anchor.model_copy(update={"block": only}), blocks, there, where)
    parts = [span.block.partition(" ") for span in spans]
    found = [(a, replace(span, block=b)) for (a, _, b), span in zip(parts, spans, strict=True)]
    if len(found) == 1:
        return found[0]
    choices = [f"{n}. {span.block}: {context(span, blocks)}" for n, span in enumerate(spans, 1)]
    ways = [f"{n}. {a} {_which(a, span, texts[a])}" for n, (a, span) in enumerate(found, 1)]
    message = f'"{anchor.exact}" stands {len(spans)} times {where} ({"; ".join(choices)})'
    raise stop([finding("L002", there, message, f"say which: {' or '.join(ways)}")])


def whole_words(span: Span, blocks: Mapping[str, str]) -> bool:
    """Whether a stretch begins and ends where words do."""
    text = blocks[span.block]
    before, inside, behind = text[: span.start], text[span.start : span.end], text[span.end :]
    head = before[-1:].isalnum() and inside[:1].isalnum()
    return not head and not (behind[:1].isalnum() and inside[-1:].isalnum())
