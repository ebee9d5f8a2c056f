"""The pages of the web edition, put together."""

import hashlib
import io
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from html import escape
from importlib import resources

from engross.assemble.edition import CorrectionEntry, Gone, Section
from engross.cache.store import Keeper
from engross.language import Words, direction
from engross.make.epub.pages import mark_pages, none_lost
from engross.make.markup import closed, opened
from engross.make.records.citing import cite_document, cite_edition
from engross.make.records.facts import Facts, creators
from engross.make.records.linked import json_ld
from engross.make.typeset.values import PageStart
from engross.make.web import search
from engross.make.web.beside import link_marks, offer_citations, place_notes, tell_changes
from engross.model.check import Output
from engross.model.font import FontFile
from engross.render import Rendered
from engross.render.environment import safe, templates
from engross.render.links import anchor, image

FIRST = ("title-page", "contents", "imprint")
"""Kinds of sections that the first page holds; a half-title would only say the title again."""
KEPT = "web"
HOME = "index.html"
"""The first page, as servers want it; the section of that address goes by another name."""


@dataclass(frozen=True, slots=True)
class Site:
    """What all pages share."""

    facts: Facts
    css: str
    faces: tuple[FontFile, ...] = ()
    own: Mapping[str, str] = field(default_factory=dict)
    """The book's own templates."""
    images: Mapping[str, bytes] = field(default_factory=dict)
    """Pictures of the book, by path in it."""

    @property
    def words(self) -> Words:
        """The words of the edition's language."""
        return self.facts.edition.words

    def document(self, section: Rendered) -> Section | None:
        """What a section shows, where it is a document."""
        return next((one for one in self.facts.documents if one.address == section.address), None)


def make_web(
    site: Site,
    sections: Sequence[Rendered],
    starts: Sequence[PageStart],
    store: Keeper | None = None,
) -> tuple[Output, ...]:
    """
    Make every file below `web/`, of sections rendered for it, in reading order.

    `starts` is where the pages of the reference printing begin; `store` keeps packed faces.

    Raises:
        EngrossError: a page of the printing that is not found, or a template that fails.
    """
    marked, _, lost = mark_pages(sections, starts)
    none_lost(lost)
    pages = [section for section in marked if section.kind not in {*FIRST, "half-title"}]
    files = {HOME: _first(site, marked, pages)}
    rows = zip((None, *pages[:-1]), pages, (*pages[1:], None), strict=True)
    for before, section, after in rows:
        files[page_name(section.address)] = _page(site, section, (before, after), marked)
    for section in _gone(site, marked):
        files[page_name(section.address)] = _page(site, section, (None, None), marked)
    title = site.words.say("search")
    files["search.html"] = _fill(site, "web/search.html", title=title, file="search.html")
    files["search-words.js"] = search.index(pages, page_name)
    for name in ("search.js", "copy.js"):
        files[name] = resources.files(__package__).joinpath(name).read_bytes()
    if base := site.facts.manifest.web_address:
        every = sorted(name for name in files if name.endswith(".html"))
        files["sitemap.xml"] = _fill(site, "web/sitemap.xml", base=base, names=every)
    form, swap = ' format("woff2")', "font-display: swap; "
    sheet = "\n".join([*(face.rule("woff2", form, swap) for face in site.faces), site.css])
    files["style.css"] = sheet.encode()
    files |= {face.file("woff2"): packed(face.content, store) for face in site.faces}
    files |= {image(path, "web"): content for path, content in site.images.items()}
    return tuple(Output("web", f"{KEPT}/{name}", body) for name, body in sorted(files.items()))


def page_name(address: str) -> str:
    """
    The file of a section's page.

    >>> page_name("yamada"), page_name("index")
    ('yamada.html', 'the-index.html')
    """
    return "the-index.html" if f"{address}.html" == HOME else f"{address}.html"


