"""Sections kept from one build to the next: the same pages, and made anew what must be."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from tests.bench.volume import write_volume
from tests.draft import draft_of_book

from engross.assemble.edition import Edition, Section
from engross.cache.store import Store
from engross.language.catalogue import catalogue
from engross.make.evidence import evidence
from engross.read import open_book
from engross.render import render
from engross.render.sections import KINDS, Cards
from engross.workshop.assembled import assembled


def edition_of(book: Path) -> Edition:
    return assembled(open_book(book), Store(None)).edition


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The sections that were kept anew, of those that are asked for."""
    found: list[str] = []
    put = Cards.put

    def watched(self: Cards, section: Section, html: str) -> None:
        found.extend([section.address] if section.kind in KINDS else ())
        put(self, section, html)

    monkeypatch.setattr(Cards, "put", watched)
    return found


def change(file: Path, old: str, new: str) -> Callable[[], None]:
    def work() -> None:
        text = file.read_text("utf-8")
        assert old in text
        file.write_text(text.replace(old, new, 1), "utf-8")

    return work


def test_a_word_of_one_document_makes_that_document_anew(tmp_path: Path, made: list[str]) -> None:
    book = write_volume(tmp_path / "book", 4, "S")
    store = Store(tmp_path / "cache")
    first = edition_of(book)
    assert render(first, "page", None, store) == render(first, "page")
    assert set(made) == {one.address for one in first.sections if one.kind in KINDS}
    made.clear()
    file = book / "sources" / "volume.xml"
    text = file.read_text("utf-8")
    at = text.index(" the ", text.index("<p>", text.index('xml:id="d2"')))
    file.write_text(f"{text[:at]} such\n {text[at + 5 :]}", "utf-8")  # what follows is a line lower
    second = edition_of(book)
    assert render(second, "page", None, store) == render(second, "page")
    assert made == ["d2"]


def test_any_edit_gives_the_same_pages_with_and_without_what_was_kept(
    tmp_path: Path, made: list[str]
) -> None:
    book = draft_of_book(tmp_path / "book")
    store = Store(tmp_path / "cache")
    form, prose = book / "documents/yamada/document.yaml", book / "introduction.md"
    edits = [
        lambda: None,
        change(prose, "# Introduction", "# A Word Before"),
        change(form, "596", "597"),
        change(book / "documents/yamada/notes.yaml", "The title is", "This title is"),
        change(book / "manifest.yaml", "language: en", "language: de"),
        change(book / "manifest.yaml", "conventions: literal", "conventions: clear-text"),
        change(book / "manifest.yaml", "  - readings\n", ""),
    ]
    said: dict[str, set[object]] = {}
    for edit in edits:
        edit()
        edition, sources = edition_of(book), open_book(book)
        pages = render(edition, "page", None, store)
        assert pages == render(edition, "page")
        for kept in (store, None):
            found = evidence(sources, pages, pages, "verso", edition, store=kept)
            said.setdefault(edition.digest, set()).add(found)
    assert [len(one) for one in said.values()] == [1] * len(edits)  # the same, kept or not
    made.clear()
    assert render(edition, "page", None, store) == render(edition, "page")
    assert made == []


def test_a_kept_section_that_is_no_section_is_made_known(tmp_path: Path) -> None:
    book = write_volume(tmp_path / "book", 1, "S")
    edition = edition_of(book)
    store = Store(tmp_path / "cache")
    whole = render(edition, "page", None, store)
    for file in (tmp_path / "cache").glob("*/*"):
        file.write_bytes(b"<p>strange")
    assert render(edition, "page", None, store) == whole


def test_words_that_bend_otherwise_with_a_number_make_the_sections_anew(
    tmp_path: Path, made: list[str]
) -> None:
    first = edition_of(write_volume(tmp_path / "book", 1, "S"))
    store, words = Store(tmp_path / "cache"), catalogue("en")
    for form in (lambda _: 0, lambda number: int(number != 1)):
        made.clear()
        render(replace(first, own=replace(words, form=form)), "page", None, store)
        assert "d1" in made
