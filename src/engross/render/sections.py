"""Every section of an edition, rendered for one kind of medium."""

from collections.abc import Mapping
from typing import Any

from lxml import etree

from engross.assemble.edition import Edition, Section
from engross.cache.store import Keeper
from engross.catalog import finding, stop
from engross.model.finding import Finding, Place
from engross.read.xml import parse_xml
from engross.render.cards import Cards
from engross.render.environment import OWN, templates
from engross.render.links import Medium
from engross.render.rendered import Rendered
from engross.render.scene import Scene

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
