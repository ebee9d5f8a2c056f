"""
The whole story on a copy of the memorandum: a reader's remark becomes a released correction.

Each step is played once, in order; the tests then ask what came of it.
"""

import hashlib
import json
import os
import shutil
from pathlib import Path
from unittest.mock import patch

import pytest
from tests.e2e.steps import SLUG, Story

pytestmark = pytest.mark.slow

REMARK = ["Premier Minister", "Prime Minister", "--reason", "A slip of the translation."]


@pytest.fixture(scope="module")
def story(book: Path, tmp_path_factory: pytest.TempPathFactory) -> Story:
    told = Story(tmp_path_factory.mktemp("story"))
    shutil.copytree(book, told.book, ignore=shutil.ignore_patterns("dist", "releases"))
    path = str(told.book)
    accept = ["--accept", "V009", "--accept", "V018", "--reason", "the tool is not on this machine"]
    told.run("release 1.0", "release", path, "--date", "2026-11-23", *accept)
    told.keep("1.0")
    told.run("again", "build", path, "--no-cache")
    told.keep("again")
    told.run("nothing new", "release", path, "--date", "2026-11-24")
    told.run("ambiguous", "correct", "yamada", *REMARK, "--book", path)
    told.run(
        "correct", "correct", "yamada", *REMARK, "--block", "p-010", "--on", "2026-12-01",
        "--book", path,
    )  # fmt: skip
    told.run("check", "check", path)
    told.run("proof", "build", path, "--proof")
    told.run("draft", "build", path)
    told.run("verify", "verify", path)
    told.run("too small", "release", path, "--version", "1.0", "--date", "2026-12-02")
    told.run("release 1.1", "release", path, "--date", "2026-12-02", *accept)
    told.keep("1.1")
    report = str(told.folder / "changes.html")
    told.run("diff", "diff", "1.0", "1.1", "--html", report, "--book", path)
    current = str(told.edition / "current")
    told.run("same", "diff", "1.1", current, "--book", path)
    told.run("verify 1.1", "verify", path)
    bag = told.folder / "elsewhere"
    shutil.copytree(told.edition / "bags" / "1.0" / "data", bag)
    with patch.dict(os.environ, {"PATH": str(told.folder)}):  # a machine without any checker
        told.run("from the bag", "build", str(bag / "book"), "--out", str(bag / "new"))
    return told


def test_the_first_release_takes_the_manifests_version(story: Story) -> None:
    answer = story.answer("release 1.0")
    assert (answer["version"], answer["released"], answer["released_on"]) == (
        "1.0",
        True,
        "2026-11-23",
    )
    assert answer["step"] == "first release"
    assert (story.edition / "1.0").readlink() != (story.edition / "1.1").readlink()


def test_a_released_book_gives_the_released_bytes_again(story: Story) -> None:
    answer = story.answer("again")
    assert (answer["version"], answer["released"]) == ("1.0", True)
    assert story.sums["again"] == story.sums["1.0"]
    assert (story.edition / "builds" / _digest(story.sums["1.0"])).is_dir()


def test_nothing_is_released_twice(story: Story) -> None:
    status, answer = story.steps["nothing new"]
    assert status == 4
    assert [found["code"] for found in answer["findings"]] == ["V011"]
    assert answer["findings"][0]["message"] == "nothing has changed since release 1.0"


def test_a_remark_that_means_two_places_is_answered_with_both(story: Story) -> None:
    status, answer = story.steps["ambiguous"]
    assert (status, answer["findings"][0]["code"]) == (4, "L002")
    assert (
        answer["findings"][0]["fix"]
        == "say which: 1. yamada --block p-010 or 2. yamada --block p-013"
    )


def test_a_corrected_book_is_a_draft_of_the_next_version(story: Story) -> None:
    assert story.answer("check")["version"] == "1.1"
    answer = story.answer("draft")
    assert (answer["version"], answer["released"]) == ("1.1", False)


def test_a_correction_costs_only_the_units_that_it_touches(story: Story) -> None:
    units = story.answer("proof")["units"]
    # The document, its list of corrections, and the imprint and colophon that name the version.
    assert units["total"] >= 13
    assert 0 < units["typeset"] <= 5
    assert units["reused"] == units["total"] - units["typeset"]


