"""
The manual's table of changes, row by row: the one command, the version, and what owners are told.

Each row is a copy of a released book that is changed and assembled; at the end of each book all its
rows that go together make one release, which is proved. Documents, registers and plates have
test_parts_change.py.
"""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from lxml import html
from tests.e2e.answers import ACCEPT, change, run, told, unchecked
from tests.e2e.released import Book, adopt, copied, correct, stands
from tests.e2e.test_rebase import LETTER, TEI, VOLUME

from engross.cache.store import Store
from engross.language import Words
from engross.read import open_book
from engross.workshop.assembled import assembled


@pytest.fixture(scope="module")
def letter(tmp_path_factory: pytest.TempPathFactory) -> Book:
    book = tmp_path_factory.mktemp("letter") / "book"
    shutil.copytree(LETTER, book)
    change(book / "manifest.yaml", "[epub, print]", "[epub]")
    assert unchecked("release", str(book), "--date", "2026-11-25", *ACCEPT)[0] == 0
    words = ("on Friday", "on Sunday")
    return Book(book, "letter", words, ("The harbour ", "was closed on"), "and was", "p-003")


@pytest.fixture(scope="module")
def tei(tmp_path_factory: pytest.TempPathFactory) -> Book:
    book = tmp_path_factory.mktemp("tei") / "book"
    (book / "sources").mkdir(parents=True)
    (book / "manifest.yaml").write_text(TEI, "utf-8")
    shutil.copy(VOLUME, book / "sources/volume.xml")
    assert unchecked("release", str(book), "--date", "2026-11-25", *ACCEPT)[0] == 0
    words, gap = ("Thank you", "Thank you all"), ("See ", "footnote 3")
    return Book(book, "d1", words, gap, "of another", "p-005")


def change_words(book: Book, tmp_path: Path) -> None:
    """A word, words that are missing, words that are too many; and two paragraphs that are one."""
    last = max(row.name for row in (book.path / "releases").iterdir())
    following = f"1.{int(last.partition('.')[2]) + 1}"
    old, new = book.word
    prefix, suffix = book.gap
    path = copied(book, tmp_path / "words")
    correct(book.document, old, new)(path)
    correct(book.document, "", "long ", f"--prefix={prefix}", f"--suffix={suffix}")(path)
    correct(book.document, book.doubled, "")(path)
    version, rows = stands(path)
    assert (version, len(rows), (old, new) in rows) == (following, 3, True)
    assert any(was in now.replace("long ", "") for was, now in rows if "long " in now)
    assert any(book.doubled in was and book.doubled not in now for was, now in rows)
    path = copied(book, tmp_path / "joined")
    correct(f"{book.document}#{book.joined}", "--with-next")(path)
    version, [(old, new)] = stands(path)
    assert (version, bool(old and new)) == (following, True)  # the words around the seam


def correct_again(book: Book, tmp_path: Path) -> None:
    """Superseded before its release: owners are told the newest words alone; withdrawn: nothing."""
    path = copied(book, tmp_path / "again")
    old, new = book.word
    correct(book.document, old, new)(path)
    ids = [row["id"] for row in run("correct", "--list", "--book", str(path))[1]["corrections"]]
    correct(book.document, old, f"{new} again", "--supersedes", ids[-1])(path)
    assert stands(path)[1] == [(old, f"{new} again")]
    second = f"C-{int(ids[-1][2:]) + 1:04d}"
    status, answer = run(
        "correct", second, "--status", "withdrawn", "--on", "2026-12-21", "--book", str(path)
    )
    assert status == 0, told(answer)
    assert stands(path)[1] == [(old, new)]


@pytest.mark.parametrize("name", ["letter", "tei"])
@pytest.mark.parametrize("changes", [change_words, correct_again])
def test_words_of_a_document(
    changes: Callable[[Book, Path], None],
    name: str,
    request: pytest.FixtureRequest,
    tmp_path: Path,
) -> None:
    """On the memorandum in test_next_release.py, where a release of it is at hand."""
    changes(request.getfixturevalue(name), tmp_path)


def note_added(path: Path) -> None:
    row = "  - id: harbour\n    at: {exact: opened again}\n    text: By the harbour master.\n"
    change(path / "documents/letter/notes.yaml", "notes:\n", f"notes:\n{row}")


def another_note_at_its_place(path: Path) -> None:
    row = "  - id: again\n    at: {exact: opened again}\n    text: See [@introduction].\n"
    change(path / "documents/letter/notes.yaml", "  - id: monday\n", f"{row}  - id: monday\n")
    change(path / "documents/letter/notes.yaml", "master.", "master [@calendar, 4].")


def note_reworded(path: Path) -> None:
    change(path / "documents/letter/notes.yaml", "That is 11 September", "That was 11 September")


def note_moved(path: Path) -> None:
    change(path / "documents/letter/notes.yaml", "exact: closed on Monday", "exact: on Monday and")


