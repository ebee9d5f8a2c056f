"""The web edition: a page for each section, without a server."""

from engross.make.web import Site, make_web
from engross.model.check import Output
from engross.render import render
from engross.workshop.epub import page_starts
from engross.workshop.faces import reflowable_faces
from engross.workshop.records import known_facts
from engross.workshop.workshop import Workshop


def make_site(workshop: Workshop) -> tuple[Output, ...]:
    """
    Make the pages, their sheet and faces.

    Raises:
        EngrossError: a template fails.
    """
    sheet, store = workshop.sheet("web"), workshop.store
    sections = render(workshop.edition, "web", workshop.own_templates)
    faces = reflowable_faces(sheet, workshop.own_faces, sections, store, workshop.idle)
    site = Site(
        facts=known_facts(workshop),
        css=sheet,
        faces=tuple(faces),
        own=workshop.own_templates,
        images=workshop.light_pictures,
    )
    return make_web(site, sections, page_starts(workshop), store)
