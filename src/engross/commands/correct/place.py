"""Which place a remark means: the one, all that it could mean, or the nearest."""

from collections.abc import Mapping

from engross.catalog import finding, stop
from engross.ledger.anchor import Absent, Ambiguous, Span, contexts, locate
from engross.ledger.choose import choose
from engross.ledger.edits import resembling
from engross.model.finding import Place
from engross.schema.base import Anchor


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
    match locate(anchor, texts):
        case Span() as span:
            return span
        case Ambiguous(spans):
            places = contexts(spans, texts)
            ways = " or ".join(_which(address, span, texts) for span in spans)
            message = f'"{anchor.exact}" stands {len(spans)} times in {address} ({places})'
            raise stop([finding("L002", place, message, f"say which: {ways}")])
        case Absent(nearest, likeness):
            hint = resembling(nearest, likeness, texts)
            message = f'"{anchor.exact}" is not in {anchor.block or address}{hint}'
            fix = "quote the received words exactly; corrections never refer to corrected text"
            raise stop([finding("L001", place, message, fix)])


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
