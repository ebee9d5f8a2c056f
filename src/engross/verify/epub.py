"""The proof of an EPUB: every file is read whole with another parser than the one that wrote it."""

import posixpath
from collections.abc import Collection, Mapping, Sequence
from itertools import groupby
from types import MappingProxyType

from engross.check.epub import faults_of
from engross.check.epub.opened import (
    DC,
    EPUB_TYPE,
    XHTML,
    Opened,
    open_epub,
    section_of,
    words,
)
from engross.model.parting import agreed
from engross.read.xml import parse_xml
from engross.verify.cascade import prove_seen
from engross.verify.facts import documents_list
from engross.verify.files import prove_pages, prove_texts
from engross.verify.ground import Ground
from engross.verify.marks import astray
from engross.verify.plain import spaced
from engross.verify.plates import Plate, prove_shown
from engross.verify.recorded import misplaced
from engross.verify.records import referred
from engross.verify.report import Log
from engross.verify.script import SectionScript
from engross.verify.spoken import prove_spoken
from engross.verify.values import Values


def prove_epub(
    content: bytes,
    scripts: Sequence[SectionScript],
    ground: Ground,
    log: Log,
    named: Mapping[str, str],
    targets: Mapping[str, Sequence[str]],
    plates: Sequence[Plate] = (),
    held: Mapping[str, Collection[str]] = MappingProxyType({}),
) -> None:
    """
    Compare an EPUB with its script.

    Args:
        content: the file.
        scripts: of its sections, in order.
        ground: what the evidence says.
        log: takes checks and findings; damage is a finding, never an exception.
        named: what the navigation calls its parts.
        targets: where the entries of generated sections lead, by section.
        plates: its pictures.
        held: what the pages beside it hold, by their labels; nothing where there are none.
    """
    since = len(log.findings)
    book = open_epub(log.subject, content)
    if not isinstance(book, Opened):
        log.fault("P001", "; ".join(found.message for found in book))
        log.check("opens", 0, "files", since)
        return
    log.findings += faults_of(book)
    log.check("opens", len(book.files), "files", since)
    known = Values(ground)
    _package(book, scripts, known, log, named)
    addresses = {script.section.address for script in scripts}
    since = len(log.findings)
    count = sum(prove_texts(book, script, log, addresses) for script in scripts)
    log.check("conservation", count, "addresses", since)
    calls = sum(len(said.calls) for script in scripts for said in script.said.values())
    log.check("notes", calls, "calls", since)
    prove_seen(book, log)
    prove_spoken(book, known, log)
    since = len(log.findings)
    if held:
        prove_pages(book, held, log)
        log.check("pages", len(held), "pages", since)
    since = len(log.findings)
    for section, goals in targets.items():
        pieces = book.of_section(section)
        lost = astray([one.root for one in pieces], goals, section, addresses)
        if pieces and lost:
            log.fault("P008", f"{pieces[0].name} has no link to {lost} where its entry stands")
    log.check("links", sum(map(len, targets.values())), "links", since)
    prove_shown(book, plates, log)


def _package(
    book: Opened,
    scripts: Sequence[SectionScript],
    known: Values,
    log: Log,
    named: Mapping[str, str],
) -> None:
    since = len(log.findings)
    wanted = [script.section.address for script in scripts]
    navigation = {posixpath.basename(one.name) for one in book.navigations()}
    spine = [posixpath.basename(one.name) for one in book.spine]
    aside = {"cover.xhtml"} | navigation
    files = [name for name in spine if name not in aside]
    found = [section for section, _ in groupby(files, section_of)]
    if found != wanted:
        strange = difference_of(wanted, found)
        log.fault("P003", f"the spine is not in the order of the evidence's sections: {strange}")
    for section, names in groupby(files, section_of):
        first = next(names)
        if first != f"{section}.xhtml":
            log.fault("P003", f"the spine begins '{section}' with {first}")
    allowed = {*spine} | navigation
    for name, document in book.documents.items():
        if posixpath.basename(name) not in allowed:
            log.fault("P003", f"{name} belongs to no section of the evidence")
        elif name.endswith("/cover.xhtml"):
            for message in misplaced(document.root, "cover", known):
                log.fault("P007", f"{name} {message}")
    sources = [spaced(one.text or "") for one in book.package.iter(f"{DC}source")]
    for message in referred("dc:source", sources, known, ordered=False):
        log.fault("P006", f"the package {message}")
    for message in misplaced(book.package, "opf", known):
        log.fault("P006", f"the package {message}")
    _outdated(book, known, log)
    _navigation(book, scripts, known, log, named)
    log.check("sections", len(wanted), "files", since)


