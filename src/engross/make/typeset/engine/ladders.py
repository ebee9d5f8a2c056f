"""
Ladders: more than two lines in a row that end with a hyphen. Runs in a worker.

The engine knows no limit for them (`hyphenate-limit-lines`). A paragraph that has a ladder is set
again with fewer places to divide words, and at last without any.
"""

from collections.abc import Iterator, Mapping
from itertools import groupby
from typing import Any
from xml.etree.ElementTree import Element

from engross.make.typeset.engine.weasy import boxes

MOST = 2
"""Hyphens in a row that are let pass."""
LOOSER = ("hyphenate-limit-chars: 7 4 4", "hyphenate-limit-chars: 9 4 5", "hyphens: manual")
"""What a paragraph is set with, attempt by attempt."""
HYPHENS = ("-", "\u2010", "\u00ad")


def find(root: Element, laid_out: Any) -> list[str]:
    """The addresses of paragraphs with a ladder; notes are left as they are."""
    above = {child: parent for parent in root.iter() for child in parent}
    found: list[str] = []
    rows = ((key, ends) for page in laid_out.pages for key, ends in _lines(page._page_box, above))
    for key, lines in groupby(rows, key=lambda row: row[0]):
        if not key or key in found:
            continue
        runs = (list(run) for ends, run in groupby(ends for _, ends in lines) if ends)
        if any(len(run) > MOST for run in runs):
            found.append(key)
    return found


def loosen(root: Element, attempts: Mapping[str, int]) -> None:
    """Set the paragraphs that had a ladder with fewer divisions, the more often they had one."""
    for element in root.iter():
        count = attempts.get(element.get("data-address", ""), 0)
        if count:
            old = element.get("style", "")
            new = LOOSER[min(count, len(LOOSER)) - 1]
            element.set("style", f"{old}; {new}" if old else new)


def _lines(box: Any, above: Mapping[Element, Element]) -> Iterator[tuple[str, bool]]:
    """Of every line of running text: whose it is, and whether it ends with a hyphen."""
    if isinstance(box, boxes.FootnoteAreaBox | boxes.MarginBox):
        return
    if isinstance(box, boxes.LineBox):
        texts = [one for one in box.descendants() if isinstance(one, boxes.TextBox)]
        if texts:
            yield _address(box.element, above), texts[-1].text.rstrip().endswith(HYPHENS)
        return
    for child in getattr(box, "children", ()):
        yield from _lines(child, above)


def _address(element: Element | None, above: Mapping[Element, Element]) -> str:
    while element is not None:
        if key := element.get("data-address"):
            return key
        element = above.get(element)
    return ""
