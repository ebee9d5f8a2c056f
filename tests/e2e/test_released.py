"""What a release makes immutable, and what the program says when somebody tries."""

import json
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from lxml import etree
from typer.testing import CliRunner

from engross.cli.app import app
from engross.verify import verify_folder

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
        f"not the bytes that were released as 1.1: {epub['path']}; made with python {python} "
        "instead of 3.10.0"
    )


TITLE = [
    "manifest/title",
    "Ambassador",
    "Ambassadress",
    "--reason",
    "A slip.",
    "--on",
    "2026-12-05",
]


def test_a_field_edited_after_its_release_is_a_finding_that_offers_the_ledger(
    released: Path,
) -> None:
    change(released / "manifest.yaml", "terms: >-\n    The archive", "terms: >-\n    This archive")
    change(released / "documents/yamada/document.yaml", "  name: Moscow", "  name: Moskva")
    status, answer = run("check", str(released))
    assert status == 4
    assert [row for row in told(answer) if row.startswith("V002")] == [
        'V002 manifest/rights/terms was released in 1.1 as "The archive welcomes the r…" and '
        'now reads "This archive welcomes the …"',
        'V002 yamada/document/place/name was released in 1.1 as "Moscow" and now reads "Moskva"',
    ]
    fixes = {row["fix"] for row in answer["findings"] if row["code"] == "V002"}
    assert fixes == {"engross correct --adopt enters it in the ledger"}


def test_edited_fields_are_adopted_and_the_files_restored_to_the_byte(released: Path) -> None:
    paths = [released / "manifest.yaml", released / "documents/yamada/document.yaml"]
    before = [path.read_bytes() for path in paths]
    change(paths[0], "terms: >-\n    The archive", "terms: >-\n    This archive")
    change(paths[1], "  name: Moscow", "  name: Moskva")
    options = ["--adopt", "--yes", "--on", "2026-12-05", "--book", str(released)]
    status, answer = run("correct", *options)
    assert (status, answer["lines"][:2]) == (
        0,
        [
            'C-0003 verified  manifest/rights/terms: "The" -> "This"',
            'C-0004 verified  yamada/document/place/name: "Moscow" -> "Moskva"',
        ],
    )
    assert [path.read_bytes() for path in paths] == before
    answer = run("check", str(released))[1]
    assert (answer["version"], told(answer)) == ("1.2", [])


def test_what_was_set_beside_an_edited_field_stays_set(released: Path) -> None:
    manifest = released / "manifest.yaml"
    change(manifest, "status: conditional", "status: cleared")
    change(manifest, "holder: not known", "holder: not known to us")
    options = ["--adopt", "--yes", "--on", "2026-12-05", "--book", str(released)]
    assert run("correct", *options)[0] == 0
    text = manifest.read_text("utf-8")
    assert "status: cleared" in text
    assert "holder: not known\n" in text
    assert "# ---- May it be given away?" in text


def test_a_corrected_title_is_told_in_every_place(released: Path) -> None:
    assert run("correct", *TITLE, "--book", str(released))[0] == 0
    status, answer = run("release", str(released), "--date", "2026-12-06", *ACCEPT)
    assert (status, answer["version"], answer["step"]) == (
        0,
        "1.2",
        "1 accidental correction (C-0003)",
    )
    assert "title: Khrushchev Receives the Ambassador of Japan" in (
        released / "manifest.yaml"
    ).read_text("utf-8")
    record = json.loads((released / "releases/1.2/record.json").read_text("utf-8"))
    assert record["title"] == "Khrushchev Receives the Ambassadress of Japan"
    folder = released.parent / "dist/khrushchev-yamada-1961/1.2"
    with zipfile.ZipFile(folder / "khrushchev-yamada-1961.epub") as epub:
        pages = {
            name.rpartition("/")[2]: " ".join(
                " ".join(etree.fromstring(epub.read(name)).itertext()).split()
            )
            for name in epub.namelist()
            if name.endswith((".xhtml", ".opf"))
        }
    title = "Khrushchev Receives the Ambassadress of Japan"
    assert title in pages["title-page.xhtml"]
    assert title in pages["content.opf"]
    assert (
        "C-0003 Title page For “ Ambassador ” read “ Ambassadress ” A slip."
        in pages["corrections.xhtml"]
    )
    log = json.loads((folder / "metadata/changelog.json").read_text("utf-8"))
    entry = log["versions"][2]["corrections"][0]
    assert (entry["address"], entry["old"], entry["new"]) == (
        "manifest/title",
        "Ambassador",
        "Ambassadress",
    )
    found = run("diff", "1.1", "1.2", "--book", str(released))[1]["difference"]
    assert [(row["address"], row["words"]) for row in found["texts"]] == [
        ("manifest/title", [{"old": "Ambassador", "new": "Ambassadress"}])
    ]
    report = verify_folder(folder)
    assert [found.message for found in report.findings if found.is_error] == []
    checks = {check.name: check for check in report.checks}
    assert (checks["fields"].verdict, checks["fields"].count) == ("passed", 1)
    assert checks["change since 1.1"].verdict == "passed"


def test_another_title_written_into_the_manifest_needs_a_word(released: Path) -> None:
    manifest = released / "manifest.yaml"
    change(manifest, "title: Khrushchev Receives", "title: How Khrushchev Received")
    status, answer = run("check", str(released))
    assert (status, told(answer), answer["findings"][-1]["fix"]) == (
        4,
        [
            'V002 manifest/title was released in 1.1 as "Khrushchev Receives the …" and now reads '
            '"How Khrushchev Received …"'
        ],
        'engross correct --adopt enters it in the ledger; a new title: set version: "2.0"',
    )
    change(manifest, 'version: "1.1"', 'version: "2.0"')
    answer = run("check", str(released))[1]
    assert (answer["version"], told(answer)) == ("2.0", [])


def test_a_substantive_correction_of_the_title_makes_another_edition(released: Path) -> None:
    assert run("correct", *TITLE, "--class", "substantive", "--book", str(released))[0] == 0
    answer = run("check", str(released))[1]
    assert (answer["version"], told(answer)) == ("2.0", [])


def test_a_field_that_is_filled_later_needs_an_entry_of_its_structure(released: Path) -> None:
    change(released / "manifest.yaml", "rights:\n", "series: Records\n\nrights:\n")
    status, answer = run("check", str(released))
    assert (status, told(answer)) == (4, ["V002 manifest/series was added after release 1.1"])
    options = ["--kind", "structure", "--reason", "It now stands in a series."]
    entry = ["manifest/series", *options, "--on", "2026-12-05", "--book", str(released)]
    assert run("correct", *entry)[0] == 0
    answer = run("check", str(released))[1]
    assert (answer["version"], told(answer)) == ("1.2", [])


def test_a_field_that_was_printed_as_it_was_is_not_proved(released: Path, tmp_path: Path) -> None:
    assert run("correct", *TITLE, "--book", str(released))[0] == 0
    assert run("build", str(released))[0] == 0
    evidence = released.parent / "dist/khrushchev-yamada-1961/current/evidence"
    shutil.copytree(evidence, tmp_path / "made/evidence")
    change(tmp_path / "made/evidence/furniture.json", "Ambassadress", "Ambassador", count=99)
    report = verify_folder(tmp_path / "made", sums=False, only={})
    assert [found.message for found in report.findings if found.code == "P021"] == [
        'the EPUB still say "Khrushchev Receives the Ambassador of Japan", manifest/title is now '
        '"Khrushchev Receives the Ambassadress of Japan"'
    ]


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
    change(manifest, 'version: "1.1"', 'version: "2.0"')
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
