"""A document whose day nobody knows: nothing is said of it, in any output or record."""

import json
from pathlib import Path

import pytest

from engross.commands.build import build
from engross.commands.new import new
from engross.commands.outcome import Outcome
from engross.commands.request import BuildRequest, NewRequest
from engross.verify import verify_folder

KINDS = ("epub", "print", "screen", "metadata")


@pytest.fixture(scope="module", params=["", "place:\n  name: Novgorod\n"], ids=["bare", "placed"])
def made(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Outcome:
    """A new book of a plain text, with or without a place, and its edition."""
    folder = tmp_path_factory.mktemp("undated")
    text = folder / "letter.txt"
    text.write_text("The roads are bad.\n\nSend the horses.\n", "utf-8")
    assert new(NewRequest(folder / "book", source=text, title="A Letter", date="2026-11-29")).ok
    with (folder / "book/documents/document/document.yaml").open("a", encoding="utf-8") as record:
        record.write(request.param)
    manifest = folder / "book/manifest.yaml"
    words = manifest.read_text("utf-8").replace("[epub, print, screen]", str(list(KINDS)))
    manifest.write_text(words, "utf-8")
    outcome = build(BuildRequest(book=folder / "book", out=folder / "dist"))
    assert outcome.ok, outcome.findings
    return outcome


def test_it_is_proved_like_any_other(made: Outcome) -> None:
    assert verify_folder(Path(made.published or "")).findings == ()


def test_its_citation_has_no_gap(made: Outcome) -> None:
    records = json.loads(Path(made.published or "", "metadata/csl.json").read_text("utf-8"))
    (letter,) = [row for row in records if row["type"] == "chapter"]
    place = "Novgorod, " if "event-place" in letter else ""
    assert letter["annote"].startswith(f"“A Letter,” {place}[?], in A Letter, version 1.0")
    assert "original-date" not in letter


def test_the_year_of_the_edition_is_not_given_to_it(made: Outcome) -> None:
    evidence = Path(made.published or "", "evidence/documents/document/document.yaml")
    assert "2026" not in evidence.read_text("utf-8")
