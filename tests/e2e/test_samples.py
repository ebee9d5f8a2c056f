"""The books of `engross new --sample`: without a fault, built, proved, and shown in the manual."""

import json
from pathlib import Path

import pytest
from tests.small import judged
from typer.testing import CliRunner

from engross.cli.app import app
from engross.commands.verify import verify
from engross.model.finding import Severity
from engross.new.write import samples


def made(folder: Path, name: str) -> Path:
    """A sample, written by the command."""
    done = CliRunner().invoke(app, ["new", str(folder / name), "--sample", name, "--json"])
    assert done.exit_code == 0, done.stdout
    return folder / name


@pytest.mark.parametrize("name", samples())
def test_a_sample_has_nothing_to_mend_and_its_schemas(tmp_path: Path, name: str) -> None:
    book = made(tmp_path, name)
    assert [found for found in judged(book)[1] if found.severity != Severity.INFO] == []
    assert (book / ".schema/manifest.json").is_file()
    page = Path(__file__).parents[2] / "docs/how-to/samples.md"
    assert f"## {name}\n" in page.read_text("utf-8")


@pytest.mark.slow
@pytest.mark.parametrize("name", samples())
def test_a_sample_builds_and_proves_itself(tmp_path: Path, name: str) -> None:
    book = made(tmp_path, name)
    done = CliRunner().invoke(app, ["build", str(book), "--json"])
    assert json.loads(done.stdout)["ok"], done.stdout
    outcome = verify((book,))
    assert outcome.ok
    assert {"conservation"} <= {one.name for one in outcome.checks if one.verdict == "passed"}


def test_a_sample_that_is_not_there_is_told(tmp_path: Path) -> None:
    done = CliRunner().invoke(app, ["new", str(tmp_path / "x"), "--sample", "poem"])
    assert done.exit_code == 2
    assert "there is no sample 'poem'; did you mean poems?" in done.stderr
    assert not (tmp_path / "x").exists()
