"""Where pages began in what was published last: for drafts that lay none out."""

import json
from dataclasses import astuple
from pathlib import Path

from engross.catalog import finding, stop
from engross.make.typeset.pagemap import PageStart
from engross.model.finding import Finding, Place

FILE = "evidence/pages.json"
POINTERS = ("current", "draft")
OPTION = "--pages last"


def written(starts: tuple[PageStart, ...]) -> bytes:
    """The beginnings of pages as they lie in dist, one a line."""
    rows = [json.dumps(astuple(start), ensure_ascii=False) for start in starts]
    return ("[\n" + ",\n".join(rows) + "\n]\n").encode()


def last_starts(edition: Path) -> tuple[tuple[PageStart, ...], Finding]:
    """
    The beginnings of the pages last published of an edition, and a warning that says so.

    Args:
        edition: its folder in dist.

    Raises:
        EngrossError: nothing is published that has pages.
    """
    for pointer in POINTERS:
        try:
            rows = json.loads((edition / pointer / FILE).read_bytes())
            found = tuple(PageStart(str(a), str(b), int(c)) for a, b, c in rows)
        except (OSError, ValueError, TypeError):
            continue
        what = f"the page list is that of {edition.name}/{pointer}, and no page was laid out"
        return found, finding("Q034", Place(), what)
    message = f"{OPTION}: nothing in dist says where the pages of {edition.name} begin"
    raise stop([finding("C003", Place(), message, "build its pages once, without the option")])
