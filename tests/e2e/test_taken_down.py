"""
`engross correct --take-down`: a document, a passage, a note and a plate leave the public form.

Every byte of what is published is searched for the words, archives in archives and the texts of
PDFs by two readers among it.
"""

import hashlib
import io
import re
import shutil
import subprocess
import zipfile
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from PIL import Image
from tests.draft import draft_of_book
from tests.e2e.answers import ACCEPT, change, run, told, unchecked
from tests.e2e.test_rebase import LETTER, TEI, VOLUME
from tests.small import small

from engross.ledger.sealed import Sealed
from engross.revision.blanked import Taken, blanked, blanked_tei

WHY = ("--reason", "At the wish of the family.", "--on", "2026-12-20")
TOMBSTONE = "At the wish of the family. (privacy) 20 December 2026, SHA-256 "


def take_down(book: Path, *words: str) -> tuple[int, list[str]]:
    status, answer = run("correct", *words, "--take-down", "privacy", *WHY, "--book", str(book))
    return status, told(answer) or answer["lines"]


def release(book: Path, day: str) -> str:
    status, answer = unchecked("release", str(book), "--date", day, *ACCEPT)
    assert status == 0, told(answer)
    return str(answer["version"])


def read(name: str, content: bytes) -> list[tuple[str, str]]:
    """What a file says, and what each file in it does, in each way of reading it."""
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            rows = [read(f"{name}!{one}", archive.read(one)) for one in archive.namelist()]
        return [row for some in rows for row in some]
    if content.startswith(b"%PDF"):
        pages = [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(content)]
        found = [(name, " ".join(pages))]
        if shutil.which("pdftotext"):
            command = ["pdftotext", "-", "-"]
            done = subprocess.run(command, input=content, capture_output=True, check=True)
            found.append((name, done.stdout.decode()))
        with pikepdf.open(io.BytesIO(content)) as pdf:
            for key, attached in pdf.attachments.items():
                found += read(f"{name}!{key}", attached.get_file().read_bytes())
            found.append((name, str([pdf.docinfo, *pdf.open_outline().root])))
            found.append((name, pdf.open_metadata().__str__()))
        return found
    text = content.decode("utf-8", "replace")
    return [(name, text), (name, re.sub(r"<[^>]*>", " ", text))]


def holding(folder: Path, words: str) -> list[str]:
    """The files below a folder that hold some words, whatever parts them."""
    wanted = " ".join(re.findall(r"\w+", words))
    found = set()
    for path in folder.rglob("*"):
        if path.is_file() and not path.is_symlink():
            for name, text in read(path.name, path.read_bytes()):
                if wanted in " ".join(re.findall(r"\w+", text.replace("\u2010", ""))):
                    found.add(name)
    return sorted(found)


def nowhere(book: Path, *words: str) -> None:
    """In nothing that is published or will be, and sealed beside it."""
    for one in words:
        assert holding(book.parent / "dist", one) == [], one
        assert holding(book, one) == [], one
        assert holding(book.parent / "sealed", one) != [], one


def says(book: Path, words: str) -> bool:
    """Whether EPUB and records say it."""
    [current] = (book.parent / "dist").glob("*/current")
    return bool(holding(current, words))


@pytest.fixture
def letter(tmp_path: Path) -> Path:
    book = tmp_path / "book"
    shutil.copytree(LETTER, book)
    change(book / "manifest.yaml", "[epub, print]", "[epub, web]")
    return book


def test_a_passage_of_a_letter_is_taken_down(letter: Path) -> None:
    """With a correction in it, a note that hangs from it, and a released version that had it."""
    release(letter, "2026-11-25")
    entry = ("letter", "on Monday", "on Tuesday", "--reason", "A slip.", "--on", "2026-11-26")
    assert run("correct", *entry, "--book", str(letter))[0] == 0
    release(letter, "2026-11-27")
    words = "closed on Monday and was opened again"
    status, lines = take_down(letter, "letter", words)
    assert status == 0, lines
    assert lines[0].startswith(f"[{TOMBSTONE}")
    assert "what they had is sealed in " in lines[0]
    assert lines[1] == (
        "dist has the words until the next release; copies that others have, and the history of a "
        "git repository, keep them"
    )
    transcript = (letter / "documents/letter/transcript.md").read_text("utf-8")
    assert re.search(r"\nThe harbour was \[At the wish .*\] on Thursday\.\n", transcript)
    assert run("check", str(letter))[0] == 0
    assert release(letter, "2026-12-21") == "1.2"
    nowhere(letter, "on Monday and", "opened again", "on Tuesday")
    assert says(letter, TOMBSTONE)
    assert says(letter, "That is 11 September 1961")  # the note, whose number stays
    dist = letter.parent / "dist/letter-1961"
    feed = (dist / "current/metadata/changes.atom").read_text("utf-8")
    assert "C-0003, letter p-003: At the wish of the family." in feed
    assert sorted(path.name for path in (dist / "bags").iterdir()) == ["1.2"]
    [sealed] = (letter.parent / "sealed/letter-1961").iterdir()
    assert (sealed / "dist/1.1/SHA256SUMS").is_file()
    entries = run("correct", "--list", "--book", str(letter))[1]["corrections"]
    digest = hashlib.sha256((sealed / "sealed.json").read_bytes()).hexdigest()
    assert entries[2]["taken_down"] == {"for": "privacy", "sha256": digest}
    assert [row["status"] for row in entries] == ["withdrawn", "withdrawn", "verified"]
    for version in ("1.0", "1.1"):
        status, answer = run("diff", version, "current", "--book", str(letter))
        assert (status, "Monday" in str(answer)) == (0, False)
    status, answer = unchecked("verify", str(letter))
    row = next(one for one in answer["checks"] if one["name"] == "taken down")
    assert (status, row["subject"], row["verdict"]) == (0, "C-0003", "passed")
    shutil.rmtree(letter.parent / "sealed")
    status, answer = unchecked("verify", str(letter))
    row = next(one for one in answer["checks"] if one["name"] == "taken down")
    assert (status, row["verdict"]) == (0, "not checked")
    assert row["detail"].endswith("sealed.json is not at hand")
    status, answer = unchecked("build", str(letter), "--no-cache")
    assert status == 0, told(answer)


