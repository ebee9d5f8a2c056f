"""qpdf's and poppler's answers, on a PDF of our own making."""

import io
from pathlib import Path

import pikepdf
import pytest
from tests.conformance import poppler

from engross.check.tools import child
from engross.check.tools.child import Absent
from engross.check.tools.findings import findings
from engross.check.tools.qpdf import qpdf
from engross.check.tools.verdict import Status, Weight

pytestmark = pytest.mark.tools


@pytest.fixture(scope="module")
def pdf() -> bytes:
    """Two pages with a trim box, and a font that is not embedded."""
    made = pikepdf.new()
    font = made.make_indirect(
        pikepdf.Dictionary(
            Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name("/Helvetica")
        )
    )
    for number in (1, 2):
        page = made.add_blank_page(page_size=(450, 666))
        page.trimbox = [9, 9, 441, 657]
        page.obj.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=font))
        page.obj.Contents = made.make_stream(b"BT /F1 12 Tf (%d) Tj ET" % number)
    made.docinfo["/Title"] = "A: b"
    out = io.BytesIO()
    made.save(out, deterministic_id=True)
    return out.getvalue()


def test_qpdf_passes_a_sound_file(qpdf_tool: str, pdf: bytes) -> None:
    said = qpdf(pdf)
    assert said.status is Status.PASSED
    assert said.line == f"qpdf {said.version}: passed, 0 fatals / 0 errors / 0 warnings / 0 infos"
    assert said.version
    assert list(findings(said, "a.pdf")) == []


def test_qpdf_fails_a_file_whose_table_is_damaged(qpdf_tool: str, pdf: bytes) -> None:
    said = qpdf(pdf.replace(b"startxref\n", b"startxref\n9"))
    assert said.status is Status.FAILED
    assert said.count(Weight.WARNING) > 0
    found = list(findings(said, "a.pdf"))
    assert {row.code for row in found} == {"W102"}
    assert found[0].message.startswith("qpdf: ")


def test_qpdf_fails_what_is_no_pdf(qpdf_tool: str) -> None:
    said = qpdf(b"not a PDF")
    assert said.status is Status.FAILED
    assert "W101" in {row.code for row in findings(said, "a.pdf")}


def test_without_qpdf_a_file_is_not_checked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(child.shutil, "which", lambda _: None)
    said = qpdf(b"anything")
    assert said.status is Status.NOT_CHECKED
    (found,) = findings(said, "a.pdf")
    assert str(found) == (
        "a.pdf: W110 qpdf: not checked (qpdf is not installed)\n"
        "    fix: install qpdf, then build again"
    )


def test_poppler_lists_fonts_and_the_boxes_of_every_page(poppler_tool: str, pdf: bytes) -> None:
    assert poppler.fonts(pdf) == (
        poppler.Font(
            "Helvetica", "Type 1", "Standard", embedded=False, subset=False, unicode=False
        ),
    )
    seen = poppler.info(pdf)
    assert not isinstance(seen, Absent)
    assert seen.fields["Title"] == "A: b"
    assert [page.number for page in seen.pages] == [1, 2]
    assert seen.pages[1].media == (0, 0, 450, 666)
    assert seen.pages[1].trim == (9, 9, 441, 657)


def test_poppler_says_what_it_could_not_read(poppler_tool: str) -> None:
    said = poppler.fonts(b"not a PDF")
    assert isinstance(said, Absent)
    assert said.reason.startswith("pdffonts could not read the file: ")


def test_a_child_that_gives_no_answer_is_stopped(tmp_path: Path) -> None:
    said = child.run(["sleep", "60"], tmp_path, seconds=0.05)
    assert said == Absent("sleep gave no answer in 0.05 s")
