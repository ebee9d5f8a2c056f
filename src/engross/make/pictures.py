"""Pictures as they are shown: turned as their data say, and no larger than shops take them."""

import hashlib
import io
from importlib.metadata import version
from typing import TYPE_CHECKING

from engross.cache.store import Keeper

if TYPE_CHECKING:
    from PIL.Image import Image as Picture

PIXELS, BYTES = 4_000_000, 5 * 1024 * 1024
"""What a picture of an EPUB may have, by the rules of Apple Books; `check.epub` has its own."""
STEP = 0.8
"""By how much a picture that is still too heavy is made smaller, again and again."""


def turned(picture: "Picture") -> "Picture":
    """A picture as its EXIF data turn it, in no more than eight bits a channel."""
    from PIL import ImageOps

    whole = ImageOps.exif_transpose(picture)
    if whole.mode.startswith("I"):  # sixteen bits
        whole = whole.point(lambda level: level / 256).convert("L")
    return whole


def lighter(content: bytes, store: Keeper) -> bytes:
    """
    A picture as it is, or in RGB and no larger than shops take it; kept in `store`.

    One that its EXIF data turn is turned, and has no such data any more. A drawing, and what cannot
    be read as a picture, is given back.
    """
    from PIL import Image

    try:
        with Image.open(io.BytesIO(content)) as picture:
            large = picture.width * picture.height > PIXELS or len(content) > BYTES
            if not large and picture.mode != "CMYK":
                return content
    except (OSError, ValueError, Image.DecompressionBombError):
        return content
    state = f"lighter {version('pillow')} {hashlib.sha256(content).hexdigest()}"
    key = hashlib.sha256(state.encode()).hexdigest()
    if (kept := store.get(key)) is None:
        store.put(key, kept := _made(content))
    return kept


def _made(content: bytes) -> bytes:
    from PIL import Image

    with Image.open(io.BytesIO(content)) as picture:
        kind, whole = picture.format, turned(picture)
        if whole.mode == "1":
            whole = whole.convert("L")
        elif whole.mode not in ("L", "LA", "RGB", "RGBA"):
            whole = whole.convert("RGBA" if whole.has_transparency_data else "RGB")
        share = min(1.0, (PIXELS / (whole.width * whole.height)) ** 0.5)
        while True:
            size = (max(1, int(whole.width * share)), max(1, int(whole.height * share)))
            target = io.BytesIO()
            small = whole.resize(size, Image.Resampling.LANCZOS)
            small.save(target, kind, optimize=True, quality=88)
            if target.tell() <= BYTES:
                return target.getvalue()
            share *= STEP
