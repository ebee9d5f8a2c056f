"""The web edition in a real browser, and the EPUB under Ace."""

from pathlib import Path

import pytest

from engross.check.tools import ace as ace_tool
from engross.check.tools import axe as axe_tool
from engross.check.tools.findings import findings
from engross.check.tools.verdict import Status

pytestmark = [pytest.mark.tools, pytest.mark.usefixtures("npm_tool")]


def pages(published: Path) -> dict[str, bytes]:
    web = published / "web"
    return {path.relative_to(web).as_posix(): path.read_bytes() for path in web.rglob("*.*")}


@pytest.mark.slow
def test_axe_finds_nothing_wide_or_narrow_light_or_dark(published: Path) -> None:
    verdict = axe_tool.axe(pages(published))
    assert (
        verdict.line
        == f"axe-core {verdict.version}: passed, 0 fatals / 0 errors / 0 warnings / 0 infos"
    )


def test_axe_finds_what_was_done_to_a_page() -> None:
    page = (
        b'<!DOCTYPE html><html lang="en"><head><title>x</title></head><body><main><h1>x</h1>'
        b'<p style="color:#aaa;background:#fff">pale words</p><img src="https://example.org/x.png">'
        b'<p style="width:60em">wide</p></main></body></html>'
    )
    verdict = axe_tool.axe({"index.html": page})
    assert verdict.status is Status.FAILED
    assert {message.code for message in verdict.messages} >= {
        "color-contrast",
        "image-alt",
        "remote-request",
        "sideways",
    }
    assert (
        "index.html: Q201 axe-core: color-contrast: Elements must meet minimum color contrast"
        in (
            "\n".join(map(str, findings(verdict, "index.html"))).replace(
                "index.html/index.html", "index.html"
            )
        )
    )


@pytest.mark.slow
def test_ace_finds_no_violation_and_misses_no_metadata(epub_file: Path) -> None:
    verdict = ace_tool.ace(epub_file.read_bytes())
    assert verdict.status is Status.PASSED
    assert verdict.messages == ()


def test_without_node_nothing_has_passed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ace_tool, "absent", lambda: "Node is not installed")
    verdict = ace_tool.ace(b"anything")
    (found,) = findings(verdict, "a.epub")
    assert str(found) == (
        "a.epub: Q111 Ace by DAISY: not checked (Node is not installed)\n"
        "    fix: type engross doctor --install ace, then verify again"
    )
