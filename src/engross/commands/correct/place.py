"""Which place a remark means: the one, all that it could mean, or the nearest."""

import re
from collections.abc import Iterator, Mapping

from engross.catalog import finding, stop
from engross.ledger.anchor import Absent, Ambiguous, Span, context, contexts, locate, places
from engross.ledger.choose import choose
from engross.ledger.edits import resembling
from engross.model.finding import Place
from engross.release.frozen import Release
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


PAGE = re.compile(r"(?:(?P<version>[1-9]\d*\.\d+):)?p(?P<page>[ivxlc]+|\d+)")
"""`p13` of the newest release, `1.0:p13` of another."""


def find_on_page(
    anchor: Anchor, page: str, release: Release, texts: Mapping[str, Mapping[str, str]]
) -> tuple[str, str]:
    """
    The address and the block in which the words stand on a page of a printing.

    Raises:
        EngrossError: there is no such page; or several places, numbered, each with the address that
            means it; or none.
    """
    there = Place(f"releases/{release.version}/pages.json")
    if page not in release.pages.pages.values():
        printed = [*dict.fromkeys(release.pages.pages.values())]
        some = f"from {printed[0]} to {printed[-1]}" if printed else "not known: none were made"
        message = f"version {release.version} has no text on a page {page}; its pages are {some}"
        raise stop([finding("L010", there, message, "name the page as it is printed")])
    found = [
        (address, span)
        for address, block in _on(page, release, texts)
        for span in places(anchor.model_copy(update={"block": block}), texts[address])
    ]
    found = list(dict.fromkeys(found))
    if not found:
        message = f'"{anchor.exact}" is not on p. {page} of version {release.version}'
        fix = "quote the received words, or name the text: engross correct --list has what changed"
        raise stop([finding("L001", there, message, fix)])
    if len({(address, span.block) for address, span in found}) == 1:
        return found[0][0], found[0][1].block
    choices = "; ".join(
        f"{number}. {address} {span.block}: {context(span, texts[address])}"
        for number, (address, span) in enumerate(found, 1)
    )
    message = f'"{anchor.exact}" stands {len(found)} times on p. {page} ({choices})'
    ways = " or ".join(f"{address} --block {span.block}" for address, span in found)
    raise stop([finding("L002", there, message, f"say which: {ways}")])


def _on(
    page: str, release: Release, texts: Mapping[str, Mapping[str, str]]
) -> Iterator[tuple[str, str]]:
    """What begins on a page, the block that may run on to it, and fields of what it opens."""
    rows = list(release.pages.pages.items())
    first = next(index for index, (_, label) in enumerate(rows) if label == page)
    before = [row for row in rows[max(0, first - 1) : first] if "#" in row[0]]
    for address, _ in [*before, *(row for row in rows if row[1] == page)]:
        text, _, block = address.partition("#")
        own = "manifest/" if text in {"title-page", "imprint"} else f"{text}/document/"
        if text in texts and (block or "/" in text):
            yield text, block
        elif not block:
            yield from ((name, "") for name in texts if name.startswith(own))
