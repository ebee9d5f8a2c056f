"""Pictures as archives have them: printed upright, on white, in eight bits, and proved so."""

import io

import pikepdf
import pytest
from PIL import Image, ImageDraw

from engross.make.typeset.engine.weasy import upright
from engross.verify.plates import Plate, same_dots


def drawn(mode: str) -> Image.Image:
    """A picture without symmetry: a dark corner, a light one, clear ground where there is alpha."""
    picture = Image.new("RGBA", (40, 24), (0, 0, 0, 0))
    pen = ImageDraw.Draw(picture)
    pen.rectangle((0, 0, 19, 8), fill=(30, 60, 90, 255))
    pen.rectangle((0, 9, 8, 23), fill=(200, 180, 160, 255))
    if mode in {"RGBA", "LA"}:
        return picture.convert(mode)
    flat = Image.alpha_composite(Image.new("RGBA", picture.size, "white"), picture).convert("RGB")
    if mode == "I;16":
        grey = flat.convert("L")
        wide = b"".join(bytes((level, level)) for level in grey.tobytes())
        return Image.frombytes("I;16", grey.size, wide)
    return flat.convert(mode)


def saved(picture: Image.Image, kind: str, **more: object) -> bytes:
    target = io.BytesIO()
    picture.save(target, kind, **more)
    return target.getvalue()


def on_the_page(content: bytes) -> pikepdf.Object:
    """The picture in a PDF, as the engine gets it."""
    with Image.open(io.BytesIO(upright(content))) as picture:
        assert picture.mode in {"L", "RGB"}
        plain = picture.convert("RGB")
    thing = PDF.make_stream(plain.tobytes())
    thing.Type, thing.Subtype = pikepdf.Name.XObject, pikepdf.Name.Image
    thing.Width, thing.Height = plain.size
    thing.ColorSpace, thing.BitsPerComponent = pikepdf.Name.DeviceRGB, 8
    return thing


PDF = pikepdf.new()
KINDS = [(mode, "PNG") for mode in ("1", "L", "LA", "P", "RGB", "RGBA", "I;16")]
KINDS += [(mode, "JPEG") for mode in ("L", "RGB", "CMYK")]


@pytest.mark.parametrize(("mode", "kind"), KINDS)
def test_a_picture_of_any_kind_is_proved_as_it_is_printed(mode: str, kind: str) -> None:
    content = saved(drawn(mode), kind)
    thing = on_the_page(content)
    assert same_dots(Plate("a", content, "alt"), thing)
    other = Image.new("RGB", (40, 24), (128, 128, 128))
    assert not same_dots(Plate("a", saved(other, "PNG"), "alt"), thing)


@pytest.mark.parametrize("way", range(1, 9))
def test_a_photograph_is_turned_as_its_exif_data_say(way: int) -> None:
    exif = Image.Exif()
    exif[0x0112] = way
    content = saved(drawn("RGB"), "JPEG", exif=exif, quality=95)
    thing = on_the_page(content)
    assert (int(thing.Width), int(thing.Height)) == ((40, 24) if way < 5 else (24, 40))
    assert same_dots(Plate("a", content, "alt"), thing)
    if way > 1:
        unturned = saved(drawn("RGB"), "JPEG", quality=95)
        assert not same_dots(Plate("a", unturned, "alt"), thing)
