"""
The proof is proved by files that lie.

A mutant opens like any other file, its checksum is right, and it lies alone beside the evidence: no
digest and no comparison of one output with the other can catch it, only its own words, numbers and
places.
"""

import hashlib
import io
import os
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest
from lxml import etree
from tests.draft import SLUG
from tests.property.mutants import KINDS, Mutant, mutate

from engross.catalog import finding
from engross.commands.verify import verify
from engross.model.finding import Place
from engross.verify import verify_folder

NAMES = {
    "epub": (f"{SLUG}.epub",),
    "pdf": (f"{SLUG}-screen.pdf", f"{SLUG}-print-generic.pdf"),
}


def draw(folder: Path, number: int) -> tuple[str, Mutant]:
    """The mutant of a number: kinds take turns, and so do the PDFs."""
    kind = KINDS[number % len(KINDS)]
    names = NAMES[kind.split(" ")[0]]
    name = names[number // len(KINDS) % len(names)]
    return name, mutate((folder / name).read_bytes(), kind, number)


def opens(content: bytes) -> None:
    """A mutant is a file like any other: it is read to its end by the usual libraries."""
    if content.startswith(b"%PDF"):
        with pikepdf.open(io.BytesIO(content)) as pdf:
            for page in pdf.pages:
                page.contents_coalesce()
                page.Contents.read_bytes()
        return
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.testzip() is None
        for name in archive.namelist():
            if name.endswith((".xhtml", ".opf", ".ncx")):
                etree.fromstring(archive.read(name))


def sums(folder: Path) -> None:
    """`SHA256SUMS` as it has to be for what lies in the folder."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    rows = [
        f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.relative_to(folder).as_posix()}\n"
        for path in files
        if path.name != "SHA256SUMS"
    ]
    (folder / "SHA256SUMS").write_text("".join(rows), "utf-8")


def hunt(
    published: Path,
    folder: Path,
    numbers: range,
    tell: Callable[[str, object], None],
) -> None:
    """Judge each mutant against the evidence, and say which were missed."""
    folder.mkdir()
    shutil.copytree(published / "evidence", folder / "evidence")
    drawn: dict[str, tuple[str, Mutant]] = {}
    for number in numbers:
        name, mutant = draw(published, number)
        opens(mutant.content)
        drawn[f"{number}{Path(name).suffix}"] = (name, mutant)
    lone = {name: mutant.content for name, (_, mutant) in drawn.items()}
    report = verify_folder(folder, only=lone)
    # P013 compares the pages of one output with another's: here only the evidence counts.
    faults = {
        found.place.path for found in report.findings if found.is_error and found.code != "P013"
    }
    missed = [
        f"{alone}: {mutant.kind}, {name}, {mutant.what}"
        for alone, (name, mutant) in drawn.items()
        if alone not in faults
    ]
    caught = len(numbers) - len(missed)
    print(f"caught {caught} of {len(numbers)} mutants", *missed, sep="\n")
    tell("mutants", len(numbers))
    tell("kinds", len(KINDS))
    tell("caught", caught)
    for row in missed:
        tell("missed", row)
    assert not missed, "\n".join(missed)


@pytest.mark.slow
def test_a_mutant_of_every_third_kind_is_caught(
    published: Path,
    tmp_path: Path,
    record_property: Callable[[str, object], None],
) -> None:
    assert len(KINDS) >= 40
    hunt(published, tmp_path / "lone", range(0, len(KINDS), 3), record_property)


@pytest.mark.slow
@pytest.mark.parametrize("fifth", [1, 2, 3, 4, 5])
def test_five_hundred_mutants_are_caught(
    published: Path,
    tmp_path: Path,
    fifth: int,
    record_property: Callable[[str, object], None],
) -> None:
    count = int(os.environ.get("ENGROSS_MUTANTS", "500")) // 5
    first = 1000 + (fifth - 1) * count
    hunt(published, tmp_path / "lone", range(first, first + count), record_property)


@pytest.mark.parametrize("number", [4, KINDS.index("pdf letter")])
def test_right_digests_do_not_help_a_mutant(
    copied: Path,
    number: int,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    broken = finding("Q001", Place(SLUG), "an outside checker grumbles too", "nothing")
    monkeypatch.setattr("engross.commands.verify.validate", lambda *_: ([], [broken]))
    name, mutant = draw(copied, number)
    (copied / name).write_bytes(mutant.content)
    sums(copied)
    outcome = verify([copied])
    assert outcome.exit_status == 9
    assert {row.verdict for row in outcome.checks if row.name == "digests"} == {"passed"}
    assert any(found.place.path == name for found in outcome.findings)
