"""Code, catalog, page and test of each finding stay together."""

import ast
import re
from itertools import pairwise
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


ELSEWHERE = {
    **dict.fromkeys(("Q103", "Q105", "Q202"), "tests/unit/tools/test_findings.py"),
    "Q310": "tests/conformance/test_onix_records.py",
    "Q401": "tests/unit/records/test_deposit.py",
    "R022": "tests/unit/assemble/test_citation_styles.py",
    "V009": "tests/unit/release/test_accepting.py",
    **dict.fromkeys(("W101", "W102"), "tests/conformance/test_tools_pdf.py"),
}
"""Codes whose message a test asserts apart from the code, or as the words of another program."""
SAID = re.compile(r"\b([A-Z]\d{3})\b:? \S+ \S+")


def words_of(node: ast.AST) -> str:
    """A string of a test; what stands in braces is one word."""
    if isinstance(node, ast.JoinedStr):
        return "".join(words_of(one) or "word" for one in node.values)
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""


def asserted(tree: ast.Module) -> set[str]:
    """The codes that a file of tests asserts with their messages."""
    found: set[str] = set()
    for node in ast.walk(tree):
        found |= set(SAID.findall(words_of(node)))
        if isinstance(node, ast.Tuple | ast.List):
            rows = [words_of(one) for one in node.elts]
            found |= {
                code
                for code, said in pairwise(rows)
                if CODE.fullmatch(code) and said.count(" ") > 1
            }
        if isinstance(node, ast.FunctionDef):
            said = [x for a in ast.walk(node) if isinstance(a, ast.Assert) for x in ast.walk(a)]
            if any(words_of(one).count(" ") > 1 for one in said):
                found |= {words_of(one) for one in ast.walk(node) if CODE.fullmatch(words_of(one))}
    return found


def test_the_message_of_each_code_is_asserted_by_a_test() -> None:
    found = set(ELSEWHERE)
    for path in (ROOT / "tests").rglob("*"):
        if path.suffix == ".py":
            found |= asserted(ast.parse(path.read_text("utf-8")))
        elif path.name == "case.toml" or path.suffix == ".txt":
            found |= set(SAID.findall(path.read_text("utf-8", "replace")))
    assert sorted(codes().keys() - found) == []
    for code, path in ELSEWHERE.items():
        assert code in (ROOT / path).read_text("utf-8"), (code, path)


def test_a_misspelt_code_or_command_is_asked_back() -> None:
    result = CliRunner().invoke(app, ["explain", "N01"])
    assert isinstance(result.exception, EngrossError)
    assert (result.exception.exit_status, str(result.exception)) == (
        2,
        "engross: C003 there is no code N01; did you mean N001?\n"
        "    fix: engross explain lists them",
    )
    result = CliRunner().invoke(app, ["biuld"])
    assert result.exit_code == 2
    assert "There is no command 'biuld'. Did you mean 'build'?" in result.stderr
