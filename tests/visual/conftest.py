"""The pages that are looked at and measured."""

from pathlib import Path

import pytest

from engross.commands.build import build
from engross.commands.request import BuildRequest


def printed(book: Path, out: Path) -> Path:
    """The print PDF of a book."""
    outcome = build(BuildRequest(book=book, kinds=("print",), out=out, jobs=1, cache=False))
    assert outcome.ok, [str(found) for found in outcome.findings]
    (made,) = [row for row in outcome.outputs if row.kind == "print"]
    return Path(made.path)


@pytest.fixture(scope="session")
def memorandum(book: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The memorandum's print PDF."""
    return printed(book, tmp_path_factory.mktemp("visual"))
