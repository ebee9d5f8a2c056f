"""Code, catalog, page and test of each finding stay together."""

import re
from pathlib import Path

from typer.testing import CliRunner

from engross.catalog import STAGES, codes
from engross.cli.app import app
from engross.model.finding import EngrossError

ROOT = Path(__file__).parent.parent.parent.parent
CODE = re.compile(r"\b[A-Z]\d{3}\b")
NO_FINDINGS = {"E101", "E107"}
"""Codes of other people's lists that look like ours: ONIX's product forms."""
EXIT = {"C": {2}, "L": {4}, "V": {2, 4}, "E": {6}, "K": {7}, "X": {8}, "P": {9}}


def named_in(folder: str, *patterns: str) -> set[str]:
    found: set[str] = set()
    for pattern in patterns:
        for path in (ROOT / folder).rglob(pattern):
            if "node_modules" not in path.parts:
                found |= set(CODE.findall(path.read_text("utf-8", "replace")))
    return found


def test_every_code_that_the_program_raises_has_an_entry() -> None:
    raised = {
        match
        for path in (ROOT / "src").rglob("*.py")
        for match in re.findall(r'"([A-Z]\d{3})"', path.read_text("utf-8"))
    }
    assert len(raised) > 100
    assert sorted(raised - codes().keys() - NO_FINDINGS) == []


def test_every_code_of_the_catalog_is_raised_somewhere() -> None:
    assert sorted(codes().keys() - named_in("src", "*.py")) == []


def test_every_code_has_its_own_heading_in_the_manual_in_order() -> None:
    pages = sorted((ROOT / "docs/findings").glob("*.md"))
    text = "\n".join(page.read_text("utf-8") for page in pages)
    headings = re.findall(r"^## ([A-Z]\d{3}): (.+)$", text, re.M)
    assert sorted(headings) == [(code, entry.title) for code, entry in sorted(codes().items())]


def test_an_entry_is_whole_and_its_family_owns_its_exit_status() -> None:
    for code, entry in codes().items():
        assert entry.stage in STAGES, code
        assert entry.title, code
        assert not entry.title.endswith("."), code
        assert entry.meaning, code
        assert entry.example, code
        assert entry.fix, code
        assert entry.exit_status in EXIT.get(code[0], range(1, 10)), code


def test_each_code_is_met_by_a_test() -> None:
    assert sorted(codes().keys() - named_in("tests", "*.py", "case.toml")) == []


def test_a_misspelt_code_or_command_is_asked_back() -> None:
    result = CliRunner().invoke(app, ["explain", "N01"])
    assert isinstance(result.exception, EngrossError)
    assert (result.exception.exit_status, str(result.exception)) == (
        2,
        "engross: C003 there is no code N01; did you mean N001, N005, N004?\n"
        "    fix: engross explain lists them",
    )
    result = CliRunner().invoke(app, ["biuld"])
    assert result.exit_code == 2
    assert "There is no command 'biuld'. Did you mean 'build'?" in result.stderr
