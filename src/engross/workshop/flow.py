"""The EPUB: the sections as files, with cover, faces and the pages of the printed form."""

from engross.make.epub import PageStart, make_epub
from engross.make.epub.cover import draw_cover
from engross.make.epub.pieces import MOST
from engross.make.typeset.fonts import named
from engross.make.typeset.values import House, Laid
from engross.model.output import Output
from engross.render.frames import COVER_IMAGE
from engross.workshop.faces import flowing_faces
from engross.workshop.workshop import Workshop


def has_pages(workshop: Workshop) -> bool:
    """Whether the edition has a reference printing, whatever is made in this run."""
    return "print" in workshop.edition.manifest.outputs


def page_starts(workshop: Workshop) -> tuple[PageStart, ...]:
    """
    Where the pages of the reference printing begin; none where the manifest lists no print.

    What is made in this run does not count, so that an EPUB has the same bytes with any `--to`.
    """
    return started(workshop.laid) if has_pages(workshop) else ()


def started(laid: Laid) -> tuple[PageStart, ...]:
    """The beginning of each page that has words; blank pages have none."""
    starts: list[PageStart] = []
    for page in laid.pages:
        if page.unit is None:
            continue
        part = laid.parts[page.unit]
        found = part.side["pages"][page.page]["starts"]
        if page.page == 0:
            starts.append(PageStart(page.label, part.address))
        elif found:
            starts.append(PageStart(page.label, found[0], found[1]))
    return tuple(starts)


def make_flow(workshop: Workshop) -> list[Output]:
    """
    Make the EPUB.

    Raises:
        EngrossError: the cover cannot be drawn, or the archive was not written whole.
    """
    cover = front(workshop)  # before the faces, so that its pixels are gone when they are read
    edition = workshop.edition
    sheet, store = workshop.sheet("epub"), workshop.store
    faces = flowing_faces(sheet, workshop.own_faces, workshop.flowing, store, workshop.idle)
    return [
        make_epub(
            edition,
            workshop.flowing,
            sheet,
            faces=faces,
            images=workshop.pictures,
            cover=cover,
            page_list=page_starts(workshop),
            own=workshop.own_templates,
            most=MOST,
            store=store,
        )
    ]


def front(workshop: Workshop) -> bytes:
    """
    The front of the cover, a PNG.

    Raises:
        EngrossError: it cannot be drawn.
    """
    sheet = workshop.sheet("cover")
    picture = workshop.cover_picture
    assets = {} if picture is None else {COVER_IMAGE: picture}
    look = House((sheet,), named(sheet, workshop.own_faces), assets)
    pool = workshop.pool(look)
    return draw_cover(workshop.edition, look, workshop.store, pool, workshop.own_templates)
