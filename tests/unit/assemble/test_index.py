"""The index of a book: what its headings lead to, their order, and what leads nowhere."""

from pathlib import Path

import pytest

from engross.assemble import Context, assemble
from engross.assemble.edition import IndexContent
from engross.model.finding import EngrossError
from engross.parse.parse import parse
from engross.read import open_book


@pytest.fixture
def book(book_copy: Path) -> Path:
    manifest = book_copy / "manifest.yaml"
    text = manifest.read_text("utf-8").replace("  - colophon\n", "  - index\n  - colophon\n")
    manifest.write_text(text, "utf-8")
    return book_copy


def index(book: Path, entries: str) -> IndexContent:
    (book / "index.yaml").write_text("entries:\n" + entries, "utf-8")
    edition, _ = assemble(parse(open_book(book)), Context("0" * 64))
    content = edition.section("index").content
    assert isinstance(content, IndexContent)
    return content


def test_headings_stand_letter_by_letter_whatever_the_order_of_the_file(book: Path) -> None:
    names = ["New Zealand", "Newark", "New York"]
    found = index(book, "".join(f"  - {{heading: {name}, see: [Newark]}}\n" for name in names))
    assert [row.heading for row in found.entries] == ["Newark", "New York", "New Zealand"]


def test_an_address_alone_means_the_whole_text_and_a_quotation_its_paragraph(book: Path) -> None:
    found = index(
        book,
        "  - {heading: Trade, at: [{address: introduction}]}\n"
        "  - {heading: Visas, at: [{address: yamada, exact: Premier Minister, block: p-010}]}\n",
    )
    trade, visas = found.entries
    assert [(place.address, place.paragraph) for place in trade.places] == [("introduction", 0)]
    assert [place.address for place in visas.places] == ["yamada#p-010"]


def test_a_reference_to_a_heading_that_is_not_there_is_told(book: Path) -> None:
    entries = (
        "  - heading: Fishing\n    entries: [{heading: salmon}]\n"
        "  - {heading: Salmon, see: ['Fishing, salmon']}\n"
        "  - {heading: Crabs, see_also: [Lobsters]}\n"
    )
    with pytest.raises(EngrossError) as caught:
        index(book, entries)
    assert [str(one).partition("\n")[0] for one in caught.value.findings if one.is_error] == [
        "index.yaml:5:5: R001 'Crabs' refers to 'Lobsters', which is no heading"
    ]
