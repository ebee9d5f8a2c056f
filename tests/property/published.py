"""The edition of the memorandum, built once for all tests that prove it."""

import os
import shutil
from pathlib import Path

import pytest
from filelock import FileLock
from tests.draft import draft_of_book

from engross.commands.build import build
from engross.commands.request import BuildRequest

SLUG = "khrushchev-yamada-1961"


@pytest.fixture(scope="session")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A published folder; not to be written to. Workers of one run share it."""
    base = tmp_path_factory.getbasetemp()
    run = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    shared = run / "published"
    with FileLock(f"{shared}.lock"):
        if not (shared / "done").exists():
            copy = draft_of_book(shared / "book")
            outcome = build(BuildRequest(book=copy, kinds=("epub", "print", "screen")))
            assert outcome.ok, [str(found) for found in outcome.findings]
            (shared / "done").write_text(str(outcome.published), "utf-8")
    return shared / "dist" / SLUG / "draft"


@pytest.fixture
def copied(published: Path, tmp_path: Path) -> Path:
    """The same folder, to be changed at will; its name is no digest."""
    copy = tmp_path / "copy"
    shutil.copytree(published, copy)
    return copy
