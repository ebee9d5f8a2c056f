"""Findings beside the words they concern."""

import html
import re
from collections.abc import Mapping, Sequence

from engross.assemble.edition import Edition
from engross.make.web.site import page_name
from engross.model.address import section_of
from engross.model.finding import Finding
from engross.model.text import leaves
from engross.render import anchor

Marks = Mapping[str, tuple[tuple[int, str], ...]]
"""By file of the book: line and address of each block that begins there, in order of lines."""

SHEET = (
    "<style>.engross-finding{display:block;margin:.4em 0;padding:.4em .7em;border-left:4px solid "
    "#b3261e;background:#fbe9e7;color:#1d1c1a;font:14px/1.4 sans-serif}"
    ".engross-finding.warning{border-color:#8a5a00;background:#fff4d6}</style>"
)


def marks(edition: Edition) -> Marks:
    """Where each block of the edition begins in the files of the book."""
    found: dict[str, list[tuple[int, str]]] = {}
    for section in edition.sections:
        if section.body:
            for leaf in leaves(section.body.blocks):
                if leaf.origin.path:
                    place = (leaf.origin.line, f"{section.address}#{leaf.id}")
                    found.setdefault(leaf.origin.path, []).append(place)
    return {path: tuple(sorted(rows)) for path, rows in found.items()}


def address_of(found: Finding, known: Marks) -> str:
    """
    The block that a finding concerns, else the document whose file it is in, else nothing.

    A block holds every line from its first to before the next block's.
    """
    path, line = found.place.path, found.place.line
    before = [address for first, address in known.get(path, ()) if first <= line]
    if before:
        return before[-1]
    document = re.match(r"documents/([^/]+)/", path)
    return document[1] if document else ""


def with_findings(
    files: Mapping[str, bytes], findings: Sequence[Finding], known: Marks
) -> dict[str, bytes]:
    """The pages with each finding behind the block that it concerns."""
    changed = dict(files)
    for found in findings:
        address = address_of(found, known)
        name = page_name(section_of(address)) if address else ""
        if name not in changed:
            continue
        page = changed[name].decode()
        if SHEET not in page:
            page = page.replace("</head>", f"{SHEET}</head>", 1)
        changed[name] = _behind(page, anchor(address), note(found)).encode()
    return changed


def note(found: Finding) -> str:
    """A finding in HTML."""
    words = html.escape(f"{found.place}: {found.code} {found.message}")
    return (
        f'<span class="engross-finding {found.severity}" role="note">{words}<br>'
        f"fix: {html.escape(found.fix)}</span>"
    )


def _behind(page: str, identity: str, words: str) -> str:
    """Put words at the end of the element with an id; of a section, behind its first tag."""
    match = re.search(rf'<(\w+)[^>]*\bid="{re.escape(identity)}"[^>]*>', page)
    if match is None:
        return page
    end = match.end() if match[1] == "section" else page.find(f"</{match[1]}>", match.end())
    return page[:end] + words + page[end:] if end >= 0 else page
