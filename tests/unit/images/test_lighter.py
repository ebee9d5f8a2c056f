"""A scan that shops refuse in an EPUB is there smaller, and still proved."""

import io
from types import SimpleNamespace

import pytest
from PIL import Image, ImageDraw, ImageOps

from engross.cache.store import Store
from engross.make.pictures import BYTES, PIXELS, lighter
from engross.verify.plates import Plate, prove_shown
from engross.verify.report import Log


def scan(mode: str, kind: str, size: tuple[int, int] = (1800, 2600), way: int = 1) -> bytes:
    """A leaf with lines of words, as a machine sees it."""
    leaf = Image.new("L", size, 230)
    pen = ImageDraw.Draw(leaf)
    for row in range(100, size[1] - 100, 50):
        pen.rectangle((100, row, 300 + row * 7 % (size[0] - 400), row + 22), fill=40)
    if mode == "I;16":
        leaf = leaf.convert("I").point(lambda level: level * 256)
    exif, target = Image.Exif(), io.BytesIO()
    exif[0x0112] = way
    leaf.convert(mode).save(target, kind, exif=exif)
    return target.getvalue()


def proved(plate: bytes, shown: bytes) -> list[str]:
    """What the proof tells of an EPUB with one picture."""
    picture = SimpleNamespace(get={"src": "a", "alt": "A leaf"}.get)
    root = SimpleNamespace(iter=lambda *_: [picture])
    document = SimpleNamespace(section="body", name="a.xhtml", root=root)
    book = SimpleNamespace(
        documents={"a": document}, resolve=lambda _, name: (name, ""), files={"a": shown}
    )
    log = Log("a.epub")
    prove_shown(book, [Plate("letter, leaf", plate, "A leaf")], log)  # type: ignore[arg-type]
    return [finding.code for finding in log.findings]


@pytest.mark.parametrize(
    ("mode", "kind", "way"),
    [("L", "PNG", 1), ("RGB", "JPEG", 6), ("1", "PNG", 1), ("I;16", "PNG", 1), ("CMYK", "JPEG", 1)],
)
def test_a_scan_is_made_as_small_as_shops_take_it(mode: str, kind: str, way: int) -> None:
    given = scan(mode, kind, way=way)
    made = lighter(given, Store(None))
    with Image.open(io.BytesIO(made)) as picture:
        assert picture.width * picture.height <= PIXELS
        assert len(made) <= BYTES
        assert picture.mode in {"L", "RGB"}
        assert picture.getexif().get(0x0112, 1) == 1
        other, target = ImageOps.mirror(picture), io.BytesIO()
        other.save(target, kind)
    assert proved(given, made) == []
    assert proved(given, target.getvalue()) == ["P017"]


def test_a_picture_that_shops_take_stays_as_it_is_and_none_may_stand_for_it() -> None:
    given = scan("L", "PNG", (1000, 800))
    assert lighter(given, Store(None)) == given
    with Image.open(io.BytesIO(given)) as picture:
        target = io.BytesIO()
        picture.resize((500, 400)).save(target, "PNG")
    assert proved(given, target.getvalue()) == ["P017"]
