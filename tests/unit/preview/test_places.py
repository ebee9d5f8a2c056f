"""Findings stand beside the words that they concern."""

import socket
from collections.abc import Iterator

import pytest

from engross.commands.doctor import ready
from engross.model.finding import EngrossError, Finding, Place, Severity
from engross.preview.places import address_of, with_findings

MARKS = {"documents/a/transcript.md": ((1, "a#p-001"), (5, "a#p-002"))}
PAGE = (
    b'<html><head></head><body><section id="a"><p id="p-001">One.</p><p id="p-002">Two.</p>'
    b"</section></body></html>"
)


def found(path: str, line: int) -> Finding:
    return Finding("N001", Severity.ERROR, Place(path, line), "5 < 6", "correct it")


@pytest.mark.parametrize(
    ("path", "line", "address"),
    [
        ("documents/a/transcript.md", 1, "a#p-001"),
        ("documents/a/transcript.md", 4, "a#p-001"),
        ("documents/a/transcript.md", 9, "a#p-002"),
        ("documents/a/notes.yaml", 3, "a"),
        ("manifest.yaml", 3, ""),
    ],
)
def test_a_block_holds_the_lines_up_to_the_next(path: str, line: int, address: str) -> None:
    assert address_of(found(path, line), MARKS) == address


def test_a_finding_stands_at_the_end_of_its_block() -> None:
    page = with_findings({"a.html": PAGE}, [found("documents/a/transcript.md", 5)], MARKS)["a.html"]
    assert (
        b'Two.<span class="engross-finding error" role="note">documents/a/transcript.md:5: N001 '
        b"5 &lt; 6<br>fix: correct it</span></p>" in page
    )
    assert page.count(b"<style>") == 1


def test_a_finding_without_a_block_stands_at_the_head_of_its_document() -> None:
    page = with_findings({"a.html": PAGE}, [found("documents/a/notes.yaml", 2)], MARKS)["a.html"]
    assert b'<section id="a"><span class="engross-finding' in page


def test_a_finding_about_nothing_shown_changes_no_page() -> None:
    assert with_findings({"a.html": PAGE}, [found("manifest.yaml", 1)], MARKS) == {"a.html": PAGE}


@pytest.fixture
def taken() -> Iterator[int]:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        yield other.getsockname()[1]


def test_a_port_that_is_taken_is_told_with_another(taken: int) -> None:
    pytest.importorskip("starlette", reason="the extra preview is not installed")
    with pytest.raises(EngrossError) as caught:
        ready(taken)
    assert str(caught.value) == (
        f"engross: E041 port {taken} is taken by another program\n"
        f"    fix: choose another: engross preview --port {taken + 1}"
    )


def test_packages_that_are_missing_are_named_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("engross.commands.doctor.find_spec", lambda _: None)
    with pytest.raises(EngrossError) as caught:
        ready(8731)
    assert str(caught.value) == (
        "engross: E040 the preview needs starlette, uvicorn, watchfiles, not installed here\n"
        "    fix: install them: pip install 'engross[preview]'"
    )
