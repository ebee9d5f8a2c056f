"""What files say beside their words: labels, roles, headings, languages, titles, what they run."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from lxml import etree

from engross.check.epub.opened import EPUB_TYPE, Document, Opened
from engross.language import direction
from engross.verify.ground import Ground
from engross.verify.judge import lettered
from engross.verify.plain import TABLES, bare, spaced
from engross.verify.plan import Planned
from engross.verify.recorded import SPACES, misplaced
from engross.verify.report import Log
from engross.verify.standing import found_language
from engross.verify.values import Values

SPOKEN, MEANS = TABLES["spoken"], TABLES["means"]
NUMBER = re.compile(r"\d+|(?<![A-Za-z’\u00c0-\u024f\u0300-\u036f\u1e00-\u1eff])[a-z]$")
"""What a label calls by: a number, or at its end, behind no letter, that of a note of variants."""
ALONE = re.compile(r"\b\d+[a-z]?\b")
"""A number that is no part of a word, such as that of a shelf mark may be."""
UNSPOKEN: dict[Any, str] = {
    etree.XPath(path, namespaces=SPACES): why for path, why in TABLES["unspoken"].items()
}
"""What may not stand in a file, and why."""

UNCALLED: Any = etree.XPath(
    ".//text()[not(ancestor::*[@data-furniture or contains(@class, 'noteref')])]"
)
"""Words of a heading without the calls in it."""


def prove_spoken(book: Opened, known: Values, log: Log) -> None:
    """Whether an EPUB or a web edition says to those who hear it what it shows, and no more."""
    since, ground = len(log.findings), known.ground
    planned = {one.address: one for one in ground.sections}
    # editions of the program's first versions have calls that their sheets alone raise
    raised = any(".noteref sup" in sheet for sheet in book.sheets)
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
        named = {e.get("id"): e for e in root.iter(etree.Element) if e.get("id")}
        for element in root.iter(etree.Element):
            found += [(what, element) for what in _labelled(element, named, ground)]
            if raised and _level(element):
                found.append(("calls a note by letters that are not raised", element))
            if (way := element.get("dir")) and way != direction(found_language(element)):
                found.append((f"runs '{way}', by its language the other way", element))
        found += _means(document, one, ground, typed=bool(book.entries)) if one else ()
        for what, element in found:
            within = (e.get("data-address") for e in (element, *element.iterancestors()))
            place = next(filter(None, within), name)
            log.fault("P024", f"{name}: '{_told(element)[:40]}' in {place} {what}")
    log.check("spoken", len(book.documents), "files", since)


def _labelled(
    element: etree._Element, named: Mapping[str | None, etree._Element], ground: Ground
) -> Iterator[str]:
    """Labels are words of the evidence or the catalogue, and give no number but those there."""
    for label in filter(None, map(element.get, SPOKEN["labels"])):
        letters = [bare(one.sub("", label)) for one in (NUMBER, ALONE)]
        marks = element.get("role") == "doc-pagebreak"
        own = any(label in template for template in ground.templates)
        shown = lettered(re.findall(r"\w+", _told(element).casefold()))
        strange = (ground.known.strange(one, ground.every, shown) for one in letters)
        if not (marks or own) and all(strange):
            yield f"is called '{label}', which neither evidence nor catalogue has"
        note = etree.QName(element).localname == "aside"
        alone = not note and "data-address" in element.attrib
        if alone and bare(label) != bare("".join(map(str, element.itertext()))):
            yield f"is called '{label}', which is read instead of it"
        if note or (element.get("href") and element.get("rel") is None):
            goal = element.get("href", "")
            there = named.get(goal.removeprefix("#"))
            digits = f"{_told(element)} {goal} {'' if there is None else _told(there)}"
            if lost := {*NUMBER.findall(label)} - {
                *re.findall(r"\d+|(?<![^\W\d_])[a-z]\b", digits)
            }:
                yield f"is called '{label}', though nothing there says {min(lost)}"


def _level(element: etree._Element) -> bool:
    """Whether it calls a note by letters that only a sheet raises."""
    call = "noteref" in element.get("class", "").split() and _told(element).isalnum()
    return call and element.find(".//{*}sup") is None


def _means(
    document: Document, one: Planned, ground: Ground, *, typed: bool
) -> Iterator[tuple[str, etree._Element]]:
    """A section means what its kind does; a template of the book's own may leave that open."""
    prose = {p.section.id: p.section.role for p in ground.book.prose}
    kind = "opening" if one.opening else prose.get(one.address) or one.kind
    means, own = MEANS.get(kind, ""), one.kind in ground.own
    role = f"doc-{means}" if means and means not in SPOKEN["silent"] else ""
    sections: Any = document.root.xpath("//*[local-name()='section'][@id=$id]", id=one.address)
    for section in sections:
        heads: Any = section.xpath(".//*[contains('h1 h2 h3 h4 h5 h6', local-name())]")
        texts = [bare("".join(map(str, UNCALLED(head)))) for head in heads]
        titled = any(
            text in bare(one.title) or bare(one.title) in text for text in filter(None, texts)
        )
        if one.kind in SPOKEN["headed"] and not (one.silent or own or titled):
            yield "has no heading that says its title", section
        for what, right, said in (
            ("role", role, section.get("role", "")),
            ("type", "" if means == "index" else means, section.get(EPUB_TYPE, "")),
        ):
            if said != right and (typed or what == "role") and not (own and not said):
                yield f"has the {what} '{said}', by its kind '{right}'", section


def _told(element: etree._Element) -> str:
    return spaced("".join(map(str, element.itertext())))[:80]
