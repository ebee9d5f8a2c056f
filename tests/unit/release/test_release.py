"""Versions, numbers, words and pages: what a release computes with."""

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engross.release.compare import Side, compare
from engross.release.frozen import Release, kept, moved, place_of, read_texts, written_texts
from engross.release.signatures import Folding, Signature, Touched, touched
from engross.release.versions import Change, Proposal, Step, propose, too_small
from engross.release.words import marked, replaced
from engross.revision.texts import printed_rows
from engross.schema.registers import Persons, Sources
from engross.schema.release import Numbering, Record

SLIP = Change(Step.CORRECTION, "1 accidental correction (C-0002)")
TITLE = Change(Step.EDITION, "another title", substantive=True)


def test_nothing_changed_proposes_nothing() -> None:
    assert propose("1.3", []) == Proposal("1.3", Step.NONE, ())
    assert propose("1.3", []).words() == "nothing changed"


def test_the_greatest_change_decides_the_version() -> None:
    assert propose("1.9", [SLIP]).version == "1.10"
    assert propose("1.9", [SLIP, TITLE]).version == "2.0"
    assert propose("1.9", [SLIP, TITLE]).words() == (
        "1 accidental correction (C-0002); another title"
    )
    assert not propose("1.9", [SLIP]).notice
    assert propose("1.9", [TITLE]).notice


@pytest.mark.parametrize(
    ("wanted", "refused"), [("1.9", True), ("1.10", True), ("2.0", False), ("3.4", False)]
)
def test_a_version_that_promises_less_than_there_is_is_too_small(
    wanted: str, refused: bool
) -> None:
    assert too_small(wanted, "1.9", propose("1.9", [TITLE])) is refused


def test_new_notes_take_letters_and_the_last_one_the_next_number() -> None:
    frozen = {"a": "1", "b": "2", "b2": "2a"}
    assert kept(["x", "a", "b", "b2", "y", "z"], frozen) == {
        "x": "0a",
        "a": "1",
        "b": "2",
        "b2": "2a",
        "y": "3",
        "z": "4",
    }
    assert kept(["a", "p", "q", "b"], frozen) == {"a": "1", "p": "1a", "q": "1b", "b": "2"}


@settings(suppress_health_check=[HealthCheck.too_slow])  # a busy machine draws slowly
@given(st.lists(st.integers(0, 40), unique=True), st.lists(st.integers(0, 40), unique=True))
def test_no_released_number_ever_moves_and_none_is_given_twice(
    released: list[int], now: list[int]
) -> None:
    frozen = {f"n{name}": str(index + 1) for index, name in enumerate(released)}
    given_now = kept([f"n{name}" for name in now], frozen)
    assert all(given_now[name] == frozen[name] for name in given_now if name in frozen)
    assert len(set(given_now.values())) == len(given_now)


def test_the_concordance_has_every_address_whose_number_differs() -> None:
    old = Numbering(paragraphs={"y#p-1": "1", "y#p-2": "2"}, notes={"y/note/a": "1"})
    new = Numbering(paragraphs={"y#p-1": "1", "y#p-3": "2"}, notes={"y/note/a": "1"})
    assert [(row.address, row.old, row.new) for row in moved(old, new)] == [
        ("y#p-3", "", "2"),
        ("y#p-2", "2", ""),
    ]


@given(st.text("ab .,é", max_size=40), st.text("ab .,é", max_size=40))
def test_the_changed_words_put_into_the_old_text_give_the_new_one(old: str, new: str) -> None:
    text = old
    for one in reversed(replaced(old, new)):
        assert old[one.start : one.end] == one.old
        text = text[: one.start] + one.new + text[one.end :]
    assert text == new
    pieces = list(marked(old, new))
    assert "".join(words for kind, words in pieces if kind != "new") == old
    assert "".join(words for kind, words in pieces if kind != "old") == new


def test_texts_are_one_paragraph_a_line() -> None:
    texts = {"yamada#p-001": "Reception", "yamada#p-002": "two\nlines"}
    assert written_texts(texts) == "yamada#p-001\tReception\nyamada#p-002\ttwo lines\n"
    assert read_texts(written_texts(texts)) == {
        "yamada#p-001": "Reception",
        "yamada#p-002": "two lines",
    }


