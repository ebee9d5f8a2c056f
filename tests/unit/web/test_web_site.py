"""The pages of the web edition: complete, linked, the same each time, and small."""

import json

import pytest
from lxml import html
from tests.unit.web.site_of_sample import SEAL, page, site, words

from engross.make.epub import PageStart
from engross.model.finding import EngrossError


@pytest.fixture(scope="module")
def files() -> dict[str, bytes]:
    return site()


def test_each_section_has_a_page_and_the_front_shares_the_first(files: dict[str, bytes]) -> None:
    assert sorted(files) == [
        "abbreviations.html",
        "chronology.html",
        "colophon.html",
        "corrections.html",
        "images/images-seal.png",
        "index.html",
        "introduction.html",
        "letter.html",
        "persons.html",
        "readings.html",
        "sources.html",
        "style.css",
        "the-index.html",
    ]
    assert files["images/images-seal.png"] == SEAL


def test_the_bytes_are_the_same_each_time(files: dict[str, bytes]) -> None:
    assert site() == files


def test_every_link_within_the_edition_has_its_target(files: dict[str, bytes]) -> None:
    trees = {name: page(name, files) for name in files if name.endswith(".html")}
    ids = {
        name: [element.get("id") for element in tree.iter() if element.get("id")]
        for name, tree in trees.items()
    }
    checked = 0
    for name, tree in trees.items():
        assert len(ids[name]) == len(set(ids[name])), name
        for link in tree.iter("a", "link", "img"):
            target = link.get("href") or link.get("src") or ""
            if target.startswith(("http", "../")):
                continue
            file, _, identity = target.partition("#")
            assert (file or name) in files, f"{name}: {target}"
            if identity:
                assert identity in ids[file or name], f"{name}: {target}"
            checked += 1
    assert checked > 60


def test_nothing_is_loaded_from_elsewhere_and_no_script_runs(files: dict[str, bytes]) -> None:
    for name in files:
        if not name.endswith(".html"):
            continue
        tree = page(name, files)
        assert {one.get("type") for one in tree.iter("script")} <= {"application/ld+json"}
        loads = [one.get("href") or one.get("src") for one in tree.iter("link", "img", "source")]
        assert all(load and "//" not in load for load in loads)
        assert not any(
            attribute.startswith("on") for one in tree.iter() for attribute in one.attrib
        )


def test_the_first_page_says_what_it_is_to_search_engines(files: dict[str, bytes]) -> None:
    tree = page("index.html", files)
    (block,) = tree.xpath("//script[@type='application/ld+json']")
    assert json.loads(block.text)["name"] == "A Sample Document & Its Edition"
    said = {meta.get("property"): meta.get("content") for meta in tree.iter("meta")}
    assert said["og:type"] == "book"
    assert said["book:isbn"] == "9780000000002"
    assert said["og:title"].startswith("A Sample Document & Its Edition")


def test_version_and_draft_stand_on_every_page(files: dict[str, bytes]) -> None:
    for name in files:
        if name.endswith(".html"):
            (line,) = page(name, files).xpath("//p[@class='standing']")
            assert words(line) == "Version 1.0, 24 November 2026. Draft, not released"


def test_the_first_page_with_its_sheet_is_below_100_kilobytes(files: dict[str, bytes]) -> None:
    assert len(files["index.html"]) + len(files["style.css"]) < 100_000


def test_a_page_of_the_printing_that_is_not_found_stops_the_site() -> None:
    with pytest.raises(EngrossError) as caught:
        site([PageStart("9", "letter#p-099")])
    assert str(caught.value).startswith("engross: Q002 page 9 begins in 'letter#p-099'")


def test_a_page_is_html_that_a_browser_reads_without_repair(files: dict[str, bytes]) -> None:
    text = files["letter.html"].decode()
    assert "xml:lang" not in text
    assert "xmlns" not in text
    tree = page("letter.html", files)
    assert len(html.tostring(tree)) > 0.95 * len(text.encode())
    nested = tree.xpath("//a//a | //p//p | //p//div | //p//aside")
    assert nested == []
