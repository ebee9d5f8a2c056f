"""The pages of the web edition: complete, linked, the same each time, and small."""

import json
from pathlib import Path

import pytest
from lxml import etree, html
from tests.small import small
from tests.unit.web.site_of_sample import SEAL, page, site, words

from engross.assemble.edition import CorrectionEntry, CorrectionsContent, Gone
from engross.commands.build import build
from engross.commands.request import BuildRequest
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
        "copy.js",
        "corrections.html",
        "images/images-seal.png",
        "index.html",
        "introduction.html",
        "letter.html",
        "persons.html",
        "readings.html",
        "search-words.js",
        "search.html",
        "search.js",
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


def test_nothing_is_loaded_from_elsewhere_and_scripts_only_search_and_copy(
    files: dict[str, bytes],
) -> None:
    for name in files:
        if not name.endswith(".html"):
            continue
        tree = page(name, files)
        scripts = {one.get("src") or one.get("type") for one in tree.iter("script")}
        assert scripts <= {"application/ld+json", "copy.js", "search.js", "search-words.js"}
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


def test_a_reference_manager_reads_every_field_from_a_page(files: dict[str, bytes]) -> None:
    """The names that Zotero's translator for embedded metadata asks for."""
    said: dict[str, list[str]] = {}
    for meta in page("letter.html", files).iter("meta"):
        said.setdefault(meta.get("name") or meta.get("property") or "", []).append(
            meta.get("content") or ""
        )
    assert said["citation_title"] == ["Letter of a Sample"]
    assert said["citation_inbook_title"][0].startswith("A Sample Document & Its Edition: ")
    assert said["DC.creator"] == said.get("citation_author", []) + said.get("citation_editor", [])
    assert said["citation_publication_date"] == ["2026/11/24"]
    assert said["citation_language"] == said["DC.language"] == ["en"]
    assert said["citation_isbn"] == ["978-0-00-000000-2"]
    assert {
        "citation_publisher",
        "DC.publisher",
        "DC.rights",
        "DC.identifier",
        "DC.date",
    } <= said.keys()
    assert "citation_public_url" not in said, "nobody has said where it stands"


def test_pages_name_the_address_where_the_edition_stands_and_a_sitemap_lists_them() -> None:
    files = site(address="https://example.org/sample/")
    canonical = page("letter.html", files).xpath("string(//link[@rel='canonical']/@href)")
    assert canonical == "https://example.org/sample/letter.html"
    listed = etree.fromstring(files["sitemap.xml"])
    places = [one.text for one in listed.iter("{*}loc")]
    assert "https://example.org/sample/letter.html" in places
    assert "https://example.org/sample/" in places
    assert len(places) == sum(name.endswith(".html") for name in files)


def test_the_bar_leads_to_contents_before_after_and_search(files: dict[str, bytes]) -> None:
    links = page("letter.html", files).xpath("//header//a")
    assert [one.get("href") for one in links] == [
        "index.html",
        "index.html#contents",
        "introduction.html",
        "readings.html",
        "search.html",
    ]
    assert [one.get("aria-label") for one in links[2:4]] == [
        "Previous: Introduction",
        "Next: Readings",
    ]


def test_a_citation_can_be_copied_and_stands_there_without_scripts(files: dict[str, bytes]) -> None:
    tree = page("letter.html", files)
    (cited,) = tree.xpath("//details//p[@class='cited']")
    assert words(cited.find("span")).endswith(".")
    button = cited.find("button")
    assert [button.get(name) for name in ("hidden", "data-copy", "data-done")] == [
        "",
        "Copy",
        "Copied",
    ]


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


def test_a_section_that_is_gone_keeps_its_address_and_says_so() -> None:
    """Old links go on leading somewhere; that of a block which is gone leads to its section."""
    said = CorrectionEntry(
        id="C-0001",
        address="",
        title="An Old Letter",
        paragraph=0,
        old="",
        new="",
        join=False,
        date="",
        kind="structure",
        class_="substantive",
        version="1.1",
        reason="The letter is a forgery.",
        pages=(("1.0", "9"),),
        key="C-0001",
        was="old",
    )
    gone = (Gone("old", "", "1.0"), Gone("letter#p-900", "letter", "1.0"))
    files = site(changes=CorrectionsContent((said,), gone=gone))
    page_of_old = page("old.html", files)
    assert [words(one) for one in page_of_old.find_class("since")] == [
        "Version 1.0: The letter is a forgery. (C-0001)"
    ]
    (link,) = page_of_old.xpath("//main//a")
    assert link.get("href") == "corrections.html#C-0001"
    (place,) = page("letter.html", files).xpath("//*[@id='p-900']")
    assert words(place) == "Version 1.0: Corrections"


def test_a_web_edition_alone_is_proved(tmp_path: Path) -> None:
    """Without an EPUB nothing else says what the sections are."""
    rows = "title-page\n{document: paper}\ncolophon"
    book = small(tmp_path / "book", rows, {}, "outputs: [web]\n")
    outcome = build(BuildRequest(book))
    assert outcome.ok, [str(found) for found in outcome.findings]
