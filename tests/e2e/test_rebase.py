"""`engross rebase`: the archive issues its text anew, in a book of folders and in a TEI file."""

import shutil
from pathlib import Path

import pytest
from tests.e2e.answers import ACCEPT, change, run, told, unchecked

from engross.ledger.edits import corrected
from engross.revision.renewed import Verdict, judged, line_now, merged, moved, paired
from engross.schema.base import Anchor
from engross.schema.ledger import Correction

LETTER = Path(__file__).parents[1] / "faults/_book"
VOLUME = Path(__file__).parents[1] / "data/tei/volume.xml"
TEI = """edition: small-volume
title: A Small Volume
version: "1.0"
date: "2026-11-23"
language: en
identifier: urn:uuid:59f3211e-785b-5509-a9b5-6f66ea836b3d
rights: {status: cleared, statement: Made for a test.}
sections:
  - title-page
  - tei: sources/volume.xml
  - corrections
outputs: [epub]
"""


def entry(old: str, new: str) -> Correction:
    return Correction.model_validate(
        {
            "id": "C-0001",
            "status": "verified",
            "kind": "transcription",
            "class": "accidental",
            "at": {"address": "a", "exact": old},
            "read": new,
            "reason": "A slip.",
        }
    )


@pytest.mark.parametrize(
    ("now", "verdict", "words"),
    [
        ("He came on Friday, and left at noon.", Verdict.NEEDED, "on Friday"),
        ("Late, he came on Friday and he left.", Verdict.NEEDED, "on Friday"),
        ("He came on Sunday and left.", Verdict.CONFIRMED, "Sunday"),
        ("He came on Monday and left.", Verdict.CONFLICT, "Monday"),
        ("He came and left.", Verdict.CONFLICT, ""),
    ],
)
def test_an_entry_is_confirmed_needed_or_in_conflict(
    now: str, verdict: Verdict, words: str
) -> None:
    old = {"p-001": "A head.", "p-002": "He came on Friday and left."}
    new = {"p-001": "Another paragraph.", "p-002": "A head.", "p-003": now}
    assert paired(old, new) == {"p-001": "p-002", "p-002": "p-003"}
    found, said = judged(entry("on Friday", "on Sunday"), old, new)
    assert (found, said.strip() if verdict is Verdict.NEEDED else words in said) == (
        verdict,
        words if verdict is Verdict.NEEDED else True,
    )
    assert corrected(new, ()) == new


def test_words_of_a_paragraph_that_is_part_of_another_now_stand_there() -> None:
    old = {"p-001": "A long first paragraph.", "p-002": "He came on Friday."}
    new = {"p-001": "A long first paragraph. He came on Friday."}
    assert judged(entry("on Friday", "on Sunday"), old, new)[0] is Verdict.NEEDED
    there = moved(Anchor(exact="on Friday", block="p-002"), old, new)
    assert there == Anchor(exact="on Friday", block="p-001")


RECEIVED = "A letter\n\nThe ship came. It left.\n\nYours.\n"
TRANSCRIPT = "::: heading\nA letter\n:::\n\nThe ship came. It left.\n\n::: closer\nYours.\n:::\n"


@pytest.mark.parametrize(
    ("old", "new", "was", "now"),
    [
        ("ship came", "ships came", "ship came", "ships came"),
        ("ship came", "ship never came", "ship came", "ship never came"),
        ("came. It", "came.\n\nIt", "came. It", "came.\n\nIt"),
        (
            "A letter\n\n",
            "A letter\n\nIn May.\n\n",
            "letter\n:::\n\n",
            "letter\n:::\n\nIn May.\n\n",
        ),
        ("left.\n\n", "left.\n\nLate.\n\n", "left.\n\n", "left.\n\nLate.\n\n"),
        ("Yours.\n", "Yours.\n\nP.S. Now.\n", "Yours.\n:::\n", "Yours.\n:::\n\nP.S. Now.\n"),
    ],
)
def test_a_transcript_follows_its_received_file(old: str, new: str, was: str, now: str) -> None:
    received, transcript = RECEIVED.replace(old, new), TRANSCRIPT.replace(was, now)
    assert merged(RECEIVED, received, TRANSCRIPT) == transcript
    assert merged(received, RECEIVED, transcript).split() == TRANSCRIPT.split()
    assert line_now(6, RECEIVED, received) == len(received.splitlines()) + 1


def released(folder: Path, *entries: tuple[str, str, str]) -> None:
    when = ("--reason", "A slip.", "--on", "2026-11-24", "--book", str(folder))
    for words in entries:
        status, answer = run("correct", *words, *when)
        assert status == 0, told(answer)
    status, answer = unchecked("release", str(folder), "--date", "2026-11-25", *ACCEPT)
    assert status == 0, told(answer)


