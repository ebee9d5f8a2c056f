"""A book that was released twice."""

import shutil
from pathlib import Path

import pytest
from tests.e2e.answers import ACCEPT, change, run


@pytest.fixture(scope="session")
def book(published: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The draft with all that a build of it kept, so that no test lays the same pages out again."""
    built = published.parents[2] / "book"
    return Path(shutil.copytree(built, tmp_path_factory.mktemp("draft") / "book"))


@pytest.fixture(scope="session")
def release(book: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the book at release 1.1, made without pages, which take long."""
    folder = tmp_path_factory.mktemp("released") / "book"
    shutil.copytree(book, folder, ignore=shutil.ignore_patterns("dist", "releases"))
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
    shutil.copytree(release, tmp_path / "book", ignore=shutil.ignore_patterns("dist"))
    return tmp_path / "book"
