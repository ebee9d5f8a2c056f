"""The release after a release: its numbers, its bytes, what it asks and what it completes."""

import json
import shutil
from pathlib import Path
from unittest.mock import patch

import pytest
from tests.e2e.answers import ACCEPT, change, run, told
from tests.e2e.released import Book
from tests.e2e.test_every_change import change_words, correct_again


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
    outbox = released.parent / "dist/khrushchev-yamada-1961/outbox"
    assert (outbox / "shops/khrushchev-yamada-1961.epub").is_file()
    assert (outbox / "shops/changes.txt").read_text("utf-8") == (
        "What changed from version 1.1 to 1.2:\n\n"
        "Khrushchev and Yamada, 14 September 1961, note 1a: insert “A new note.”\n"
    )


def test_a_released_version_made_again_repeats_the_recorded_checks(
    released: Path, release: Path, tmp_path: Path
) -> None:
    record = json.loads((released / "releases/1.1/record.json").read_text("utf-8"))
    assert {row["verdict"] for row in record["checks"]} == {"passed"}
    build = ["build", str(released), "--no-cache", "--out", str(tmp_path / "again")]
    with patch("engross.commands.stages.stated", lambda _checks: ()):
        status, answer = run(*build)
    assert (status, answer["version"], told(answer)) == (0, "1.1", [])
    assert "V015" not in {row["code"] for row in answer["findings"]}
    slug = "khrushchev-yamada-1961"
    made = tmp_path / "again" / slug / "current"
    assert made.resolve().name == record["build"]
    assert (made / "receipt.json").read_bytes() == (
        release.parent / "dist" / slug / "1.1/receipt.json"
    ).read_bytes()


def test_days_and_numbers_run_forward(released: Path) -> None:
    words = ["Premier Minister", "Prime Minister", "--block", "p-013", "--on", "2026-12-04"]
    book = ["--book", str(released)]
    assert run("correct", "yamada", *words, "--reason", "A slip.", *book)[0] == 0
    status, answer = run("release", str(released), "--version", "1.4", "--date", "2026-12-03")
    early = "V017 version 1.4 would be released on 2026-12-03, and C-0003 was decided on 2026-12-04"
    gap = "V019 version 1.4 does not follow 1.1: a number is left out"
    assert (status, [row for row in told(answer) if "V018" not in row]) == (4, [early, gap])
    status, answer = run("release", str(released), "--date", "9999-12-31")
    assert (status, told(answer)) == (
        4,
        ["V018 version 1.2 would be released on 9999-12-31, which is still to come"],
    )
    change(released / "corrections.yaml", 'on: "2026-12-02"', 'on: "2026-12-01"')
    status, answer = run("check", str(released))
    assert (status, told(answer)) == (
        4,
        ["V017 version 1.1 was released on 2026-12-02, and the ledger says 2026-12-01"],
    )


@pytest.mark.slow
def test_other_bytes_than_the_released_ones_are_named_with_the_reason(released: Path) -> None:
    path = released / "releases/1.1/record.json"
    record = json.loads(path.read_text("utf-8"))
    epub = next(row for row in record["outputs"] if row["kind"] == "epub")
    epub["sha256"] = "0" * 64
    python = record["versions"]["python"]
    record["versions"]["python"] = "3.10.0"
    path.write_text(json.dumps(record), "utf-8")
    status, answer = run("build", str(released))
    assert status == 0
    found = next(row for row in answer["findings"] if row["code"] == "V015")
    assert found["message"] == (
        "not the bytes that were released as 1.1, so this is a draft of the next version: "
        f"{epub['path']}; made with python {python} instead of 3.10.0"
    )
    assert (answer["version"], answer["released"]) == ("1.2", False)
    status, answer = run("release", str(released), "--date", "2026-12-06", *ACCEPT)
    assert (status, answer["version"]) == (0, "1.2"), told(answer)
    assert answer["step"] == f"other bytes: made with python {python} instead of 3.10.0"


def test_open_questions_and_pending_rights_stop_a_release_until_accepted(released: Path) -> None:
    (released / "queries.yaml").write_text(
        "queries:\n  - id: ikeda\n    at: {address: yamada, exact: Mr. Ikeda, block: p-010}\n"
        "    question: Which Ikeda?\n",
        "utf-8",
    )
    change(released / "manifest.yaml", "  status: conditional", "  status: pending")
    change(released / "manifest.yaml", "  - Cold War", "  - The Cold War")
    status, answer = run("release", str(released), "--date", "2026-12-06", *ACCEPT)
    assert (status, told(answer)) == (
        4,
        ["V007 the question 'ikeda' is open: Which Ikeda?", "V008 the rights are pending"],
    )
    assert not (released / "releases/1.2").exists()
    codes = [word for code in ("V007", "V008", "V009", "V018") for word in ("--accept", code)]
    status, answer = run("release", str(released), "--date", "2026-12-06", *codes)
    assert (status, told(answer)) == (
        2,
        ["V013 V007, V008, V009, V018 cannot be accepted without a reason"],
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


@pytest.mark.slow
def test_a_new_edition_with_an_isbn_asks_whether_it_gets_another(released: Path) -> None:
    manifest = released / "manifest.yaml"
    change(manifest, "\nrights:", "\nisbn: {epub: 978-0-306-40615-7}\nrights:")
    change(manifest, "\ntitle: ", "\ntitle: A New ")
    change(manifest, 'version: "1.1"', 'version: "2.0"')
    options = ["--date", "2026-12-06", *ACCEPT]
    status, answer = run("release", str(released), *options)
    message = "V012 version 2.0 is a new edition and nobody decided on its ISBN"
    assert (status, told(answer)) == (4, [message])
    ledger = released / "corrections.yaml"
    decision = "isbn_decision: {isbn: new, by: the editors, reason: another title}\n"
    ledger.write_text(decision + ledger.read_text("utf-8"), "utf-8")
    status, answer = run("release", str(released), *options)
    assert (status, answer["version"]) == (0, "2.0"), told(answer)


def test_a_release_that_was_interrupted_is_completed_by_the_same_command(released: Path) -> None:
    record = released / "releases/1.1/record.json"
    step = json.loads(record.read_text("utf-8"))["step"]
    shutil.rmtree(released / "releases/1.1")
    status, answer = run("release", str(released), "--date", "2027-01-01", *ACCEPT)
    assert (status, answer["version"], answer["released_on"]) == (0, "1.1", "2026-12-02")
    assert json.loads(record.read_text("utf-8"))["step"] == step


def test_words_of_the_memorandum(released: Path, tmp_path: Path) -> None:
    """As in test_every_change.py, on another book."""
    words, gap = ("extremely glad", "glad"), ("by Japanese ", "Premier Minister")
    book = Book(released, "yamada", words, gap, "at present", "p-002")
    change_words(book, tmp_path)
    correct_again(book, tmp_path)
