"""The EPUB in reading systems: epub.js, foliate-js, and a browser that knows nothing of EPUB."""

import zipfile
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

pytestmark = [pytest.mark.slow, pytest.mark.tools]

XHTML = "{http://www.w3.org/1999/xhtml}"
EPUB_TYPE = "{http://www.idpf.org/2007/ops}type"


@pytest.fixture(scope="module")
def navigation(epub_file: Path) -> dict[str, list[tuple[str, str]]]:
    """Label and target of each line of the navigation, by its kind."""
    with zipfile.ZipFile(epub_file) as archive:
        root = etree.fromstring(archive.read("EPUB/nav.xhtml"))
    return {
        nav.get(EPUB_TYPE, ""): [
            ("".join(map(str, link.itertext())), link.get("href", ""))
            for link in nav.iter(f"{XHTML}a")
        ]
        for nav in root.iter(f"{XHTML}nav")
    }


def test_no_reading_system_asks_another_computer_or_meets_an_error(seen: dict[str, Any]) -> None:
    assert (seen["remote"], seen["errors"]) == ([], [])


@pytest.mark.parametrize("system", ["epubjs", "foliate"])
def test_every_section_renders_with_its_words(
    seen: dict[str, Any], epub_file: Path, system: str
) -> None:
    with zipfile.ZipFile(epub_file) as archive:
        files = [name for name in archive.namelist() if name.endswith(".xhtml")]
    sections = seen[system]["sections"]
    assert len(sections) >= 13
    assert {row["href"].rpartition("/")[2] for row in sections} <= {
        name.rpartition("/")[2] for name in files
    }
    assert [row["href"] for row in sections if row["words"] < 30] in (
        ["cover.xhtml"],
        ["EPUB/cover.xhtml"],
    )
    assert all(row.get("pictures", True) for row in sections)


def test_the_contents_lead_where_they_say(
    seen: dict[str, Any], navigation: dict[str, list[tuple[str, str]]]
) -> None:
    wanted = navigation["toc"]
    assert len(wanted) >= 10
    assert [(label, href) for label, href, _ in seen["epubjs"]["contents"]] == wanted
    assert all(there == href for _, href, there in seen["epubjs"]["contents"])
    assert [row[0] for row in seen["foliate"]["contents"]] == [label for label, _ in wanted]


def test_every_page_of_the_printing_is_listed_and_found(
    seen: dict[str, Any], navigation: dict[str, list[tuple[str, str]]]
) -> None:
    wanted = navigation["page-list"]
    assert len(wanted) >= 20
    assert [tuple(row) for row in seen["epubjs"]["pages"]] == wanted
    found = seen["foliate"]["pages"]
    assert [row[0] for row in found] == [label for label, _ in wanted]
    assert all(there and mark == label for label, _, there, mark in found)


def test_landmarks_reach_a_reading_system(seen: dict[str, Any]) -> None:
    assert {"cover", "toc", "bodymatter"} <= set(seen["foliate"]["landmarks"])


def test_each_note_call_opens_its_note_and_each_note_leads_back(seen: dict[str, Any]) -> None:
    assert len(seen["notes"]) >= 40
    assert [row for row in seen["notes"] if not (row["opened"] and row["returned"])] == []


@pytest.mark.parametrize("look", ["narrow", "large"])
def test_nothing_scrolls_sideways_at_320_pixels_or_at_300_per_cent(
    seen: dict[str, Any], look: str
) -> None:
    assert len(seen["files"]) >= 14
    assert [
        (row["name"], row[look]["over"]) for row in seen["files"] if row[look]["over"] > 0
    ] == []


def test_letters_grow_with_the_readers_own_size(seen: dict[str, Any]) -> None:
    assert {row["large"]["size"] for row in seen["files"]} == {"48px"}


def test_no_colour_of_ours_stands_against_dark_mode(seen: dict[str, Any]) -> None:
    assert [
        (row["name"], row["dark"]["colours"]) for row in seen["files"] if row["dark"]["colours"]
    ] == []


def test_an_older_reading_system_finds_the_same_contents_in_the_ncx(
    epub_file: Path, navigation: dict[str, list[tuple[str, str]]]
) -> None:
    ncx = "{http://www.daisy.org/z3986/2005/ncx/}"
    with zipfile.ZipFile(epub_file) as archive:
        root = etree.fromstring(archive.read("EPUB/toc.ncx"))
    found = [
        (
            point.findtext(f"{ncx}navLabel/{ncx}text"),
            point.find(f"{ncx}content").get("src"),  # type: ignore[union-attr]
        )
        for point in root.iter(f"{ncx}navPoint")
    ]
    assert found == navigation["toc"]
