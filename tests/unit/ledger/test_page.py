"""A page of a printing leads to the words that stand on it, or says which are meant."""

import pytest

from engross.commands.correct.place import find, find_number, find_on_page
from engross.model.finding import EngrossError, Place
from engross.release.frozen import Release
from engross.schema.base import Anchor
from engross.schema.release import Numbering, PageMap, Record

PAGES = {"title-page": "1", "a#p-001": "12", "a#p-002": "12", "a/note/n": "13", "a#p-003": "13"}
TEXTS = {
    "manifest/title": {"p-001": "A Leter"},
    "a": {"p-001": "one Leter", "p-002": "two leters, over the page", "p-003": "three leters"},
    "a/note/n": {"p-001": "a leter"},
}


def found(old: str, page: str) -> tuple[str, str] | str:
    release = Release(Record.model_construct(version="1.0"), pages=PageMap(pages=PAGES))
    try:
        return find_on_page(Anchor(exact=old), page, release, TEXTS)
    except EngrossError as error:
        return f"{error.findings[0].code} {error.findings[0].message}; {error.findings[0].fix}"


@pytest.mark.parametrize(
    ("old", "page", "wanted"),
    [
        ("Leter", "1", ("manifest/title", "p-001")),
        ("Leter", "12", ("a", "p-001")),
        ("three", "13", ("a", "p-003")),
        ("over", "13", ("a", "p-002")),  # it runs on from the page before
        ("lettres", "13", 'L001 "lettres" is not on p. 13 of version 1.0; nearest (77 %): "leters" '
         "in a p-003; quote the received words, or name the text where they stand"),
        ("leters", "13", 'L002 "leters" stands 2 times on p. 13 (1. a p-002: two [leters], over '
         "the page; 2. a p-003: three [leters]); say which: 1. a --block p-002 or 2. a --block "
         "p-003"),
        ("one", "99", "L010 version 1.0 has no text on a page 99; its pages are from 1 to 13; "
         "name the page as it is printed"),
    ],
)  # fmt: skip
def test_a_page_leads_to_its_words(old: str, page: str, wanted: tuple[str, str] | str) -> None:
    assert found(old, page) == wanted


@pytest.mark.parametrize(
    ("given", "wanted"),
    [
        ("a ¶ 3", "a#p-003"),
        ("a#¶3", "a#p-003"),
        ("¶3", "L002 '¶3' is in version 1.0 a#p-003, b#p-003; name the text as well: \"a ¶ 3\""),
        ("a/note/4a", "a/note/n"),
        ("note 4a", "a/note/n"),
        ("a", "a"),
        ("a ¶ 9", "a ¶ 9"),
    ],
)
def test_a_printed_number_leads_to_its_paragraph_or_note(given: str, wanted: str) -> None:
    numbers = Numbering(paragraphs={"a#p-003": "3", "b#p-003": "3"}, notes={"a/note/n": "4a"})
    try:
        said = find_number(given, Release(Record.model_construct(version="1.0"), numbers))
    except EngrossError as error:
        said = f"{error.findings[0].code} {error.findings[0].message}; {error.findings[0].fix}"
    assert said == wanted


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [("Rowe's", "Rowe’s"), ("the", "the"), ('"no"', "“no”"), ("a b", "a\u00a0b")],
)
def test_words_are_found_as_a_keyboard_writes_them(typed: str, wanted: str) -> None:
    """And as whole words, where they stand within others too."""
    text = {"p-001": "Of Rowe’s other letters the last, a\u00a0b and “no” answer."}
    span = find(Anchor(exact=typed), "a", text, Place())
    assert text["p-001"][span.start : span.end] == wanted
