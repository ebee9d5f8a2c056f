from pathlib import Path

from engross.commands.check import check


def test_a_source_that_nothing_cites_is_a_warning(book_copy: Path) -> None:
    sources = book_copy / "sources.yaml"
    sources.write_text(
        sources.read_text() + "\n  - {id: nobodys, type: book, title: A Book that Nobody Cites}\n"
    )
    found = [found for found in check(book_copy).findings if found.code == "R004"]
    line = sources.read_text().count("\n")
    assert [(f.place.line, f.message) for f in found] == [
        (line, "the source 'nobodys' is cited nowhere; it is printed all the same")
    ]
