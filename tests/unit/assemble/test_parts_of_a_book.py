"""Parts that presses add to an edition: dedication, foreword by somebody else, glossary."""

import re
from pathlib import Path

import pytest
from tests.small import judged, page, small

from engross.model.finding import EngrossError


@pytest.mark.parametrize("role", ["dedication", "epigraph"])
def test_a_dedication_has_no_heading_no_folio_and_no_line_in_the_contents(
    tmp_path: Path, role: str
) -> None:
    sections = f"contents\n{{prose: d.md, id: lines, role: {role}}}\n{{document: paper}}"
    edition, _ = judged(small(tmp_path, sections, {"d.md": "*To the memory of the dredger*\n"}))
    section = edition.section("lines")
    assert (section.display, section.in_contents, section.title) == (True, False, role.title())
    made = page(edition, "lines")
    assert "<h1" not in made
    assert f'role="doc-{role}"' in made
    assert "lines" not in page(edition, "contents")


def test_a_foreword_names_its_author_below_and_on_the_title_page(tmp_path: Path) -> None:
    sections = (
        "title-page\n{prose: f.md, id: before, role: foreword, by: Ann Reader}\n{document: paper}"
    )
    people = "people: [{name: Ann Reader, role: aui}]\n"
    edition, _ = judged(small(tmp_path, sections, {"f.md": "Words.\n"}, people))
    made = page(edition, "before")
    assert "<h1>Foreword</h1>" in made
    assert '<p class="byline">Ann Reader</p>' in made
    assert "<p>With a foreword by Ann Reader</p>" in page(edition, "title-page")


def test_who_wrote_a_section_is_among_the_people(tmp_path: Path) -> None:
    sections = "{prose: f.md, id: before, role: foreword, by: Ann Raeder}\n{document: paper}"
    people = "people: [{name: Ann Reader, role: aui}]\n"
    with pytest.raises(EngrossError) as caught:
        judged(small(tmp_path, sections, {"f.md": "Words.\n"}, people))
    assert [str(found) for found in caught.value.findings if found.is_error] == [
        "manifest.yaml:8:51: R021 'Ann Raeder' wrote 'before' and is not among "
        "the people; did you mean Ann Reader?\n    fix: add {name: Ann Raeder, role: aui} to "
        "people (aft: of an afterword), or correct the name"
    ]


def test_a_reference_says_document_and_page_on_paper(tmp_path: Path) -> None:
    sections = (
        "{prose: i.md, id: introduction}\n{prose: a.md, id: after}\n"
        "{document: paper}\n{document: second}"
    )
    words = "See [@second, end], [@paper#p-001], [@after], [@introduction].\n"
    files = {"i.md": words, "a.md": "# Afterword\n\nWords.\n"}
    edition, _ = judged(small(tmp_path, sections, files))
    shown = re.sub(r"<[^>]*>", "", page(edition, "introduction"))
    assert (
        "See The Second, end (doc. 2, p. 00), ¶\xa01 (doc. 1, p. 00), Afterword (p. 00), intr"
        in shown
    )
