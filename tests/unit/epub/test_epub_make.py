"""The bytes of an EPUB: the same each time, complete, in order."""

import io
import os
import subprocess
import sys
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from lxml import etree
from tests.golden.sample import edition
from tests.unit.epub.epub_of_sample import PAGES, epub, files

from engross.make.epub import PageStart, make_epub, mark_pages
from engross.make.epub.book import contents
from engross.make.epub.container import Item, Package, pack
from engross.model.finding import EngrossError
from engross.model.font import FontFile
from engross.render import render

DC = "{http://purl.org/dc/elements/1.1/}"
OPF = "{http://www.idpf.org/2007/opf}"


def test_the_bytes_do_not_depend_on_hash_seed_time_zone_or_folder(tmp_path: Path) -> None:
    code = (
        "import hashlib; from tests.unit.epub.epub_of_sample import epub;"
        "print(hashlib.sha256(epub().content).hexdigest())"
    )
    path = str(Path(__file__).parents[3])
    digests = set()
    for seed, zone in (("1", "Asia/Tokyo"), ("2", "America/New_York")):
        environment = os.environ | {"PYTHONHASHSEED": seed, "TZ": zone, "PYTHONPATH": path}
        digests.add(
            subprocess.run(
                [sys.executable, "-c", code],
                cwd=tmp_path,
                env=environment,
                capture_output=True,
                check=True,
                text=True,
            ).stdout
        )
    assert len(digests) == 1


def test_the_archive_is_sorted_dated_once_and_begins_with_its_type() -> None:
    with zipfile.ZipFile(io.BytesIO(epub().content)) as archive:
        entries = archive.infolist()
    names = [entry.filename for entry in entries]
    assert names[0] == "mimetype"
    assert names[1:] == sorted(names[1:])
    assert {entry.date_time for entry in entries} == {(1980, 1, 1, 0, 0, 0)}
    assert {(entry.create_system, entry.external_attr >> 16) for entry in entries} == {
        (3, 0o100644)
    }


def test_each_section_is_a_file_under_its_own_address() -> None:
    package = etree.fromstring(files(epub())["EPUB/content.opf"])
    spine = [item.get("idref") for item in package.iter(f"{OPF}itemref")]
    assert spine == ["cover-page", *(section.address for section in edition().sections)]


def test_the_package_says_who_what_when_and_under_which_terms() -> None:
    package = etree.fromstring(files(epub())["EPUB/content.opf"])
    lines = [
        (etree.QName(element).localname, element.text)
        for element in package.iter(f"{DC}*")
        if element.tag != f"{DC}description"
    ]
    assert lines == [
        ("identifier", "urn:uuid:00000000-0000-5000-8000-000000000000"),
        ("title", "A Sample Document & Its Edition"),
        ("title", "Every Kind of Thing, 1 January 2000"),
        ("language", "en"),
        ("identifier", "urn:isbn:9780000000002"),
        ("creator", "First Person"),
        ("contributor", "Second Person"),
        ("publisher", "Sample Press"),
        ("date", "2026-11-23"),
        ("source", "Archive of Samples, f. 1, op. 2, d. 3, l. 7"),
        ("rights", "A sample. For tests <only>."),
        ("subject", "Samples"),
    ]


def test_accessibility_is_what_the_files_show_and_no_conformance_is_claimed() -> None:
    text = files(epub())["EPUB/content.opf"].decode()
    package = etree.fromstring(text.encode())
    features = [
        (element.get("property"), element.text)
        for element in package.iter(f"{OPF}meta")
        if (element.get("property") or "").startswith("schema:access")
    ]
    assert features[:-1] == [
        ("schema:accessMode", "textual"),
        ("schema:accessMode", "visual"),
        ("schema:accessModeSufficient", "textual"),
        *(
            ("schema:accessibilityFeature", feature)
            for feature in (
                "ARIA",
                "alternativeText",
                "displayTransformability",
                "index",
                "pageBreakMarkers",
                "pageNavigation",
                "readingOrder",
                "structuralNavigation",
                "tableOfContents",
            )
        ),
        ("schema:accessibilityHazard", "none"),
    ]
    assert "conformsTo" not in text


def test_modification_is_the_newest_correction_and_not_a_clock() -> None:
    text = files(epub())["EPUB/content.opf"].decode()
    assert '<meta property="dcterms:modified">2026-11-24T00:00:00Z</meta>' in text


def test_faces_are_embedded_under_their_rules() -> None:
    made = files(epub((FontFile("EB Garamond", 400, True, b"\0\1\0\0face", ""),)))
    assert made["EPUB/fonts/eb-garamond-400-italic.ttf"] == b"\0\1\0\0face"
    assert made["EPUB/style.css"].startswith(
        b'@font-face { font-family: "EB Garamond"; font-weight: 400; font-style: italic; '
        b'src: url("fonts/eb-garamond-400-italic.ttf"); }\n'
    )


def test_a_page_begins_before_the_very_character_that_the_printing_begins_with() -> None:
    sections, pages, lost = mark_pages(render(edition(), "epub"), PAGES)
    letter = next(section for section in sections if section.address == "letter")
    assert lost == ()
    assert pages == (
        ("title-page.xhtml#page-i", "i"),
        ("letter.xhtml#page-1", "1"),
        ("letter.xhtml#page-2", "2"),
    )
    assert (
        '<span class="leaf-break" data-furniture="">[l. 8]</span>'
        '<span id="page-2" epub:type="pagebreak" role="doc-pagebreak" aria-label="2" '
        'data-furniture=""/>begins' in letter.html
    )


def test_a_page_that_begins_nowhere_stops_the_epub() -> None:
    with pytest.raises(EngrossError) as caught:
        make_epub(
            edition(), render(edition(), "epub"), "", page_list=[PageStart("3", "letter#p-099", 2)]
        )
    assert str(caught.value) == (
        "engross: Q002 page 3 begins in 'letter#p-099' after 2 characters, which the EPUB does "
        "not have\n    fix: build everything anew with --no-cache; if it stays so, report it with "
        "the place in the book that the finding names"
    )


def test_an_archive_that_is_not_what_was_given_is_never_handed_on() -> None:
    page = Item("a", "a.xhtml", "application/xhtml+xml", b"<html/>", in_spine=True)
    twice = Package("urn:x", "en", "2026-11-23", (), (page, replace(page, id="b")))
    with pytest.raises(EngrossError) as caught:
        pack(twice)
    assert str(caught.value) == (
        "engross: Q001 the EPUB was not written whole: two files have the name a.xhtml\n"
        "    fix: build again; if it stays so, report it with the place in the book that the "
        "finding names"
    )


def test_the_navigation_has_two_levels_and_leaves_no_section_out() -> None:
    levels = {"introduction": 1, "letter": 2, "persons": 3, "chronology": 4, "sources": 1}
    sections = [
        replace(section, level=levels[section.address])
        for section in render(edition(), "epub")
        if section.address in levels
    ]
    tree = contents(sections, {"letter": "3 May 1919"})
    assert [(entry.href, [below.href for below in entry.children]) for entry in tree] == [
        ("introduction.xhtml", ["letter.xhtml", "persons.xhtml", "chronology.xhtml"]),
        ("sources.xhtml", []),
    ]
    assert not any(below.children for entry in tree for below in entry.children)
    assert tree[0].children[0].title.endswith(", 3 May 1919")
