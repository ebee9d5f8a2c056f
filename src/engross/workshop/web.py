"""The web edition: a page for each section, without a server."""

from collections.abc import Sequence

from engross.cache.store import Store
from engross.make.web import Site, WebFace, make_web
from engross.model.output import Output
from engross.render import Rendered, render
from engross.render.sheets import styles
from engross.workshop.faces import flowing_faces
from engross.workshop.flow import page_starts
from engross.workshop.making import Workshop
from engross.workshop.progress import Progress
from engross.workshop.records import known_facts


def make_site(
    workshop: Workshop, pages: Sequence[Rendered], progress: Progress
) -> tuple[Output, ...]:
    """
    Make the pages, their sheet and faces.

    Raises:
        EngrossError: a template fails.
    """
    edition = workshop.edition
    sheet = styles(edition.manifest.style, "web", workshop.own_sheets, volume=edition.volume)
    store = Store(workshop.cache_folder)
    sections = render(workshop.edition, "web", workshop.own_templates)
    faces = [
        WebFace(face.family, face.weight, face.italic, face.content)
        for face in flowing_faces(sheet, workshop.own_faces, sections, store)
    ]
    site = Site(
        facts=known_facts(workshop),
        css=sheet,
        faces=tuple(faces),
        own=workshop.own_templates,
        images=workshop.pictures,
    )
    return make_web(site, sections, page_starts(workshop, pages, progress), store)
