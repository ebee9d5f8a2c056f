"""Leaves of the original are a series of their own in an EPUB."""

from lxml import etree
from tests.golden.sample import edition
from tests.unit.epub.epub_of_sample import epub, files

from engross.make.epub.pages import mark_leaves
from engross.render import render

XHTML = "{http://www.w3.org/1999/xhtml}"


def test_each_leaf_is_listed_apart_from_the_pages_and_found() -> None:
    content = files(epub())
    nav = etree.fromstring(content["EPUB/nav.xhtml"])
    (listed,) = nav.xpath("//*[@id='leaf-list']")
    rows = [(link.text, link.get("href")) for link in listed.iter(f"{XHTML}a")]
    assert rows == [("l. 8", "letter.xhtml#leaf-l-8"), ("l. 9?", "letter.xhtml#leaf-l-9")]
    letter = etree.fromstring(content["EPUB/letter.xhtml"])
    for words, href in rows:
        (mark,) = letter.xpath(f"//*[@id='{(href or '').partition('#')[2]}']")
        assert mark.text == f"[{words}]"
    pages = nav.xpath("//*[@id='page-list']//*[local-name()='a']/text()")
    assert pages == ["i", "1", "2"]


def test_sections_without_leaves_are_as_they_were() -> None:
    before = render(edition(), "epub")
    after, _ = mark_leaves(before)
    changed = [one.address for one, other in zip(before, after, strict=True) if one != other]
    assert changed == ["letter"]