def test_words_of_a_letter_that_the_archive_issued_anew_are_taken_down(letter: Path) -> None:
    """With the file that was received before, which the book keeps."""
    release(letter, "2026-11-25")
    scan = letter.parent / "scan.txt"
    received = letter / "documents/letter/received.txt"
    scan.write_text(received.read_text("utf-8").replace("on Friday", "on Saturday"), "utf-8")
    day = ("--on", "2026-11-26")
    assert run("rebase", str(letter), "--evidence", str(scan), *day)[0] == 0
    assert take_down(letter, "letter#p-003")[0] == 0
    assert not list((letter / "documents/letter/earlier").iterdir())
    assert release(letter, "2026-12-21") == "1.1"
    nowhere(letter, "The harbour was closed on Monday")
    assert says(letter, "on Saturday")


def test_a_note_is_taken_down_and_keeps_its_number(letter: Path) -> None:
    release(letter, "2026-11-25")
    assert take_down(letter, "letter/note/monday")[0] == 0
    assert release(letter, "2026-12-21") == "1.1"
    nowhere(letter, "That is 11 September 1961")
    assert says(letter, "closed on Monday")


def test_what_stands_elsewhere_too_stops_it_and_all_takes_it_from_the_editors(letter: Path) -> None:
    words = "The harbour was closed on Monday"
    change(letter / "introduction.md", "A letter about", f"“{words}”, says a letter about")
    release(letter, "2026-11-25")
    before = {path: path.read_bytes() for path in letter.rglob("*") if path.is_file()}
    status, lines = take_down(letter, "letter#p-003")
    message = "holds words that were taken down, in a place"
    assert (status, lines) == (
        9,
        [
            f"P027 introduction.md {message}",
            f"P027 releases/1.0/files/introduction.md {message}",
            f"P027 releases/1.0/texts/introduction.txt {message}",
        ],
    )
    assert before.items() <= {p: p.read_bytes() for p in letter.rglob("*") if p.is_file()}.items()
    assert take_down(letter, "letter#p-003", "--all")[0] == 0
    assert release(letter, "2026-12-21") == "1.1"
    nowhere(letter, words)
    assert says(letter, "says a letter about")
    change(letter / "introduction.md", "says a letter", f"{words}, says a letter")
    entered = ("--adopt", "--yes", "--on", "2026-12-22", "--reason", "Quoted.")
    assert run("correct", *entered, "--book", str(letter))[0] == 0
    status, answer = unchecked("release", str(letter), "--date", "2026-12-23", *ACCEPT)
    assert status == 9
    assert any("introduction.xhtml holds words that were taken" in one for one in told(answer))


def test_a_plate_is_taken_down(tmp_path: Path) -> None:
    book = small(tmp_path / "book", "document: paper", {})
    picture = tmp_path / "leaf.png"
    Image.new("RGB", (60, 90), "red").save(picture)
    named = ("--alt", "A leaf with a name on it", "--caption", "The first leaf of the paper")
    assert run("plate", str(book), str(picture), *named)[0] == 0
    change(book / "manifest.yaml", "sections:", "outputs: [epub]\nsections:\n  - title-page")
    release(book, "2026-12-01")
    old = picture.read_bytes()
    status, lines = take_down(book, "paper/plates#p-002")
    assert (status, lines) == (
        4,
        ["L010 the edition has nothing at 'paper/plates#p-002' to take down"],
    )
    assert take_down(book, "paper/plates#p-001")[0] == 0
    assert release(book, "2026-12-21") == "1.1"
    nowhere(book, "A leaf with a name on it", "The first leaf of the paper")
    with Image.open(book / "documents/paper/leaves/leaf.png") as grey:
        assert (grey.size, grey.mode) == ((60, 90), "L")
    published = [path for path in (tmp_path / "dist").rglob("*.png") if path.read_bytes() == old]
    assert published == []


