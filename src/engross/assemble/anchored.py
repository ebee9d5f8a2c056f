"""A quotation that fixes a place, or what to say of it."""

from collections.abc import Mapping

from engross.catalog import finding
from engross.ledger.anchor import Absent, Ambiguous, Span, contexts, locate
from engross.model.finding import Finding, Place
from engross.schema.base import Anchor


def anchored(
    kind: str, name: str, place: Place, at: Anchor, texts: Mapping[str, str]
) -> Span | Finding:
    """
    Find the words that something hangs from: `kind` and `name` say for the message what it is
    (`note`, `reading`, `leaf`), `place` is that of the quotation in its file.
    """
    match locate(at, texts):
        case Ambiguous(spans):
            places = contexts(spans, texts)
            message = (
                f"{kind} '{name}' quotes '{at.exact}', which stands {len(spans)} times ({places})"
            )
            return finding("N002", place, message)
        case Absent(nearest, likeness):
            near = ""
            if nearest:
                words = texts[nearest.block][nearest.start : nearest.end]
                near = f"; nearest ({likeness} %): '{words}' in {nearest.block}"
            return finding(
                "N001",
                place,
                f"{kind} '{name}' quotes '{at.exact}', which is not in the transcript{near}",
            )
        case Span() as span:
            return span
