"""Targets: links, navigation, landmarks, the page list; and nothing from outside."""

from collections import Counter
from collections.abc import Iterator

from lxml import etree

from engross.catalog import finding
from engross.check.epub.opened import EPUB_TYPE, XHTML, Document, Opened, words
from engross.model.address import leads, outward, scheme
from engross.model.finding import Finding, Place

EXECUTABLE = ("script", "iframe", "object", "embed", "form", "video", "audio")
Mark = tuple[str, str, str]
"""File, id and words."""
BUG = "look at the book's own templates; if they are right, report it"


def check_links(book: Opened) -> Iterator[Finding]:
    """Each link within the book has its target; ids stand once; nothing is loaded from outside."""
    yield from broken(book)
    for document in book.documents.values():
        for element in document.root.iter(etree.Element):
            target = element.get("src") or element.get("href") or ""
            if element.tag != f"{XHTML}a" and (scheme(target) or target.startswith("//")):
                yield finding(
                    "Q016",
                    document.place(book.book, element),
                    f"'{target}' is loaded from outside the book",
                )
            if etree.QName(element).localname in EXECUTABLE:
                message = (
                    f"<{etree.QName(element).localname}> stands in a text that must neither run "
                    "nor move"
                )
                fix = "take it out of the template"
                yield finding("Q016", document.place(book.book, element), message, fix)


def broken(book: Opened) -> Iterator[Finding]:
    """Links without a target, and ids that stand twice, in an EPUB or a web edition."""
    for document in book.documents.values():
        for identity, count in Counter(book.ids[document.name]).items():
            if count > 1:
                yield _link(book, document, None, f"the id '{identity}' stands twice")
        for element in document.root.iter(etree.Element):
            for target in filter(None, (element.get("href"), element.get("src"))):
                if what := _lost(book, document, target):
                    yield _link(book, document, element, f"'{target[:60]}' leads to {what}")


def _lost(book: Opened, document: Document, target: str) -> str:
    """Where a target leads that is none; "" where it is right, or outside."""
    if outward(target):
        return ""
    if not leads(target):
        return "where no link may"
    file, fragment = book.resolve(document.name, target)
    if not book.entries and file.startswith("../"):
        return ""  # beside the web edition
    if file not in book.files:
        return "a file that is not there"
    return "an id that is not there" if fragment not in ("", *book.ids.get(file, ())) else ""


def check_navigation(book: Opened) -> Iterator[Finding]:
    """Contents, landmarks and, one to one and in order, the page list."""
    found = book.navigations()
    if len(found) != 1:
        yield _navigation(Place(book.book), "there is no navigation document, or more than one")
        return
    document = found[0]
    place = document.place(book.book)
    navs = {nav.get(EPUB_TYPE): nav for nav in document.elements("nav")}
    contents = _targets(book, document, navs.get("toc"))
    if not contents:
        yield _navigation(place, "the contents are empty")
    order = [one.name for one in book.spine]
    if contents != sorted(contents, key=order.index) and contents:
        yield _navigation(place, "the contents are not in the order of reading")
    marks = navs.get("landmarks")
    types = (
        {link.get(EPUB_TYPE) for link in marks.iter(f"{XHTML}a")} if marks is not None else set()
    )
    for wanted in ("toc", "bodymatter"):
        if wanted not in types:
            yield _navigation(place, f"the landmarks have no '{wanted}'")
    yield from _pages(book, document, navs.get("page-list"))
    leaf_list = next(
        (nav for nav in document.elements("nav") if nav.get("id") == "leaf-list"), None
    )
    yield from _leaves(book, document, leaf_list)


def _listed(book: Opened, document: Document, nav: etree._Element | None) -> list[Mark]:
    """The lines of a list of places."""
    found: list[Mark] = []
    for link in nav.iter(f"{XHTML}a") if nav is not None else ():
        file, fragment = book.resolve(document.name, link.get("href") or "")
        found.append((file, fragment, words(link)))
    return found


def _pages(book: Opened, document: Document, page_list: etree._Element | None) -> Iterator[Finding]:
    listed = _listed(book, document, page_list)
    marked = [
        (name, mark.get("id") or "", mark.get("aria-label") or "")
        for name, root in ((document.name, document.root) for document in book.spine)
        for mark in root.iter()
        if mark.get("role") == "doc-pagebreak"
    ]
    yield from _differ(book, document, "the page list and the marks of pages", listed, marked)


def _leaves(
    book: Opened, document: Document, leaf_list: etree._Element | None
) -> Iterator[Finding]:
    """Leaves of the original: each that has words and a place of its own, once."""
    listed = _listed(book, document, leaf_list)
    marked = [
        (one.name, mark.get("id") or "", words(mark).strip("[]"))
        for one in book.spine
        for mark in one.elements("span")
        if mark.get("class") == "leaf-break" and mark.get("id") and words(mark)
    ]
    yield from _differ(book, document, "the list of leaves and their marks", listed, marked)


def _differ(
    book: Opened, document: Document, what: str, listed: list[Mark], marked: list[Mark]
) -> Iterator[Finding]:
    if listed != marked:
        strange = next(
            (pair for pair in zip(listed, marked, strict=False) if pair[0] != pair[1]), None
        )
        where = f"first at {strange[0][2]}" if strange else f"{len(listed)} for {len(marked)}"
        yield finding("Q018", document.place(book.book), f"{what} differ, {where}", BUG)


def _targets(book: Opened, document: Document, nav: etree._Element | None) -> list[str]:
    if nav is None:
        return []
    links = (link.get("href") or "" for link in nav.iter(f"{XHTML}a"))
    spine = {one.name for one in book.spine}
    return [name for href in links if (name := book.resolve(document.name, href)[0]) in spine]


def _link(book: Opened, document: Document, element: etree._Element | None, what: str) -> Finding:
    return finding("Q015", document.place(book.book, element), f"a link or an id is broken: {what}")


def _navigation(place: Place, what: str) -> Finding:
    return finding("Q017", place, f"the navigation is not whole: {what}", BUG)
