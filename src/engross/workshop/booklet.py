"""The interior in pairs, for a home printer."""

from collections.abc import Sequence

from engross.make.press.booklet import A4, LETTER, impose, order
from engross.model.output import Output
from engross.workshop.workshop import Workshop


def booklet(outputs: Sequence[Output], workshop: Workshop) -> list[Output]:
    """The first interior that was made, in pairs, on the paper that goes with the trim's units."""
    manifest = workshop.edition.manifest
    interior = next((one for one in outputs if one.kind == "print"), None)
    if interior is None or interior.pages is None:
        return []
    paper = A4 if manifest.print.trim.endswith("mm") else LETTER
    sides = len(list(order(interior.pages)))
    name = f"{manifest.edition}-booklet.pdf"
    return [Output("booklet", name, impose(interior.content, paper), pages=sides)]
