"""The EPUB: the sections as files, with cover, faces and the pages of the printed form."""

from engross.make.epub import make_epub, mark_pages
from engross.make.epub.cover import draw_cover
from engross.make.typeset.fonts import named
from engross.make.typeset.values import House, PageStart, started
from engross.model.check import Output
from engross.render.frames import COVER_IMAGE
from engross.workshop.faces import reflowable_faces
from engross.workshop.workshop import Workshop


def has_pages(workshop: Workshop) -> bool:
    """Whether the pages of a reference printing are marked, whatever is made in this run."""
    manifest = workshop.edition.manifest
    return "print" in manifest.outputs and manifest.epub.page_list == "print"


def page_starts(workshop: Workshop) -> tuple[PageStart, ...]:
    """
    Where the pages of the reference printing begin; none where the manifest wants none.

    What is made in this run does not count, so that an EPUB has the same bytes with any `--to`.
    """
    if not has_pages(workshop):
        return ()
    if workshop.last is None:
        return started(workshop.laid)
    lost = set(mark_pages(workshop.epub_sections, workshop.last)[2])
    return tuple(start for start in workshop.last if start not in lost)


def epub_output(workshop: Workshop) -> list[Output]:
    """
    Make the EPUB.

    Raises:
        EngrossError: the cover cannot be drawn, or the archive was not written whole.
    """
    cover = front(workshop)  # before the faces, so that its pixels are gone when they are read
    edition = workshop.edition
    sheet, store = workshop.sheet("epub"), workshop.store
    faces = reflowable_faces(
        sheet, workshop.own_faces, workshop.epub_sections, store, workshop.idle
    )
    return [
        make_epub(
            edition,
            workshop.epub_sections,
            sheet,
            faces=faces,
            images=workshop.light_pictures,
            cover=cover,
            page_list=page_starts(workshop),
            own=workshop.own_templates,
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
    look = House((sheet,), named(sheet, workshop.own_faces, workshop.idle), assets)
    pool = workshop.pool(look)
    return draw_cover(workshop.edition, look, workshop.store, pool, workshop.own_templates)
