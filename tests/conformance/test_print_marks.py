"""Marks that are taken off, and checkers that are not there or do not agree."""

import dataclasses
import io
from collections.abc import Callable
from typing import Any

import pikepdf
import pytest
from pikepdf import Dictionary
from tests.conformance.printed import (
    changed,
    draw,
    press,
    screen,
    typesetting,
    wanted,
    wanted_reading,
)

from engross.cache.store import Store
from engross.check.preflight import Wanted, inks, preflight
from engross.check.tools import verapdf as judge
from engross.check.tools.child import Absent
from engross.check.tools.findings import findings
from engross.inspect.candidates import settle
from engross.make.press import archive
from engross.make.typeset.values import Plan
from engross.make.typeset.writing.write import write
from engross.model.check import Output, Status
from engross.workshop.candidate import Candidate


def test_ink_that_ghostscript_finds_over_the_limit_is_a_fault_on_its_pages(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(inks, "peak_ink", lambda content: (100.0, 0.0, 320.0, 330.0))
    found = inks.with_peak(preflight(press(), wanted()), press(), wanted())
    (fault,) = found.faults
    assert (fault.code, fault.pages) == ("W244", (3, 4))
    assert fault.text == ("Ghostscript finds 330 % ink, over the 240 % of a printer not chosen yet")
    assert found.lines[-1].state is Status.FAILED


def test_without_ghostscript_the_plates_are_not_checked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inks, "peak_ink", lambda content: Absent("gs is not installed"))
    found = inks.with_peak(preflight(press(), wanted()), press(), wanted())
    assert found.faults == ()
    assert found.lines[-1].state is Status.NOT_CHECKED
    assert found.lines[-1].text == "gs is not installed"


def test_without_verapdf_the_reading_pdf_is_not_checked_and_says_so(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(judge, "verapdf_archive", lambda: judge.MISSING)
    (found,) = findings(judge.verapdf(screen(), "ua1"), "a-screen.pdf")
    assert str(found) == (
        "a-screen.pdf: W111 veraPDF ua1: not checked (veraPDF is not there: "
        "`engross doctor --install verapdf` fetches it)\n"
        "    fix: type engross doctor --install verapdf, then build again"
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


def settled(content: bytes, plain: Callable[[], bytes], asked: Wanted) -> tuple[bytes, list[str]]:
    """The bytes that are published, and what is told of the mark."""
    kind = "screen" if asked.standard == "reading" else "print"
    output = Output(kind, f"a-{kind}.pdf", content, pages=4)
    candidate = Candidate(output, asked, dataclasses.replace(asked, standard="none"), plain)
    kept, _, found = settle(candidate, Store(None), outside=False)
    return kept.content, [str(one) for one in found if one.code == "W290"]


def test_a_file_that_fails_its_standard_loses_the_mark_and_says_why() -> None:
    sound, told = settled(press(), lambda: b"", wanted())
    assert (claims(sound), told) == (("PDF/X-1a:2003", "1.4"), [])

    marked, plain = (
        changed(
            press(standard),
            lambda pdf: draw(
                pdf, b"/T gs 0 g 100 300 20 20 re f", ExtGState={"T": Dictionary(ca=0.5)}
            ),
        )
        for standard in ("PDF/X-1a:2003", "none")
    )
    content, told = settled(marked, lambda: plain, wanted())
    assert claims(content)[0] == ""
    assert told == [
        "a-print.pdf: W290 the mark PDF/X-1a:2003 was taken off: W245 something is transparent: "
        "opacity 0.5\n    fix: correct what it names, then build again"
    ]


def test_a_reading_pdf_that_fails_our_checks_loses_both_marks() -> None:
    made = typesetting()
    trees = tuple(dataclasses.replace(part, tree=wordless(part.tree)) for part in made.parts)
    plan = Plan("screen", "A", created="2026-11-23T00:00:00Z")
    for parts, marks in ((made.parts, 2), (trees, 0)):
        work = dataclasses.replace(made, parts=parts)
        wordy = write(work, plan, archive.finish())
        plain = write(work, plan, archive.finish((), frozenset()))
        content, lost = settled(wordy, lambda plain=plain: plain, wanted_reading())
        with pikepdf.open(io.BytesIO(content)) as pdf:
            packet = pdf.Root.Metadata.read_bytes()
        assert packet.count(b"<pdfuaid:part>1<") + packet.count(b"<pdfaid:part>3<") == marks
        assert bool(lost) is (marks == 0)
    assert lost == [
        "a-screen.pdf: W290 the marks PDF/UA-1 and PDF/A-3a were taken off: W273 a figure has no "
        "description\n    fix: correct what it names, then build again"
    ]


def wordless(node: Any) -> Any:
    """The tag tree with every figure's words taken away."""
    if not isinstance(node, dict):
        return node
    kept = {key: value for key, value in node.items() if key != "alt"}
    return {**kept, "K": [wordless(kid) for kid in node["K"]]}
