"""What a release makes immutable, and what the program says when somebody tries."""

import hashlib
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.e2e.answers import change, run, told


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
                change(
                    book / "manifest.yaml",
                    "  - prose: note-on-the-text.md\n    id: note-on-the-text\n"
                    "    role: note-on-the-text\n",
                    "",
                ),
            ),
            "V005 version 1.2 is too small after 1.1: sections added or gone: note-on-the-text.md; "
            "other files: manifest.yaml",
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
    kept = prose.with_name("introduction.md.edited").read_text("utf-8")
    assert "a paper of six leaves" in kept
    status, answer = run("check", str(released))
    assert (status, answer["version"]) == (0, "1.2")
    assert run("correct", *options)[1]["lines"] == [
        "the editors' texts are as they were released in 1.1"
    ]


def test_a_picture_that_was_edited_makes_another_version(released: Path) -> None:
    assert run("check", str(released))[1]["released"] is True
    drawing = next(released.glob("images/*.svg"))
    drawing.write_bytes(drawing.read_bytes() + b"<!-- drawn anew -->\n")
    answer = run("check", str(released))[1]
    assert (answer["version"], answer["released"]) == ("1.2", False)
