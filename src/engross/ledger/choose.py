"""Choosing the quotation of a new entry: the fewest words that mean one place."""

from collections.abc import Iterator, Mapping

from engross.ledger.anchor import Span, locate
from engross.ledger.edits import block_digest
from engross.schema.ledger import Target


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