def test_the_proof_marks_the_change_and_costs_no_second_layout(story: Story) -> None:
    answer = story.answer("proof")
    assert answer["published"].endswith("/draft")
    assert [row["kind"] for row in answer["outputs"]] == ["proof"]
    assert story.answer("draft")["units"]["typeset"] == 0


def test_the_draft_is_proved_from_what_is_published(story: Story) -> None:
    answer = story.answer("verify")
    assert (answer["version"], answer["released"]) == ("1.1", False)
    checks = {row["name"]: row for row in answer["checks"]}
    assert checks["change since 1.0"]["verdict"] == "passed"
    assert checks["conservation"]["verdict"] in {"passed", "not checked"}


def test_a_proved_release_is_called_one(story: Story) -> None:
    answer = story.answer("verify 1.1")
    assert (answer["version"], answer["released"]) == ("1.1", True)


def test_a_version_is_not_released_again_with_other_words(story: Story) -> None:
    status, answer = story.steps["too small"]
    assert (status, [found["code"] for found in answer["findings"]]) == (4, ["V010"])


def test_the_second_release_says_why_it_is_one(story: Story) -> None:
    answer = story.answer("release 1.1")
    assert answer["version"] == "1.1"
    assert answer["step"] == "1 accidental correction (C-0002)"
    record = json.loads((story.book / "releases/1.1/record.json").read_text("utf-8"))
    assert record["modified"] == "2026-12-02"
    assert [row["id"] for row in record["ledger"]["corrections"]] == ["C-0001", "C-0002"]
    assert [row["released_in"] for row in record["ledger"]["corrections"]] == ["1.0", "1.1"]


def test_exactly_the_corrected_words_differ_between_the_releases(story: Story) -> None:
    old, new = (_texts(story.book / f"releases/{version}") for version in ("1.0", "1.1"))
    assert old.keys() == new.keys()
    changed = {address for address in old if old[address] != new[address]}
    assert changed == {"yamada#p-010"}
    assert old["yamada#p-010"].count("Premier Minister") == 1
    assert new["yamada#p-010"] == old["yamada#p-010"].replace("Premier Minister", "Prime Minister")
    assert "Premier Minister" in new["yamada#p-013"]


def test_printed_numbers_and_pages_are_frozen_with_the_release(story: Story) -> None:
    old, new = (
        json.loads((story.book / f"releases/{version}/numbering.json").read_text("utf-8"))
        for version in ("1.0", "1.1")
    )
    assert len(old["paragraphs"]) == 14
    assert len(old["notes"]) > 30
    assert old == new
    pages = json.loads((story.book / "releases/1.0/pages.json").read_text("utf-8"))
    assert pages["pages"]["yamada#p-010"].isdigit()
    assert pages["count"] == len(pages["digests"]) > 20


def test_the_record_accounts_for_every_published_byte(story: Story) -> None:
    record = json.loads((story.book / "releases/1.0/record.json").read_text("utf-8"))
    published = story.edition / "1.0"
    assert hashlib.sha256((published / "SHA256SUMS").read_bytes()).hexdigest() == record["build"]
    for row in record["outputs"]:
        assert hashlib.sha256((published / row["path"]).read_bytes()).hexdigest() == row["sha256"]
    for path, digest in record["inputs"].items():
        bagged = story.edition / "bags/1.0/data/book" / path
        assert hashlib.sha256(bagged.read_bytes()).hexdigest() == digest


def test_the_first_release_is_made_again_from_its_bag_to_the_byte_without_any_checker(
    story: Story,
) -> None:
    import bagit

    answer = story.answer("from the bag")
    assert (answer["version"], answer["released"]) == ("1.0", True)
    made = story.folder / "elsewhere/new" / SLUG / "current/SHA256SUMS"
    assert made.read_bytes() == story.sums["1.0"]
    assert made.parent.resolve().name == _digest(story.sums["1.0"])
    bag = bagit.Bag(str(story.edition / "bags/1.0"))
    bag.validate(processes=1)
    assert bag.info["Bagging-Date"] == "2026-11-23"