def test_a_document_of_a_tei_volume_is_taken_down(tmp_path: Path) -> None:
    book = tmp_path / "book"
    (book / "sources").mkdir(parents=True)
    (book / "manifest.yaml").write_text(TEI.replace("[epub]", "[epub, web]"), "utf-8")
    shutil.copy(VOLUME, book / "sources/volume.xml")
    release(book, "2026-11-25")
    assert take_down(book, "d1")[0] == 0
    assert release(book, "2026-12-21") == "1.1"
    words = ("The day is that of the postmark", "Words of another", "Together, eleven")
    nowhere(book, *words, "Printed from a copy", "A cover with a title", "P.S. Thank you")
    assert says(book, TOMBSTONE)
    numbers = (book / "releases/1.1/numbering.json").read_text("utf-8")
    assert numbers == (book / "releases/1.0/numbering.json").read_text("utf-8")


@pytest.mark.slow
@pytest.mark.parametrize("address", ["yamada", "yamada#p-010"])
def test_the_memorandum_or_a_paragraph_of_it_is_taken_down(address: str, tmp_path: Path) -> None:
    book = draft_of_book(tmp_path / "book")
    release(book, "2026-11-25")
    text = (book / "releases/1.0/texts/yamada.txt").read_text("utf-8")
    rows = dict(line.split("\t") for line in text.splitlines())
    body = [line for name, line in rows.items() if name.startswith("yamada#")]
    body = [rows[address]] if "#" in address else body
    status, lines = take_down(book, address, "--all")
    assert status == 0, lines
    assert release(book, "2026-12-21") == "1.1"
    kept = " ".join(re.findall(r"\w+", "" if address == "yamada" else text))
    for line in body:
        words = re.findall(r"\w+", line)
        for at in range(0, len(words) - 8, 8):
            some = " ".join(words[at : at + 8])
            if address == "yamada" or kept.count(some) == 1:
                assert holding(tmp_path / "dist", some) == []
    assert says(book, TOMBSTONE)


def test_signs_of_emphasis_stay_in_pairs() -> None:
    text = "He said *that it* was.\n\nAnd left.\n"
    texts = {"p-001": "He said that it was.", "p-002": "And left."}
    taken = Taken(texts, {"p-001": (13, 19)}, "[gone]")
    assert blanked(text, taken) == "He said *that [gone]*.\n\nAnd left.\n"
    assert taken.now() == {"p-001": "He said that [gone].", "p-002": "And left."}


def test_words_in_tags_and_around_notes_are_found_in_tei() -> None:
    head, foot = '<text><div xml:id="d1"><p>', "</p></div></text>"
    text = "A <hi>long</hi> s<note>Of it.</note>tory, he said&#8212;so."
    texts = {"p-001": "A long story, he said—so."}
    taken = Taken(texts, {"p-001": (2, 6)}, "[gone]")
    assert blanked_tei(head + text + foot, "d1", taken) == head + text + foot  # "s" is no word
    text = "A <hi>long</hi> story<note>Of it.</note>, he said&#8212;so."
    made = blanked_tei(head + text + foot, "d1", taken)
    assert made == head + text.replace("long", "[gone]") + foot


def test_sealed_words_are_found_whatever_parts_them() -> None:
    sealed = Sealed(("Mr. Ikeda", "one two three four five six seven"))
    assert sealed.without("Dear MR IKEDA, one two") == "Dear […], one two"
    assert sealed.without("*one*\ntwo, three-four five six 8") == "*[…] 8"


@pytest.mark.parametrize(
    ("asked", "words", "facing"),
    [
        (("log", "ice was drifting in the fairway"), "ice was drifting", "Eis in der Fahrrinne"),
        (("log#p-004",), "horn was blown", "Um vier Uhr fiel der Nebel"),
        (("log", "pile"), "pile", "Zwei Schuten lagen"),  # fewer letters than six
    ],
)
def test_a_passage_leaves_with_the_original_that_faces_it(
    tmp_path: Path, asked: tuple[str, ...], words: str, facing: str
) -> None:
    book = tmp_path / "book"
    assert run("new", str(book), "--sample", "bilingual")[0] == 0
    change(book / "manifest.yaml", "[epub, print, screen]", "[epub, web]")
    release(book, "2026-12-02")
    status, lines = take_down(book, *asked)
    assert status == 0, lines
    assert release(book, "2026-12-21") == "1.1"
    nowhere(book, words, facing)
    assert says(book, "Beide Schuten blieben")
