"""A book's own templates and sheets make words and pictures of the edition, nothing else."""

import pytest

from engross.read.css import judge_sheet
from engross.render.allowed import faults
from engross.render.environment import Templates, shipped


@pytest.mark.parametrize(
    ("made", "said"),
    [
        ("<script>alert(1)</script>", "<script>"),
        ("<p onclick='x()'>A</p>", "the attribute onclick"),
        ("<a href='javascript:alert(1)'>A</a>", "a reference to 'javascript:alert(1)'"),
        ("<a href=' data:text/html,x'>A</a>", "a reference to ' data:text/html,x'"),
        ("<a href='//example.org'>A</a>", "a reference to '//example.org'"),
        ("<img src='https://example.org/a.png' alt='A'/>", "a reference to 'https://example.o"),
        ("<img src='a.png' srcset='file:///etc/passwd' alt='A'/>", "the attribute srcset"),
        ("<p style='background: URL(a.png)'>A</p>", "an address in style"),
        ("<p style='background: u\\72l(a.png)'>A</p>", "an address in style"),
        ("<a href='ht&#9;tp://example.org/'>A</a>", "a reference to 'ht\ttp://example.org/'"),
        ("<a href='java&#10;script:x'>A</a>", "a reference to 'java\nscript:x'"),
        ("<table background='http://example.org/a.png'/>", "the attribute background"),
        ("<p style='background: image-set(\"http://a/\" 1x)'>A</p>", "an address in style"),
        ("<p style='background: src(\"http://a/\")'>A</p>", "an address in style"),
        ("<svg xmlns='http://www.w3.org/2000/svg' mask='url(http://a)'/>", "the attribute mask"),
        (
            "<svg xmlns='http://www.w3.org/2000/svg'><rect fill='url(http://a/#b)'/></svg>",
            "an address in fill",
        ),
        ("<p><!--> <script>alert(1)</script> --></p>", "<script>"),
        ("<p xml:base='http://example.org/'>A</p>", "the attribute xml:base"),
        ("<p " + " ".join(f"data-a{n}=''" for n in range(41)) + ">A</p>", "<p> with more than 40"),
        ("<a rel='attachment' href='a.txt'>A</a>", 'rel="attachment"'),
        ("<video/>", "<video>"),
        ("<math xmlns='http://www.w3.org/1998/Math/MathML'/>", "<math>"),
        ("<meta http-equiv='refresh' content='0'/>", "<meta>"),
        ("<?xml-stylesheet href='a.css'?>", "a processing instruction or an entity"),
    ],
)
def test_what_runs_or_reaches_out_is_named(made: str, said: str) -> None:
    fault, *_ = faults("colophon.html", f"<section>{made}</section>")
    assert fault.startswith(said)


@pytest.mark.parametrize(
    "made",
    [
        "<a href='https://example.org/'>A</a>",
        "<a href='mailto:a@example.org'>A</a>",
        "<a href='#here'>A</a>",
        "<a href='yamada.xhtml#p-001'>A</a>",
        "<img src='edition:map.png' alt='A'/>",
        "<img src='images/map.png' alt='A'/>",
        "<svg xmlns='http://www.w3.org/2000/svg'><path d='M0 0'/></svg>",
        "<p style='margin: 0'>A<!-- a remark --></p>",
        "<p>not closed",
    ],
)
def test_words_links_and_pictures_of_the_edition_are_let_through(made: str) -> None:
    assert faults("colophon.html", f"<section>{made}</section>") == ()


def test_frames_may_be_whole_files_but_bring_no_script_of_their_own() -> None:
    page = (
        "<html><head><meta charset='utf-8'><link rel='stylesheet' href='style.css'>{}</head></html>"
    )
    assert faults("web/frame.html", page.format("<script src='search.js'></script>")) == ()
    assert faults("web/frame.html", page.format("<script>alert(1)</script>")) == (
        "<script> with a text",
    )
    assert (
        faults("web/index.html", page.format("<script src='http://a/b.js'></script>"))
        == (
            '<script src="http://a/b.js">',
            "a reference to 'http://a/b.js'",
        )[::-1]
    )
    assert faults("web/frame.html", page.format("<link rel='preload' href='x'>")) == (
        '<link rel="preload">',
    )
    assert faults("web/frame.html", page.format("<meta http-equiv='refresh'>")) == (
        "the attribute http-equiv",
    )


def test_every_shipped_template_is_trusted_beside_one_of_the_book() -> None:
    beside = Templates({"nothing-takes-this-in.html": "{{ 1 }}"})
    assert [name for name in shipped() if not beside._trusted(name)] == []


@pytest.mark.parametrize(
    ("css", "said"),
    [
        ("@import 'a.css';", "1:1 another sheet (@import)"),
        ("p { background: URL( 'a.png' ) }", "1:17 'a.png'"),
        ("p {\n  background: u\\72l(a.png) }", "2:15 'a.png'"),
        ("p { background: image-set('a.png' 1x) }", "1:17 'a.png'"),
        ("@media print { @font-face { src: url(a.ttf) } }", "1:34 'a.ttf'"),
        ('p { background: paint("http://a/") }', "1:17 'http://a/'"),
        (":root { --paper: url(data:image/png;base64,AA) }", "1:18 'data:image/png;base64,AA'"),
    ],
)
def test_a_sheet_that_asks_for_anything_is_told_where(css: str, said: str) -> None:
    [found] = judge_sheet("styles/book.css", css)
    place = f"{found.place.line}:{found.place.column}"
    assert f"{place} {found.message.removeprefix('the sheet asks for ')}" == said


def test_a_sheet_that_asks_for_nothing_has_no_finding() -> None:
    css = "/* url(a.png) */ p::before { content: 'url(a.png)'; fill: url(#g) } @page { margin: 0 }"
    assert judge_sheet("styles/book.css", css) == ()


def test_brackets_without_end_in_a_sheet_are_one_finding() -> None:
    [found] = judge_sheet("styles/book.css", "p { x: " + "(" * 20_000)
    assert str(found) == (
        "styles/book.css:1:47: X019 brackets stand more than 40 deep in each other\n"
        "    fix: write it flatter"
    )
