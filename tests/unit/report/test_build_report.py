"""The report, the table and the progress of a build, for eyes, ears and logs."""

import io
import itertools
import os
import pty
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from lxml import html
from PIL import Image
from typer.testing import CliRunner, Result

from engross.cli.app import app

PROGRESS = """
import engross.cli.run as progress
progress.QUICK = 0
bar = progress.Bar()
bar("make", "typeset 3 of 12 units")
bar.close()
print("done")
"""


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Result]:
    folder = tmp_path_factory.mktemp("reported")
    run = CliRunner().invoke
    assert run(app, ["new", str(folder / "letter"), "--title", "A Letter"]).exit_code == 0
    report = ["--report", str(folder / "report.html")]
    result = run(app, ["build", str(folder / "letter"), "--to", "epub,screen", *report])
    assert result.exit_code == 0, result.stderr
    return folder, result


def test_a_log_gets_a_line_a_stage_and_a_short_table(built: tuple[Path, Result]) -> None:
    folder, result = built
    lines = result.stderr.splitlines()
    stages = ["read", "parse", "assemble", "render", "make", "check", "publish"]
    assert lines[:7] == stages
    assert "\x1b" not in result.stderr
    table = [line for line in lines if line.startswith(("EPUB ", "reading PDF "))]
    assert len(table) == 2
    for line in table:
        assert re.search(r"\d+ (kB|MB)  \d+ checks? passed.*  \S*a-letter\S*\.(epub|pdf)$", line)
    draft = folder / "letter/dist/a-letter/draft"
    assert lines[-1] == f"in dist: {draft} (version 1.0, not released; new)"


def everything(terminal: int) -> Iterator[str]:
    """What a terminal was sent; it ends with an error when the sender is gone."""
    while True:
        try:
            piece = os.read(terminal, 65536)
        except OSError:
            return
        if not piece:
            return
        yield piece.decode()


def test_a_terminal_gets_one_line_that_is_gone_at_the_end() -> None:
    main, side = pty.openpty()
    environment = {**os.environ, "TERM": "xterm", "COLUMNS": "100"}
    command = [sys.executable, "-c", PROGRESS]
    done = subprocess.run(command, stderr=side, stdout=subprocess.PIPE, env=environment, check=True)
    os.close(side)
    shown = "".join(everything(main))
    os.close(main)
    assert done.stdout == b"done\n"
    plain = re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", shown)
    assert "make" in plain
    assert "typeset units" in plain
    assert "3/12" in plain
    assert shown.count("\x1b[?25h") >= 1, "the cursor comes back"
    assert shown.rstrip().endswith("\x1b[2K"), "the line is taken away"


def test_the_report_reads_in_one_line_of_thought(built: tuple[Path, Result]) -> None:
    page = html.fromstring((built[0] / "report.html").read_text("utf-8"))
    levels = [int(head.tag[1]) for head in page.iter("h1", "h2", "h3")]
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in itertools.pairwise(levels))
    heads = [" ".join(head.text_content().split()) for head in page.iter("h1", "h2")]
    assert heads == [
        "Report on a-letter",
        "Findings: 3",
        "What was made",
        "Checks",
        "Fonts",
        "Pages",
    ]
    assert page.get("lang") == "en"
    for table in page.iter("table"):
        assert table.findtext("caption")
        assert {head.get("scope") for head in table.iter("th")} == {"col", "row"}


def test_each_page_is_a_picture_with_its_words(built: tuple[Path, Result]) -> None:
    page = html.fromstring((built[0] / "report.html").read_text("utf-8"))
    pictures = list(page.iter("img"))
    assert len(pictures) >= 4
    assert any("A Letter" in picture.get("alt") for picture in pictures)
    for picture in pictures:
        assert re.match(r"Page \w+: (blank|“|begins “)", picture.get("alt"))
        assert picture.get("src").startswith("data:image/png;base64,")


def test_the_pictures_show_ink(built: tuple[Path, Result]) -> None:
    from engross.report.page import pictures

    path = next((built[0] / "letter/dist/a-letter/draft").glob("*-screen.pdf"))
    first = next(iter(pictures(path)))
    low, high = Image.open(io.BytesIO(first.png)).convert("L").getextrema()
    assert low < 100
    assert high > 250


def test_a_report_that_cannot_be_written_is_said(built: tuple[Path, Result]) -> None:
    folder = built[0]
    nowhere = folder / "letter/manifest.yaml" / "report.html"
    command = ["build", str(folder / "letter"), "--to", "epub", "--report", str(nowhere)]
    result = CliRunner().invoke(app, command)
    assert str(result.exception) == (
        f"engross: C002 the report cannot be written to {nowhere}: Not a directory\n"
        "    fix: name a file in a folder that exists and can be written"
    )
