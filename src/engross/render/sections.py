"""Every section of an edition, rendered for one kind of medium; and the correction slip."""

import hashlib
import io
import pickle
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass
from functools import cache
from importlib.metadata import version
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any, Literal

from lxml import etree

from engross.assemble.edition import CorrectionEntry, Edition, Section
from engross.cache.store import Keeper
from engross.catalog import finding, stop
from engross.language.catalogue import Catalogue
from engross.model.finding import Finding, Place
from engross.model.text import Origin
from engross.read.xml import parse_xml
from engross.render.environment import OWN, Templates, templates
from engross.render.links import Medium
from engross.render.scene import Scene
from engross.schema.base import Model


@dataclass(frozen=True, slots=True)
class Rendered:
    """A section as XHTML for one kind of medium."""

    address: str
    kind: str
    title: str
    short_title: str
    html: str
    """A well-formed `<section>` element, UTF-8 characters, no entities but XML's five."""
    language: str
    opening: Literal["recto", "verso", "any"] = "any"
    matter: Literal["front", "body", "back"] = "body"
    display: bool = False
    in_contents: bool = True
    level: int = 1
    role: str = ""
    runs_on: bool = False
    """Whether it follows the section before it on the same page."""
    head: str = ""
    """What its right pages say above the text; empty: the short title."""


KINDS = frozenset({"document", "prose"})
"""Sections that say what their own text says; what lists others depends on all of them."""
HIDDEN = ("documents", "edition", "paragraph_address")
"""What the templates of these cannot ask, since no key has the answers."""
BENT = 200
"""Numbers among which every rule of plural forms has shown all that it does."""
LIBRARIES = ("babel", "jinja2", "lxml", "markupsafe")
CODE = ("assemble", "language", "model", "render", "templates")
EVIDENCE = ("make/evidence.py", "make/markup.py")


class _Said(dict[type, Callable[[Any], tuple[Any, ...]]]):
    """How the values of each type are said to a pickler, in every process alike."""

    def __missing__(self, kind: type) -> Callable[[Any], tuple[Any, ...]]:
        """A block without its place in a file, a form without digests of files: no word of it."""
        if issubclass(kind, Model):

            def said(value: Any) -> tuple[Any, ...]:
                rows = (row for row in vars(value).items() if row[0] != "sha256")
                return tuple, ((kind.__name__, *rows),)

        elif issubclass(kind, Catalogue):  # how words bend with a number is a function

            def said(value: Any) -> tuple[Any, ...]:
                forms = tuple(map(value.form, range(BENT)))
                return tuple, ((value.language, tuple(value.entries.items()), forms),)

        elif is_dataclass(kind):
            names = () if kind is Origin else tuple(one.name for one in fields(kind))

            def said(value: Any) -> tuple[Any, ...]:
                return kind, tuple([getattr(value, name) for name in names])

        else:
            raise KeyError(kind)
        self[kind] = said
        return said


SAID = _Said()


class Cards:
    """
    Sections as pages have them, kept from one build to the next.

    The key is a digest of the section and of every answer that its template may ask of the rest of
    the edition: manifest, words, and how the sections are called and numbered. What templates of
    the program make is kept alone, and for pages alone: what is in them is read back and proved
    whether it was kept or not, and a cache may come from somebody else.
    """

    def __init__(self, edition: Edition, store: Keeper) -> None:
        called = [
            (one.address, one.kind, one.number, one.title, one.short_title)
            for one in edition.sections
        ]
        self._store = store
        self._ground = _said((code(), edition.manifest, edition.own, called))
        self._keys: dict[str, str] = {}

    def get(self, section: Section) -> str | None:
        """What was made of a section like this one."""
        if section.kind not in KINDS:
            return None
        key = hashlib.sha256(self._ground + _said(section)).hexdigest()
        self._keys[section.address] = key
        found = self._store.get(key)
        return None if found is None else found.decode("utf-8", "replace")

    def put(self, section: Section, html: str) -> None:
        """Keep what was made of a section that was asked for before."""
        if section.kind in KINDS:
            self._store.put(self._keys[section.address], html.encode())

    def narrowed(self, section: Section, context: Mapping[str, Any]) -> Mapping[str, Any]:
        """What its template may see: where the result is kept, nothing that no key has."""
        if section.kind not in KINDS:
            return context
        return {name: value for name, value in context.items() if name not in HIDDEN}


EPUB_NAMESPACE = "http://www.idpf.org/2007/ops"


