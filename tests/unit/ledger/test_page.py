"""A page of a printing leads to the words that stand on it, or says which are meant."""

import shutil
from pathlib import Path

import pytest

import engross.new
from engross.commands.correct.named import FORMS, Texts, places_of
from engross.commands.correct.place import find, find_among
from engross.model.finding import EngrossError, Place
from engross.parse.book import Book
from engross.parse.parse import parse
from engross.read import open_book
from engross.release.frozen import Release
from engross.revision.texts import frozen_texts
from engross.schema.base import Anchor
from engross.schema.release import Numbering, PageMap, Record

PAGES = {"title-page": "1", "a#p-001": "12", "a#p-002": "12", "a/note/n": "13", "a#p-003": "13"}
TEXTS = {
    "manifest/title": {"p-001": "A Leter"},
    "a": {"p-001": "one Leter", "p-002": "two leters, over the page", "p-003": "three leters"},
    "a/note/n": {"p-001": "a leter"},
}


POEMS = Path(engross.new.__file__).parent / "samples/poems"
LEAVES = """
leaves:
  - {leaf: 7 verso, exact: Joy is my name}
"""


def found(given: str, old: str, texts: Texts, book: Book, release: Release | None) -> str:
    """The place as an address, or what is said of it."""
    try:
        places = places_of(given, book, release, texts)
        if len(places) == 1 and not old:
            return "#".join(part for part in places[0] if part)
        if not places:
            return ""
        address, span = find_among(Anchor(exact=old), places, texts, Place(), f"in {given}")
        return f"{address}#{span.block}:{span.start}"
    except EngrossError as error:
        return f"{error.findings[0].code} {error.findings[0].message}; {error.findings[0].fix}"


@pytest.mark.parametrize(
    ("given", "old", "wanted"),
    [
        ("p1", "Leter", "manifest/title#p-001:2"),
        ("p12", "Leter", "a#p-001:4"),
        ("page 13", "three", "a#p-003:0"),
        ("p13", "over", "a#p-002:12"),  # it runs on from the page before
        ("p13", "lettres", 'L001 "lettres" is not in p13; nearest (77 %): "leters" in a p-003; '
         "quote the received words, or name the text where they stand"),
        ("p13", "leters", 'L002 "leters" stands 2 times in p13 (1. a p-002: two [leters], over '
         "the page; 2. a p-003: three [leters]); say which: 1. a --block p-002 or 2. a --block "
         "p-003"),
        ("p99", "one", f"L010 version 1.0 has no text on p. 99; it has 1 to 13; {FORMS}"),
        ("a ¶ 3", "", "a#p-003"),
        ("a#¶3", "", "a#p-003"),
        ("¶3", "three", "a#p-003:0"),  # of two that have the number
        ("a/note/4a", "", "a/note/n"),
        ("n. 4a", "", "a/note/n"),
        ("a/note/gone", "", "a/note/gone"),  # taken out since, and known by its id
        ("document 2", "", "b"),
        ("2, ¶ 3", "", "b#p-003"),
        ("2#p-3", "", "b#p-003"),
        ("2 note 4a", "", f"L010 version 1.0 has no note 4a in b; it has none; {FORMS}"),
        ("document 9", "", f"L010 version 1.0 has no document 9; it has 2 to 2; {FORMS}"),
        ("a ¶ 9", "", f"L010 version 1.0 has no ¶ 9 in a; it has 3 to 3; {FORMS}"),
    ],
)  # fmt: skip
def test_what_is_printed_leads_to_its_words(given: str, old: str, wanted: str) -> None:
    numbers = Numbering(
        documents={"b": "2"},
        paragraphs={"a#p-003": "3", "b#p-003": "3"},
        notes={"a/note/n": "4a", "a/note/gone": "5"},
    )
    record = Record.model_construct(version="1.0")
    release = Release(record, numbers, PageMap(pages=PAGES))
    texts = {**TEXTS, "b": {"p-001": "a b", "p-003": "a b"}}
    assert found(given, old, texts, parse(open_book(POEMS)), release) == wanted


@pytest.mark.parametrize(
    ("given", "old", "wanted"),
    [
        ("joy#p-001/l-2", "am but", "joy#p-001:18"),
        ("p-1/l-6", "Sweet", "joy#p-001:91"),
        ("l. 7 verso", "Pretty", "joy#p-002:0"),
        ("joy leaf 7 verso", "", "joy"),
        ("joy leaf 9", "", ""),
    ],
)
def test_a_leaf_or_a_line_of_verse_leads_to_its_words(
    tmp_path: Path, given: str, old: str, wanted: str
) -> None:
    shutil.copytree(POEMS, tmp_path, dirs_exist_ok=True)
    with (tmp_path / "documents/joy/document.yaml").open("a", encoding="utf-8") as record:
        record.write(LEAVES)
    book = parse(open_book(tmp_path))
    assert found(given, old, frozen_texts(book), book, None) == wanted


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [("Rowe's", "Rowe’s"), ("the", "the"), ('"no"', "“no”"), ("a b", "a\u00a0b")],
)
def test_words_are_found_as_a_keyboard_writes_them(typed: str, wanted: str) -> None:
    """And as whole words, where they stand within others too."""
    text = {"p-001": "Of Rowe’s other letters the last, a\u00a0b and “no” answer."}
    span = find(Anchor(exact=typed), "a", text, Place())
    assert text["p-001"][span.start : span.end] == wanted