def _outdated(book: Opened, known: Values, log: Log) -> None:
    """The navigation of older readers names the same places by the same words."""
    links = [
        (link.get("href"), spaced(words(link)))
        for document in book.navigations()
        for nav in document.elements("nav")
        for link in nav.iter(f"{XHTML}a")
        if nav.get(EPUB_TYPE) == "toc"
    ]
    for name in [name for name in book.files if name.endswith(".ncx")]:
        tree = parse_xml(book.files[name])
        points = list(tree.iter("{*}navPoint"))
        goals = [goal.get("src") for one in points for goal in one.iterfind("{*}content")]
        named = [spaced(words(label)) for one in points for label in one.iterfind("{*}navLabel")]
        for message in misplaced(tree, "ncx", known):
            log.fault("P006", f"{name} {message}")
        if list(zip(goals, named, strict=False)) != links:
            log.fault("P006", f"{name} does not name what the navigation names, as it does")


def _navigation(
    book: Opened,
    scripts: Sequence[SectionScript],
    known: Values,
    log: Log,
    named: Mapping[str, str],
) -> None:
    """Everything that the navigation says: titles of sections, and the words for its own parts."""
    names = {f"{script.section.address}.xhtml": script.section.title for script in scripts}
    opening = {f"{one.address}.xhtml" for one in known.ground.sections if one.opening}
    dated = {one.target: one.words for one in documents_list(known.ground)}
    for one in book.navigations():
        for message in misplaced(one.root, "nav", known):
            log.fault("P006", f"{one.name} {message}")
    found: set[str] = set()
    for nav in (nav for one in book.navigations() for nav in one.elements("nav")):
        kind = nav.get(EPUB_TYPE, "") or nav.get("id", "")
        part = {"toc": "contents", "page-list": "pages", "leaf-list": "leaves"}.get(kind, kind)
        wanted = spaced(named.get(part, ""))
        for heading in nav.iter(f"{XHTML}h1", f"{XHTML}h2"):
            _said(words(heading), wanted, f"the heading of {kind}", log)
        for link in nav.iter(f"{XHTML}a"):
            href = link.get("href", "")
            target = href.partition("#")[0]
            said = spaced(words(link))
            if kind == "landmarks":
                special = {named.get(key, "") for key in ("contents", "cover", "start")}
                if said not in special | {spaced(names.get(target, ""))}:
                    log.fault("P006", f"the navigation calls {target} '{said}'")
            elif kind not in {"page-list", "leaf-list"}:
                found.add(target)
                for over in list(link.iterancestors(f"{XHTML}li"))[1:2]:
                    if (goal := next(over.iter(f"{XHTML}a")).get("href", "")) not in opening:
                        log.fault("P006", f"the navigation puts {target} below {goal}")
                # earlier programs left the days of documents out
                if said != spaced(dated.get(target.removesuffix(".xhtml"), "")):
                    _said(said, spaced(names.get(target, "")), target, log)
    texts = [s.section.address for s in scripts if not s.section.display]
    for address in texts:
        if f"{address}.xhtml" not in found:
            log.fault("P003", f"the navigation does not name '{address}'")


def _said(found: str, wanted: str, what: str, log: Log) -> None:
    if spaced(found) != wanted:
        log.fault("P006", f"the navigation calls {what} '{spaced(found)}' instead of '{wanted}'")


def difference_of(wanted: Sequence[str], found: Sequence[str]) -> str:
    """
    Where two orders part.

    >>> difference_of(["d1", "d2"], ["d1"])
    "after 'd1' stands nothing instead of 'd2'"
    """
    at = agreed(wanted, found)
    after = f"after '{found[at - 1]}' stands" if at else "first stands"
    here, there = (f"'{row[at]}'" if at < len(row) else "nothing" for row in (found, wanted))
    return f"{after} {here} instead of {there}"
