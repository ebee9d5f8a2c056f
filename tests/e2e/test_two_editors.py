"""Two editors correct one book on two branches, and git puts their work together."""

import shutil
import subprocess
from pathlib import Path

from tests.e2e.answers import run

from engross.commands.book import find_book
from engross.commands.correct.opened import open_ledger
from engross.commands.ending import Run
from engross.commands.release.writing import marked_files


def git(folder: Path, *arguments: str) -> str:
    names = ["-c", "user.name=An editor", "-c", "user.email=editor@example.org"]
    done = subprocess.run(
        ["git", *names, *arguments], cwd=folder, check=True, capture_output=True, text=True
    )
    return done.stdout


def correct(folder: Path, *words: str) -> str:
    options = ["--reason", "A slip.", "--on", "2026-11-29", "--book", str(folder)]
    status, answer = run("correct", "yamada", *words, *options)
    assert status == 0, answer["findings"]
    return str(answer["correction"]["id"])


def test_branches_of_two_editors_merge_without_a_conflict(book: Path, tmp_path: Path) -> None:
    folder = tmp_path / "book"
    shutil.copytree(book, folder, ignore=shutil.ignore_patterns("dist"))
    before = (folder / "corrections.yaml").read_text("utf-8")
    assert run("correct", "--split", "--book", str(folder))[0] == 0
    assert [path.name for path in (folder / "corrections").iterdir()] == ["C-0001.yaml"]
    git(folder, "init", "-q", "-b", "main")
    git(folder, "add", ".")
    git(folder, "commit", "-q", "-m", "The book")
    git(folder, "checkout", "-q", "-b", "second")
    second = correct(folder, "Premier Minister", "Prime Minister", "--block", "p-010")
    git(folder, "add", ".")
    git(folder, "commit", "-q", "-m", "Second editor")
    git(folder, "checkout", "-q", "main")
    first = correct(folder, "expresses complete agreement", "expresses full agreement")
    git(folder, "add", ".")
    git(folder, "commit", "-q", "-m", "First editor")
    git(folder, "merge", "-q", "--no-edit", "second")
    assert git(folder, "status", "--porcelain") == ""

    status, answer = run("correct", "--list", "--book", str(folder))
    assert status == 0
    ids = [row["id"] for row in answer["corrections"]]
    assert ids == ["C-0001", *sorted([first, second])]
    assert run("check", str(folder))[0] == 0

    opened = open_ledger(Run(find_book(folder)))
    written = marked_files(opened, "1.1", "2026-11-30", first=False)
    moved = {path: new for path, new in written.items() if isinstance(new, str)}
    assert moved == {
        f"corrections/{old}.yaml": f"corrections/C-000{number}.yaml"
        for number, old in enumerate(sorted([first, second]), 2)
    }
    text = written["corrections/C-0002.yaml"]
    assert isinstance(text, bytes)
    assert b"id: C-0002\n" in text
    assert b'released_in: "1.1"\n' in text

    for path in (folder / "corrections").glob("C-new-*"):
        path.unlink()
    assert run("correct", "--join", "--book", str(folder))[0] == 0
    assert (folder / "corrections.yaml").read_text("utf-8") == before
