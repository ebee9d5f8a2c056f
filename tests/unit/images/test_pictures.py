"""Pictures are whole, what their names say and not too large; what unpacks them is bounded."""

import io
import random
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image

from engross.cache.store import Store
from engross.model.finding import Place
from engross.model.source import SourceFile
from engross.read import images, svg, unpack
from engross.read.images import judge, kind_of
from engross.read.limits import Limits

PLACE = Place("introduction.md", 7)
SPACE = 'xmlns="http://www.w3.org/2000/svg"'


def dots(kind: str, size: tuple[int, int] = (40, 30)) -> bytes:
    """A picture of noise, so that its bytes matter."""
    noise = random.Random(size[0]).randbytes(size[0] * size[1] * 3)
    target = io.BytesIO()
    Image.frombytes("RGB", size, noise).save(target, kind)
    return target.getvalue()


def judged(*pictures: tuple[str, bytes], limits: Limits | None = None) -> list[str]:
    asked = [(SourceFile.of(path, body), PLACE) for path, body in pictures]
    return [str(found) for found in judge(asked, limits or Limits(), Store(None))]


KINDS = [("a.png", "PNG"), ("a.jpg", "JPEG"), ("a.gif", "GIF"), ("a.webp", "WEBP")]


def test_whole_pictures_of_all_kinds_are_let_in() -> None:
    assert judged(*[(name, dots(kind)) for name, kind in KINDS]) == []


