"""Two commands at once: whoever publishes looks again, when nobody else can, at what it read."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.faults.program import small_book
from tests.property.readers import BOOK

from engross.commands.build import build
from engross.commands.clean import clean
from engross.commands.outcome import Outcome
from engross.commands.release.release import release
from engross.commands.request import BuildRequest, ReleaseRequest


def raced(folder: Path, meanwhile: Callable[[Path], object]) -> tuple[Outcome, Path]:
    """A build with something done at the moment at which it begins to publish."""
    book = folder / "book"
    shutil.copytree(BOOK, book)
    assert build(BuildRequest(book=book, kinds=())).ok
    manifest = book / "manifest.yaml"
    manifest.write_text(manifest.read_text("utf-8") + "# touched\n", "utf-8")
    done: list[object] = []

    def listen(stage: str, remark: str) -> None:
        if stage == "publish" and not remark and not done:
            done.append(meanwhile(book))

    return build(BuildRequest(book=book), listen), next((folder / "dist").glob("[a-z]*"))


def released(book: Path) -> None:
    """What a release has done in dist before it writes its record."""
    edition = next((book.parent / "dist").glob("[a-z]*"))
    (edition / "1.0").symlink_to((edition / "current").readlink())


def corrected(book: Path) -> None:
    ledger = book / "corrections.yaml"
    ledger.write_text(ledger.read_text("utf-8") + "# corrected\n", "utf-8")


@pytest.mark.parametrize(
    ("meanwhile", "said"),
    [
        (lambda book: build(BuildRequest(book=book)), []),
        (
            released,
            [
                "engross: V016 version 1.0 was released while this was built\n"
                "    fix: build again: what is in dist is the release"
            ],
        ),
        (
            corrected,
            [
                "corrections.yaml: F006 'corrections.yaml' changed while the book was read\n"
                "    fix: save your work and run the command again"
            ],
        ),
        (clean, []),
    ],
    ids=["build", "release", "correct", "clean"],
)
def test_a_race_ends_with_one_whole_edition(
    tmp_path: Path, meanwhile: Callable[[Path], object], said: list[str]
) -> None:
    outcome, edition = raced(tmp_path, meanwhile)
    assert [str(found) for found in outcome.findings if found.is_error] == said
    assert outcome.ok is not bool(said)
    assert (edition / "current" / "SHA256SUMS").is_file()
    if (edition / "1.0").is_symlink():
        assert (edition / "1.0").readlink() == (edition / "current").readlink()


@pytest.mark.slow
def test_of_two_releases_at_once_one_is_made_and_the_other_is_refused(tmp_path: Path) -> None:
    request = ReleaseRequest(
        book=small_book(tmp_path), date="2026-11-30", today="2026-11-30", accept=("V009", "V018"),
        reason="No checker is on this machine.",
    )  # fmt: skip
    others: list[Outcome] = []

    def listen(stage: str, remark: str) -> None:
        if stage == "publish" and not remark and not others:
            others.append(release(request))

    outcome = release(request, listen)
    assert others, [str(found) for found in outcome.findings]
    assert [str(found) for found in others[0].findings if found.is_error] == []
    assert [found.code for found in outcome.findings if found.is_error] == ["F006"]
    assert outcome.exit_status == 3
    [edition] = (tmp_path / "dist").glob("[a-z]*")
    assert (edition / "1.0").readlink() == (edition / "current").readlink()
    assert release(request).exit_status == 4
