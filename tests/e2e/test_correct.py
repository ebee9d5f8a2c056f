"""`engross correct` on the memorandum: the file that it writes and the answers that it gives."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from engross.cli.app import app

REMARK = ["Premier Minister", "Prime Minister", "--reason", "A slip.", "--on", "2026-11-24"]


def run(book: Path, *arguments: str) -> tuple[int, dict]:
    result = CliRunner().invoke(app, [*arguments, "--book", str(book), "--json"])
    assert result.exception is None or isinstance(result.exception, SystemExit)
    return result.exit_code, json.loads(result.stdout)


def messages(answer: dict) -> list[str]:
    return [f"{one['code']} {one['message']} | {one['fix']}" for one in answer["findings"]]


def test_words_that_stand_twice_are_not_corrected_but_told_apart(book_copy: Path) -> None:
    before = (book_copy / "corrections.yaml").read_bytes()
    status, answer = run(book_copy, "correct", "yamada", *REMARK)
    assert status == 4
    assert messages(answer) == [
        (
            'L002 "Premier Minister" stands 2 times in yamada (1. yamada p-010: …ding letter by '
            "Japanese [Premier Minister] Mr. Ikeda, which was ad…; 2. yamada p-013: … says that he "
            "read over [Premier Minister] Ikeda's responding lett…) | say which: 1. yamada --block "
            "p-010 or 2. yamada --block p-013"
        )
    ]
    assert (book_copy / "corrections.yaml").read_bytes() == before


def test_words_that_stand_nowhere_are_answered_with_the_nearest(book_copy: Path) -> None:
    status, answer = run(
        book_copy, "correct", "yamada", "Premier Ministr", "x", "--reason", "r", "--block", "p-013"
    )
    assert status == 4
    assert messages(answer) == [
        (
            'L001 "Premier Ministr" is not in p-013; nearest (93 %): "Premier Minister" in yamada '
            "p-010 | quote the received words, or name the text where they stand"
        )
    ]


def test_an_entry_is_added_and_everything_else_stays_to_the_byte(book_copy: Path) -> None:
    path = book_copy / "corrections.yaml"
    before = path.read_text("utf-8")
    status, answer = run(book_copy, "correct", "yamada", *REMARK, "--block", "p-010")
    assert status == 0, answer
    after = path.read_text("utf-8")
    assert after.startswith(before)
    assert after[len(before) :] == (
        """
  - id: C-0002
    status: verified
    kind: transcription
    class: accidental
    at:
      address: yamada
      block: p-010
      prefix: "Japanese "
      exact: Premier Minister
      block_sha256: "4f841021a637c851db16024966cdf0380e528602ee013f700433470296514c9c"
    read: Prime Minister
    reason: A slip.
    reported: {by: the editors, on: "2026-11-24"}
    decided: {by: the editors, on: "2026-11-24"}
"""
    )
    assert sorted(item.name for item in book_copy.iterdir() if item.name.startswith(".")) == []
    status, answer = run(book_copy, "correct", "--list")
    assert answer["lines"] == [
        "C-0001 verified  yamada#p-017: the next paragraph is joined",
        'C-0002 verified  yamada#p-010: "Premier Minister" -> "Prime Minister"',
    ]


def test_a_translation_without_evidence_is_held_and_cannot_be_verified(book_copy: Path) -> None:
    arguments = [*REMARK, "--block", "p-010", "--kind", "translation"]
    status, answer = run(book_copy, "correct", "yamada", *arguments)
    assert (status, answer["correction"]["status"]) == (0, "held")
    before = (book_copy / "corrections.yaml").read_bytes()
    status, answer = run(book_copy, "correct", "C-0002", "--status", "verified")
    assert status == 4
    assert messages(answer) == [
        (
            "L008 C-0002: corrects the translation without evidence from the original | give the "
            "leaf that shows it under evidence, or set status: held"
        )
    ]
    assert (book_copy / "corrections.yaml").read_bytes() == before
    leaf = "RGANI, f. 52, op. 1, d. 596, l. 126"
    options = ["--status", "verified", "--evidence", leaf, "--on", "2026-11-25"]
    status, answer = run(book_copy, "correct", "C-0002", *options)
    assert status == 0
    status, answer = run(book_copy, "correct", "--list")
    assert answer["corrections"][1]["status"] == "verified"
    assert answer["corrections"][1]["evidence"] == leaf
    assert answer["corrections"][1]["decided"] == {"by": "the editors", "on": "2026-11-25"}


@pytest.mark.parametrize(
    ("arguments", "wanted"),
    [
        (
            ["introduction", "a paper", "the paper"],
            (
                "L024 'introduction' is the editors' own text and is edited freely until the "
                "first release | change the words in the file; after a release engross correct "
                "enters them in the ledger"
            ),
        ),
        (
            ["yamda", "a", "b"],
            (
                "L010 the edition has no text 'yamda'; did you mean 'yamada'? | name a text, note, "
                "paragraph or field by its address (yamada#p-007), or what is printed in a "
                "release: p13, document 2, yamada ¶ 4, n. 12, leaf 124"
            ),
        ),
        (
            ["yamada", "", "b"],
            (
                "L018 nothing is quoted, so that no place is meant | quote the old words; for an "
                "insertion give --prefix and --suffix"
            ),
        ),
        (
            ["yamada", "bother us", "not\x07us"],
            (
                "L016 C-0002: read holds the control character U+0007 | write the words on one "
                "line; a new paragraph is not a reading"
            ),
        ),
        (
            ["yamada", "not long", "not long", "--block", "p-005"],
            (
                'L004 C-0002: changes nothing, the text reads "not long" already | correct the '
                "reading, or set status: withdrawn"
            ),
        ),
        (
            ["yamada", "not long", "b", "--block", "p-005", "--kind", "spelling"],
            (
                "C003 --kind: input should be 'transcription', 'translation', 'original', "
                "'apparatus', 'typography' or 'structure' | see engross correct --help for what it "
                "takes"
            ),
        ),
    ],
)
def test_what_cannot_be_entered_is_answered_and_nothing_is_written(
    book_copy: Path, arguments: list[str], wanted: str
) -> None:
    before = (book_copy / "corrections.yaml").read_bytes()
    status, answer = run(book_copy, "correct", *arguments, "--reason", "r")
    assert status in {2, 4}
    assert messages(answer) == [wanted]
    assert (book_copy / "corrections.yaml").read_bytes() == before


def test_a_book_without_a_ledger_gets_one(book_copy: Path) -> None:
    (book_copy / "corrections.yaml").unlink()
    status, _ = run(book_copy, "correct", "yamada", *REMARK, "--block", "p-010")
    assert status == 0
    text = (book_copy / "corrections.yaml").read_text("utf-8")
    assert "edition: khrushchev-yamada-1961\nbase:\n  yamada: 5c8dec3451d8c1d6" in text
    assert "corrections:\n  - id: C-0001\n" in text
