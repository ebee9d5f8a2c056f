"""What a release makes immutable, and what the program says when somebody tries."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from engross.cli.app import app

ACCEPT = ["--accept", "V009", "--reason", "the tool is not on this machine"]


def run(*arguments: str) -> tuple[int, dict[str, Any]]:
    result = CliRunner().invoke(app, [*arguments, "--json"])
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result.exit_code, json.loads(result.stdout)


def told(answer: dict[str, Any]) -> list[str]:
    return [
        f"{found['code']} {found['message']}"
        for found in answer["findings"]
        if found["severity"] == "error"
    ]


def change(path: Path, old: str, new: str, count: int = 1) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, count), "utf-8")


@pytest.fixture(scope="module")
def release(book: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the book at release 1.1, made without pages, which take long."""
    folder = tmp_path_factory.mktemp("released") / "book"
    shutil.copytree(book, folder, ignore=shutil.ignore_patterns(".engross", "dist", "releases"))
    ledger = folder / "corrections.yaml"
    lines = ledger.read_text("utf-8").splitlines(keepends=True)
    marks = ("releases:", "  - {version:", "    released_in:")
    ledger.write_text("".join(line for line in lines if not line.startswith(marks)), "utf-8")
    change(folder / "manifest.yaml", "outputs: [epub, print, screen]", "outputs: [epub]")
    assert run("release", str(folder), "--date", "2026-11-23", *ACCEPT)[0] == 0
    words = ["Premier Minister", "Prime Minister", "--block", "p-010", "--on", "2026-12-01"]
    options = ["--reason", "A slip.", "--book", str(folder)]
    assert run("correct", "yamada", *words, *options)[0] == 0
    status, answer = run("release", str(folder), "--date", "2026-12-02", *ACCEPT)
    assert (status, answer["version"]) == (0, "1.1")
    return folder


@pytest.fixture
def released(release: Path, tmp_path: Path) -> Path:
    shutil.copytree(release, tmp_path / "book", ignore=shutil.ignore_patterns(".engross", "dist"))
    return tmp_path / "book"


@pytest.mark.parametrize(
    ("edit", "wanted"),
    [
        (
            lambda book: change(
                book / "corrections.yaml", "    read: Prime Minister", "    read: Prime minister"
            ),
            "L023 C-0002 was released in 1.1 and now has another read",
        ),
        (
            lambda book: change(book / "corrections.yaml", "join: next", "read: x"),
            "L023 C-0001 was released in 1.0 and now has another read, join",
        ),
        (
            lambda book: change(
                book / "corrections.yaml", '    released_in: "1.1"', '    released_in: "1.2"'
            ),
            "L021 C-0002 says that it was released in 1.2, which was not released",
        ),
        (
            lambda book: change(
                book / "introduction.md", "a paper of five leaves", "a paper of six leaves"
            ),
            'V002 introduction#p-002 was released in 1.1 as "…e meeting is a paper of five leaves '
            'in a Moscow …" and now reads "…e meeting is a paper of six leaves in a Moscow a…"',
        ),
        (
            lambda book: change(
                book / "documents/yamada/notes.yaml", "receiving of a visitor", "visit of a guest"
            ),
            'V002 yamada/note/reception#p-001 was released in 1.1 as "…ders Russian priem, the '
            'receiving of a visitor b…" and now reads "…ders Russian priem, the visit of a guest '
            'by an o…"',
        ),
        (
            lambda book: change(book / "documents/yamada/notes.yaml", "id: reception", "id: visit"),
            "V002 yamada/note/visit was added after release 1.1",
        ),
        (
            lambda book: change(book / "persons.yaml", "Minister", "minister"),
            "V002 persons.yaml is not as it was released in 1.1: ",
        ),
        (
            lambda book: shutil.rmtree(book / "releases/1.0"),
            "V004 version 1.0 was released, and releases/1.0/ is not there",
        ),
        (
            lambda book: change(
                book / "releases/1.1/numbering.json", '"paragraphs"', '"paragrafs"'
            ),
            "V003 the record of a release is not what was written: 1 validation error for "
            "Numbering",
        ),
        (
            lambda book: (
                change(book / "manifest.yaml", 'version: "1.1"', 'version: "1.2"'),
                change(book / "manifest.yaml", "title: Khrushchev Receives", "title: How Khr"),
            ),
            "V005 version 1.2 is too small after 1.1: another title; other files: manifest.yaml",
        ),
    ],
)
def test_what_was_released_cannot_be_changed_silently(
    released: Path, edit: Callable[[Path], object], wanted: str
) -> None:
    edit(released)
    if wanted.startswith(("V003",)):
        (released / "abbreviations.yaml").write_text("abbreviations: []\n", "utf-8")
    status, answer = run("check", str(released))
    assert status == 4
    assert any(words.startswith(wanted) for words in told(answer)), told(answer)


