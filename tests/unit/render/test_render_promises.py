"""What every section promises to typesetting, EPUB and proof."""

import pytest
from lxml import etree
from tests.golden.sample import edition

from engross.model.text import leaves
from engross.render import render

OPS = 'xmlns:epub="http://www.idpf.org/2007/ops"'
MEDIA = ("page", "epub", "web")


def tree(medium: str, address: str) -> etree._Element:
    made = next(one for one in render(edition(), medium) if one.address == address)  # type: ignore[arg-type]
    return etree.fromstring(f"<x {OPS}>{made.html}</x>")


def text(element: etree._Element) -> str:
    """The element's own text: without furniture, supplied words and notes that hang inside."""
    own = element.text or ""
    for child in element:
        if not (
            child.get("data-furniture") is not None
            or child.get("data-supplied") is not None
            or child.get("data-address")
        ):
            own += text(child)
        own += child.tail or ""
    return own


@pytest.mark.parametrize("medium", MEDIA)
@pytest.mark.parametrize("address", ["letter", "introduction"])
def test_every_leaf_block_stands_once_with_its_text_and_no_other(medium: str, address: str) -> None:
    body = edition().section(address).body
    assert body is not None
    wanted = {f"{address}#{leaf.id}": leaf.text for leaf in leaves(body.blocks)}
    found = [
        (element.get("data-address"), text(element))
        for element in tree(medium, address).iter()
        if (element.get("data-address") or "").startswith(f"{address}#")
    ]
    assert len(wanted) > 3
    assert sorted(found) == sorted(wanted.items())


@pytest.mark.parametrize("medium", MEDIA)
def test_every_note_stands_once_with_all_its_words(medium: str) -> None:
    body = edition().section("letter").body
    assert body is not None
    wanted = {
        f"letter/note/{note.id}": " ".join(leaf.text for leaf in leaves(note.blocks)).split()
        for note in body.notes
    }
    found = {}
    for element in tree(medium, "letter").iter():
        if "/note/" in (element.get("data-address") or ""):
            assert element.get("data-address") not in found
            pieces = etree.tostring(element, encoding="unicode", with_tail=False)
            for end in ("</p>", "</li>", "</td>", "</span>"):
                pieces = pieces.replace(end, end + " ")
            found[element.get("data-address")] = text(etree.fromstring(pieces)).split()
    assert {key: "".join(words) for key, words in found.items()} == {
        key: "".join(words) for key, words in wanted.items()
    }


@pytest.mark.parametrize("medium", MEDIA)
def test_no_id_stands_twice_in_a_section(medium: str) -> None:
    for section in render(edition(), medium):  # type: ignore[arg-type]
        root = etree.fromstring(f"<x {OPS}>{section.html}</x>")
        ids = [identity for element in root.iter() if (identity := element.get("id"))]
        assert ids
        assert len(ids) == len(set(ids)), section.address


def test_the_supplied_heading_and_dateline_are_marked_as_the_editors() -> None:
    supplied = tree("page", "letter").xpath("string(.//h1[@data-supplied])")
    assert supplied == "Letter of a Sample"


def test_pages_carry_paragraph_numbers_as_attributes_and_epubs_as_words() -> None:
    on_pages = tree("page", "letter").xpath(".//@data-paragraph")
    in_epubs = tree("epub", "letter").xpath(".//*[@class='paragraph-number']/a/text()")
    assert on_pages == in_epubs == ["1", "2"]


def test_page_numbers_are_slots_on_pages_and_nowhere_else() -> None:
    slots = tree("page", "contents").xpath(".//a[@class='page-number']")
    assert isinstance(slots, list)
    assert [(slot.get("href"), slot.text) for slot in slots] == [  # type: ignore[union-attr]
        ("https://page.invalid/#introduction", "00"),
        ("https://page.invalid/#letter", "00"),
    ]
    assert tree("epub", "contents").xpath(".//a[@class='page-number']") == []


def test_a_draft_says_so_with_the_digest_of_its_inputs() -> None:
    draft = next(one for one in render(edition(), "page") if one.kind == "imprint").html
    released = next(one for one in render(edition(released=True), "page") if one.kind == "imprint")
    assert "Draft, not released. Inputs 0123456789ab." in draft
    assert "Draft" not in released.html