@pytest.mark.parametrize(("name", "kind"), KINDS)
def test_half_a_picture_of_any_kind_is_refused(name: str, kind: str) -> None:
    body = dots(kind)
    [said] = judged((name, body[: len(body) // 2]))
    assert said.startswith(f"introduction.md:7: F021 '{name}' is cut short or damaged: ")
    assert said.endswith("\n    fix: get a whole copy of the picture")


def test_each_bad_picture_is_told_and_good_ones_between_them_are_not() -> None:
    good, bad = dots("PNG"), dots("PNG")[:300]
    said = judged(("a.png", good), ("b.png", bad), ("c.png", good), ("d.png", bad))
    assert [line.split("'")[1] for line in said] == ["b.png", "d.png"]


def test_a_picture_at_which_the_process_ends_is_told_and_the_others_are_looked_at(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    true_ask = images._ask

    def ask(bodies: list[bytes], pixels: int) -> list[dict[str, object]]:
        killing = next((n for n, body in enumerate(bodies) if b"killer" in body), len(bodies))
        return true_ask(bodies[:killing], pixels)

    monkeypatch.setattr(images, "_ask", ask)
    killer = b"\x89PNG\r\n\x1a\nkiller"
    good, bad = dots("PNG"), dots("PNG")[:300]
    said = judged(("a.png", good), ("b.png", killer), ("c.png", bad))
    assert said[0] == (
        "introduction.md:7: X013 'b.png' took more memory or time than a picture may\n"
        "    fix: save it again, smaller, as PNG or JPEG"
    )
    assert [line.split(" ")[1] for line in said] == ["X013", "F021"]


def test_the_process_is_bounded_in_memory() -> None:
    """Told to let through what does not fit into its memory, it ends, and the build goes on."""
    code = (
        "import sys; from engross.read import unpack; unpack.GROUND = 0; "
        "sys.argv[1] = '1'; unpack.main()"
    )
    body = dots("PNG", (2000, 1500))
    ended = subprocess.run(
        [sys.executable, "-c", code, "1"],
        input=len(body).to_bytes(8, "big") + body,
        capture_output=True,
    )
    assert ended.returncode != 0
    assert ended.stdout == b""


def test_the_limit_of_pixels_is_raised_by_its_name() -> None:
    body = dots("PNG", (40, 30))
    assert judged(("a.png", body), limits=Limits().with_words("pixels=1199")) == [
        "introduction.md:7: X012 'a.png' has 1,200 pixels (40 × 30); the limit (pixels) is 1,199\n"
        "    fix: make it smaller, or run with ENGROSS_LIMITS=pixels=1200"
    ]
    assert judged(("a.png", body), limits=Limits().with_words("pixels=1200")) == []


def test_nothing_beyond_the_limit_is_unpacked() -> None:
    half = dots("PNG")[:300]
    assert unpack.look(half, 1) == {"width": 40, "height": 30, "fault": ""}
    assert unpack.look(half, 1200)["fault"] == "image file is truncated"


def test_a_sound_picture_is_looked_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = [(SourceFile.of("a.png", dots("PNG")), PLACE)]
    assert judge(asked, Limits(), Store(tmp_path)) == []
    monkeypatch.setattr(images, "_ask", lambda *_: pytest.fail("asked again"))
    assert judge(asked, Limits(), Store(tmp_path)) == []


def test_what_a_file_is_stands_in_its_first_bytes() -> None:
    kinds = [kind_of(body) for body in (b"", b"GIF89a", b"<HTML>", b"<?xml?><svg", b"<a/>", b"PK")]
    assert kinds == ["nothing", "GIF", "HTML", "SVG", "XML", "something else"]


def test_a_plain_drawing_is_let_in() -> None:
    drawing = (
        f'<?xml version="1.0" encoding="UTF-8"?><!-- drawn by hand --><svg {SPACE} '
        'xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 9 9"><title>A harbour</title>'
        '<defs><linearGradient id="g"><stop offset="0"/></linearGradient><path id="p" d="M0 0"/>'
        '</defs><rect width="9" height="9" style="fill: url(#g)"/><use xlink:href="#p"/></svg>'
    )
    assert judged(("a.svg", drawing.encode())) == []


@pytest.mark.parametrize(
    "inside",
    [
        '<a xlink:href="https://example.org/"/>',
        '<use href="data:image/svg+xml,x"/>',
        '<animate attributeName="href" values="javascript:alert(1)"/>',
        '<rect fill="url(//example.org/a#b)"/>',
        "<rect fill=\"url( 'file:///etc/passwd' )\"/>",
        '<rect style="fill: u\\72l(x)"/>',
        '<g xml:base="https://example.org/"/>',
        '<set attributeName="onclick"/>',
        '<x:script xmlns:x="http://www.w3.org/1999/xhtml"/>',
        "<?xml-stylesheet href='a.css'?>",
        '<rect width="NaN" height="1"/>',
        '<path d="M0 0 L1e308 1"/>',
        '<rect style="stroke-width: 1e308; fill: #1e9999"/>',
        '<symbol viewBox="0 0 10"/>',
        "<mask/>",
        "<filter/>",
        "<g>" * 60 + "</g>" * 60,
    ],
)
def test_what_is_no_drawing_is_refused(inside: str) -> None:
    drawing = f'<svg {SPACE} xmlns:xlink="http://www.w3.org/1999/xlink">{inside}</svg>'
    assert {code for code, _, _ in svg.faults("a.svg", drawing.encode())} == {"F024"}


def test_a_drawing_that_uses_itself_is_endless() -> None:
    drawing = f'<svg {SPACE}><g id="a"><use href="#b"/></g><g id="b"><use href="#a"/></g></svg>'
    [said] = judged(("a.svg", drawing.encode()))
    assert said == (
        "introduction.md:7: X013 'a.svg' draws millions of elements; the limit is 100,000\n"
        "    fix: save the picture as PNG, or draw it with fewer elements"
    )


def test_a_large_drawing_is_not_parsed() -> None:
    [said] = judged(("a.svg", b"<svg " + b" " * 3000), limits=Limits().with_words("text=2K"))
    assert said == (
        "introduction.md:7: X010 'a.svg' has 3,005 bytes; the limit for SVG (text) is 2,048 bytes\n"
        "    fix: make it smaller, or run with ENGROSS_LIMITS=text=1M"
    )
