"""Corrections in a TEI file: body, heading, note, attachment; released, corrected again, proved."""

import json
import shutil
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from engross.cli.app import app
from engross.verify import verify_folder

VOLUME = Path(__file__).parents[1] / "data/tei/volume.xml"
MANIFEST = """edition: small-volume
title: A Small Volume
version: "1.0"
date: "2026-11-23"
language: en
identifier: urn:uuid:59f3211e-785b-5509-a9b5-6f66ea836b3d
rights: {status: conditional, statement: Made for a test., terms: Not for reading.}
form: long
sections:
  - title-page
  - imprint
  - contents
  - tei: sources/volume.xml
  - corrections
  - colophon
outputs: [epub, print]
"""
FIRST = (
    ("d1", "has two parts", "has three parts"),
    ("d1", "Letter From Alpha", "A Letter From Alpha"),
    ("d1", "A list of books.", "A list of all books."),
    ("d1/note/d1fn3", "A novel", "A long novel"),
    ("ch1", "The First Year", "The Very First Year"),
)
SECOND = (("d2", "a month", "two months"), ("d1/note/d1fn6", "typed", "written"))


@dataclass
class Story:
    """The volume, its dist, and what each step answered."""

    folder: Path
    steps: dict[str, tuple[int, dict[str, Any]]] = field(default_factory=dict)

    @property
    def book(self) -> Path:
        return self.folder / "book"

    @property
    def edition(self) -> Path:
        return self.folder / "dist/small-volume"

    def run(self, step: str, *arguments: str) -> None:
        result = CliRunner().invoke(app, [*arguments, "--json"])
        if result.exception and not isinstance(result.exception, SystemExit):
            raise result.exception
        self.steps[step] = (result.exit_code, json.loads(result.stdout))

    def answer(self, step: str) -> dict[str, Any]:
        status, answer = self.steps[step]
        assert status == 0, [f"{row['code']} {row['message']}" for row in answer["findings"]]
        return answer


@pytest.fixture(scope="module")
def story(tmp_path_factory: pytest.TempPathFactory) -> Story:
    told = Story(tmp_path_factory.mktemp("tei"))
    (told.book / "sources").mkdir(parents=True)
    shutil.copy(VOLUME, told.book / "sources/volume.xml")
    (told.book / "manifest.yaml").write_text(MANIFEST, "utf-8")
    path, accept = (
        str(told.book),
        ["--accept", "V009", "--accept", "V018", "--reason", "no checkers here"],
    )
    for day, version, rows in (("24", "1.0", FIRST), ("26", "1.1", SECOND)):
        for address, old, new in rows:
            options = ["--reason", "A slip.", "--on", f"2026-11-{day}", "--book", path]
            told.run(f"correct {old}", "correct", address, old, new, *options)
        told.run(f"check {version}", "check", path)
        told.run(f"release {version}", "release", path, "--date", f"2026-11-{day}", *accept)
    told.run("diff", "diff", "1.0", "1.1", "--book", path)
    return told


def test_every_part_of_a_tei_file_is_evidence_and_is_corrected_before_a_release(
    story: Story,
) -> None:
    for _, old, _ in (*FIRST, *SECOND):
        assert story.answer(f"correct {old}")["correction"]["kind"] == "transcription"
    assert story.answer("check 1.0")["version"] == "1.0"
    assert (story.book / "sources/volume.xml").read_bytes() == VOLUME.read_bytes()


def test_both_releases_are_proved_from_what_is_published(story: Story) -> None:
    for version in ("1.0", "1.1"):
        assert story.answer(f"release {version}")["version"] == version
        report = verify_folder(story.edition / version)
        assert [found.message for found in report.findings if found.is_error] == []
    checks = {check.name: check.verdict for check in report.checks}
    assert checks["change since 1.0"] == "passed"


def test_the_corrected_words_stand_in_every_medium(story: Story) -> None:
    import zipfile

    import pypdfium2
    from lxml import etree

    folder = story.edition / "1.0"
    with zipfile.ZipFile(folder / "small-volume.epub") as epub:
        pages = [epub.read(name) for name in epub.namelist() if name.endswith(".xhtml")]
    flowing = " ".join(" ".join(etree.fromstring(page).itertext()) for page in pages)
    document = pypdfium2.PdfDocument((folder / "small-volume-print-generic.pdf").read_bytes())
    paper = " ".join(page.get_textpage().get_text_range() for page in document)
    document.close()
    for said in (" ".join(flowing.split()), " ".join(paper.split())):
        for words in ("has three parts", "A list of all books.", "A long novel"):
            assert words in said


def test_titles_follow_their_corrected_headings(story: Story) -> None:
    texts = story.book / "releases/1.0/texts"
    assert "d1#p-001\t1. A Letter From Alpha to Gamma" in (texts / "d1.txt").read_text("utf-8")
    furniture = json.loads((story.edition / "1.0/evidence/furniture.json").read_text("utf-8"))
    for medium in ("page", "epub"):
        titles = {row["address"]: row["title"] for row in furniture[medium]}
        assert titles["d1"] == "1. A Letter From Alpha to Gamma"
        assert titles["ch1"] == "The Very First Year"
    contents = next(row for row in furniture["page"] if row["address"] == "contents")
    said = " | ".join(row.get("text", "") for row in contents["items"])
    assert "| 1. A Letter From Alpha to Gamma, " in said
    assert "| The Very First Year |" in said
    listed = next(row for row in furniture["epub"] if row["address"] == "corrections")
    words = " ".join(row.get("text", "") for row in listed["items"])
    assert words.count("The Very First Year") == 2, "as the place and as the new reading"


def test_the_second_version_differs_by_its_two_entries(story: Story) -> None:
    assert story.answer("release 1.1")["step"] == "2 accidental corrections (C-0006, C-0007)"
    found = story.answer("diff")["difference"]
    assert [(row["address"], row["words"]) for row in found["texts"]] == [
        ("d1/note/d1fn6#p-001", [{"old": "typed", "new": "written"}]),
        ("d2#p-002", [{"old": "a month", "new": "two months"}]),
    ]
    assert found["numbers"] == []
