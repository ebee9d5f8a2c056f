"""A small book is mostly start: what an ordinary build does not need is not loaded for it."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

NETWORK = {"ssl", "urllib.request", "http.client"}
"""Nothing is asked of a network; `ssl` alone costs as much as all of the program's schemas."""


def loaded(statement: str) -> set[str]:
    """The modules that a fresh Python has after a statement."""
    code = f"{statement}; import sys; print('\\n'.join(sys.modules))"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True)
    return set(run.stdout.split())


@pytest.mark.parametrize(
    "statement", ["import engross.cli.app, engross.cli.run", "import engross.commands.stages"]
)
def test_a_build_loads_no_network(statement: str) -> None:
    assert not NETWORK & loaded(statement)


@pytest.mark.parametrize(
    "unasked",
    [
        "engross.check.preflight",  # judges pages, and an EPUB has none
        "engross.workshop.proofs",
        "engross.make.records.onix",
        "engross.parse.tei",  # a book of Markdown has no TEI
        "engross.schema.profile",
        "markdown_it",  # and a book of TEI files no Markdown
        "pikepdf",
        "PIL",
    ],
)
def test_the_stages_load_what_every_build_needs(unasked: str) -> None:
    assert unasked not in loaded("import engross.commands.stages, engross.commands.task")


def test_an_epub_alone_loads_nothing_that_writes_pages() -> None:
    assert not {"pikepdf", "PIL", "pypdfium2", "engross.make.records.onix"} & loaded(
        "import engross.commands.task, engross.workshop.epub"
    )


def test_a_plugin_of_pydantic_beside_the_program_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "guest.py").write_text("raise SystemExit('the guest was asked in')\n", "utf-8")
    listed = tmp_path / "guest-1.dist-info"
    listed.mkdir()
    (listed / "METADATA").write_text("Metadata-Version: 2.1\nName: guest\nVersion: 1\n", "utf-8")
    (listed / "entry_points.txt").write_text("[pydantic]\nguest = guest:plugin\n", "utf-8")
    (tmp_path / "manifest.yaml").write_text("edition: x\n", "utf-8")
    places = os.pathsep.join([str(tmp_path), *filter(None, sys.path)])
    run = subprocess.run(
        [sys.executable, "-m", "engross", "check", str(tmp_path)],
        env=os.environ | {"PYTHONPATH": places},
        capture_output=True,
        check=False,
        text=True,
    )
    assert run.returncode == 3
    assert "guest" not in run.stderr
