"""A document is taken out after a release: a page in its place says so, and all that led to it."""

from pathlib import Path

import pytest
from lxml import html
from tests.e2e.answers import ACCEPT, change, run, told, unchecked

from engross.assemble.printed import numbers_of
from engross.cache.store import Store
from engross.read import open_book
from engross.workshop.assembled import State, assembled

DAY = ("--on", "2026-12-10")
WHY = ("--reason", "The owner asked for it back.", *DAY)


@pytest.fixture
def letters(tmp_path: Path) -> Path:
    """Three numbered letters with an index and an introduction that cites the second."""
    book = tmp_path / "book"
    assert run("new", str(book), "--sample", "letters")[0] == 0
    change(book / "manifest.yaml", "[epub, print, screen]", "[epub, web]")
    notes = book / "documents/third/notes.yaml"
    change(notes, "See [@second].", "See [@second], [@second#p-003] and [@second/note/rose].")
    release(book, "1.0", "2026-12-02")
    return book


def release(book: Path, version: str, day: str) -> None:
    status, answer = unchecked("release", str(book), "--date", day, *ACCEPT, "--accept", "V020")
    assert (status, answer["version"]) == (0, version), told(answer)


def withdraw(book: Path, name: str, version: str) -> None:
    change(book / "manifest.yaml", f"  - {{document: {name}}}\n", "")
    status, answer = run("check", str(book))
    assert (status, [row["code"] for row in answer["findings"]]) == (4, ["V002"])
    then = version.replace("2.", "1.")
    change(book / "manifest.yaml", f'version: "{then}"', f'version: "{version}"')
    command = ("correct", name, "--kind", "structure", *WHY, "--book", str(book))
    assert run(*command)[0] == 0


def state_of(book: Path) -> State:
    state = assembled(open_book(book), Store(None))
    assert [row.message for row in state.findings if row.is_error] == []
    return state


def test_its_page_keeps_title_and_number_and_what_led_to_it_leads_there(letters: Path) -> None:
    withdraw(letters, "second", "2.0")
    release(letters, "2.0", "2026-12-11")
    current = letters.parent / "dist/letters/current"
    assert unchecked("verify", str(current))[0] == 0
    page = html.parse(current / "web/second.html").getroot()
    stub = page.find_class("withdrawn")[0]
    assert [" ".join(one.text_content().split()) for one in (stub.find("h1"), stub.find("p"))] == [
        "2. Ellen Marsh to Margaret Rowe",
        "This document was withdrawn on 10 December 2026. The owner asked for it back.",
    ]
    assert {"p-003", "note-rose"} <= {one.get("id") for one in stub.find_class("since")}
    note = html.parse(current / "web/third.html").getroot().get_element_by_id("note-frost")
    cited = [(one.get("href"), one.text) for one in note.find_class("reference")]
    assert cited == [("second.html", "Marsh to Rowe")] * 3
    index = html.parse(current / "web/the-index.html").getroot()
    assert any(one.get("href") == "second.html" for one in index.iter("a"))
    told_ = [(row.id, row.old, row.pages) for row in state_of(letters).edition.changes.entries]
    assert told_ == [
        ("", "¶ 2 and note 1", (("1.0", ""),)),  # what references of the third letter said
        ("C-0001", "", (("1.0", ""),)),
    ]


def test_owners_of_every_version_are_told_once_and_its_number_stays_its_own(letters: Path) -> None:
    withdraw(letters, "third", "2.0")
    release(letters, "2.0", "2026-12-11")
    assert run("new", str(letters), "--document", "fourth")[0] == 0
    change(letters / "manifest.yaml", 'version: "2.0"', 'version: "3.0"')
    command = ("correct", "fourth", "--kind", "structure", *WHY, "--book", str(letters))
    assert run(*command)[0] == 0
    edition = state_of(letters).edition
    assert numbers_of(edition).documents == {"first": "1", "second": "2", "fourth": "4"}
    order = [one.address for one in edition.sections if one.kind in {"document", "withdrawn"}]
    assert order == ["first", "second", "third", "fourth"]
    pages = {row.address: [version for version, _ in row.pages] for row in edition.changes.entries}
    assert pages == {"third": ["1.0"], "fourth": ["1.0", "2.0"]}


def test_a_paragraph_rewritten_with_its_citations_stays_as_the_editor_has_it(letters: Path) -> None:
    """An entry of words could not bring the emphasis and the citation that came with them."""
    text = letters / "introduction.md"
    change(text, "Two gardeners wrote", "Two *keen* gardeners wrote [@sample-roses, p. 9]")
    change(text, "is known from a copy", "is known from one copy")
    written = text.read_text("utf-8")
    status, answer = run("check", str(letters))
    assert (status, [row["code"] for row in answer["findings"]]) == (4, ["V002", "V002"])
    assert answer["findings"][0]["message"] == (
        "introduction#p-002 was rewritten after release 1.0, references or emphasis in it too: "
        '"Two keen gardeners wrote  to…"'
    )
    assert run("correct", "--adopt", "--yes", *WHY, "--book", str(letters))[0] == 0
    assert text.read_text("utf-8") == written
    said = " ".join(row.new for row in state_of(letters).edition.changes.entries)
    assert (" one" in said, "keen gardeners" in said) == (True, True)
    release(letters, "1.1", "2026-12-11")
    assert unchecked("verify", str(letters))[0] == 0
