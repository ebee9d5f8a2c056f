"""A web edition of more than one document: with a search, under axe."""

from dataclasses import replace

import pytest
from tests.golden.sample import edition
from tests.golden.test_golden_sections import PIXEL

from engross.check.tools.axe import axe
from engross.make.records.facts import facts
from engross.make.web import Site, make_web
from engross.render import render, styles

pytestmark = [pytest.mark.tools, pytest.mark.usefixtures("npm_tool")]


@pytest.mark.slow
def test_axe_finds_nothing_on_a_site_with_everything_and_a_search() -> None:
    made = edition()
    letter = made.section("letter")
    second = replace(letter, address="second", title="Second letter", short_title="Second")
    made = replace(made, sections=(*made.sections, second))
    sections = render(made, "web")
    site = Site(
        facts(made, sections, paged=False),
        styles("documentary", "web", volume=True),
        images={"images/seal.png": PIXEL},
    )
    files = {one.name.removeprefix("web/"): one.content for one in make_web(site, sections, ())}
    assert {"search.html", "search.js", "search-words.js"} <= files.keys()
    verdict = axe(files)
    assert verdict.messages == ()
    assert verdict.line.endswith("passed, 0 fatals / 0 errors / 0 warnings / 0 infos")
