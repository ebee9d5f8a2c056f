"""The cover's picture is drawn once for one look."""

import io
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image
from tests.golden.sample import edition

from engross.assemble.edition import Edition
from engross.cache.store import Store
from engross.make.epub import cover
from engross.make.epub.cover import draw_cover, picture
from engross.make.typeset.values import House


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> list[bytes]:
    """The pictures that are drawn; each is another one, and no page is set for it."""
    made: list[bytes] = []

    def picture(_pdf: bytes) -> bytes:
        made.append(b"picture %d" % len(made))
        return made[-1]

    monkeypatch.setattr(cover, "typeset", lambda *_, **__: None)
    monkeypatch.setattr("engross.make.typeset.writing.write.write", lambda *_: b"")
    monkeypatch.setattr(cover, "picture", picture)
    return made


def look(sheet: str = "p { margin: 0 }", assets: bytes = b"") -> House:
    return House((sheet,), (), {"edition:seal.png": assets})


def renamed(title: str) -> Edition:
    one = edition()
    return replace(one, manifest=one.manifest.model_copy(update={"title": title}))


def test_one_look_is_drawn_once(drawn: list[bytes], tmp_path: Path) -> None:
    store = Store(tmp_path)
    assert [draw_cover(edition(), look(), store) for _ in range(3)] == [b"picture 0"] * 3
    assert len(drawn) == 1


def test_another_title_sheet_or_picture_is_drawn(drawn: list[bytes], tmp_path: Path) -> None:
    store = Store(tmp_path)
    rows = [
        (edition(), look()),
        (renamed("Another Title"), look()),
        (edition(), look("p { margin: 1pt }")),
        (edition(), look(assets=b"seal")),
    ]
    assert [draw_cover(one, house, store) for one, house in rows] == drawn
    assert len(drawn) == 4


@pytest.mark.parametrize("what", ["pypdfium2", "pillow"])
def test_another_drawer_draws_anew(
    drawn: list[bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    store = Store(tmp_path)
    draw_cover(edition(), look(), store)
    version = cover.version
    monkeypatch.setattr(cover, "version", lambda name: "0" if name == what else version(name))
    draw_cover(edition(), look(), store)
    assert len(drawn) == 2


def test_a_damaged_picture_is_drawn_again(drawn: list[bytes], tmp_path: Path) -> None:
    store = Store(tmp_path)
    draw_cover(edition(), look(), store)
    (path,) = (path for path in tmp_path.rglob("*") if path.is_file())
    path.write_bytes(path.read_bytes() + b"!")
    assert draw_cover(edition(), look(), store) == b"picture 1"


def test_without_a_store_it_is_drawn_each_time(drawn: list[bytes]) -> None:
    assert draw_cover(edition(), look(), Store(None)) == b"picture 0"
    assert draw_cover(edition(), look(), Store(None)) == b"picture 1"
    assert len(drawn) == 2


def test_a_photograph_becomes_a_jpeg_and_what_was_drawn_a_png() -> None:
    grain = [Image.effect_noise((140, 210), 90) for _ in "rgb"]
    for image, kind in (
        (Image.merge("RGB", grain), "JPEG"),
        (Image.new("RGB", (140, 210), "#f6f3ec"), "PNG"),
    ):
        page = io.BytesIO()
        image.save(page, "PDF")
        with Image.open(io.BytesIO(picture(page.getvalue()))) as drawn:
            assert (drawn.format, drawn.width) == (kind, 1400)
