"""What is shown and agreed to before it is written: the same words everywhere, and a release."""

import json
import shutil
import subprocess
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from tests.e2e.answers import ACCEPT, change, run, told, unchecked
from typer.testing import CliRunner

from engross.cli import ledger_commands
from engross.cli.app import app

LETTER = Path(__file__).parents[1] / "faults/_book"
TAG = "letter-1961-1.1"


@pytest.fixture
def letter(tmp_path: Path) -> Path:
    book = tmp_path / "book"
    shutil.copytree(LETTER, book)
    change(book / "manifest.yaml", "[epub, print]", "[epub]")
    return book


def typed(monkeypatch: pytest.MonkeyPatch, answer: str, *arguments: str) -> tuple[int, str]:
    """What a person sees who sits at a terminal and answers."""
    monkeypatch.setattr(ledger_commands, "asks_back", lambda *, json: not json)
    result = CliRunner().invoke(app, list(arguments), input=answer)
    return result.exit_code, result.stdout


def entered(book: Path) -> list[Mapping[str, Any]]:
    return list(run("correct", "--list", "--book", str(book))[1]["corrections"])


def test_the_same_words_in_several_places_are_shown_and_confirmed(
    letter: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    words = ["The harbour", "The port", "--reason", "Its name.", "--on", "2026-11-24"]
    every = ["correct", "*", *words, "--all", "--book", str(letter)]
    status, answer = run(*every)
    assert (status, answer["written"], len(entered(letter))) == (0, False, 1)
    assert answer["lines"] == [
        'C-0002 verified  letter#p-003: "The harbour" -> "The port"  letter p-003: '
        "[The harbour] was closed on Monday an…",
        'C-0003 verified  letter#p-004: "The harbour" -> "The port"  letter p-004: '
        "[The harbour] was closed again on Fri…",
        "nothing was written; --yes enters the 2",
    ]
    status, said = typed(monkeypatch, "n\n", *every)
    assert (status, "Enter them?" in said, len(entered(letter))) == (0, True, 1)
    status, said = typed(monkeypatch, "y\n", *every)
    assert (status, [row["id"] for row in entered(letter)][1:]) == (0, ["C-0002", "C-0003"])
    status, answer = run(*every, "--yes")
    assert (status, len(entered(letter))) == (0, 3)
    assert [line.rpartition(": ")[2] for line in answer["lines"]] == [
        "C-0002 corrects it",
        "C-0003 corrects it",
    ]
    status, answer = run("correct", "letter", "nowhere", "x", *words[2:], "--all", *every[-2:])
    assert (status, told(answer)) == (4, ['L001 "nowhere" is not in letter'])


def git(book: Path, *words: str) -> str:
    command = ["git", "-C", str(book), *words]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()


def test_a_release_shows_what_it_will_be_asks_once_and_is_tagged(
    letter: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert unchecked("release", str(letter), "--date", "2026-11-25", *ACCEPT)[0] == 0
    words = ["on Friday", "on Sunday", "--reason", "The leaf.", "--on", "2026-11-26"]
    assert run("correct", "letter", *words, "--book", str(letter))[0] == 0
    second = ["release", str(letter), "--date", "2026-11-27", *ACCEPT, "--git"]
    for name in ("GIT_AUTHOR_NAME", "GIT_COMMITTER_NAME"):
        monkeypatch.setenv(name, "The Editors")
        monkeypatch.setenv(name.replace("NAME", "EMAIL"), "editors@example.org")
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(letter.parent))
    status, answer = run(*second)
    assert status == 6
    assert told(answer)[0].startswith("E011 git: fatal: not a git repository")
    git(letter, "init", "--quiet")
    status, said = typed(monkeypatch, "n\n", *second)
    assert status == 0
    assert said.splitlines()[:4] == [
        "version 1.1 of A Letter, 2026-11-27",
        "after 1.0: 1 accidental correction (C-0002)",
        "- A letter on the harbour, ¶ 2: for “on Friday” read “on Sunday”",
        "to be sent to: shops and libraries, the archive (a bag)",
    ]
    assert not (letter / "releases/1.1").exists()
    status, said = typed(monkeypatch, "y\n", *second)
    assert status == 0, said
    assert f"committed and tagged as {TAG}" in said
    assert git(letter, "tag") == TAG
    assert git(letter, "log", "--format=%s") == "Release 1.1"
    record = json.loads(git(letter, "show", f"{TAG}:releases/1.1/record.json"))
    assert record["version"] == "1.1"
    assert git(letter, "status", "--porcelain", "--", "corrections.yaml", "manifest.yaml") == ""


def test_reports_that_were_rejected_are_public_at_a_wish(letter: Path) -> None:
    words = ["on Friday", "on Sunday", "--reason", "The leaf has it so.", "--on", "2026-11-24"]
    entry = ["correct", "letter", *words, "--status", "rejected", "--book", str(letter)]
    assert run(*entry)[0] == 0
    change(letter / "corrections.yaml", "corrections:\n", "public: [rejected]\ncorrections:\n")
    status, answer = unchecked("release", str(letter), "--date", "2026-11-25", *ACCEPT)
    assert status == 0, told(answer)
    made = letter.parent / "dist/letter-1961/1.0"
    epub = zipfile.ZipFile(next(made.glob("*.epub")))
    [page] = [epub.read(name).decode() for name in epub.namelist() if "corrections" in name]
    assert "Reports not taken over" in page
    assert "rejected: The leaf has it so." in page
    feed = (made / "metadata/changes.atom").read_text("utf-8")
    assert "C-0002, letter, is rejected: “on Friday”. The leaf has it so." in feed
    log = json.loads((made / "metadata/changelog.json").read_text("utf-8"))
    assert log["versions"][-1]["reports"] == {"C-0002": "rejected"}
    assert unchecked("verify", str(made))[0] == 0