def note_removed(path: Path) -> None:
    row = "  - id: monday\n    at: {exact: closed on Monday}\n    text: "
    change(
        path / "documents/letter/notes.yaml",
        f"{row}That is 11 September 1961 [@calendar, 9].\n",
        "",
    )


def prose_reworded(path: Path) -> None:
    change(path / "introduction.md", "A letter about", "A short letter about")


def prose_divided(path: Path) -> None:
    change(path / "introduction.md", "A letter about", "It is short.\n\nA letter about")


def prose_in_italics(path: Path) -> None:
    change(path / "introduction.md", "A letter about", "A *letter* about")


def register_changed(path: Path) -> None:
    change(path / "sources.yaml", "title: A Calendar", "title: The Calendar")


def field_changed(path: Path) -> None:
    change(path / "manifest.yaml", "statement: In the public domain.", "statement: Free to all.")


def nothing(_path: Path) -> None:
    """The command does all of it."""


ADOPTED = {
    note_added: ("1.1", [("", "By the harbour master.")]),
    note_reworded: ("1.1", [("is", "was")]),
    note_moved: ("1.1", [("", "Its reason.")]),
    prose_reworded: ("1.1", [("A letter", "A short letter")]),
    prose_divided: ("1.1", [("", "It is short.")]),
    prose_in_italics: ("1.1", [("", "Its reason.")]),
    register_changed: ("1.1", [("A", "The")]),
    field_changed: ("1.1", [("the public domain", "Free to all")]),
}


@pytest.mark.parametrize("edit", ADOPTED, ids=lambda edit: edit.__name__)
def test_what_an_editor_changes_in_a_file_is_adopted(
    edit: Callable[[Path], None], letter: Book, tmp_path: Path
) -> None:
    path = copied(letter, tmp_path)
    edit(path)
    status, answer = run("check", str(path))
    fixes = [row["fix"] for row in answer["findings"] if row["code"] == "V002"]
    if edit is prose_divided:  # a text that is rewritten makes a new edition, unless it is entered
        assert (status, answer["version"], fixes) == (0, "2.0", [])
    else:
        assert (status, "engross correct --adopt" in fixes[0]) == (4, True)
    adopt(path)
    version, rows = ADOPTED[edit]
    assert stands(path)[0] == version
    said = stands(path)[1]
    assert [any(old in o and new in n for o, n in said) for old, new in rows] == [True] * len(rows)


@pytest.mark.parametrize(
    ("field", "old", "new"),
    [
        ("letter/document/dates/event", "1961-09-14", "1961-09-15"),
        ("letter/document/title/supplied", "A letter on the harbour", "A letter from the harbour"),
        ("letter/document/source/repository", "Example Archive", "The Archive of Examples"),
        ("manifest/rights/statement", "In the public domain.", "In the common domain."),
    ],
)
def test_a_document_is_redated_retitled_or_cited_otherwise(
    field: str, old: str, new: str, letter: Book, tmp_path: Path
) -> None:
    path = copied(letter, tmp_path)
    correct(field, old, new)(path)
    told = Words("en").told  # a day is told as it is printed
    assert stands(path) == ("1.1", [(told(old), told(new))])


def test_layout_pictures_and_the_house_need_no_entry(letter: Book, tmp_path: Path) -> None:
    path = copied(letter, tmp_path)
    (path / "styles").mkdir()
    (path / "styles/tokens.css").write_text(":root { --text-size: 11pt; }\n", "utf-8")
    assert stands(path) == ("1.1", [])


def test_documents_come_and_go_in_a_new_edition(letter: Book, tmp_path: Path) -> None:
    path = copied(letter, tmp_path)
    assert run("new", str(path), "--document", "reply")[0] == 0
    change(path / "manifest.yaml", 'version: "1.0"', 'version: "2.0"')
    if "reply" not in (path / "manifest.yaml").read_text("utf-8"):
        change(
            path / "manifest.yaml",
            "  - document: letter\n",
            "  - document: letter\n  - document: reply\n",
        )
    correct("reply", "--kind", "structure")(path)
    state = assembled(open_book(path), Store(None)).standing
    assert state.book.manifest.value.version == "2.0"
    assert state.proposal is not None
    assert "documents added: reply" in state.proposal.words()


@pytest.mark.slow
def test_a_citation_of_an_earlier_version_leads_to_its_place_on_the_web(
    letter: Book, tmp_path: Path
) -> None:
    """A changed paragraph says what it said; the address of one that went stands in its place."""
    before, after = letter.word
    (changed,) = since(letter, tmp_path / "words", letter.document, before, after)
    assert changed.getparent().get("id") == "p-004"
    assert text(changed) == f"Version 1.0: For “{before}” read “{after}” (C-0002)"
    seam, gone = since(
        letter, tmp_path / "seam", f"{letter.document}#{letter.joined}", "--with-next"
    )
    assert text(seam).startswith("Version 1.0: The paragraph division has been removed: “")
    assert seam.getparent().get("id") == letter.joined
    assert (gone.get("id"), text(gone)) == ("p-004", "Version 1.0: Corrections to this edition")