def test_a_deleted_entry_is_missed(released: Path) -> None:
    path = released / "corrections.yaml"
    text = path.read_text("utf-8")
    path.write_text(text[: text.index("  - id: C-0002")], "utf-8")
    status, answer = run("check", str(released))
    assert (status, told(answer)) == (
        4,
        ["L012 C-0002 was released in 1.1 and is gone from the ledger"],
    )


def test_the_received_text_edited_with_its_digest_is_still_noticed(released: Path) -> None:
    import hashlib

    received = released / "documents/yamada/received.txt"
    old = hashlib.sha256(received.read_bytes()).hexdigest()
    change(received, "not long ago", "not long before", count=9)
    change(released / "documents/yamada/transcript.md", "not long ago", "not long before", count=9)
    new = hashlib.sha256(received.read_bytes()).hexdigest()
    change(released / "documents/yamada/document.yaml", old, new)
    status, answer = run("check", str(released))
    assert status == 4
    assert told(answer)[-1] == (
        f"L007 documents/yamada/received.txt has the SHA-256 {new[:12]}…, the ledger was begun "
        f"with {old[:12]}…"
    )


def test_a_withdrawn_join_would_shift_numbers_and_needs_leave(released: Path) -> None:
    assert (
        run(
            "correct",
            "C-0001",
            "--status",
            "withdrawn",
            "--on",
            "2026-12-05",
            "--book",
            str(released),
        )[0]
        == 0
    )
    status, answer = run("check", str(released))
    assert (status, told(answer)) == (
        4,
        ["V006 yamada#p-018 is a paragraph of its own again and had no number in release 1.1"],
    )
    change(
        released / "corrections.yaml",
        "corrections:\n",
        'renumber: {in: "1.2", by: the editors, reason: the division stands on the leaf}\n'
        "corrections:\n",
    )
    assert run("check", str(released))[0] == 0
    status, answer = run("release", str(released), "--date", "2026-12-06", *ACCEPT)
    assert (status, answer["version"], answer["step"]) == (0, "1.2", "withdrawn: C-0001")
    table = json.loads((released / "releases/1.2/concordance.json").read_text("utf-8"))
    assert (table["from"], table["to"]) == ("1.1", "1.2")
    assert table["numbers"][0] == {"address": "yamada#p-018", "old": "", "new": "14"}


def test_a_new_note_gets_a_letter_and_no_other_number_moves(released: Path) -> None:
    notes = released / "documents/yamada/notes.yaml"
    change(
        notes,
        "  - id: yamada\n",
        "  - id: visit\n    at: {exact: by N.S. Khrushchev, block: p-002}\n"
        "    text: A new note.\n\n  - id: yamada\n",
    )
    options = ["--kind", "structure", "--reason", "Note added.", "--on", "2026-12-05"]
    assert run("correct", "yamada/note/visit", *options, "--book", str(released))[0] == 0
    status, answer = run("release", str(released), "--date", "2026-12-06", *ACCEPT)
    assert status == 0, told(answer)
    numbers = json.loads((released / "releases/1.2/numbering.json").read_text("utf-8"))["notes"]
    old = json.loads((released / "releases/1.1/numbering.json").read_text("utf-8"))["notes"]
    assert numbers.pop("yamada/note/visit") == "1a"
    assert numbers == old


