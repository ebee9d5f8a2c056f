"""
Let the space at the end of a text hang over the measure. Runs in a worker.

Where all of a text fits a line but the space behind it does not, the engine divides the text behind
its first word: a line of one word in the middle of a paragraph. It happens before an element, and
before the end of a page that is planned. Elsewhere the engine itself lets such a space hang. Only a
unit where such a line is seen is laid out again, so that all others keep their pages.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from math import inf
from typing import Any

from engross.make.typeset.engine.weasy import boxes, inline

COLLAPSING = ("normal", "pre-line")
"""Values of `white-space` under which a line may end, and its last space is dropped."""


@contextmanager
def watched() -> Iterator[list[Any]]:
    """Collect the lines that are divided too early."""
    early: list[Any] = []

    def kept(found: Any, _: Callable[[], Any]) -> Any:
        early.append(found[0])
        return found

    with _instead(kept):
        yield early


@contextmanager
def spaces() -> Iterator[None]:
    """Divide no text whose words all fit."""
    with _instead(lambda _, whole: whole()):
        yield


def shown(laid_out: Any, early: list[Any]) -> bool:
    """Whether a page has one of the lines; others were tried and given up."""
    lines = {id(line) for line in early}
    return bool(lines) and any(
        id(getattr(box, "pango_layout", None)) in lines
        for page in laid_out.pages
        for box in page._page_box.descendants()
        if isinstance(box, boxes.TextBox)
    )


@contextmanager
def _instead(answer: Callable[[Any, Callable[[], Any]], Any]) -> Iterator[None]:
    """Ask `answer` about each line that is divided too early: what came of it, what would."""
    divide = inline.split_first_line

    def asked(
        text: str, style: Any, context: Any, width: float | None, *rest: Any, **more: Any
    ) -> Any:
        found = divide(text, style, context, width, *rest, **more)
        if width is None or not _suspect(text, found[2], style):
            return found
        words = divide(text.rstrip(" "), style, context, width, *rest, **more)
        if words[2] is not None or words[3] > width:
            return found
        return answer(found, lambda: divide(text, style, context, inf, *rest, **more))

    inline.split_first_line = asked
    try:
        yield
    finally:
        inline.split_first_line = divide


def _suspect(text: str, resume: int | None, style: Any) -> bool:
    """Whether a text that ends with a space was divided within its first word, or behind it."""
    if resume is None or not text.endswith(" ") or style["white_space"] not in COLLAPSING:
        return False
    return " " not in text.encode()[:resume].decode().strip(" ")