def since(book: Book, folder: Path, *words: str) -> list[html.HtmlElement]:
    """What the document's page on the web says of earlier versions, once it is corrected."""
    path = copied(book, folder)
    change(path / "manifest.yaml", "[epub]", "[epub, web]")
    correct(*words)(path)
    status, answer = run("build", str(path))
    assert status == 0, told(answer)
    assert run("verify", str(folder / "dist/letter-1961/current"))[0] == 0
    page = html.parse(folder / "dist/letter-1961/current/web/letter.html").getroot()
    return list(page.find_class("since"))


def text(element: html.HtmlElement) -> str:
    return " ".join(element.text_content().split())


def test_all_changes_of_a_letter_make_one_release(letter: Book, tmp_path: Path) -> None:
    """
    With each correction in a file of its own, as two editors have it, and two notes at one place.
    """
    path = copied(letter, tmp_path)
    assert run("correct", "--split", "--book", str(path))[0] == 0
    correct("letter", *letter.word)(path)
    change(path / "manifest.yaml", "[epub]", "[epub, print, screen]")
    note_added(path)
    edits = (another_note_at_its_place, note_removed, prose_reworded)
    edits += (register_changed, field_changed, prose_in_italics)
    for edit in edits:
        edit(path)
        adopt(path)
    entries = [row.name for row in (path / "corrections").iterdir()]
    assert sum(name.startswith("C-new-") for name in entries) == len(entries) - 1
    status, answer = unchecked("release", str(path), "--date", "2026-12-21", *ACCEPT)
    assert (status, answer["version"]) == (0, "1.1"), told(answer)
    entries = sorted(row.name for row in (path / "corrections").iterdir())
    assert entries == [f"C-{number:04d}.yaml" for number in range(1, len(entries) + 1)]
    status, answer = unchecked("verify", str(tmp_path / "dist/letter-1961/1.1"))
    assert status == 0, told(answer)
    again = ["build", str(tmp_path / "dist/letter-1961/bags/1.1/data/book"), "--no-cache"]
    shutil.copytree(tmp_path / "dist/letter-1961/bags/1.1/data/book", tmp_path / "bagged")
    again[1] = str(tmp_path / "bagged")
    status, answer = unchecked(*again, "--out", str(tmp_path / "made"))
    assert (status, answer["version"], answer["released"]) == (0, "1.1", True), told(answer)


def test_corrected_twice_and_taken_back_in_later_versions(letter: Book, tmp_path: Path) -> None:
    """Owners of each version are told from its own words to the newest, and of no step between."""
    path = copied(letter, tmp_path)
    old = "on Friday"
    day = ("--reason", "Its reason.", "--book", str(path))
    words = [(old, "on Saturday", ()), (old, "on Sunday", ("--supersedes", "C-0002"))]
    for number, (was, now, more) in enumerate(words, 1):
        when = ("--on", f"2026-12-0{number}")
        assert run("correct", "letter", was, now, *more, *when, *day)[0] == 0
        status, answer = unchecked("release", str(path), "--date", f"2026-12-0{number}", *ACCEPT)
        assert (status, answer["version"]) == (0, f"1.{number}"), told(answer)
    back = ("--status", "withdrawn", "--on", "2026-12-05", *day)
    assert run("correct", "C-0003", *back)[0] == 0
    edition = assembled(open_book(path), Store(None)).edition
    lacking = {
        version: [(r.old, r.new) for r in edition.changes.entries if version in dict(r.pages)]
        for version in ("1.0", "1.1", "1.2")
    }
    assert lacking == {
        "1.0": [("on Friday", "on Saturday")],
        "1.1": [],
        "1.2": [("Sunday", "Saturday")],
    }
    status, answer = unchecked("release", str(path), "--date", "2026-12-06", *ACCEPT)
    assert (status, answer["version"]) == (0, "1.3"), told(answer)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("It arrived", "It\\\narrived"),
        ("A letter about", "A letter\n\nabout"),
        ("A letter about", "A **letter** about"),
    ],
)
def test_prose_that_is_set_otherwise_is_adopted_and_released(
    old: str, new: str, letter: Book, tmp_path: Path
) -> None:
    """A line's end, a paragraph divided within a sentence, bold letters alone."""
    path = copied(letter, tmp_path)
    text = (path / "introduction.md").read_text("utf-8")
    if old not in text:
        old, new = "A letter about", "A letter\\\nabout"
    (path / "introduction.md").write_text(text.replace(old, new), "utf-8")
    adopt(path)
    version, _ = stands(path)
    assert version == "1.1"
    status, answer = unchecked("release", str(path), "--date", "2026-12-21", *ACCEPT)
    assert (status, answer["version"]) == (0, "1.1"), told(answer)
