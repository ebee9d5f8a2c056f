"""With `--json` every command ends in exactly one JSON object, whatever stopped it."""

import json
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from engross.cli import main
from engross.cli.edge import InterruptError, TerminatedError, guarded

ARGUMENTS = {
    "new": ["fresh", "--title", "A"],
    "check": ["book"],
    "build": ["book", "--no-cache"],
    "verify": ["book"],
    "correct": ["letter", "a", "b", "--reason", "A slip.", "--book", "book"],
    "release": ["book"],
    "diff": ["book", "book"],
    "clean": ["book"],
    "preview": ["book"],
    "batch": ["book"],
    "explain": ["N001"],
    "doctor": [],
}
WORK = {
    "new": "engross.commands.new._new",
    "check": "engross.commands.check.open_book",
    "build": "engross.commands.task.task",
    "verify": "engross.commands.verify._verify",
    "correct": "engross.commands.correct.opened.open_book",
    "release": "engross.commands.correct.opened.open_book",
    "diff": "engross.commands.diff.diff.weight",
    "clean": "engross.commands.clean.open_book",
    "preview": "engross.commands.doctor.ready",
    "batch": "engross.batch.command.find_books",
    "explain": "engross.cli.explain.codes",
    "doctor": "engross.cli.doctor.examine",
}
"""What each command calls soon."""
ENDS: dict[str, tuple[BaseException, int]] = {
    "full disk": (OSError(28, "No space left on device"), 6),
    "bug": (KeyError("ours"), 70),
    "interrupted": (InterruptError(), 130),
    "terminated": (TerminatedError(), 143),
}


def raising(fault: BaseException) -> Callable[..., None]:
    def work(*_args: object, **_more: object) -> None:
        raise fault

    return work


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a book that cannot be read."""
    (tmp_path / "book").mkdir()
    (tmp_path / "book/manifest.yaml").write_text("edition: x\n", "utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PYDANTIC_DISABLE_PLUGINS", "")  # set back afterwards
    monkeypatch.setattr("gc.set_threshold", lambda *_: None)
    monkeypatch.setattr("signal.signal", lambda *_: None)
    return tmp_path


def run(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], *words: str
) -> tuple[int, dict[str, object]]:
    """Exit status, and the one object; a second one or none would not be read."""
    monkeypatch.setattr(sys, "argv", ["engross", *words, "--json"])
    status = guarded(main._app)
    answer: dict[str, object] = json.loads(capsys.readouterr().out)
    return status, answer


@pytest.mark.parametrize("end", ENDS)
@pytest.mark.parametrize("command", ARGUMENTS)
def test_whatever_stops_a_command_is_one_object(
    command: str, end: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    fault, wanted = ENDS[end]
    monkeypatch.setattr(WORK[command], raising(fault))
    status, answer = run(monkeypatch, capsys, command, *ARGUMENTS[command])
    assert (status, answer["ok"]) == (wanted, False)


@pytest.mark.parametrize("command", ARGUMENTS)
def test_an_option_that_does_not_exist_is_one_object(
    command: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    status, answer = run(monkeypatch, capsys, command, *ARGUMENTS[command], "--unknown")
    [found] = answer["findings"]  # type: ignore[misc]  # a list
    assert (status, found["code"]) == (2, "C003")
    assert "No such option: --unknown" in found["message"]


def test_a_report_that_cannot_be_written_is_one_object(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "plain").touch()
    status, answer = run(monkeypatch, capsys, "build", "book", "--report", "plain/r.html")
    codes = [found["code"] for found in answer["findings"]]  # type: ignore[attr-defined]  # a list
    assert (status, codes[-1]) == (2, "C002")
