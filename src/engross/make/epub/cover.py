"""The front of the cover as a picture, for an EPUB and for shops."""

import hashlib
import io
import json
import zlib
from collections.abc import Mapping
from contextlib import closing
from importlib.metadata import version

from engross.assemble.edition import Edition
from engross.cache.store import Store
from engross.make.typeset import versions
from engross.make.typeset.pool import Pool
from engross.make.typeset.press import typeset
from engross.make.typeset.values import House, Plan, Unit
from engross.render.frames import Frames

WIDTH, HEIGHT = 1400, 2100
"""Pixels: 2.9 million, below the four million that shops allow for pictures inside a book."""


def draw_cover(
    edition: Edition,
    house: House,
    store: Store,
    pool: Pool | None = None,
    own: Mapping[str, str] | None = None,
) -> bytes:
    """
    Draw the front of the cover from its template; the same bytes for the same edition.

    The house has the sheet of the medium `cover`, whose page has the proportions of the picture,
    its faces, and as its one asset the picture that the book brings, if it does. `store` keeps the
    page and the picture.

    Raises:
        EngrossError: the template or the page cannot be made.
    """
    manifest = edition.manifest
    front = Frames(edition, own or {}).cover_front(next(iter(house.assets), ""))
    unit = Unit("cover", front, manifest.language, manifest.title, display=True, level=0)
    kept = store.get(key := _key(unit, house))
    if kept is not None:
        return kept
    made = typeset([unit], house, store=store, pool=pool)
    # Here, so that a build that finds the picture does not load what writes PDFs.
    from engross.make.typeset.writing.write import write

    drawn = picture(write(made, Plan("screen", manifest.title, language=manifest.language)))
    store.put(key, drawn)
    return drawn


def _key(unit: Unit, house: House) -> str:
    """The digest of all that the picture depends on."""
    drawers = [version("pypdfium2"), version("pillow"), zlib.ZLIB_RUNTIME_VERSION, WIDTH]
    faces = sorted((face.digest, face.family, face.weight, face.italic) for face in house.fonts)
    assets = [(url, hashlib.sha256(body).hexdigest()) for url, body in sorted(house.assets.items())]
    look = [house.sheets, faces, assets, versions.engine()]
    rows = ["cover 3", unit.html, unit.language, unit.title, look, drawers]
    return hashlib.sha256(json.dumps(rows).encode("ascii")).hexdigest()


def picture(pdf: bytes) -> bytes:
    """The first page of a PDF, as wide as a cover: a PNG, or a JPEG where it holds a photograph."""
    import pypdfium2

    with closing(pypdfium2.PdfDocument(pdf)) as document:
        page = document[0]
        # In the order in which a PNG has the colours: nothing is copied to turn them round.
        image = page.render(scale=WIDTH / page.get_width(), rev_byteorder=True).to_pil()
    few = image.getcolors(256)
    target, image = io.BytesIO(), image.convert("RGB")
    if few:  # a table of them takes a third of the bytes
        table = image.quantize(256, dither=0)
        image = table if table.convert("RGB").tobytes() == image.tobytes() else image
        image.save(target, "PNG", optimize=True)
    else:  # as a PNG it would be larger than shops take
        image.save(target, "JPEG", quality=90, subsampling=0, optimize=True)
    return target.getvalue()
