"""A page of a volume is no wider than its window, and no column of it is narrower than words."""

import json
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest
from tests.golden.sample import edition
from tests.golden.test_golden_sections import PIXEL

from engross.check.tools.fetch import browser
from engross.make.records.facts import facts
from engross.make.web import Site, make_web
from engross.model.text import Cell, Leaf, Run, Table
from engross.render import render, styles

pytestmark = [pytest.mark.tools, pytest.mark.usefixtures("npm_tool")]
SCRIPT = Path(__file__).parents[1] / "browser" / "widths.mjs"
COLUMNS = 12


def site(folder: Path) -> Path:
    """A document with a wide table, a labelled list, notes and everything else; gives its page."""
    made = edition()
    letter = made.section("letter")
    assert letter.body is not None
    cells = tuple(
        Cell((Leaf(f"p-{100 + n}", "cell", (Run("thousands of tons"),)),)) for n in range(COLUMNS)
    )
    body = replace(letter.body, blocks=(*letter.body.blocks, Table((cells,))))
    sections = tuple(replace(s, body=body) if s is letter else s for s in made.sections)
    made = replace(made, sections=sections)
    pages = render(made, "web")
    sheet = styles("documentary", "web", volume=True)
    known = facts(made, pages, paged=False)
    for one in make_web(Site(known, sheet, images={"images/seal.png": PIXEL}), pages, ()):
        path = folder / one.name.removeprefix("web/")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(one.content)
    return folder / "letter.html"


@pytest.mark.parametrize("width", [360, 1200])
def test_tables_and_labels_leave_the_page_as_wide_as_its_window(width: int, tmp_path: Path) -> None:
    page, out = site(tmp_path / "web"), tmp_path / "seen.json"
    command = ["node", SCRIPT, browser(), out, "dd.near", width, page]
    ended = subprocess.run(
        list(map(str, command)), capture_output=True, text=True, check=False, timeout=900
    )
    assert ended.returncode == 0, ended.stderr
    seen = json.loads(out.read_text("utf-8"))["letter.html"]
    assert seen["page"] == seen["window"] == width
    assert seen["found"]
    assert min(seen["found"]) > 200
