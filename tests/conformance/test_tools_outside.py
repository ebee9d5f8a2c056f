"""Every outside checker over the outputs of an edition."""

from collections.abc import Iterator, Sequence
from importlib.resources import files

import pytest

from engross.check.tools.epubcheck import epubcheck
from engross.check.tools.findings import findings
from engross.check.tools.qpdf import qpdf
from engross.check.tools.verdict import Keeper, Verdict
from engross.model.check import Output
from engross.model.finding import Finding

pytestmark = pytest.mark.tools


def verdicts(
    outputs: Sequence[Output], store: Keeper | None = None
) -> tuple[tuple[Output, Verdict], ...]:
    """Show the EPUBs to EPUBCheck, all in one Java machine, and every PDF to qpdf."""
    books = [output for output in outputs if output.name.endswith(".epub")]
    pdfs = [output for output in outputs if output.name.endswith(".pdf")]
    said = list(zip(books, epubcheck([book.content for book in books], store), strict=True))
    said += [(output, qpdf(output.content, store)) for output in pdfs]
    return tuple(said)


def findings_of(said: Sequence[tuple[Output, Verdict]]) -> Iterator[Finding]:
    """Give what the verdicts come to, file by file."""
    for output, verdict in said:
        yield from findings(verdict, output.name)


def test_each_output_goes_to_its_checker_and_the_rest_to_none(
    epubcheck_tool: str, qpdf_tool: str
) -> None:
    good = files("epubcheck").joinpath("samples", "childrens-literature.epub").read_bytes()
    outputs = [
        Output("print", "a-print.pdf", b"not a PDF"),
        Output("epub", "a.epub", good),
        Output("evidence", "evidence/a.txt", b"text"),
    ]
    said = verdicts(outputs)
    assert [(output.name, verdict.tool) for output, verdict in said] == [
        ("a.epub", "EPUBCheck"),
        ("a-print.pdf", "qpdf"),
    ]
    assert {(found.place.path, found.code) for found in findings_of(said)} == {
        ("a-print.pdf", "W101"),
        ("a-print.pdf", "W102"),
    }