def side(digests: str, pages: Mapping[str, str] = MappingProxyType({})) -> Side:
    labels = tuple(str(number + 1) for number in range(len(digests)))
    return Side("x", pages=pages, labels=labels, digests=tuple(digests))


def test_a_page_that_alone_changed_is_one_leaf() -> None:
    here = {"a": "1", "b": "3"}
    pages = compare(side("abcd", here), side("abXd", here)).pages
    assert (pages.changed, pages.leaves, pages.drift_page) == ((3,), ((3, 4),), 0)


def test_from_where_texts_move_to_other_pages_everything_is_set_anew() -> None:
    old = side("abcdef", {"a": "1", "b": "3", "c": "5"})
    new = side("aBcDEFg", {"a": "1", "b": "3", "c": "6"})
    pages = compare(old, new).pages
    assert pages.drift == "c"
    assert pages.drift_page == 5
    assert pages.leaves == ((1, 2), (3, 4), (5, 6), (7, 8))


def test_sides_without_pages_are_not_said_to_be_equal() -> None:
    assert not compare(Side("a"), side("ab")).pages.known


def test_changed_pages_are_told_by_the_signatures_that_they_stand_in() -> None:
    offset = Folding("offset", "case", 16, multiple=4)
    booklet = Folding("saddle-stitch", "saddle", 4, multiple=4)
    old, new = side("a" * 38), side("a" * 17 + "b" + "a" * 20)
    pages = compare(old, replace(new, foldings=(offset, booklet))).pages
    assert pages.leaves == ((17, 18),)
    assert pages.signatures == (
        Touched("offset", "case", 16, 3, (Signature(2, tuple(range(17, 33))),)),
        Touched("saddle-stitch", "saddle", 4, 10, (Signature(9, (17, 18, 23, 24)),)),
    )


def test_a_book_that_is_set_anew_needs_every_later_signature_and_the_smaller_last_one() -> None:
    offset = Folding("offset", "perfect", 16, multiple=4)
    new = replace(side("a" * 20 + "b" * 18), foldings=(offset,))
    (found,) = compare(side("a" * 36), new).pages.signatures
    assert [(row.number, row.pages[0], row.pages[-1]) for row in found.signatures] == [
        (2, 17, 32),
        (3, 33, 40),
    ]


@given(st.integers(1, 200), st.sampled_from([8, 16, 32]), st.booleans())
def test_every_page_stands_in_exactly_one_signature(count: int, size: int, nested: bool) -> None:
    way = Folding("x", "saddle" if nested else "case", 4 if nested else size, multiple=4)
    found = touched(way, range(1, count + 1), count)
    pages = sorted(page for one in found.signatures for page in one.pages)
    assert pages == list(range(1, -(-count // 4) * 4 + 1))
    assert len(found.signatures) == found.count


def test_unchanged_pages_touch_no_signature() -> None:
    offset = Folding("offset", "case", 16, multiple=4)
    assert compare(side("aaaa"), replace(side("aaaa"), foldings=(offset,))).pages.signatures == ()


def test_a_printing_without_pages_is_told_in_the_order_of_its_sections() -> None:
    record = Record.model_construct(version="1.0", sections=("b", "a", "persons"))
    texts = {"a#p-001": "one", "a/note/n#p-001": "two", "b#p-001": "three"}
    release = Release(record, texts=texts, rows={"persons/ikeda#name": "four"})
    places = ["a", "a/note/n", "b", "persons", "a#p-001"]
    assert sorted(places, key=lambda one: place_of(one, release.order)) == [
        "b",
        "a",
        "a#p-001",
        "a/note/n",
        "persons",
    ]


def test_a_row_of_a_register_is_told_as_it_is_read() -> None:
    sources = Sources.model_validate(
        {"sources": [{"id": "roses", "type": "book", "title": "A Book of *Roses*"}]}
    )
    persons = Persons.model_validate(
        {"persons": [{"id": "marsh", "name": "Marsh", "text": "Gardener; see [@roses, 4]."}]}
    )
    rows = printed_rows({"persons": persons, "sources": sources})
    assert rows["persons/marsh#text"] == "Gardener; see A Book of Roses, 4."
