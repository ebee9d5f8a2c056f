"""Each fault that EPUBCheck passes over is found, and a whole EPUB has none."""

import pytest
from tests.unit.epub.epub_of_sample import damaged, epub, files, swap

from engross.check.epub import check_epub
from engross.model.check import Output


def found(output: Output) -> list[str]:
    return [f"{fault.code} {fault.message}" for fault in check_epub(output)]


def test_a_whole_epub_has_no_fault() -> None:
    assert found(epub()) == []


def test_something_else_is_no_epub() -> None:
    assert found(Output("epub", "sample.epub", b"no archive")) == [
        "Q010 the EPUB cannot be read back: File is not a zip file"
    ]


FAULTS = {
    "a paragraph that is not closed": (
        ("letter.xhtml", "True</p>", "True"),
        "Q010 the EPUB cannot be read back: Opening and ending tag mismatch",
    ),
    "a package without a language": (
        ("content.opf", ' xml:lang="en"', ""),
        "Q012 the package document is not complete: it has no xml:lang",
    ),
    "a package without rights": (
        ("content.opf", "A sample. For tests &lt;only&gt;.", ""),
        "Q012 the package document is not complete: it has no dc:rights",
    ),
    "a section that is not in the spine": (
        ("content.opf", '<itemref idref="persons"/>', ""),
        "Q012 the package document is not complete: its spine leaves out EPUB/persons.xhtml",
    ),
    "a call that leads to no note": (
        ("letter.xhtml", 'href="#note-cell"', 'href="#p-001"'),
        "Q013 the note call '3' leads to 'p-001', which is no note of this file",
    ),
    "a note without a call": (
        ("letter.xhtml", 'href="#note-cell"', 'href="#p-001"'),
        "Q014 the note 'note-cell' is called nowhere",
    ),
    "a backlink to another call": (
        ("letter.xhtml", 'href="#call-long-2"', 'href="#call-head"'),
        "Q014 the note 'note-long' leads back to ['call-long', 'call-head'], its calls are",
    ),
    "a link to a missing id": (
        ("letter.xhtml", "corrections.xhtml#C-0001", "corrections.xhtml#C-0009"),
        "Q015 a link or an id is broken: 'corrections.xhtml#C-0009' leads to an id that",
    ),
    "a link to a missing file": (
        ("contents.xhtml", 'href="letter.xhtml"', 'href="lettre.xhtml"'),
        "Q015 a link or an id is broken: 'lettre.xhtml' leads to a file that is not there",
    ),
    "an id that stands twice": (
        ("letter.xhtml", 'id="p-002"', 'id="p-001"'),
        "Q015 a link or an id is broken: the id 'p-001' stands twice",
    ),
    "a picture from outside": (
        ("letter.xhtml", 'src="images/', 'src="https://example.org/'),
        "Q016 'https://example.org/images-seal.png' is loaded from outside the book",
    ),
    "a script": (
        ("letter.xhtml", "</header>", "</header><script>1</script>"),
        "Q016 <script> stands in a text that must neither run nor move",
    ),
    "contents out of order": (
        ("nav.xhtml", 'href="introduction.xhtml"', 'href="colophon.xhtml"'),
        "Q017 the navigation is not whole: the contents are not in the order of reading",
    ),
    "landmarks without the text": (
        ("nav.xhtml", 'epub:type="bodymatter"', 'epub:type="bibliography"'),
        "Q017 the navigation is not whole: the landmarks have no 'bodymatter'",
    ),
    "a page list in another order": (
        ("nav.xhtml", '<li><a href="letter.xhtml#page-1">1</a></li>', ""),
        "Q018 the page list and the marks of pages differ, first at 2",
    ),
    "a page mark that is not listed": (
        ("nav.xhtml", '<li><a href="letter.xhtml#page-2">2</a></li>', ""),
        "Q018 the page list and the marks of pages differ, 2 for 3",
    ),
    "a foreign word in one language only": (
        ("letter.xhtml", 'xml:lang="ru-Latn"', 'xml:lang="ru"'),
        "Q019 an element has lang 'ru-Latn' and xml:lang 'ru'",
    ),
    "a file without a title": (
        ("letter.xhtml", "<title>Letter of a Sample</title>", "<title></title>"),
        "Q019 the file has no title",
    ),
    "a heading that jumps": (
        ("introduction.xhtml", "<h2 id", "<h2>A</h2><h4>B</h4><h2 id"),
        "Q020 the heading 'B' is of level 4, the one before it of level 2",
    ),
    "a picture without words": (
        ("letter.xhtml", ' alt="A seal"', ""),
        "Q021 the picture 'images/images-seal.png' has no words for those who cannot see it",
    ),
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_seeded_fault_is_found(name: str) -> None:
    change, message = FAULTS[name]
    assert any(one.startswith(message) for one in found(swap(*change))), found(swap(*change))


def test_a_picture_that_cannot_be_read_is_found() -> None:
    def change(content: dict[str, bytes]) -> None:
        content["EPUB/images/images-seal.png"] = b"no picture"

    assert "Q022 the picture cannot be read" in found(damaged(change))


def test_a_file_that_nobody_declares_is_found() -> None:
    def change(content: dict[str, bytes]) -> None:
        content["EPUB/left-over.txt"] = b"x"

    assert found(damaged(change)) == [
        "Q012 the package document is not complete: it does not declare EPUB/left-over.txt"
    ]


def test_an_unsafe_name_is_found() -> None:
    def change(content: dict[str, bytes]) -> None:
        content["../x"] = b"x"

    assert (
        "Q011 the archive is not as it should be: the name '../x' is not safe on every system"
        in found(damaged(change))
    )


def test_a_file_that_could_not_be_cut_is_said_to_be_too_long() -> None:
    made = swap("persons.xhtml", "A sample.", "A sample. " * 26_000)
    (said,) = found(made)
    count = len(files(made)["EPUB/persons.xhtml"])
    assert said == (
        f"Q023 the file has {count} bytes, more than 260000: it holds a block that cannot be cut"
    )


def test_the_headings_of_a_section_go_on_in_its_next_file() -> None:
    def change(content: dict[str, bytes]) -> None:
        piece = content["EPUB/persons.xhtml"].replace(b"h1>", b"h2>")
        content["EPUB/persons.xhtml"] = content["EPUB/persons.xhtml"].replace(
            b"<h1>Persons</h1>", b""
        )
        content["EPUB/letter.p-900.xhtml"] = piece
        package = content["EPUB/content.opf"].decode()
        item = package[package.index('<item href="persons.xhtml"') :].partition("/>")[0] + "/>"
        more = item.replace("persons", "letter.p-900")
        itemref = '<itemref idref="letter"/>'
        content["EPUB/content.opf"] = (
            package.replace(item, item + more)
            .replace(itemref, f'{itemref}<itemref idref="letter.p-900"/>')
            .encode()
        )

    assert [said for said in found(damaged(change)) if said.startswith("Q020")] == []
