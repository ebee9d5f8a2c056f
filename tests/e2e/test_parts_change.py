"""The table of changes, of a book of folders: documents, registers, plates come, change and go."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image
from tests.e2e.answers import ACCEPT, change, run, told, unchecked
from tests.e2e.released import Book, adopt, copied, correct, stands

from engross.assemble.printed import numbers_of
from engross.cache.store import Store
from engross.read import open_book
from engross.workshop.assembled import assembled


@pytest.fixture(scope="module")
def letters(tmp_path_factory: pytest.TempPathFactory) -> Book:
    """Three numbered letters with persons, sources, an index and a plate."""
    folder = tmp_path_factory.mktemp("letters")
    assert run("new", str(folder / "book"), "--sample", "letters")[0] == 0
    Image.new("RGB", (60, 90), "red").save(folder / "leaf.png")
    picture = (str(folder / "leaf.png"), "--document", "first", "--alt", "A leaf")
    assert run("plate", str(folder / "book"), *picture)[0] == 0
    change(folder / "book/manifest.yaml", "[epub, print, screen]", "[epub, print]")
    status, answer = unchecked("release", str(folder / "book"), "--date", "2026-12-02", *ACCEPT)
    assert status == 0, told(answer)
    return Book(folder / "book", "first")


def numbers(path: Path) -> dict[str, str]:
    return numbers_of(assembled(open_book(path), Store(None)).edition).documents


def test_a_document_that_comes_between_has_a_letter_and_the_others_stay(
    letters: Book, tmp_path: Path
) -> None:
    path = copied(letters, tmp_path)
    change(path / "manifest.yaml", "[epub, print]", "[epub]")
    assert run("new", str(path), "--document", "between")[0] == 0
    manifest = path / "manifest.yaml"
    change(manifest, "  - document: between\n", "")
    change(manifest, "  - {document: second}\n", "  - document: between\n  - {document: second}\n")
    change(manifest, 'version: "1.0"', 'version: "2.0"')
    correct("between", "--kind", "structure")(path)
    assert numbers(path) == {"first": "1", "between": "1a", "second": "2", "third": "3"}
    form = ("--accept", "V020")  # the new document has the words of the form that it was made from
    status, answer = unchecked("release", str(path), "--date", "2026-12-21", *ACCEPT, *form)
    assert (status, answer["version"]) == (0, "2.0"), told(answer)
    assert unchecked("verify", str(path))[0] == 0


def test_a_document_that_moves_or_goes_leaves_the_numbers_as_they_are(
    letters: Book, tmp_path: Path
) -> None:
    path = copied(letters, tmp_path)
    rows = "  - {document: second}\n  - {document: third}\n"
    change(path / "manifest.yaml", rows, "  - {document: third}\n  - {document: second}\n")
    assert numbers(path) == {"first": "1", "third": "3", "second": "2"}
    assert stands(path) == ("1.1", [])
    leave = 'renumber: {in: "1.1", by: the editors, reason: in a new order}\ncorrections:'
    change(path / "corrections.yaml", "corrections:", leave)
    assert numbers(path) == {"first": "1", "third": "2", "second": "3"}


def index_changed(path: Path) -> None:
    change(path / "index.yaml", "heading: auriculas", "heading: auriculas, yellow")


def person_changed(path: Path) -> None:
    change(path / "persons.yaml", "name: ", "name: Miss ")


def section_changed(path: Path) -> None:
    text = (path / "introduction.md").read_text("utf-8")
    (path / "introduction.md").write_text(text.replace(" the ", " that ", 1), "utf-8")


@pytest.mark.parametrize("edit", [index_changed, person_changed, section_changed])
def test_registers_and_prose_of_a_volume_are_adopted(
    edit: Callable[[Path], None], letters: Book, tmp_path: Path
) -> None:
    path = copied(letters, tmp_path)
    edit(path)
    status, answer = run("check", str(path))
    assert status == 4
    assert "engross correct --adopt" in answer["findings"][0]["fix"]
    adopt(path)
    version, rows = stands(path)
    assert (version, bool(rows)) == ("1.1", True)


def test_a_plate_is_replaced_by_the_command_that_entered_it(letters: Book, tmp_path: Path) -> None:
    path = copied(letters, tmp_path)
    (tmp_path / "new").mkdir()
    Image.new("RGB", (60, 90), "blue").save(tmp_path / "new/leaf.png")
    again = (str(tmp_path / "new/leaf.png"), "--document", "first")
    assert run("plate", str(path), *again)[0] == 0
    assert stands(path) == ("1.1", [])
    status, answer = unchecked("release", str(path), "--date", "2026-12-21", *ACCEPT)
    assert (status, answer["version"]) == (0, "1.1"), told(answer)


def reopened(path: Path) -> None:
    """Withdrawn in a version, then right after all: another entry says so again."""
    correct("second", "pateince", "patience")(path)
    assert unchecked("release", str(path), "--date", "2026-12-20", *ACCEPT)[0] == 0
    for number, status in enumerate(("withdrawn", "verified"), 1):
        when = ("--on", f"2026-12-2{number}", "--reason", "Its reason.")
        assert run("correct", "C-0001", "--status", status, *when, "--book", str(path))[0] == 0
        status_, answer = unchecked("release", str(path), "--date", f"2026-12-2{number}", *ACCEPT)
        assert status_ == 0, told(answer)
    assert "C-0002" in (path / "corrections.yaml").read_text("utf-8")


def test_what_owners_are_told_is_proved_on_slip_and_web(letters: Book, tmp_path: Path) -> None:
    """Joined paragraphs, one that went whole, fields, a row of the index, a section that went."""
    path = copied(letters, tmp_path)
    change(path / "manifest.yaml", "[epub, print]", "[epub, print, web]")
    correct("first#p-003", "--with-next")(path)
    rose = "The rose is in leaf, and the pear has four blossoms, which I have counted every morning"
    correct("third", f"{rose} since Sunday.", "")(path)
    correct("second/document/title/supplied", "Margaret", "Mrs")(path)
    correct("manifest/rights/statement", "freely", "by anybody")(path)
    change(path / "index.yaml", "heading: frost", "heading: frosts")
    change(path / "manifest.yaml", 'version: "1.0"', 'version: "2.0"')
    section = "  - {prose: introduction.md, id: introduction, role: introduction}\n"
    change(path / "manifest.yaml", section, "")
    status, answer = run("check", str(path))
    assert (status, len(told(answer))) == (4, 1), told(answer)
    adopt(path)
    rows = stands(path)[1]
    assert ("Ellen Marsh to Margaret Rowe", "Ellen Marsh to Mrs Rowe") in rows
    why = "Its reason."
    wanted = {("frost", why), ("", "frosts"), (f"{rose} since Sunday.", why)}
    assert wanted <= {*rows}, rows
    status, answer = unchecked("build", str(path))
    assert (status, answer["version"]) == (0, "2.0"), told(answer)


def test_a_correction_that_was_taken_back_is_entered_again(letters: Book, tmp_path: Path) -> None:
    path = copied(letters, tmp_path)
    change(path / "manifest.yaml", "[epub, print]", "[epub]")
    reopened(path)
    assert run("check", str(path))[1]["version"] == "1.3"


TRANSCRIPT = "documents/first/transcript.md"


@pytest.mark.parametrize(
    ("old", "new", "wanted"),
    [
        ("on Tuesday", "on Wednesday", ("Tuesday", "Wednesday")),
        ("auriculas under", "*auriculas* under", ("", "Its reason.")),
        ("It has been cut", "It\\\nhas been cut", ("", "Its reason.")),
    ],
)
def test_what_was_changed_in_a_transcript_is_adopted(
    letters: Book, tmp_path: Path, old: str, new: str, wanted: tuple[str, str]
) -> None:
    """Words go into the ledger and out of the file; lines and italics stay as edited."""
    path = copied(letters, tmp_path)
    change(path / TRANSCRIPT, old, new)
    status, answer = run("check", str(path))
    assert (status, answer["findings"][0]["code"]) == (3, "T002")
    adopt(path)
    assert stands(path) == ("1.1", [wanted])
    assert (new in (path / TRANSCRIPT).read_text("utf-8")) is (not wanted[0])


def test_italics_that_a_leaf_shows_are_entered_by_the_command_of_the_finding(
    letters: Book, tmp_path: Path
) -> None:
    path = copied(letters, tmp_path)
    change(path / TRANSCRIPT, "auriculas under", "*auriculas* under")
    fix = run("check", str(path))[1]["findings"][0]["fix"]
    assert fix.endswith('engross correct first#p-003 --kind typography --reason "…"')
    correct("first#p-003", "--kind", "typography")(path)
    assert stands(path) == ("1.1", [("", "Its reason.")])


def test_a_transcript_with_changes_of_two_kinds_is_not_adopted_by_halves(
    letters: Book, tmp_path: Path
) -> None:
    path = copied(letters, tmp_path)
    change(path / TRANSCRIPT, "auriculas under", "*auriculas* under")
    change(path / TRANSCRIPT, "on Tuesday", "on Wednesday")
    before = (path / TRANSCRIPT).read_bytes()
    assert run("correct", "--adopt", "--yes", "--book", str(path))[0] == 3
    assert (path / TRANSCRIPT).read_bytes() == before


def test_a_received_paragraph_is_not_told_of_as_a_part(letters: Book, tmp_path: Path) -> None:
    asked = ("first#p-003", "--kind", "structure", "--reason", "r", "--book")
    status, answer = run("correct", *asked, str(copied(letters, tmp_path)))
    assert (status, answer["findings"][0]["message"]) == (
        4,
        "first#p-003 was received: no entry adds or moves it",
    )
