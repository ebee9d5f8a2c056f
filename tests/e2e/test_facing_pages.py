"""Originals on left pages, their translations on the right ones, in step."""

import hashlib
import shutil
from pathlib import Path

import pytest
import yaml

from engross.commands.build import build
from engross.commands.outcome import Outcome
from engross.commands.request import BuildRequest
from engross.verify.pages import read_pages

BOOK = Path(__file__).parent.parent / "data" / "facing"
GERMAN = "Der Wind kam am Morgen aus Nordost, und um {} Uhr fiel der Nebel auf das Wasser. "
ENGLISH = "In the morning the wind came from the north-east; at {} o’clock fog fell on the water. "
ROWS = 24


@pytest.fixture
def book(tmp_path: Path) -> Path:
    shutil.copytree(BOOK, tmp_path / "book")
    return tmp_path / "book"


def text(sentence: str, longer: int) -> str:
    """Paragraphs of different lengths, a list and a table among them."""
    rows = [f"Day {n}: " + sentence.format(n) * (2 + n % longer) for n in range(1, ROWS)]
    rows[9] = "\n".join(f"- {sentence.format(number)}" for number in (40, 41, 42))
    rows[14] = f"| a | b |\n| - | - |\n| {sentence.format(50)} | {sentence.format(51)} |"
    return "\n\n".join(rows) + "\n"


def made(book: Path, german: str, english: str, notes: int) -> Outcome:
    """The book with these texts on facing pages, in print."""
    folder = book / "documents/log"
    record = yaml.safe_load((folder / "document.yaml").read_text("utf-8"))
    record["original"] = {"layout": "pages"}
    del record["plates"]
    for part, name, words in (
        (record["original"], "original.md", german),
        (record, "transcript.md", english),
    ):
        (folder / name).write_text(words, "utf-8")
        digest = hashlib.sha256(words.encode()).hexdigest()
        part["received"] = {"file": name, "sha256": digest, "format": "markdown"}
    (folder / "document.yaml").write_text(yaml.safe_dump(record, allow_unicode=True), "utf-8")
    listed = [
        {"id": f"n{at}", "origin": "editor", "at": {"exact": f"Day {at}:"}}
        | {"text": "A note of some length, which says what the hour of the log means. " * 2}
        for at in range(1, notes)
    ]
    (folder / "notes.yaml").write_text(yaml.safe_dump({"notes": listed}), "utf-8")
    manifest = (book / "manifest.yaml").read_text("utf-8")
    manifest = manifest.replace("outputs: [epub, print, screen, web, metadata]", "outputs: [print]")
    (book / "manifest.yaml").write_text(manifest, "utf-8")
    return build(BuildRequest(book=book))


@pytest.mark.rest
@pytest.mark.parametrize("notes", [0, 9])
def test_each_spread_holds_the_same_paragraphs_on_both_sides(book: Path, notes: int) -> None:
    outcome = made(book, text(GERMAN, 5), text(ENGLISH, 3), notes)
    assert [str(one) for one in outcome.findings if one.severity == "error"] == []
    [file] = Path(outcome.published or "").glob("*-print-*.pdf")
    pages = ["".join(page.lines) for page in read_pages(file.read_bytes())]
    begin = [next(i for i, page in enumerate(pages) if f"um{n}Uhr" in page) for n in (1, 8, 20, 40)]
    facing = [next(i for i, p in enumerate(pages) if f"at{n}o’clock" in p) for n in (1, 8, 20, 40)]
    assert facing == [page + 1 for page in begin]
    assert all(page % 2 for page in begin), "an original stands on a left page"
    assert begin[0] < begin[1] < begin[2]


@pytest.mark.rest
def test_a_paragraph_that_no_page_holds_is_named(book: Path) -> None:
    outcome = made(book, GERMAN.format(1) + "\n", ENGLISH.format(1) * 60 + "\n", 0)
    [one] = [one for one in outcome.findings if one.code == "T022"]
    assert "log#p-001 and what it faces need" in one.message
    assert one.place.path.endswith("transcript.md")
    assert not outcome.ok
