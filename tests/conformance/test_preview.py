"""The preview in a real browser, while its book is edited, spoilt and fixed."""

import json
import re
import signal
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.draft import draft_of_book

ROOT = Path(__file__).parents[2]
pytestmark = [pytest.mark.tools, pytest.mark.usefixtures("npm_tool")]


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    """A preview of a copy of the memorandum: its address and the copy."""
    pytest.importorskip("starlette", reason="the extra preview is not installed")
    pytest.importorskip("watchfiles", reason="the extra preview is not installed")
    book = draft_of_book(tmp_path_factory.mktemp("preview") / "book")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "engross", "preview", str(book), "--port", str(port)]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as server:
        try:
            assert server.stderr is not None
            said = re.fullmatch(
                rf"preview: (http://127\.0\.0\.1:{port}/[\w-]{{22}}/) \(Ctrl-C ends it\)\n",
                server.stderr.readline(),
            )
            assert said
            yield said[1], book
        finally:
            server.send_signal(signal.SIGTERM)
            server.wait(60)


@pytest.fixture(scope="module")
def watched(running: tuple[str, Path], tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    from engross.check.tools.fetch import browser

    address, book = running
    out = tmp_path_factory.mktemp("seen") / "preview.json"
    script = ROOT / "tests" / "browser" / "preview.mjs"
    command = ["node", str(script), str(browser()), address, str(book), str(out)]
    ended = subprocess.run(command, capture_output=True, text=True, check=False, timeout=900)
    assert ended.returncode == 0, ended.stderr
    seen: dict[str, Any] = json.loads(out.read_text("utf-8"))
    return seen


def test_a_save_shows_its_words(watched: dict[str, Any]) -> None:
    assert "A sentence about quagmires." in watched["saved"]["text"]
    assert (watched["saved"]["good"], watched["saved"]["broken"]) == ("true", "")


def test_a_broken_save_keeps_the_last_good_page_and_says_what_is_wrong_beside_it(
    watched: dict[str, Any],
) -> None:
    broken = watched["broken"]
    assert broken["broken"] == "The last save cannot be shown; this is the last good page."
    assert "A sentence about quagmires." in broken["text"]
    (beside,) = broken["beside"]
    assert beside.startswith("introduction.md:")
    assert "R001 [@nobody-knows] names no source, document, note, section or person" in beside
    assert beside in {finding.replace(" R001", ": R001", 1) for finding in broken["findings"]}


def test_a_mended_save_takes_the_finding_away(watched: dict[str, Any]) -> None:
    assert "A sentence about marshes." in watched["fixed"]["text"]
    assert watched["fixed"]["beside"] == []


def test_epub_and_print_follow(watched: dict[str, Any]) -> None:
    assert watched["epub"][0] == "nav.xhtml"
    assert "yamada.xhtml" in watched["epub"]
    assert watched["print"] >= 20


def test_the_page_asks_nobody_else(watched: dict[str, Any]) -> None:
    assert (watched["remote"], watched["errors"]) == ([], [])


def test_a_page_of_another_site_cannot_reach_it_by_a_name_of_its_own(
    running: tuple[str, Path],
) -> None:
    request = urllib.request.Request(f"{running[0]}state", headers={"Host": "example.org"})
    with pytest.raises(urllib.error.HTTPError, match="400"):
        urllib.request.urlopen(request)
