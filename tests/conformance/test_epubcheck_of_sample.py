"""EPUBCheck, the judge: nothing to say of an edition that has every kind of thing."""

import pytest
from tests.golden.sample import edition
from tests.golden.test_golden_sections import PIXEL

from engross.cache.store import Store
from engross.check.tools.epubcheck import epubcheck
from engross.make.epub import make_epub
from engross.make.epub.cover import draw_cover
from engross.make.epub.pages import PageStart
from engross.make.typeset.fonts import pinned
from engross.make.typeset.values import House
from engross.render import render, styles


@pytest.mark.tools
def test_epubcheck_has_nothing_to_say_of_the_sample(epubcheck_tool: str) -> None:
    cover = draw_cover(
        edition(), House((styles("documentary", "cover"),), pinned("EB Garamond")), Store(None)
    )
    made = make_epub(
        edition(),
        render(edition(), "epub"),
        styles("documentary", "epub", volume=True),
        images={"images/seal.png": PIXEL},
        cover=cover,
        page_list=[PageStart("i", "title-page"), PageStart("1", "letter")],
    )
    (verdict,) = epubcheck([made.content])
    assert verdict.status == "passed"
    assert verdict.messages == ()