def test_a_new_scan_of_a_letter(tmp_path: Path) -> None:
    book = tmp_path / "book"
    shutil.copytree(LETTER, book)
    change(book / "manifest.yaml", "[epub, print]", "[epub]")
    released(
        book,
        ("letter", "nobody knows why", "no one knows why"),
        ("letter", "on Monday", "on Sunday"),
    )
    path = book / "documents/letter/received.txt"
    old = path.read_text("utf-8")
    new = old.replace("opened again", "reopened").replace("nobody knows why", "none can tell")
    new = new.replace("The harbour was closed again", "It was closed once more")
    scan = tmp_path / "scan.txt"
    scan.write_text(new, "utf-8")
    status, answer = run("rebase", str(book), "--evidence", "none.txt")
    assert (status, told(answer)) == (5, ["F001 there is no file none.txt"])
    same = tmp_path / "same.txt"
    same.write_text(old, "utf-8")
    status, answer = run("rebase", str(book), "--evidence", str(same))
    message = "L027 same.txt is documents/letter/received.txt to the byte"
    assert (status, told(answer)) == (4, [message])
    status, answer = run("rebase", str(book), "--evidence", str(scan), "--on", "2026-11-26")
    assert status == 0, told(answer)
    sorted_ = {key: answer[key] for key in ("confirmed", "needed", "conflict", "changed")}
    assert sorted_ == {
        "confirmed": ["C-0001"],
        "needed": ["C-0003"],
        "conflict": ["C-0002"],
        "changed": ["letter"],
    }
    assert [(row["code"], row["message"]) for row in answer["findings"]] == [
        ("L028", 'C-0002 reads "no one knows why", and the new evidence "none can tell"')
    ]
    assert (
        'documents/letter/notes.yaml: exact "nobody knows why" is now "none can tell"'
        in (answer["lines"])
    )
    transcript = (book / "documents/letter/transcript.md").read_text("utf-8")
    assert transcript.startswith("::: heading\nA letter\n:::\n")
    assert transcript.endswith("It was closed once more on Friday; none can tell.\n")
    [kept] = (book / "documents/letter/earlier").iterdir()
    assert kept.read_text("utf-8") == old
    status, answer = unchecked("release", str(book), "--date", "2026-11-27", *ACCEPT)
    assert (status, answer["version"]) == (0, "1.1"), told(answer)
    bag = tmp_path / "dist/letter-1961/bags/1.1/data/book/documents/letter/earlier"
    assert [path.name for path in bag.iterdir()] == [kept.name]
    feed = (tmp_path / "dist/letter-1961/1.1/metadata/changes.atom").read_text("utf-8")
    assert "for “no one knows why” read “none can tell”. The archive issued its text anew." in feed
    assert "opened" not in feed.partition("version-1.0")[0]
    assert proved(tmp_path / "dist/letter-1961/current", "letter#p-003") == []


def proved(published: Path, address: str) -> list[str]:
    """
    What is wrong with a published folder; and that a text of the release before, though the archive
    issued it anew, is held against what was received then.
    """
    status, answer = unchecked("verify", str(published))
    found = told(answer)
    assert (status, found) == (0, [])
    texts = published.parent / "altered"
    shutil.copytree(published, texts)
    path = texts / f"evidence/releases/1.0/texts/{address.partition('#')[0]}.txt"
    text = path.read_text("utf-8")
    row = next(line for line in text.splitlines() if line.startswith(f"{address}\t"))
    path.write_text(text.replace(row, f"{row} altered"), "utf-8")
    status, answer = unchecked("verify", str(texts))
    assert any(f"P014 {address} differs from release 1.0" in one for one in told(answer))
    [kept] = (texts / "evidence").rglob("earlier/*")
    kept.write_bytes(kept.read_bytes() + b" ")
    name = kept.relative_to(texts / "evidence").as_posix()
    document = address.partition("#")[0]
    message = f"P014 {name} is not what {document} was received as before"
    assert message in told(unchecked("verify", str(texts))[1])
    return found


