"""The manual: it builds without a warning, and its commands are those of the program."""

import re
import shlex
import subprocess
import sys
from pathlib import Path

import click
import pytest
import typer.main
from PIL import Image

from engross.cli.app import Group, app

ROOT = Path(__file__).parent.parent.parent
DOCS = ROOT / "docs"
PAGES = [ROOT / "README.md", *sorted(DOCS.rglob("*.md"))]


def commands() -> list[tuple[str, str]]:
    found = []
    for page in PAGES:
        text = page.read_text("utf-8")
        for block in re.findall(r"```console\n(.*?)```", text, re.S):
            for line in block.splitlines():
                if line.strip().startswith("$ engross "):
                    words = line.strip().removeprefix("$ ").partition("  #")[0]
                    found.append((page.relative_to(ROOT).as_posix(), words))
    return found


def test_the_manual_builds_without_a_warning_and_every_link_leads_somewhere(
    tmp_path: Path,
) -> None:
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(tmp_path)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "WARNING" not in done.stderr
    assert (tmp_path / "tutorial.html").is_file()
    assert (tmp_path / "json/manifest.json").is_file()


def test_there_are_commands_to_check() -> None:
    assert len(commands()) > 40


@pytest.mark.parametrize(("page", "words"), commands(), ids=lambda value: str(value)[:60])
def test_every_command_of_the_manual_is_understood(page: str, words: str) -> None:
    group = typer.main.get_command(app)
    assert isinstance(group, Group)
    _, name, *arguments = shlex.split(words)
    command = group.get_command(None, name)
    assert command is not None, f"{page}: {words}"
    try:
        with command.make_context(name, list(arguments)):
            pass
    except click.exceptions.Exit:
        pass  # --help and --version


@pytest.mark.parametrize("name", sorted(vars(typer.main.get_command(app))["commands"]))
def test_the_help_of_every_command_has_examples_that_it_understands(name: str) -> None:
    group = typer.main.get_command(app)
    assert isinstance(group, Group)
    command = group.get_command(None, name)
    assert command is not None
    words, _, examples = (command.epilog or "").partition(": ")
    assert words == "Examples", name
    for example in examples.split(" · "):
        program, verb, *arguments = shlex.split(example)
        assert (program, verb) == ("engross", name)
        with command.make_context(name, arguments):
            pass


def test_links_of_the_readme_and_of_contributing_lead_to_files() -> None:
    for name in ("README.md", "CONTRIBUTING.md"):
        for target in re.findall(r"\]\(([^)#]+)\)", (ROOT / name).read_text("utf-8")):
            if "://" not in target:
                assert (ROOT / target).exists(), f"{name}: {target}"


def test_pictures_are_small_and_are_pictures() -> None:
    pictures = sorted((DOCS / "pictures").glob("*.png"))
    names = {path.name for path in pictures}
    assert {"houses.png", "opening-phone.png", "opening-print.png"} <= names
    for path in pictures:
        assert path.stat().st_size <= 120_000, path
        with Image.open(path) as image:
            dark, light = image.convert("L").getextrema()
        assert light - dark > 150, path