def test_the_difference_of_two_releases_is_the_ledgers_entries_and_nothing_else(
    story: Story,
) -> None:
    found = story.answer("diff")["difference"]
    assert [(row["address"], row["words"]) for row in found["texts"]] == [
        ("yamada#p-010", [{"old": "Premier", "new": "Prime"}])
    ]
    assert found["registers"] == found["numbers"] == []
    assert found["record"] == [{"what": "version", "old": "1.0", "new": "1.1"}]


def test_the_difference_says_which_leaves_to_print_and_what_to_send_to_whom(story: Story) -> None:
    found = story.answer("diff")["difference"]
    pages = json.loads((story.book / "releases/1.1/pages.json").read_text("utf-8"))
    corrected = int(pages["pages"]["yamada#p-010"])
    assert corrected in found["pages"]["changed"]
    assert found["pages"]["old_count"] == found["pages"]["new_count"] == pages["count"]
    assert (found["pages"]["drift"], found["pages"]["drift_page"]) == ("", 0)
    leaf = corrected - 1 if corrected % 2 == 0 else corrected
    assert [leaf, leaf + 1] in found["pages"]["leaves"]
    sent = {row["file"]: row["whom"] for row in found["send"]}
    assert sent[f"{SLUG}-print-generic.pdf"] == "the printer (generic): interior"
    assert sent[f"{SLUG}-correction-slip-1.0.pdf"] == "owners of printed copies of version 1.0"
    assert not any("-cover-" in name for name in sent)


def test_the_answers_are_what_their_schemas_promise(story: Story) -> None:
    from engross.commands.answers import COMMANDS

    for step, command in (("diff", "diff"), ("release 1.1", "release"), ("correct", "correct")):
        COMMANDS[command].model_validate(story.answer(step))


def test_the_report_is_one_file_in_reading_order_with_pictures(story: Story) -> None:
    from lxml import html

    tree = html.parse(str(story.folder / "changes.html")).getroot()
    heads = [(element.tag, element.text) for element in tree.iter("h1", "h2", "h3")]
    assert heads[:5] == [
        ("h1", "What differs between two versions of the edition"),
        ("h2", "In short"),
        ("h2", "What to send again"),
        ("h2", "Words"),
        ("h3", "yamada#p-010"),
    ]
    pictures = tree.findall(".//img")
    assert len(pictures) == 2 * len(story.answer("diff")["difference"]["pages"]["changed"])
    assert all(picture.get("alt").startswith("Page ") for picture in pictures)
    assert all(picture.get("src").startswith("data:") for picture in pictures)


def test_a_release_and_what_is_published_of_it_do_not_differ(story: Story) -> None:
    found = story.answer("same")["difference"]
    assert story.answer("same")["lines"] == ["No page differs."]
    assert found["texts"] == found["files"] == []


def test_owners_of_the_first_printing_get_a_slip_with_its_pages(story: Story) -> None:
    import pypdfium2

    path = story.edition / "1.1" / f"{SLUG}-correction-slip-1.0.pdf"
    document = pypdfium2.PdfDocument(path.read_bytes())
    words = " ".join(document[0].get_textpage().get_text_bounded().split())
    assert len(document) == 1
    document.close()
    page = json.loads((story.book / "releases/1.0/pages.json").read_text("utf-8"))["pages"]
    assert f"p. {page['yamada#p-010']}, Khrushchev and Yamada, 14 September 1961, ¶ 6" in words
    assert "For “Premier Minister” read “Prime Minister”" in words
    assert "version 1.0 (23 November 2026)" in words
    assert "The corrections stand in version 1.1, 2 December 2026." in words
    assert "division" not in words


