"""
A few pages as small pictures: what no assertion on text would notice.

The references are rewritten by `pytest tests/visual --golden`, and looked at before they are kept.
"""

from pathlib import Path

import pypdfium2
import pytest
from PIL import Image, ImageChops, ImageStat

HERE = Path(__file__).parent
SCALE = 0.5
"""Half a pixel a point: 225 by 333 for the sheet, a picture under 22 kB."""
ALIKE = 0.1
"""Mean difference of two pictures, of 255; some lost lines give 0.25."""
PAGES = {"title": 1, "map": 6, "document": 13, "notes": 15, "chronology": 25}


@pytest.fixture(scope="module")
def interior(memorandum: Path) -> pypdfium2.PdfDocument:
    """The memorandum's print PDF, open."""
    return pypdfium2.PdfDocument(memorandum.read_bytes())


@pytest.mark.parametrize("name", PAGES)
def test_a_page_looks_as_it_did(
    name: str, interior: pypdfium2.PdfDocument, request: pytest.FixtureRequest
) -> None:
    seen = interior[PAGES[name] - 1].render(scale=SCALE).to_pil().convert("L")
    reference = HERE / f"{name}.png"
    if request.config.getoption("--golden"):
        seen.save(reference, optimize=True)
    assert reference.stat().st_size < 22 * 1024
    wanted = Image.open(reference)
    assert seen.size == wanted.size
    difference = ImageStat.Stat(ImageChops.difference(seen, wanted)).mean[0]
    assert difference < ALIKE, f"page {PAGES[name]} differs from {reference.name}: {difference:.2f}"


def test_a_lost_line_would_be_seen(interior: pypdfium2.PdfDocument) -> None:
    seen = interior[PAGES["document"] - 1].render(scale=SCALE).to_pil().convert("L")
    other = seen.copy()
    other.paste(255, (0, 200, seen.width, 320))
    assert ImageStat.Stat(ImageChops.difference(seen, other)).mean[0] > ALIKE
