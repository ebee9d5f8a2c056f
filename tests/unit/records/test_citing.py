"""Citations name the version, the translator, and the paragraph."""

from dataclasses import replace

import pytest
from tests.golden.sample import MANIFEST, edition

from engross.assemble.edition import DocumentContent
from engross.make.records.citing import cite_document, cite_edition
from engross.make.records.facts import Facts, facts
from engross.schema.manifest import Manifest


def of(**changes: object) -> Facts:
    manifest = Manifest.model_validate({**MANIFEST, **changes})
    return facts(replace(edition(released=True), manifest=manifest), (), paged=False)


def test_the_three_styles_name_editor_version_and_publisher() -> None:
    texts = {one.style: one.text for one in cite_edition(of(people=[MANIFEST["people"][0]]))}
    title = "A Sample Document & Its Edition: Every Kind of Thing, 1 January 2000"
    assert texts == {
        "chicago-note": f"{title}, ed. First Person, version 1.0 (Nowhere: Sample Press, 2026).",
        "chicago-bibliography": (
            f"Person, First, ed. {title}. Version 1.0. Nowhere: Sample Press, 2026."
        ),
        "mla": f"Person, First, editor. {title}. Version 1.0, Sample Press, 2026.",
    }


def test_without_editor_and_publisher_the_title_comes_first() -> None:
    known = of(
        people=[{"name": "Second Person", "role": "trl"}], publisher=None, title="T", subtitle=""
    )
    assert [one.text for one in cite_edition(known)] == [
        "T, trans. Second Person, version 1.0 (2026).",
        "T. Translated by Second Person. Version 1.0. 2026.",
        "T. Translated by Second Person, version 1.0, 2026.",
    ]


def test_titles_are_italic_and_nothing_else_is() -> None:
    for one in cite_edition(of(title="T", subtitle="")):
        assert [piece.text for piece in one.pieces if piece.italic] == ["T"]


def test_a_draft_says_so_with_the_digest_of_its_inputs() -> None:
    known = facts(edition(), (), paged=False)
    assert "version 1.0, draft 0123456789ab (Nowhere" in cite_edition(known)[0].text


def test_a_paragraph_is_cited_by_reference_and_number() -> None:
    known = of(people=[], publisher=None, title="T", subtitle="")
    (letter,) = known.documents
    assert cite_document(known, letter, 2).text == (
        "“Letter of a Sample,” 1 January 2000, Archive of Samples, f. 1, op. 2, d. 3, l. 7, ¶ 2, "
        "doc. 1, in T, version 1.0 (2026)."
    )


def test_a_document_without_a_place_in_an_archive_has_no_gap_there() -> None:
    known = of(people=[], publisher=None, title="T", subtitle="")
    (letter,) = known.documents
    assert isinstance(letter.content, DocumentContent)
    unplaced = replace(letter, number="7", content=replace(letter.content, citation=""))
    assert cite_document(known, unplaced).text == (
        "“Letter of a Sample,” 1 January 2000, doc. 7, in T, version 1.0 (2026)."
    )


def test_an_edition_with_a_doi_is_cited_by_it() -> None:
    known = of(people=[], publisher=None, title="T", subtitle="", identifier_this="10.1000/182.1")
    assert cite_edition(known)[0].text == "T, version 1.0 (2026), https://doi.org/10.1000/182.1."


def test_only_documents_are_cited_as_such() -> None:
    known = of()
    section = known.edition.section("introduction")
    with pytest.raises(TypeError, match="introduction is no document"):
        cite_document(known, section)
