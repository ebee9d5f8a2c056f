"""The sample edition as an EPUB, and ways to damage it."""

import io
import zipfile
from collections.abc import Callable
from functools import cache

from tests.golden.sample import edition
from tests.golden.test_golden_sections import PIXEL

from engross.make.epub import PageStart, make_epub
from engross.model.check import Output
from engross.model.font import FontFile
from engross.render import render, styles

PAGES = (PageStart("i", "title-page"), PageStart("1", "letter"), PageStart("2", "letter#p-005", 9))


@cache
def epub(faces: tuple[FontFile, ...] = ()) -> Output:
    """An EPUB with cover, picture and page list."""
    return make_epub(
        edition(),
        render(edition(), "epub"),
        styles("documentary", "epub"),
        faces=faces,
        images={"images/seal.png": PIXEL},
        cover=PIXEL,
        page_list=PAGES,
    )


def files(output: Output) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(output.content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def damaged(change: Callable[[dict[str, bytes]], None]) -> Output:
    """The same, with some files changed and packed as before."""
    from engross.make.epub.container import zipped

    content = files(epub())
    before = dict(content)
    change(content)
    assert content != before, "the damage did nothing"
    return Output("epub", "sample.epub", zipped(content))


def swap(name: str, old: str, new: str) -> Output:
    """The same, with some words of one file replaced."""

    def change(content: dict[str, bytes]) -> None:
        content[f"EPUB/{name}"] = content[f"EPUB/{name}"].replace(old.encode(), new.encode(), 1)

    return damaged(change)
