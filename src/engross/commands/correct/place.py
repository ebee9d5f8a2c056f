"""Which place a remark means: the one, all that it could mean, or the nearest."""

import re
from collections.abc import Iterator, Mapping, Sequence

from engross.catalog import finding, stop
from engross.ledger.anchor import Absent, Ambiguous, Span, choose, context, contexts, locate
from engross.ledger.edits import resembling
from engross.model.address import section_of
from engross.model.finding import Place
from engross.release.frozen import Release
from engross.schema.base import Anchor

PLAIN = str.maketrans("‘’ʼ“”‐‑–\u00a0\u202f", "'''\"\"---  ")
"""Signs of a text, and what a keyboard has for them."""


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
    blocks = {
        f"{address} {name}": words
        for address, block in _on(page, release, texts)
        for name, words in texts[address].items()
        if block in {"", name} and anchor.block in {"", name}
    }
    where = f"on p. {page} of version {release.version}"
    spans = _spans(anchor.model_copy(update={"block": ""}), blocks, there, where)
    if len({span.block for span in spans}) == 1:
        address, _, block = spans[0].block.partition(" ")
        return address, block
    choices, ways = [], []
    for number, span in enumerate(spans, 1):
        address, _, block = span.block.partition(" ")
        choices.append(f"{number}. {span.block}: {context(span, blocks)}")
        own = Span(block, span.start, span.end)
        ways.append(f"{number}. {address} {_which(address, own, texts[address])}")
    message = f'"{anchor.exact}" stands {len(spans)} times on p. {page} ({"; ".join(choices)})'
    raise stop([finding("L002", there, message, f"say which: {' or '.join(ways)}")])


NUMBERED = re.compile(r"(?:([a-z][a-z0-9-]*)[ #/,]*)?(¶|note[ /]|n\.) ?(\d+[a-z]?)")
"""`¶ 3` or `note 4` as printed, with the text before it where several have the number."""


def find_number(given: str, release: Release) -> str:
    """
    The address of a printed number of a paragraph or a note; anything else as it is given.

    Raises:
        EngrossError: several texts have the number.
    """
    if (match := NUMBERED.fullmatch(given)) is None:
        return given
    text, kind, number = match.groups()
    rows = release.numbers.paragraphs if kind == "¶" else release.numbers.notes
    found = [a for a, n in rows.items() if n == number and text in {None, section_of(a)}]
    if len(found) > 1:
        message = f"'{given}' is in version {release.version} {', '.join(found)}"
        fix = f'name the text as well: "{section_of(found[0])} {kind.strip(" /")} {number}"'
        place = Place(f"releases/{release.version}/numbering.json")
        raise stop([finding("L002", place, message, fix)])
    return found[0] if found else given


def whole_words(span: Span, blocks: Mapping[str, str]) -> bool:
    """Whether a stretch begins and ends where words do."""
    text = blocks[span.block]
    before, inside, behind = text[: span.start], text[span.start : span.end], text[span.end :]
    head = before[-1:].isalnum() and inside[:1].isalnum()
    return not head and not (behind[:1].isalnum() and inside[-1:].isalnum())


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