def packed(face: bytes, store: Keeper | None = None) -> bytes:
    """A face as WOFF2: the same glyphs, packed; the same bytes each time."""
    key = hashlib.sha256(b"woff2 1 " + face).hexdigest()
    known = store.get(key) if store is not None else None
    if known is not None:
        return bytes(known)
    from fontTools.ttLib import TTFont

    target = io.BytesIO()
    font = TTFont(io.BytesIO(face), recalcTimestamp=False)
    font.flavor = "woff2"
    font.save(target, reorderTables=True)
    if store is not None:
        store.put(key, target.getvalue())
    return target.getvalue()


def _first(site: Site, marked: Sequence[Rendered], pages: Sequence[Rendered]) -> bytes:
    parts = {
        section.kind: safe(_finished(site, section, marked))
        for section in marked
        if section.kind in FIRST
    }
    return _fill(
        site,
        "web/index.html",
        title=site.facts.title,
        parts=parts,
        pages=pages,
        file=HOME,
        citations=cite_edition(site.facts),
        json_ld=safe(json.dumps(json_ld(site.facts), ensure_ascii=False).replace("<", "\\u003c")),
        corrections=next((page for page in pages if page.kind == "corrections"), None),
    )


def _page(
    site: Site,
    section: Rendered,
    around: tuple[Rendered | None, Rendered | None],
    marked: Sequence[Rendered],
) -> bytes:
    document = site.document(section)
    return _fill(
        site,
        "web/page.html",
        title=f"{section.title} – {site.facts.manifest.title}",
        section=section,
        html=safe(_finished(site, section, marked)),
        before=around[0],
        after=around[1],
        file=page_name(section.address),
        document=document,
        citation=cite_document(site.facts, document) if document else None,
    )


def _gone(site: Site, marked: Sequence[Rendered]) -> Iterator[Rendered]:
    """Sections of earlier versions that went: a page tells of each, so that old links lead on."""
    changes = site.facts.edition.changes
    for gone in changes.gone:
        if not gone.place:
            rows = [row for row in changes.entries if row.was == gone.address]
            title = rows[0].title if rows else gone.address
            told = _changed(site, rows, gone, marked)
            html = f'<section class="gone"><h1>{escape(title)}</h1>{told}</section>'
            yield Rendered(gone.address, "gone", title, title, html, site.facts.manifest.language)


def _changed(
    site: Site, rows: Sequence[CorrectionEntry], gone: Gone | None, marked: Sequence[Rendered]
) -> str:
    listed = next((one for one in marked if one.kind == "corrections"), None)
    return _fill(site, "web/changed.html", entries=rows, gone=gone, listed=listed).decode()


def _finished(site: Site, section: Rendered, marked: Sequence[Rendered]) -> str:
    """A section's HTML with what stands beside it, its links led to the right pages."""
    say = site.words.say
    root = opened(section.html)
    link_marks(root, say)
    place_notes(root, say("close-note"), say("more-of-note"))
    changes = site.facts.edition.changes
    tell_changes(
        root, section.address, changes, lambda rows, gone: _changed(site, rows, gone, marked)
    )
    document = site.document(section)
    if document is not None:
        offer_citations(
            root,
            lambda number: cite_document(site.facts, document, number).text,
            say("cite-paragraph"),
        )
    first = {f"{one.address}.html" for one in marked if one.kind in {*FIRST, "half-title"}}
    for link in root.iter("a"):
        file, mark, identity = (link.get("href") or "").partition("#")
        if file in first:
            target = identity or file.removesuffix(".html")
            link.set("href", f"#{target}" if section.kind in FIRST else f"{HOME}#{target}")
        elif file == HOME:
            link.set("href", f"{page_name('index')}{mark}{identity}")
    return closed(root)


def _fill(site: Site, name: str, **values: object) -> bytes:
    context = {
        "medium": "web",
        "manifest": site.facts.manifest,
        "edition": site.facts.edition,
        "facts": site.facts,
        "creators": creators(site.facts.edition),
        "say": site.words.say,
        "day": site.words.day,
        "page_name": page_name,
        "anchor": anchor,
        "direction": direction,
        "language": site.facts.manifest.language,
        **values,
    }
    return templates(site.own).render(name, context).encode()
