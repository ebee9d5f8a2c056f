"""What each command prints with `--json` has the published form, in success and in failure."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from engross.cli.app import app
from engross.commands.answers import COMMANDS


def answer(*arguments: str) -> dict[str, object]:
    result = CliRunner().invoke(app, [*arguments, "--json"])
    assert result.exception is None or isinstance(result.exception, SystemExit)
    found: dict[str, object] = json.loads(result.stdout)
    return found


def fits(name: str, found: dict[str, object]) -> None:
    COMMANDS[name].model_validate_json(json.dumps(found), strict=True)


@pytest.fixture(scope="module")
def new_book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("answers") / "letter"
    found = answer("new", str(folder), "--title", "A Letter")
    assert found["ok"] is True
    fits("new", found)
    return folder


def test_a_refused_new_book_answers_in_the_same_form(new_book: Path) -> None:
    found = answer("new", str(new_book))
    assert found["ok"] is False
    fits("new", found)


def test_check_answers_for_good_books_and_for_folders_without_one(
    new_book: Path, tmp_path: Path
) -> None:
    fits("check", answer("check", str(new_book)))
    missing = answer("check", str(tmp_path))
    assert missing["ok"] is False
    fits("check", missing)


def test_build_and_verify_answer(new_book: Path) -> None:
    built = answer("build", str(new_book), "--to", "epub")
    assert built["ok"] is True, built["findings"]
    fits("build", built)
    fits("verify", answer("verify", str(new_book)))


def test_correct_answers(new_book: Path) -> None:
    words = ["correct", "document", "word for word", "letter for letter"]
    found = answer(*words, "--reason", "clearer", "--book", str(new_book))
    assert found["ok"] is True, found["findings"]
    fits("correct", found)
    fits("correct", answer("correct", "--list", "--book", str(new_book)))


def test_a_release_that_is_refused_answers(new_book: Path) -> None:
    found = answer("release", str(new_book), "--date", "2026-11-24")
    assert found["ok"] is False
    assert [one["message"] for one in found["findings"] if one["code"] == "V020"] == [
        "these are the form's words: “Replace this paragraph by the text of …”",
        "these are the form's words: “Say here what the document is, how it …”",
    ]
    fits("release", found)


def test_clean_doctor_and_explain_answer(new_book: Path) -> None:
    fits("clean", answer("clean", str(new_book)))
    fits("doctor", answer("doctor"))
    fits("explain", answer("explain"))
    fits("explain-code", answer("explain", "N001"))
