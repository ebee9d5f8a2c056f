"""What a sheet does to words, as a reader of the file resolves it."""

import pytest
from lxml import etree

from engross.verify.cascade import Sheets, tell, unseen

PAGE = etree.fromstring(
    '<html><body><section id="a"><h1>Title</h1><p id="p-1" data-address="a#p-001">One '
    '<em>two</em></p><p class="x">Three</p></section></body></html>'
)


def hidden(css: str) -> list[str]:
    sheets = Sheets()
    sheets.add(css)
    return [f"{tell(element)}: {why}" for element, why in unseen(PAGE, sheets)]


@pytest.mark.parametrize(
    ("css", "why"),
    [
        ("p { display: none }", "'display: none'"),
        ("p { visibility: hidden }", "'visibility'"),
        ("section > .x { opacity: 0 }", "'opacity: 0'"),
        ("body .x { font-size: 0 }", "'font-size: 0'"),
        (".x { color: #fefefe }", "the colour of its ground"),
        (".x { color: rgba(0, 0, 0, 0) }", "a transparent colour"),
        ("section { background: #222 } .x { color: #232323 }", "the colour of its ground"),
        (".x { position: absolute; left: -999em }", "'left: -999em'"),
        (".x { text-indent: -9999px }", "'text-indent: -9999px'"),
        (".x { clip-path: inset(100%) }", "'clip-path: inset(100%)'"),
        (".x { height: 0; overflow: hidden }", "'height: 0'"),
        (".x { transform: scale(0) }", "'transform: scale(0)'"),
        (".x::before { content: 'Not ' }", "'content: \"not \"' of ::before"),
        ("@media (min-width: 1px) { .x { display: none } }", "'display: none'"),
        (".x { display: block } p.x { display: none !important }", "'display: none'"),
    ],
)
def test_words_that_nobody_sees_or_other_words_are_found(css: str, why: str) -> None:
    assert f"Three: {why}" in hidden(css)


@pytest.mark.parametrize(
    "css",
    [
        "p { display: none } p.x, #p-1 { display: block }",
        "p { display: none } p:target { display: block }",
        "p { color: white; background: black }",
        "p { text-transform: uppercase } .x::before { content: '\u201c' }",
        ".other { display: none }",
        ".x { text-indent: -1.5em; margin-left: 30%; position: relative; left: 2em }",
    ],
)
def test_what_is_shown_or_opens_is_no_fault(css: str) -> None:
    assert hidden(css) == []
