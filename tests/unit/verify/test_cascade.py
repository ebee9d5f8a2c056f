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
        (".x:nth-of-type(2) { font-size: 0.01px }", "'font-size: 0.01px'"),
        (".x { font: 0/0 a }", "'font-size: 0'"),
        (".x { font-size: calc(1px * 0.1) }", "'font-size: calc(1px * 0.1)'"),
        ("section { font-size: 0.3em } .x { font-size: 0.3em }", "'font-size: 0.3em'"),
        (":root { --ink: transparent } .x { color: var(--ink) }", "a transparent colour"),
        (".x { color: hsl(0 0% 100%) }", "the colour of its ground"),
        (".x { color: oklch(1 0 0) }", "the colour of its ground"),
        (".x { -webkit-text-fill-color: #fff }", "the colour of its ground"),
        (".x { opacity: 1% }", "'opacity: 1%'"),
        ("section { opacity: 0.3 } .x { opacity: 0.3 }", "'opacity: 0.3'"),
        (".x { transform: matrix(0, 0, 0, 0, 0, 0) }", "'transform: matrix(0, 0, 0, 0, 0, 0)'"),
        (".x { transform: rotateX(90deg) }", "'transform: rotatex(90deg)'"),
        (".x { scale: 0 }", "'scale: 0'"),
        (".x { translate: -9999px }", "'translate: -9999px'"),
        (".x { position: relative; inset-inline-start: -9999px }", "'left: -9999px'"),
        (".x { block-size: 0; overflow-y: clip }", "'height: 0'"),
        (".x { max-height: 1em; overflow: hidden }", "'max-height: 1em'"),
        (
            ".x { overflow: hidden; white-space: nowrap; text-overflow: ellipsis }",
            "'text-overflow: ellipsis'",
        ),
        (".x { mask: linear-gradient(#000, #000) }", "'mask: linear-gradient(#000, #000)'"),
        (".x { -webkit-text-security: disc }", "'text-security: disc'"),
        (".x { mix-blend-mode: screen }", "'mix-blend-mode: screen'"),
        (".x::first-line { color: transparent }", "a transparent colour of ::first-line"),
        (
            ".x::after { content: ''; position: absolute; inset: 0; background: #fff }",
            "'background' of ::after",
        ),
        ("section { .x { display: none } }", "'display: none'"),
        (
            "@keyframes out { to { opacity: 0 } } .x { animation: out 1s forwards }",
            "'animation: hides'",
        ),
        (".x { order: 2 }", "'order: 2'"),
        (".x { margin: -999em 0 0 }", "'margin-top: -999em'"),
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
        ".x { transform: rotate(3deg) scale(1.2); filter: grayscale(1); opacity: 0.8 }",
        ".x { font: italic 1.1em/1.4 serif; max-width: 40em; overflow: hidden }",
        ":root { --ink: #222 } .x { color: var(--ink, red); margin: 1em auto }",
        ".x::after { content: ''; position: absolute; left: 0; height: 1px; background: #fff }",
        "section { .y { display: none } }",
    ],
)
def test_what_is_shown_or_opens_is_no_fault(css: str) -> None:
    assert hidden(css) == []


LISTS = etree.fromstring(
    '<html><body><section id="a"><ol class="ordered" start="5"><li>One</li></ol>'
    '<p data-address="a#p-001"><span class="line">Two</span><br/><span class="line">three</span>'
    '</p><figure><img src="a.png" alt="A plan"/></figure></section></body></html>'
)


@pytest.mark.parametrize(
    ("css", "why"),
    [
        ("li { list-style-type: none }", "One: 'list-style-type: none'"),
        ("ol { list-style: upper-roman inside }", "One: 'list-style-type: upper-roman'"),
        ("ol { counter-reset: list-item 40 }", "One: 'counter-reset: list-item 40'"),
        ("br { display: none }", "Twothree: 'display: none' of a line break"),
        ("img { display: none }", ": 'display: none'"),
    ],
)
def test_lists_lines_and_pictures_are_shown_as_they_are(css: str, why: str) -> None:
    sheets = Sheets()
    sheets.add(css)
    assert [f"{tell(element)}: {why}" for element, why in unseen(LISTS, sheets)] == [why]


def test_a_break_that_ends_a_line_of_its_own_may_go() -> None:
    sheets = Sheets()
    sheets.add(".line { display: block } .line + br { display: none }")
    assert list(unseen(LISTS, sheets)) == []
