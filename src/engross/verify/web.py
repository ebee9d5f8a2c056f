"""The proof of a web edition: texts, generated places, what stands around them, links, sight."""

import json
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Any

from lxml import etree

from engross.check.epub.content import check_notes
from engross.check.epub.links import broken
from engross.check.epub.opened import Document, Opened, open_web
from engross.language import Words
from engross.model.address import section_of
from engross.verify.cascade import prove_seen
from engross.verify.facts import archival
from engross.verify.files import prove_addresses, prove_pages
from engross.verify.furniture import Section
from engross.verify.ground import Ground
from engross.verify.marks import astray
from engross.verify.plain import bare, difference, missing, spaced
from engross.verify.plates import Plate, prove_shown
from engross.verify.recorded import fields_of_record
from engross.verify.records import WANTED, record_faults, uncited
from engross.verify.report import Log
from engross.verify.spoken import prove_spoken
from engross.verify.values import STYLED, Values

FIRST = frozenset({"title-page", "contents", "imprint"})
"""Kinds of sections that the first page holds."""
OWN: Any = etree.XPath(".//text()[not(ancestor::*[@data-furniture])]")
HEAD, PARAGRAPH = WANTED["head"], re.compile(r"\u00b6 (\d+), ")


def prove_web(
    files: Mapping[str, bytes],
    ground: Ground,
    sections: Sequence[Section],
    goals: Mapping[str, Sequence[str]],
    plates: Sequence[Plate],
    log: Log,
    held: Mapping[str, Collection[str]] = MappingProxyType({}),
) -> None:
    """
    Compare the pages with the evidence.

    Args:
        files: of the web edition, by their path in it.
        ground: what the evidence says.
        sections: those of the flowing media, with what stands between their addresses.
        goals: where the entries of generated sections lead, by section.
        plates: its pictures.
        log: takes checks and findings.
        held: what the pages beside it hold, by their labels.
    """
    since, expected, values = len(log.findings), ground.expected, Values(ground)
    site = open_web(files)
    if not isinstance(site, Opened):
        log.fault("P001", "; ".join(found.message for found in site))
        log.check("conservation", 0, "addresses", since)
        return
    known = {section_of(address) for address in expected.said}
    known |= {name.removesuffix(".html") for name in site.documents}
    pages = site.documents.values()
    found = prove_addresses(pages, expected.said, known, "the web edition", log)
    log.check("conservation", len(found), "addresses", since)
    if held:
        prove_pages(site, held, log)
    since = len(log.findings)
    named = {one.get("id"): one for page in pages for one in page.root.iter("section")}
    for section in sections:
        if section.kind != "half-title":
            _generated(section, named.get(section.address.replace("/", "-")), log)
    log.check("generated places", len(sections), "sections", since)
    since = len(log.findings)
    _around(site, values, log)
    titles = {one.title for one in ground.sections}
    for why in sorted(_sought(site, files.get("search-words.js", b""), titles))[:9]:
        log.fault("P007", f"web: {why}")
    log.check("around", len(pages), "pages", since)
    since = len(log.findings)
    log.findings += broken(site)
    elsewhere = {one.address: f"index#{one.address}" for one in sections if one.kind in FIRST}
    elsewhere["index"] = "the-index"
    for address, row in goals.items():
        element = named.get(address)
        there = [elsewhere.get(goal, goal) for goal in row]
        if element is not None and (lost := astray([element], there, address, known)):
            log.fault("P008", f"web: '{address}' has no link to {lost} where its entry stands")
    log.check("links", len(pages), "pages", since)
    prove_seen(site, log)
    prove_spoken(site, values, log)
    log.findings += check_notes(site)
    prove_shown(site, plates, log)


def _generated(section: Section, element: etree._Element | None, log: Log) -> None:
    """What stands between the addresses of a section is what stands there in an EPUB."""
    signs = [item.sign for item in section.items if item.sign and item.sign.kind == "text"]
    notes = any("/note/" in item.address for item in section.items)
    said = [bare(sign.words) for sign in signs]
    wanted = "".join(said[: len(said) - notes])  # the words above the notes
    if element is None:
        log.fault("P003", f"'{section.address}' is not in the web edition")
        return
    found = bare("".join(_between(element)))
    if found != wanted:
        log.fault("P007", f"web: '{section.address}': {difference(wanted, found)}")


def _between(element: etree._Element) -> Iterator[str]:
    """What a section says outside its addresses and notes, furniture and supplied words aside."""
    yield element.text or ""
    for child in element:
        made = {"data-furniture", "data-supplied", "data-address"} & {*child.attrib}
        if isinstance(child.tag, str) and not made and child.get("role") != "doc-endnotes":
            yield from _between(child)
        yield child.tail or ""