def test_a_new_paragraph_counts_anew_and_says_so(tmp_path: Path) -> None:
    book = tmp_path / "book"
    shutil.copytree(LETTER, book)
    change(book / "manifest.yaml", "[epub, print]", "[epub]")
    released(book)
    old = (book / "documents/letter/received.txt").read_text("utf-8")
    scan = tmp_path / "scan.txt"
    added = "It was the hottest day of the year.\n\nThe harbour was closed again"
    scan.write_text(old.replace("The harbour was closed again", added), "utf-8")
    day = ("--on", "2026-11-26", "--by", "A. Editor", "--reason", "The archive has a line more.")
    status, answer = run("rebase", str(book), "--evidence", str(scan), *day)
    assert status == 0, told(answer)
    said = "paragraphs came or went: numbers are counted anew in 1.1 (renumber)"
    assert said in answer["lines"]
    ledger = (book / "corrections.yaml").read_text("utf-8")
    assert 'renumber: {in: "1.1", by: "A. Editor", reason: "The archive has a line' in ledger
    status, answer = unchecked("release", str(book), "--date", "2026-11-27", *ACCEPT)
    assert (status, answer["version"]) == (0, "1.1"), told(answer)
    assert (book / "releases/1.1/concordance.json").is_file()
    assert proved(tmp_path / "dist/letter-1961/current", "letter#p-004") == []


def test_a_new_tei_file(tmp_path: Path) -> None:
    book = tmp_path / "book"
    (book / "sources").mkdir(parents=True)
    (book / "manifest.yaml").write_text(TEI, "utf-8")
    shutil.copy(VOLUME, book / "sources/volume.xml")
    released(book, ("d1", "has two parts", "has three parts"), ("d2", "a month", "two months"))
    new = VOLUME.read_text("utf-8").replace("two parts: <list>", "three parts: <list>")
    (tmp_path / "volume.xml").write_text(new, "utf-8")
    command = ("rebase", str(book), "--evidence", str(tmp_path / "volume.xml"))
    status, answer = run(*command, "--on", "2026-11-26")
    assert status == 0, told(answer)
    assert (answer["confirmed"], answer["needed"], answer["changed"]) == (["C-0001"], [], ["d1"])
    status, answer = unchecked("release", str(book), "--date", "2026-11-27", *ACCEPT)
    assert (status, answer["version"]) == (0, "1.1"), told(answer)
    assert proved(tmp_path / "dist/small-volume/current", "d1#p-005") == []


@pytest.fixture(scope="module")
def volume(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A released volume of a TEI file, with an entry at a note."""
    book = tmp_path_factory.mktemp("volume") / "book"
    (book / "sources").mkdir(parents=True)
    (book / "manifest.yaml").write_text(TEI, "utf-8")
    shutil.copy(VOLUME, book / "sources/volume.xml")
    released(book, ("d1/note/d1fn3", "novel", "romance"))
    return book


NOTE = '<note n="3" xml:id="d1fn3">A novel.</note>'
LAST = '          <div type="document" xml:id="d2" n="2">'
EDITORIAL = VOLUME.read_text("utf-8").partition(LAST)[2].partition("</div>\n")[0] + "</div>\n"


@pytest.mark.parametrize(
    ("old", "new", "changed", "verdicts", "version"),
    [
        (NOTE, NOTE.replace("A novel", "A long novel"), ["d1"], ([], ["C-0001"], []), "1.1"),
        (NOTE, NOTE.replace("novel", "romance"), ["d1"], (["C-0001"], [], []), "1.1"),
        (
            "was written for",
            'was written<note n="1" xml:id="d2fn1">Later.</note> for',
            ["d2"],
            ([], [], []),
            "1.1",
        ),
        ("boxes 1–3", "boxes 1–4", ["volume-sources"], ([], [], []), "1.1"),
        ("<p>Sent.</p>", '<p xml:id="sent">Sent.</p>', [], ([], [], []), "1.1"),
        (LAST + EDITORIAL, "", ["d2"], ([], [], []), "2.0"),
        (
            LAST + EDITORIAL,
            LAST + EDITORIAL + LAST.replace('d2" n="2', 'd5" n="2a') + EDITORIAL,
            ["d5"],
            ([], [], []),
            "2.0",
        ),
    ],
    ids=["reworded", "as entered", "note", "front", "markup", "document gone", "document added"],
)
def test_whatever_differs_in_a_tei_file_is_taken_over(
    old: str,
    new: str,
    changed: list[str],
    verdicts: tuple[list[str], list[str], list[str]],
    version: str,
    volume: Path,
    tmp_path: Path,
) -> None:
    book = tmp_path / "book"
    shutil.copytree(volume, book, ignore=shutil.ignore_patterns("dist", ".engross"))
    text = VOLUME.read_text("utf-8")
    assert old in text
    (tmp_path / "volume.xml").write_text(text.replace(old, new, 1), "utf-8")
    command = ("rebase", str(book), "--evidence", str(tmp_path / "volume.xml"))
    status, answer = run(*command, "--on", "2026-11-26")
    assert status == 0, told(answer)
    assert answer["changed"] == changed
    assert tuple(answer[name] for name in ("confirmed", "needed", "conflict")) == verdicts
    status, answer = run("check", str(book))
    assert (status, answer["version"]) == (0, version), told(answer)
