"""What the editors' Markdown may not hold: a note without its call, a strange link, HTML."""

import re
from collections.abc import Iterator

from engross.catalog import finding
from engross.model.finding import Finding, Place
from engross.model.text import Body, Inline, leaves

_HTML = re.compile(r"</?[A-Za-z][^<>]*>|<!--")


def prose_findings(body: Body, text: str, path: str) -> Iterator[Finding]:
    """Notes without a call and calls without a note, strange links, tags of HTML."""
    yield from _links(body, path)
    defined = {note.id for note in body.notes}
    lines = text.split("\n")
    for number, line in enumerate(lines, 1):
        start = 0
        while (at := line.find("[^", start)) >= 0:
            end = line.find("]", at)
            start = at + 2
            label = line[at + 2 : end].lower()
            identity = f"n-{label}" if label[:1].isdigit() else label
            if end > 0 and identity not in defined:
                yield finding(
                    "T007",
                    Place(path, number, at + 1),
                    f"footnote [^{label}] has a call or a definition, but not both",
                    "write the missing one, or remove the other",
                )


def _links(body: Body, path: str) -> Iterator[Finding]:
    blocks = [*body.blocks, *(block for note in body.notes for block in note.blocks)]
    for leaf in leaves(tuple(blocks)):
        place = Place(path, leaf.origin.line)
        yield from _refused(leaf.content, place)
        if markup := _HTML.search(leaf.text):
            yield finding(
                "T010",
                place,
                f"{markup[0]} is printed as it stands: HTML means nothing here",
                "write it as Markdown, or leave it where the signs themselves are meant",
            )


def _refused(content: tuple[Inline, ...], place: Place) -> Iterator[Finding]:
    """Refuse every link that does not lead to the web, to a mailbox or within the book."""
    for item in content:
        for mark in item.marks:
            href = mark.get("href")
            scheme, colon, _ = href.partition(":")
            if mark.kind == "link" and colon and scheme.lower() not in {"http", "https", "mailto"}:
                yield finding(
                    "T008",
                    place,
                    f"link to {scheme}: is refused",
                    "link to http, https, mailto or a place within the book",
                )
