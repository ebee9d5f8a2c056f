"""The EPUB: the sections as files, with cover and faces."""

from engross.cache.store import Store
from engross.commands.making import Workshop
from engross.make.epub import Face, make_epub
from engross.make.epub.cover import draw_cover
from engross.make.typeset.fonts import named
from engross.model.output import Output
from engross.render.sheets import styles

EMBEDDED = 600_000
"""Bytes: a larger face stays out of an EPUB; reading systems bring East Asian ones themselves."""


def make_flow(workshop: Workshop) -> list[Output]:
    """
    Make the EPUB.

    Raises:
        EngrossError: the cover cannot be drawn, or the archive was not written whole.
    """
    style = workshop.edition.manifest.style
    sheet = styles(style, "epub", workshop.own_sheets)
    cover_sheet = styles(style, "cover", workshop.own_sheets)
    cover = draw_cover(
        workshop.edition,
        cover_sheet,
        named(cover_sheet),
        Store(workshop.cache_folder),
        workshop.own_templates,
    )
    faces = [
        Face(face.family, face.weight, face.italic, face.content)
        for face in named(sheet)
        if len(face.content) <= EMBEDDED
    ]
    return [
        make_epub(
            workshop.edition,
            workshop.flowing,
            sheet,
            faces=faces,
            cover=cover,
            own=workshop.own_templates,
        )
    ]
