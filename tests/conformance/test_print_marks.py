"""Marks that are taken off, and checkers that are not there or do not agree."""

import dataclasses
import io
from types import SimpleNamespace
from typing import Any

import pikepdf
import pytest
from pikepdf import Dictionary
from printed import changed, draw, press, screen, typesetting, wanted
from printed import plan as joined_plan

from engross.cache.store import Store
from engross.check.preflight import peak, preflight
from engross.check.preflight.report import State
from engross.check.tools import verapdf as judge
from engross.check.tools.child import Absent
from engross.check.tools.findings import findings
from engross.make.press.profiles import shipped
from engross.make.typeset.joining.join import Plan, join
from engross.workshop import printing


def test_ink_that_ghostscript_finds_over_the_limit_is_a_fault_on_its_pages(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(peak, "peak_ink", lambda content: (100.0, 0.0, 320.0, 330.0))
    found = peak.with_peak(preflight(press(), wanted()), press(), wanted())
    (fault,) = found.faults
    assert (fault.code, fault.pages) == ("W244", (3, 4))
    assert fault.text == ("Ghostscript finds 330 % ink, over the 240 % of a printer not chosen yet")
    assert found.lines[-1].state is State.FAILED


def test_without_ghostscript_the_plates_are_not_checked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(peak, "peak_ink", lambda content: Absent("gs is not installed"))
    found = peak.with_peak(preflight(press(), wanted()), press(), wanted())
    assert found.faults == ()
    assert found.lines[-1].state is State.NOT_CHECKED
    assert found.lines[-1].text == "gs is not installed"


def test_without_verapdf_the_reading_pdf_is_not_checked_and_says_so(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(judge, "verapdf_archive", lambda: judge.MISSING)
    (found,) = findings(judge.verapdf(screen(), "ua1"), "a-screen.pdf")
    assert str(found) == (
        "a-screen.pdf: W111 veraPDF ua1: not checked (veraPDF is not there: `make tools` fetches "
        "it)\n    fix: type make tools, then build again"
    )


def test_a_jar_that_is_not_the_pinned_one_is_not_run(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Any
) -> None:
    jar = tmp_path / "other.jar"
    jar.write_bytes(b"something else")
    monkeypatch.setenv(judge.PLACE, str(jar))
    judge.verapdf_archive.cache_clear()
    try:
        said = judge.verapdf_archive()
    finally:
        judge.verapdf_archive.cache_clear()
    assert said == "other.jar is not veraPDF 1.28.2: its checksum differs"


def claims(content: bytes) -> tuple[str, str]:
    with pikepdf.open(io.BytesIO(content)) as pdf:
        return str(pdf.docinfo.get("/GTS_PDFXVersion", "")), pdf.pdf_version


def workshop() -> Any:
    """As much of one as finishing asks for."""
    return SimpleNamespace(cache_folder=None, sources=None, outside=False)


def test_a_file_that_fails_its_standard_loses_the_mark_and_says_why() -> None:
    profile = shipped()["generic"]
    sound, report, told = printing.marked(press(), profile, wanted(), workshop(), "a.pdf")
    assert (claims(sound), told, report.faults) == (("PDF/X-1a:2003", "1.4"), (), ())

    faint = changed(
        join(typesetting(), joined_plan()),
        lambda pdf: draw(pdf, b"/T gs 0 g 100 300 20 20 re f", ExtGState={"T": Dictionary(ca=0.5)}),
    )
    content, report, told = printing.marked(faint, profile, wanted(), workshop(), "a.pdf")
    assert claims(content)[0] == ""
    assert [str(found) for found in told] == [
        "a.pdf: W290 the mark PDF/X-1a:2003 was taken off: W245 something is transparent: opacity "
        "0.5\n    fix: mend what it names, then build again"
    ]
    assert {fault.code for fault in report.faults} == set()


def test_a_reading_pdf_that_fails_our_checks_loses_both_marks(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    made = typesetting()
    trees = tuple(
        dataclasses.replace(part, side={**part.side, "tree": wordless(part.side["tree"])})
        for part in made.parts
    )
    shop = workshop()
    shop.edition = SimpleNamespace(
        manifest=SimpleNamespace(edition="a", print=SimpleNamespace(trim="5in 7in"))
    )
    assert Store(None).get("x") is None
    plan = Plan("screen", "A", created="2026-11-23T00:00:00Z")
    for parts, marks in ((made.parts, 2), (trees, 0)):
        pressed = printing.for_reading(dataclasses.replace(made, parts=parts), plan, shop, ())
        assert pressed.output is not None
        with pikepdf.open(io.BytesIO(pressed.output.content)) as pdf:
            packet = pdf.Root.Metadata.read_bytes()
        assert packet.count(b"<pdfuaid:part>1<") + packet.count(b"<pdfaid:part>3<") == marks
        lost = [str(found) for found in pressed.findings if found.code == "W290"]
        assert bool(lost) is (marks == 0)
    assert lost == [
        "a-screen.pdf: W290 the marks PDF/UA-1 and PDF/A-3a were taken off: W273 a figure has no "
        "description\n    fix: mend what it names, then build again"
    ]


def wordless(node: Any) -> Any:
    """The tag tree with every figure's words taken away."""
    if not isinstance(node, dict):
        return node
    kept = {key: value for key, value in node.items() if key != "alt"}
    return {**kept, "K": [wordless(kid) for kid in node["K"]]}
