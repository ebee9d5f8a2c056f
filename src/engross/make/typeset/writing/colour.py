"""Colours of a medium: parts are grey but for the pages that the side-car names."""

import re
import zlib
from collections.abc import Sequence

from PIL import Image, ImageChops

from engross.make.typeset.values import Plan

NUMBER = rb"([-+]?[\d.]+)"
RGB = re.compile(rb"(?<![\w.])" + rb"\s+".join([NUMBER] * 3) + rb"\s+(rg|RG)(?!\w)")
CMYK = re.compile(
    rb"/DeviceCMYK\s+(cs|CS)\s+" + rb"\s+".join([NUMBER] * 4) + rb"\s+(?:scn|SCN)(?!\w)"
)
ENDS = re.compile(rb"/C[01]\s*\[\s*" + rb"\s+".join([NUMBER] * 3) + rb"\s*\]")
"""The colours between which a gradient runs."""
SMOOTH = re.compile(rb"/Interpolate (true|false)")
MASK = re.compile(rb"/SMask \d+ 0 R|/Interpolate (?:true|false)")


def fit(entries: bytes, content: bytes, plan: Plan) -> tuple[bytes, bytes]:
    """
    A stream of a drawing as the medium takes it, with its entries.

    A press has the images in grey, or in four inks. An archive takes none that a reader is to
    smooth (6.2.8).
    """
    if plan.medium == "screen":
        return SMOOTH.sub(b"", entries), content
    if b"/Subtype /Image" not in entries or b"/ColorSpace /DeviceGray" in entries:
        return entries, content
    picture = decoded(entries, content)
    coloured = plan.coloured and picture.mode not in ("1", "L", "I", "I;16", "LA")
    picture = inks(picture.convert("RGB")) if coloured else picture.convert("L")
    kept = b"".join(found[0] for found in MASK.finditer(entries))
    new = b"/Type/XObject/Subtype/Image/Width %d/Height %d/BitsPerComponent 8/ColorSpace/%s%s" % (
        *picture.size,
        b"DeviceCMYK" if coloured else b"DeviceGray",
        kept,
    )
    return b"/Filter/FlateDecode" + new, zlib.compress(picture.tobytes(), 9)


def shaded(entries: bytes, plan: Plan) -> bytes:
    """A gradient of a drawing as the medium takes it: as lightness on one plate; else as it is."""
    if plan.medium == "screen" or b"/ShadingType" not in entries:
        return entries
    entries = entries.replace(b"/DeviceRGB", b"/DeviceGray")
    return ENDS.sub(lambda end: b"%s [%.4f]" % (end[0][:3], _lightness(end.groups())), entries)


def decoded(entries: bytes, content: bytes) -> Image.Image:
    """The picture of an image's stream."""
    import pikepdf  # where a picture has colours, and nowhere else in the making of a file

    with pikepdf.new() as pdf:
        stream = pdf.make_stream(b"")
        held = pikepdf.Object.parse(b"<<%s>>" % MASK.sub(b"", entries))
        how, parameters = held.get("/Filter"), held.get("/DecodeParms")
        stream.write(content, filter=how, decode_parms=parameters)
        for key in held.keys() - {"/Filter", "/DecodeParms", "/Length"}:
            stream[key] = held[key]
        picture: Image.Image = pikepdf.PdfImage(stream).as_pil_image()
        picture.load()
        return picture


def inks(picture: Image.Image) -> Image.Image:
    """
    An RGB picture in four inks: what its colours have in common is black, and so no more than
    200 % of ink lies anywhere, which every printer takes.
    """
    cyan, magenta, yellow = ImageChops.invert(picture).split()
    black = ImageChops.darker(ImageChops.darker(cyan, magenta), yellow)
    rest = [ImageChops.subtract(one, black) for one in (cyan, magenta, yellow)]
    return Image.merge("CMYK", (*rest, black))


def turned(content: bytes, medium: str) -> bytes:
    """A drawing with each colour as its lightness, which is one plate; on screens as RGB."""
    if medium == "screen":
        return CMYK.sub(lambda found: _colour(_rgb(found), found[1] == b"CS"), content)
    content = CMYK.sub(lambda found: _grey(_rgb(found), found[1] == b"CS"), content)
    return RGB.sub(lambda found: _grey(found.groups()[:3], found[4] == b"RG"), content)


def _colour(rgb: list[float], stroke: bool) -> bytes:
    red, green, blue = rgb
    return b"%.4f %.4f %.4f %s" % (red, green, blue, b"RG" if stroke else b"rg")


def _rgb(found: re.Match[bytes]) -> list[float]:
    black = float(found[5])
    return [(1 - float(found[n])) * (1 - black) for n in (2, 3, 4)]


def _grey(rgb: Sequence[float | bytes], stroke: bool) -> bytes:
    return b"%.4f %s" % (_lightness(rgb), b"G" if stroke else b"g")


def _lightness(rgb: Sequence[float | bytes]) -> float:
    return sum(part * float(one) for part, one in zip((0.2126, 0.7152, 0.0722), rgb, strict=True))
