"""Fields of manifest and record after a release: frozen, adopted, corrected, told and proved."""

import json
import zipfile
from pathlib import Path

from lxml import etree
from tests.e2e.answers import ACCEPT, change, run, told

from engross.verify import verify_folder

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
        f"For “ Khrushchev Receives the Ambassador of Japan ” read “ {title} ” A slip."
        in pages["corrections.xhtml"]
    )
    log = json.loads((folder / "metadata/changelog.json").read_text("utf-8"))
    entry = log["versions"][2]["corrections"][0]
    old = "Khrushchev Receives the Ambassador of Japan"
    assert (entry["address"], entry["old"], entry["new"]) == ("manifest/title", old, title)
    found = run("diff", "1.1", "1.2", "--book", str(released))[1]["difference"]
    assert [(row["address"], row["words"]) for row in found["texts"]] == [
        ("manifest/title", [{"old": "Ambassador", "new": "Ambassadress"}])
    ]
    report = verify_folder(folder)
    assert [found.message for found in report.findings if found.is_error] == []
    checks = {check.name: check for check in report.checks}
    assert (checks["fields"].verdict, checks["fields"].detail) == ("passed", "1 corrected fields")
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
