"""Books that an earlier program released and corrected go on: checked, corrected, proved, built."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from engross.cli.app import app
from engross.release.versions import ordered

HERE = Path(__file__).parent
BOOK = HERE.parents[1] / "book"
KEPT = {"two-letters": ("answer", "on the following day"), "small-volume": ("d3", "Send it")}
"""By the folder beside this file: a text, and words of it that no entry corrects yet."""


def asked(*arguments: str) -> dict[str, Any]:
    result = CliRunner().invoke(app, [*arguments, "--json"])
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    answer: dict[str, Any] = json.loads(result.stdout)
    assert answer["ok"], answer["findings"]
    return answer


@pytest.fixture(
    params=["two-letters", pytest.param("small-volume", marks=pytest.mark.slow)], scope="module"
)
def kept(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A released book, with the folder that was published then."""
    folder = tmp_path_factory.mktemp("kept") / request.param
    shutil.copytree(HERE / request.param, folder, symlinks=True)
    return folder


def test_the_published_release_is_proved(kept: Path) -> None:
    assert asked("verify", str(kept / "dist" / kept.name / "1.0"))["ok"]


def test_the_book_is_checked_corrected_and_built(kept: Path) -> None:
    book, (address, words) = str(kept / "book"), KEPT[kept.name]
    before = asked("check", book)
    assert (before["version"], before["released"]) == ("1.1", False)
    asked("correct", address, words, f"{words} or so", "--reason", "A slip.", "--book", book)
    assert "C-0003" in (kept / "book/corrections.yaml").read_text("utf-8")
    assert asked("build", book)["version"] == "1.1"
    assert asked("verify", book)["ok"]


def test_the_memorandum_is_the_last_version_that_was_released() -> None:
    released = sorted((one.name for one in (BOOK / "releases").iterdir()), key=ordered)
    assert released[0] == "1.0"
    answer = asked("check", str(BOOK))
    assert (answer["version"], answer["released"]) == (released[-1], True)
