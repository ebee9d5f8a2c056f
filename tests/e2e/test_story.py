"""
The whole story on a copy of the memorandum: a reader's remark becomes a released correction.

Each step is played once, in order; the tests then ask what came of it.
"""

import hashlib
import json
import shutil
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from engross.cli.app import app

SLUG = "khrushchev-yamada-1961"
REMARK = ["Premier Minister", "Prime Minister", "--reason", "A slip of the translation."]


@dataclass
class Story:
    """The book, its dist, and what each step answered."""

    folder: Path
    steps: dict[str, tuple[int, dict[str, Any]]] = field(default_factory=dict)
    sums: dict[str, bytes] = field(default_factory=dict)

    @property
    def book(self) -> Path:
        return self.folder / "book"

    @property
    def edition(self) -> Path:
        return self.folder / "dist" / SLUG

    def run(self, step: str, *arguments: str) -> dict[str, Any]:
        result = CliRunner().invoke(app, [*arguments, "--json"])
        if result.exception and not isinstance(result.exception, SystemExit):
            raise result.exception
        answer = json.loads(result.stdout)
        self.steps[step] = (result.exit_code, answer)
        return answer

    def keep(self, name: str) -> None:
        self.sums[name] = (self.edition / "current" / "SHA256SUMS").read_bytes()

    def answer(self, step: str) -> dict[str, Any]:
        status, answer = self.steps[step]
        assert status == 0, answer["findings"]
        return answer


@pytest.fixture(scope="module")
def story(book: Path, tmp_path_factory: pytest.TempPathFactory) -> Story:
    told = Story(tmp_path_factory.mktemp("story"))
    shutil.copytree(book, told.book, ignore=shutil.ignore_patterns(".engross", "dist", "releases"))
    _unreleased(told.book)
    path = str(told.book)
    accept = ["--accept", "V009", "--reason", "the tool is not on this machine"]
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
    told.run("draft", "build", path)
    told.run("too small", "release", path, "--version", "1.0", "--date", "2026-12-02")
    told.run("release 1.1", "release", path, "--date", "2026-12-02", *accept)
    told.keep("1.1")
    bag = told.folder / "elsewhere"
    shutil.copytree(told.edition / "bags" / "1.0" / "data", bag)
    told.run("from the bag", "build", str(bag / "book"), "--out", str(bag / "new"))
    return told


def _unreleased(book: Path) -> None:
    """The project's own book may be released; the story begins before that."""
    ledger = book / "corrections.yaml"
    lines = ledger.read_text("utf-8").splitlines(keepends=True)
    ledger.write_text(
        "".join(
            line
            for line in lines
            if not line.startswith(("releases:", "  - {version:"))
            and not line.strip().startswith("released_in:")
        ),
        "utf-8",
    )


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


def test_nothing_is_released_twice(story: Story) -> None:
    status, answer = story.steps["nothing new"]
    assert status == 4
    assert [found["code"] for found in answer["findings"]] == ["V011"]
    assert answer["findings"][0]["message"] == "nothing has changed since release 1.0"


def test_a_remark_that_means_two_places_is_answered_with_both(story: Story) -> None:
    status, answer = story.steps["ambiguous"]
    assert (status, answer["findings"][0]["code"]) == (4, "L002")
    assert answer["findings"][0]["fix"] == "say which: --block p-010 or --block p-013"


def test_a_corrected_book_is_a_draft_of_the_next_version(story: Story) -> None:
    assert story.answer("check")["version"] == "1.1"
    answer = story.answer("draft")
    assert (answer["version"], answer["released"]) == ("1.1", False)


def test_a_correction_costs_only_the_units_that_it_touches(story: Story) -> None:
    units = story.answer("draft")["units"]
    # The document, its list of corrections, and the imprint and colophon that name the version.
    assert units["total"] >= 13
    assert 0 < units["typeset"] <= 5
    assert units["reused"] == units["total"] - units["typeset"]


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


def test_the_first_release_is_made_again_from_its_bag_to_the_byte(story: Story) -> None:
    import bagit

    answer = story.answer("from the bag")
    assert (answer["version"], answer["released"]) == ("1.0", True)
    made = story.folder / "elsewhere/new" / SLUG / "current/SHA256SUMS"
    assert made.read_bytes() == story.sums["1.0"]
    bag = bagit.Bag(str(story.edition / "bags/1.0"))
    bag.validate(processes=1)
    assert bag.info["Bagging-Date"] == "2026-11-23"


def _texts(folder: Path) -> dict[str, str]:
    found = {}
    for path in sorted((folder / "texts").glob("*.txt")):
        for line in path.read_text("utf-8").splitlines():
            address, _, text = line.partition("\t")
            found[address] = text
    assert len(found) > 100
    return found