def test_edited_texts_are_adopted_as_entries_and_restored(released: Path) -> None:
    prose = released / "introduction.md"
    before = prose.read_bytes()
    change(prose, "a paper of five leaves", "a paper of six leaves")
    options = ["--adopt", "--on", "2026-12-05", "--book", str(released)]
    status, answer = run("correct", *options)
    assert (status, answer["lines"]) == (
        0,
        [
            'C-0003 verified  introduction#p-002: "five" -> "six"',
            "nothing was written; --yes enters them and restores the released files",
        ],
    )
    assert run("correct", *options, "--yes")[0] == 0
    assert prose.read_bytes() == before
    status, answer = run("check", str(released))
    assert (status, answer["version"]) == (0, "1.2")
    assert run("correct", *options)[1]["lines"] == [
        "the editors' texts are as they were released in 1.1"
    ]


def test_open_questions_and_pending_rights_stop_a_release_until_accepted(released: Path) -> None:
    (released / "queries.yaml").write_text(
        "queries:\n  - id: ikeda\n    at: {address: yamada, exact: Mr. Ikeda, block: p-010}\n"
        "    question: Which Ikeda?\n",
        "utf-8",
    )
    change(released / "manifest.yaml", "  status: conditional", "  status: pending")
    change(released / "manifest.yaml", "description: >-\n  A Soviet", "description: >-\n  The")
    status, answer = run("release", str(released), "--date", "2026-12-06", *ACCEPT)
    assert (status, told(answer)) == (
        4,
        ["V007 the question 'ikeda' is open: Which Ikeda?", "V008 the rights are pending"],
    )
    assert not (released / "releases/1.2").exists()
    codes = [word for code in ("V007", "V008", "V009") for word in ("--accept", code)]
    status, answer = run("release", str(released), "--date", "2026-12-06", *codes)
    assert (status, told(answer)) == (
        2,
        ["V013 V007, V008, V009 cannot be accepted without a reason"],
    )
    reason = ["--reason", "Agreed by letter."]
    assert run("release", str(released), "--date", "2026-12-06", *codes, *reason)[0] == 0
    record = json.loads((released / "releases/1.2/record.json").read_text("utf-8"))
    accepted = {row["code"]: row for row in record["accepted"]}
    assert accepted["V008"] == {
        "code": "V008",
        "reason": "Agreed by letter.",
        "messages": ["the rights are pending"],
    }


def test_a_new_edition_with_an_isbn_asks_whether_it_gets_another(released: Path) -> None:
    manifest = released / "manifest.yaml"
    change(manifest, "\nrights:", "\nisbn: {epub: 978-0-306-40615-7}\nrights:")
    change(manifest, "\ntitle: ", "\ntitle: A New ")
    options = ["--date", "2026-12-06", *ACCEPT]
    status, answer = run("release", str(released), *options)
    message = "V012 version 2.0 is a new edition and nobody decided on its ISBN"
    assert (status, told(answer)) == (4, [message])
    ledger = released / "corrections.yaml"
    decision = "isbn_decision: {isbn: new, by: the editors, reason: another title}\n"
    ledger.write_text(decision + ledger.read_text("utf-8"), "utf-8")
    status, answer = run("release", str(released), *options)
    assert (status, answer["version"]) == (0, "2.0")


def test_a_release_that_was_interrupted_is_completed_by_the_same_command(released: Path) -> None:
    shutil.rmtree(released / "releases/1.1")
    status, answer = run("release", str(released), "--date", "2027-01-01", *ACCEPT)
    assert (status, answer["version"], answer["released_on"]) == (0, "1.1", "2026-12-02")
    assert (released / "releases/1.1/record.json").exists()


def test_a_picture_that_was_edited_makes_another_version(released: Path) -> None:
    assert run("check", str(released))[1]["released"] is True
    drawing = next(released.glob("images/*.svg"))
    drawing.write_bytes(drawing.read_bytes() + b"<!-- drawn anew -->\n")
    answer = run("check", str(released))[1]
    assert (answer["version"], answer["released"]) == ("1.2", False)
