"""Ask the program as a person would, and read its answer."""

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from engross.cli.app import app

ACCEPT = [
    "--accept",
    "V009",
    "--accept",
    "V018",
    "--reason",
    "the tool is not on this machine",
]


def run(*arguments: str) -> tuple[int, dict[str, Any]]:
    result = CliRunner().invoke(app, [*arguments, "--json"])
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result.exit_code, json.loads(result.stdout)


def unchecked(*arguments: str) -> tuple[int, dict[str, Any]]:
    """The same where no outside checker is found: they judge a release's files in other tests."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PATH", "/nowhere")
        return run(*arguments)


def told(answer: dict[str, Any]) -> list[str]:
    return [
        f"{found['code']} {found['message']}"
        for found in answer["findings"]
        if found["severity"] == "error"
    ]


def change(path: Path, old: str, new: str, count: int = 1) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, count), "utf-8")
