"""What an outside checker said becomes a finding of ours, or nothing."""

import pytest

from engross.check.tools import ace, axe, epubcheck
from engross.check.tools.findings import CODES, findings
from engross.check.tools.verdict import Message, Status, Verdict, Weight

FIX = (
    "look at this place of the file; where the book's own files, templates or styles are not at "
    "fault, report it"
)


def said(tool: str, weight: Weight, code: str = "") -> list[str]:
    message = Message(code, weight, "Something is odd.", "EPUB/letter.xhtml", 12, 4)
    verdict = Verdict(tool, "1.0", "0" * 64, Status.FAILED, (message,))
    return [f"{found.severity} {found}" for found in findings(verdict, "letter.epub")]


@pytest.mark.parametrize(
    ("tool", "weight", "severity", "code"),
    [
        (epubcheck.TOOL, Weight.INFO, "info", "Q103"),
        (ace.TOOL, Weight.ERROR, "error", "Q104"),
        (ace.TOOL, Weight.WARNING, "warning", "Q105"),
        (axe.TOOL, Weight.ERROR, "error", "Q201"),
        (axe.TOOL, Weight.WARNING, "warning", "Q202"),
    ],
)
def test_a_message_keeps_its_place_and_its_tool(
    tool: str, weight: Weight, severity: str, code: str
) -> None:
    assert said(tool, weight, "RSC-005") == [
        f"{severity} letter.epub/EPUB/letter.xhtml:12:4: {code} {tool}: RSC-005: Something is odd\n"
        f"    fix: {FIX}"
    ]


def test_a_message_without_a_code_is_its_words() -> None:
    found = said(ace.TOOL, Weight.ERROR)
    assert len(found) == 1
    assert f"Q104 {ace.TOOL}: Something is odd\n" in found[0]


@pytest.mark.parametrize("tool", sorted(CODES))
def test_advice_on_usage_is_no_finding(tool: str) -> None:
    assert said(tool, Weight.USAGE) == []
