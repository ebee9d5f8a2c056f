"""Colours of a medium: parts are grey but for the pages that the side-car names."""

import re
from typing import TYPE_CHECKING

from pikepdf import Dictionary, Name, Object, PdfImage
from PIL import Image, ImageChops

if TYPE_CHECKING:
    from engross.make.typeset.joining.book import Joined

NUMBER = rb"([-+]?[\d.]+)"
RGB = re.compile(rb"(?<![\w.])" + rb"\s+".join([NUMBER] * 3) + rb"\s+(rg|RG)(?!\w)")
CMYK = re.compile(
    rb"/DeviceCMYK\s+(cs|CS)\s+" + rb"\s+".join([NUMBER] * 4) + rb"\s+(?:scn|SCN)(?!\w)"
)


def write(book: "Joined") -> None:
    """Rewrite the pages that have colours: grey in print, RGB on screens."""
    if book.plan.medium == "print":
        print_images(book)
    turn = to_print if book.plan.medium == "print" else to_screen
    for index, page in enumerate(book.pages):
        row = book.work.pages[index] if index < len(book.work.pages) else None
        if row is None or row.unit is None:
            continue
        if not book.work.parts[row.unit].side["pages"][row.page]["colour"]:
            continue
        move, stream, end = page.Contents
        page.Contents[1] = book.pdf.make_stream(turn(stream.read_bytes()))
        del move, end


def print_images(book: "Joined") -> None:
    """Turn the RGB images of a print to inks, or all to grey; a mask stays as it is."""
    seen: dict[tuple[int, int], Object] = {}
    for page in book.pages:
        things = page.get("/Resources", Dictionary()).get("/XObject", Dictionary())
        for name, thing in things.items():
            if thing.get("/Subtype") != "/Image" or thing.get("/ColorSpace") == "/DeviceGray":
                continue
            if thing.objgen not in seen:
                seen[thing.objgen] = print_image(book, thing)
            things[name] = seen[thing.objgen]


def print_image(book: "Joined", image: Object) -> Object:
    """One image with its lightness alone, or in four inks of a cover; eight bits a point."""
    picture = PdfImage(image).as_pil_image()
    coloured = book.plan.coloured and picture.mode not in ("1", "L", "I", "I;16", "LA")
    picture = inks(picture.convert("RGB")) if coloured else picture.convert("L")
    twin = book.pdf.make_stream(picture.tobytes())
    twin.Type, twin.Subtype = Name.XObject, Name.Image
    twin.Width, twin.Height = picture.size
    twin.ColorSpace = Name.DeviceCMYK if coloured else Name.DeviceGray
    twin.BitsPerComponent = 8
    for key in ("/SMask", "/Mask", "/Interpolate"):
        if key in image:
            twin[key] = image[key]
    return twin


def inks(picture: Image.Image) -> Image.Image:
    """
    An RGB picture in four inks: what its colours have in common is black, and so no more than
    200 % of ink lies anywhere, which every printer takes.
    """
    cyan, magenta, yellow = ImageChops.invert(picture).split()
    black = ImageChops.darker(ImageChops.darker(cyan, magenta), yellow)
    rest = [ImageChops.subtract(one, black) for one in (cyan, magenta, yellow)]
    return Image.merge("CMYK", (*rest, black))


def to_print(content: bytes) -> bytes:
    """Every colour as its lightness, which is one plate."""
    content = CMYK.sub(lambda found: _grey(_rgb(found), found[1] == b"CS"), content)
    return RGB.sub(
        lambda found: _grey([float(found[n]) for n in (1, 2, 3)], found[4] == b"RG"), content
    )


def to_screen(content: bytes) -> bytes:
    """Every CMYK colour as RGB; archival files for screens have no CMYK."""
    return CMYK.sub(
        lambda found: _colour(_rgb(found), found[1] == b"CS"),
        content,
    )


def _colour(rgb: list[float], stroke: bool) -> bytes:
    red, green, blue = rgb
    return b"%.4f %.4f %.4f %s" % (red, green, blue, b"RG" if stroke else b"rg")


def _rgb(found: re.Match[bytes]) -> list[float]:
    black = float(found[5])
    return [(1 - float(found[n])) * (1 - black) for n in (2, 3, 4)]


def _grey(rgb: list[float], stroke: bool) -> bytes:
    level = 0.2126 * rgb[0] + 0.7152 * rgb[1] + 0.0722 * rgb[2]
    return b"%.4f %s" % (level, b"G" if stroke else b"g")
