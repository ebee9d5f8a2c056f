"""
The table of bad input: one folder a row, holding only what differs from a small good book.

`case.toml` of a row says what is done to the book, which command is run, and everything that it
must then say: exit status and all findings. `dist` and the book always stay as they were.
"""

import hashlib
import json
import os
import re
import shutil
import tomllib
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from engross.model.output import Output
from engross.publish import publish

HERE = Path(__file__).parent
GOOD = HERE / "_book"
ROWS = sorted(path.parent for path in HERE.glob("*/case.toml"))


def change(book: Path, one: dict[str, Any]) -> None:
    """One change to the good book, as a table `[[change]]` of a case describes it."""
    target = book / one["file"]
    target.parent.mkdir(parents=True, exist_ok=True)
    if "old" in one:
        text = target.read_text("utf-8")
        assert text.count(one["old"]) == 1, f"{one['old']!r} stands {text.count(one['old'])} times"
        target.write_text(text.replace(one["old"], one["new"]), "utf-8")
    elif "text" in one:
        target.write_text(one["text"], "utf-8")
    elif "add" in one:
        target.write_text(target.read_text("utf-8") + one["add"], "utf-8")
    elif "hex" in one:
        target.write_bytes(bytes.fromhex(one["hex"]))
    elif "encoding" in one:
        target.write_bytes(target.read_text("utf-8").encode(one["encoding"]))
    elif "repeat" in one:
        target.write_text(one["repeat"] * one["times"], "utf-8")
    elif "link" in one:
        target.unlink(missing_ok=True)
        target.symlink_to(one["link"])
    elif "bytes" in one:
        os.truncate(target, one["bytes"]) if target.exists() else target.write_bytes(
            bytes(one["bytes"])
        )
    elif one.get("is") == "pipe":
        os.mkfifo(target)
    elif one.get("is") == "folder":
        target.mkdir()
    elif one.get("is") == "removed":
        target.unlink()
    else:
        raise AssertionError(f"not a change: {one}")


def tree(folder: Path) -> dict[str, str]:
    """Everything in a folder by its path: links by where they lead, files by what they hold."""
    found = {}
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_symlink():
            found[name] = f"link to {path.readlink()}"
        elif path.is_file():
            found[name] = hashlib.sha256(path.read_bytes()).hexdigest()
        else:
            found[name] = "not a file"
    return {name: what for name, what in found.items() if not name.startswith(".engross")}


def said(report: dict[str, Any]) -> str:
    """The findings of a report as a person reads them."""
    lines = []
    for found in report["findings"]:
        place = ":".join(str(part) for key in ("path", "line", "column") if (part := found[key]))
        lines.append(f"{place or 'engross'}: {found['code']} {found['message']}")
        lines.append(f"    fix: {found['fix']}")
    return "\n".join(lines)


def run(command: list[str]) -> tuple[int, dict[str, Any]]:
    from engross.cli.app import app

    result = CliRunner().invoke(app, [*command, "--json"])
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result.exit_code, json.loads(result.stdout)


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the good book and a former edition of it in dist."""
    shutil.copytree(GOOD, tmp_path / "book")
    former = [Output("epub", "letter-1961.epub", b"the former edition")]
    publish(former, "letter-1961", tmp_path / "dist", "current", b"{}")
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("ENGROSS_LIMITS", raising=False)
    return tmp_path


def test_the_good_book_has_no_fault(desk: Path) -> None:
    status, report = run(["check", "book", "--strict"])
    assert said(report) == ""
    assert status == 0
    assert report["published"] == "dist/letter-1961/current"


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_bad_input_is_told_whole_and_harms_nothing(
    row: Path, desk: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    case = tomllib.loads((row / "case.toml").read_text("utf-8"))
    if (row / "book").is_dir():
        shutil.copytree(row / "book", desk / "book", dirs_exist_ok=True)
    for one in case.get("change", ()):
        change(desk / "book", one)
    for name, value in case.get("environment", {}).items():
        monkeypatch.setenv(name, value)
    before = tree(desk)
    status, report = run(case.get("command", ["check", "book"]))
    if request.config.getoption("--golden"):
        write(row / "case.toml", status, said(report))
    else:
        assert said(report) == case["says"].strip("\n")
        assert status == case["exit"]
    assert tree(desk) == before
    assert report["ok"] == (status == 0)
    assert report["published"] in {"dist/letter-1961/current", None}


def write(path: Path, status: int, says: str) -> None:
    """Put what was said into a case, for a person to read in the diff."""
    text = path.read_text("utf-8")
    head = re.split(r"(?m)^exit = ", text)[0].rstrip("\n")
    tail = re.search(r"(?ms)^\[.*", text)
    escaped = says.replace("\\", "\\\\").replace('"""', '""\\"')
    body = f'exit = {status}\nsays = """\n{escaped}\n"""\n'
    path.write_text(f"{head}\n{body}\n{tail[0] if tail else ''}".rstrip("\n") + "\n", "utf-8")


def test_every_row_has_a_name_of_its_own_number() -> None:
    assert ROWS
    for row in ROWS:
        assert re.fullmatch(r"\d{3}[a-z]?-[a-z0-9-]+", row.name), row.name