def render(
    edition: Edition,
    medium: Medium,
    own: Mapping[str, str] | None = None,
    store: Keeper | None = None,
) -> tuple[Rendered, ...]:
    """
    Fill the template of each section.

    `page` serves print and screen alike. `own` are the book's templates by name
    (`title-page.html`), which override ours section by section. Afterwards each section is one
    well-formed element that carries the section's address as its id. `store` keeps pages.

    Raises:
        EngrossError: with every template that failed, not only the first.
    """
    filled = templates(own or {})
    rendered: list[Rendered] = []
    findings: list[Finding] = []
    cards = Cards(edition, store) if store and medium == "page" and not own else None
    kept: dict[str, str] = {}
    rows: list[tuple[str, Mapping[str, Any]]] = []
    for section in edition.sections:
        html = cards.get(section) if cards else None
        if html is not None and _well_formed(html, Place(), section) == html:
            kept[section.address] = html
            continue
        context = Scene(edition, section, medium).context()
        rows.append(
            (f"{section.kind}.html", cards.narrowed(section, context) if cards else context)
        )
    fresh = iter(filled.render_all(rows))
    for section in edition.sections:
        html = kept.get(section.address)
        if html is None:
            match _judged(next(fresh), section, own or {}):
                case Finding() as fault:
                    findings.append(fault)
                    continue
                case html:
                    if cards:
                        cards.put(section, html)
        rendered.append(_rendered(edition, section, html))
    if findings:
        raise stop(findings)
    return tuple(rendered)


def _judged(html: str | Finding, section: Section, own: Mapping[str, str]) -> str | Finding:
    if isinstance(html, Finding):
        return html
    name = f"{section.kind}.html"
    return _well_formed(html.strip(), Place(OWN + name if name in own else name), section)


def _well_formed(html: str, place: Place, section: Section) -> str | Finding:
    """Parse the result as XML; one element, called section."""
    try:
        root = parse_xml(f'<x xmlns:epub="{EPUB_NAMESPACE}">{html}</x>')
    except etree.XMLSyntaxError as error:
        if (error.msg or "").startswith("Excessive depth"):
            message = f"the elements of {section.address} are nested too deeply"
            fix = "nest fewer elements; this limit (256) is fixed"
            return finding("X004", place, message, fix)
        message = f"the section '{section.address}' is not well-formed: {error.msg}"
        fix = "close every element and quote every attribute in the template"
        return finding("S005", place, message, fix)
    if len(root) != 1 or root[0].tag != "section" or (root.text or root[0].tail):
        message = f"the template of '{section.address}' makes no single <section>"
        fix = "put everything into one <section> element"
        return finding("S005", place, message, fix)
    return html


def _rendered(edition: Edition, section: Section, html: str) -> Rendered:
    return Rendered(
        address=section.address,
        kind=section.kind,
        title=section.title,
        short_title=section.short_title or section.title,
        html=html,
        language=section.language or edition.manifest.language,
        opening=section.opening,
        matter=section.matter,
        display=section.display,
        in_contents=section.in_contents,
        level=section.level,
        role=section.role,
        runs_on=section.runs_on,
        head=section.head,
    )


@cache
def code() -> bytes:
    """
    The digest of what makes a section and its evidence: our modules, templates and words, and
    what says days.
    """
    whole = hashlib.sha256("".join(map(version, LIBRARIES)).encode())

    def walk(entry: Traversable) -> None:
        if entry.is_dir():
            for one in sorted(entry.iterdir(), key=lambda one: one.name):
                walk(one)
        elif not entry.name.endswith(".pyc"):
            whole.update(entry.name.encode() + b"\0" + entry.read_bytes() + b"\0")

    for name in CODE + EVIDENCE:
        walk(files("engross").joinpath(name))
    return whole.digest()


def _said(value: object) -> bytes:
    target = io.BytesIO()
    pickler = pickle.Pickler(target, protocol=5)
    pickler.dispatch_table = SAID
    pickler.fast = True  # the same whether or not two equal texts are one in memory
    pickler.dump(value)
    return hashlib.sha256(target.getbuffer()).digest()


def slip(
    edition: Edition,
    release: tuple[str, str],
    corrections: Sequence[CorrectionEntry],
    own: Mapping[str, str],
) -> Rendered:
    """
    The slip for one earlier release (version and ISO day), with that printing's page numbers.

    Raises:
        EngrossError: the template fails.
    """
    version, date = release
    words = edition.words
    context = {
        "manifest": edition.manifest,
        "edition": edition,
        "version": version,
        "date": date,
        "entries": corrections,
        "say": words.say,
        "day": words.day,
    }
    html = Templates(own).render("slip.html", context)
    title = words.say("slip")
    return Rendered("slip", "slip", title, title, html.strip(), edition.manifest.language)
