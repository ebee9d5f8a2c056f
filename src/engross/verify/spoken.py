"""What files say beside their words: roles, languages, directions, titles, what they run."""

from collections.abc import Iterator
from typing import Any

from lxml import etree

from engross.check.epub.opened import EPUB_TYPE, Document, Opened
from engross.verify.ground import Ground
from engross.verify.plain import TABLES, spaced
from engross.verify.plan import Planned
from engross.verify.recorded import SPACES, misplaced
from engross.verify.report import Log
from engross.verify.values import Values

SPOKEN, MEANS = TABLES["spoken"], TABLES["means"]
UNSPOKEN: dict[Any, str] = {
    etree.XPath(path, namespaces=SPACES): why for path, why in TABLES["unspoken"].items()
}
"""What may not stand in a file, and why."""


def prove_spoken(book: Opened, ground: Ground, known: Values, log: Log) -> None:
    """Whether an EPUB or a web edition says to those who hear it what it shows, and no more."""
    since = len(log.findings)
    planned = {one.address: one for one in ground.sections}
    for name, document in book.documents.items():
        section = document.section
        if not book.entries:  # the first page of a web edition has that name
            section = {"index": "", "the-index": "index"}.get(section, section)
        one, root = planned.get(section), document.root
        title = spaced("".join(e.text or "" for e in root.iter("{*}title")))
        if one and spaced(one.title) not in title:
            log.fault("P007", f"{name} is titled '{title}', not '{one.title}'")
        found = [(message, root) for message in misplaced(root, "xhtml", known)]
        found += [(why, element) for path, why in UNSPOKEN.items() for element in path(root)]
        found += _means(document, one, ground, typed=bool(book.entries)) if one else ()
        for what, element in found:
            within = (e.get("data-address") for e in (element, *element.iterancestors()))
            place = next(filter(None, within), name)
            log.fault("P024", f"{name}: '{_told(element)[:40]}' in {place} {what}")
    log.check("spoken", len(book.documents), "files", since)


def _means(
    document: Document, one: Planned, ground: Ground, *, typed: bool
) -> Iterator[tuple[str, etree._Element]]:
    """A section means what its kind does; a template may leave that open."""
    prose = {p.section.id: p.section.role for p in ground.book.prose}
    kind = "opening" if one.opening else prose.get(one.address) or one.kind
    means = MEANS.get(kind, "")
    role = f"doc-{means}" if means and means not in SPOKEN["silent"] else ""
    sections: Any = document.root.xpath("//*[local-name()='section'][@id=$id]", id=one.address)
    for section in sections:
        for what, right, said in (
            ("role", role, section.get("role", "")),
            ("type", "" if means == "index" else means, section.get(EPUB_TYPE, "")),
        ):
            if said != right and (typed or what == "role") and said:
                yield f"has the {what} '{said}', by its kind '{right}'", section


def _told(element: etree._Element) -> str:
    return spaced("".join(map(str, element.itertext())))[:80]