def test_the_change_log_and_the_feed_tell_of_both_versions(story: Story) -> None:
    from lxml import etree

    folder = story.edition / "1.1" / "metadata"
    table = json.loads((folder / "changelog.json").read_text("utf-8"))
    assert [(row["version"], row["date"], row["released"]) for row in table["versions"]] == [
        ("1.0", "2026-11-23", True),
        ("1.1", "2026-12-02", True),
    ]
    entry = table["versions"][1]["corrections"][0]
    assert (entry["id"], entry["old"], entry["new"]) == (
        "C-0002",
        "Premier Minister",
        "Prime Minister",
    )
    assert set(entry["pages"]) == {"1.0", "1.1"}
    atom = "{http://www.w3.org/2005/Atom}"
    feed = etree.parse(str(folder / "changes.atom")).getroot()
    assert feed.findtext(f"{atom}updated") == "2026-12-02T00:00:00Z"
    titles = [entry.findtext(f"{atom}title") for entry in feed.iter(f"{atom}entry")]
    assert titles == ["Version 1.1", "Version 1.0"]


def test_verify_proves_that_nothing_but_the_ledgers_entries_changed(story: Story) -> None:
    from engross.verify import verify_folder

    report = verify_folder(story.edition / "1.1")
    assert [found.message for found in report.findings if found.is_error] == []
    checked = {check.name: check for check in report.checks}["change since 1.0"]
    assert checked.verdict == "passed"
    assert int(checked.detail.split()[0]) > 100


@pytest.mark.parametrize(
    ("path", "old", "new", "address"),
    [
        (
            "introduction.md",
            "a paper of five leaves",
            "a paper of six leaves",
            "introduction#p-002",
        ),
        (
            "documents/yamada/notes.yaml",
            "receiving of a visitor",
            "reception of a visitor",
            "yamada/note/reception",
        ),
    ],
)
def test_a_change_beyond_the_ledger_is_told_from_the_evidence_alone(
    story: Story, tmp_path: Path, path: str, old: str, new: str, address: str
) -> None:
    from engross.verify import verify_folder

    folder = tmp_path / "evidence"
    shutil.copytree(story.edition / "1.1" / "evidence", folder)
    file = folder / path
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), "utf-8")
    report = verify_folder(tmp_path, sums=False, only={})
    told = [found.message for found in report.findings if found.code == "P014"]
    assert len(told) == 1
    assert told[0].startswith(
        f"{address} differs from release 1.0 by more than the ledger's entries, first at character"
    )


def _digest(sums: bytes) -> str:
    """The one number of a published folder."""
    return hashlib.sha256(sums).hexdigest()


def _texts(folder: Path) -> dict[str, str]:
    found = {}
    for path in sorted((folder / "texts").glob("*.txt")):
        for line in path.read_text("utf-8").splitlines():
            address, _, text = line.partition("\t")
            found[address] = text
    assert len(found) > 100
    return found


def test_a_page_of_a_printing_leads_to_the_words_on_it(story: Story, tmp_path: Path) -> None:
    book = tmp_path / "book"
    shutil.copytree(story.book, book, ignore=shutil.ignore_patterns("dist"))
    pages = json.loads((book / "releases/1.0/pages.json").read_text("utf-8"))["pages"]
    page = pages["yamada#p-010"]
    told = Story(tmp_path)
    ask = ["--reason", "A slip.", "--on", "2026-12-03", "--book", str(book)]
    told.run("gone", "correct", f"1.0:p{page}", "Premier Ministress", "x", *ask)
    found = told.steps["gone"][1]["findings"][0]
    said = f'"Premier Ministress" is not on p. {page} of version 1.0; nearest (83 %): '
    assert found["message"] == f'{said}"Premier Minister" in yamada p-010'
    told.run("never", "correct", "p999", "Premier", "x", *ask)
    assert told.steps["never"][1]["findings"][0]["message"].startswith(
        "version 1.1 has no text on p. 999; it has 1 to "
    )
    told.run("right", "correct", f"p{pages['yamada#p-013']}", "read over", "went over", *ask)
    answer = told.answer("right")
    assert answer["correction"]["at"]["block"] == "p-013"
    assert answer["lines"][-2:] == [
        "the next version is 1.2: 1 accidental correction (C-0003)",
        f"it begins on p. {pages['yamada#p-013']} of version 1.1",
    ]
    told.run("class", "correct", "C-0003", "--class", "substantive", "--book", str(book))
    assert "class: substantive" in (book / "corrections.yaml").read_text("utf-8").split("C-0003")[1]