def _around(site: Opened, known: Values, log: Log) -> None:
    """What stands around the sections: words of the evidence and the catalogue, facts in place."""
    ground = known.ground
    sections = {one.address for one in ground.sections}
    catalogue = [one for forms in ground.words.catalogue.entries.values() for one in forms]
    every = {word for row in ground.every.values() for word in row}
    more = [*catalogue, STYLED, ground.digest[:12], ground.words.day(ground.modified)]
    dates = [one.record.value.dates for one in ground.book.documents]
    more += [Words("en").day(one.event, one.julian) for one in dates]
    more += [one.number for one in ground.sections]
    every |= {*re.findall(r"\w+", " ".join(more).casefold())}
    for name, page in site.documents.items():
        said = " ".join(_outside(page.root, sections))
        strange = {*re.findall(r"\w+", said.casefold())} - every
        for word in sorted(one for one in strange if not one.isdigit())[:1]:
            log.fault("P007", f"{name} says '{word}', which neither evidence nor catalogue has")
        stands = ground.words.say("version", version=ground.book.manifest.value.version)
        if f"{stands}, {ground.words.day(ground.modified)}" not in spaced(said):
            log.fault("P007", f"{name} does not say '{stands}' with its day")
        for lost in _lost(page, known):
            log.fault("P025", f"web: {name} {lost}")
    first = site.documents.get("index.html")
    text = "".join(_outside(first.root, sections)) if first else ""
    if first and (lost := missing(text, known["manifest.description"])):
        log.fault("P007", f"index.html does not say '{lost[:60]}'")


def _sought(site: Opened, content: bytes, titles: Collection[str]) -> Iterator[str]:
    """What the index of the search says otherwise than the pages, which are proved."""
    said = content.decode("utf-8", "replace").partition("=")[2].strip(" ;\n")
    try:
        rows = [tuple(map(str, row)) for row in json.loads(said)]
        found = {(page, place): (title, bare(words)) for page, place, title, words in rows}
    except (ValueError, TypeError):
        yield "search-words.js cannot be read"
        return
    blocks = {
        (name, block.get("id", "")): bare("".join(OWN(block)))
        for name, page in site.documents.items()
        for block in page.root.iterfind(".//*[@data-address]")
    }
    for key in found.keys() | {key for key, words in blocks.items() if words}:
        title, words = found.get(key, ("", ""))
        if words != blocks.get(key, ""):
            yield f"search-words.js, {'#'.join(key)}: {difference(blocks.get(key, ''), words)}"
        elif title not in titles:
            yield f"search-words.js calls {key[0]} '{title[:60]}'"


def _outside(element: etree._Element, sections: set[str]) -> Iterator[str]:
    for child in element:
        own = child.tag == "section" and child.get("id") in sections
        if isinstance(child.tag, str) and child.tag not in {"script", "style", "title"} and not own:
            yield child.text or ""
            yield from _outside(child, sections)
        yield child.tail or ""


def _lost(page: Document, known: Values) -> Iterator[str]:
    """What head, citations and links of a page do not say as the evidence has it."""
    ground, manifest = known.ground, known.ground.book.manifest.value
    address = "index" if page.section == "the-index" else page.section
    order = [one for one in ground.sections if one.kind not in {*FIRST, "half-title"}]
    at = next((n for n, one in enumerate(order) if one.address == address), -1)
    title = spaced("".join(one.text or "" for one in page.root.iter("title")))
    own = {
        "page title": [title],
        "whole or own": [*known["whole"], order[at].title] if at >= 0 else known["whole"],
        "page address": [f"{manifest.web_address}{page.name}" if manifest.web_address else ""],
    }
    for meta in (*page.root.iter("meta"), *page.root.iterfind(".//link[@rel='canonical']")):
        name = meta.get("name") or meta.get("property") or meta.get("rel", "")
        if not name:
            continue
        wanted, said = HEAD.get(name), spaced(meta.get("content") or meta.get("href") or "")
        right = own.get(str(wanted)) if wanted else []
        right = (
            wanted if isinstance(wanted, list) else known[str(wanted)] if right is None else right
        )
        # where nobody made the edition, others stand there
        if said not in right and (right or wanted not in {"made", "aut com"}):
            yield f"gives as {name} '{said[:60]}', not '{'; '.join(right)[:60]}'"
    own_record = next((one.record.value for one in ground.documents if one.id == address), None)
    facts = archival(own_record.source, ground.words) if own_record else ()
    cited_by = [own_record.title.supplied, *(one.loose for one in facts)] if own_record else []
    number = ""
    for one in page.root.iterfind(".//span[@class]"):
        said = "".join(map(str, one.itertext()))
        if one.get("class") == "paragraph-number":
            number = said.strip()
        elif one.get("class") == "citation-text":
            spots = PARAGRAPH.findall(said)
            if lost := uncited(PARAGRAPH.sub("", said), cited_by, known):
                yield f"says how it is cited {lost}"
            elif spots not in ([], [number]):
                yield f"says of paragraph {number} how paragraph {spots[0]} is cited"
    for one in page.root.iterfind(".//script[@type='application/ld+json']"):
        record = fields_of_record("schema.jsonld", (one.text or "{}").encode())
        yield from record_faults(record, WANTED["schema.jsonld"], known)
    for rel, step in (("prev", -1), ("next", 1)):
        there = order[at + step] if at >= 0 and 0 <= at + step < len(order) else None
        for link in page.root.iterfind(f".//a[@rel='{rel}']"):
            said = f"{link.get('aria-label', '')} {''.join(map(str, link.itertext()))}"
            goal = link.get("href", "").removesuffix(".html").removeprefix("the-")
            named = there and bare(there.short or there.head) in bare(said)
            if there is None or goal != there.address or not named:
                yield f"leads for '{rel}' to '{link.get('href')}' by the words '{said.strip()}'"
