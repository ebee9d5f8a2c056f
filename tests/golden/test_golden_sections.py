"""What the templates make of the sample edition, one paragraph a line; `--golden` rewrites it."""

import io
import zipfile
from pathlib import Path

import pytest
from tests.golden.sample import edition

from engross.make.epub import PageStart, make_epub
from engross.render import render
from engross.render.sections import Rendered

WANTED = Path(__file__).parent / "expected"
SECTIONS = [section.address for section in edition().sections]


def compare(name: str, made: str, request: pytest.FixtureRequest) -> None:
    path = WANTED / name
    if request.config.getoption("--golden"):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(made, "utf-8")
    assert made == path.read_text("utf-8")


def section(medium: str, address: str) -> Rendered:
    return next(one for one in render(edition(), medium) if one.address == address)  # type: ignore[arg-type]


@pytest.mark.parametrize("address", SECTIONS)
@pytest.mark.parametrize("medium", ["page", "epub"])
def test_a_section_is_printed_as_it_was_read_and_approved(
    medium: str, address: str, request: pytest.FixtureRequest
) -> None:
    compare(f"{medium}/{address}.html", section(medium, address).html + "\n", request)


def test_the_web_has_its_own_ids_and_links(request: pytest.FixtureRequest) -> None:
    compare("web/letter.html", section("web", "letter").html + "\n", request)


@pytest.mark.parametrize(
    "name", ["content.opf", "nav.xhtml", "toc.ncx", "introduction.xhtml", "cover.xhtml"]
)
def test_a_frame_of_the_epub_is_as_it_was_read_and_approved(
    name: str, request: pytest.FixtureRequest
) -> None:
    pages = [
        PageStart("i", "title-page"),
        PageStart("1", "letter"),
        PageStart("2", "letter#p-005", 9),
    ]
    made = make_epub(
        edition(),
        render(edition(), "epub"),
        "p { margin: 0 }",
        images={"images/seal.png": PIXEL},
        cover=PIXEL,
        page_list=pages,
    )
    with zipfile.ZipFile(io.BytesIO(made.content)) as archive:
        compare(f"frames/{name}", archive.read(f"EPUB/{name}").decode(), request)


PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108000000003a7e9b550000000a494441"
    "5478da63f80f00010101001cb08c990000000049454e44ae426082"
)
"""A PNG of one grey pixel."""
