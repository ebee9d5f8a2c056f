"""A page that was looked at before is not looked at again, and the report is the same."""

import io
from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name

from engross.cache.store import Store
from engross.check.preflight import known, preflight, reading
from engross.check.preflight.glance import Glance, Seen
from engross.check.preflight.report import Report

WANTED = replace(reading("6in 9in", 3, (), marked=False), standard="none", least_type=8.0)


MARK = "/Artifact <</Type /Pagination /Subtype /Footer>> BDC\nq 0.75 0 0 -0.75 {} 20 cm {} Q\nEMC\n"


def file(*texts: str, size: int = 12, extra: str = "") -> bytes:
    """A page for each text, one of them in type of another size; the folio says which it is."""
    with pikepdf.new() as pdf:
        font = pdf.make_indirect(
            Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
        )
        for number, text in enumerate(texts):
            points = size if number == 1 else 12
            page = pdf.add_blank_page(page_size=(432, 648)).obj
            # as the writer has them: what a page has none of is there and empty
            page.Resources = Dictionary(Font=Dictionary(F1=font), XObject=Dictionary())
            folio = MARK.format(200 + number, f"BT /F1 16 Tf ({number}) Tj ET")
            drawings = (
                f"q 1 0 0 1 {9 * (number % 2)} 0 cm\n",
                f"BT /F1 {points} Tf 72 500 Td ({text}) Tj ET {extra}",
                f"\nQ\n{folio}",
            )
            page.Contents = Array([pdf.make_stream(one.encode()) for one in drawings])
            page.TrimBox = Array([0, 0, 432, 648])
        target = io.BytesIO()
        pdf.save(target)
    return target.getvalue()


@pytest.fixture
def looked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The words that PDFium is asked for."""
    asked: list[str] = []
    page = Glance.page

    def ask(self: Glance, number: int, *, words: bool = True) -> Seen:
        asked.append(self.file[number - 1].get_textpage().get_text_range())
        return page(self, number, words=words)

    monkeypatch.setattr(known, "RUN", 1)
    monkeypatch.setattr(Glance, "page", ask)
    return asked


def said(report: Report) -> tuple[object, object]:
    return report.lines, report.faults


def test_only_what_is_new_is_looked_at_again(tmp_path: Path, looked: list[str]) -> None:
    store = Store(tmp_path)
    preflight(file("one", "two", "three"), WANTED, store)
    assert sorted(looked) == ["0", "1", "2", "one", "three", "two"]
    looked.clear()
    # another file: a page more at its head, and one that reads otherwise; all others are moved
    other = file("new", "one", "deux", "three")
    kept = preflight(other, WANTED, store)
    assert sorted(looked) == ["3", "deux", "new"]
    assert said(kept) == said(preflight(other, WANTED, None))


def numbered(number: str) -> bytes:
    """A page with the number of another, and a map that knows two figures and a letter."""
    figures = b"2 beginbfchar <3031> <0031> <3032> <0032> <6161> <0061> endbfchar"
    with pikepdf.open(io.BytesIO(file("see ."))) as pdf:
        page = pdf.pages[0].obj
        page.Resources.Font.F1.ToUnicode = pdf.make_stream(figures)
        begin, end = pdf.make_stream(b"BT /F1 12 Tf 72 500 Td"), pdf.make_stream(b"ET")
        middle = pdf.make_stream(f"[<{number}>] TJ".encode())
        page.Contents = Array([page.Contents[0], begin, middle, end, page.Contents[2]])
        target = io.BytesIO()
        pdf.save(target, compress_streams=False)
    return target.getvalue()


def test_another_page_number_is_not_looked_at_again(tmp_path: Path, looked: list[str]) -> None:
    store = Store(tmp_path)
    for number, seen in (("3031", ["0", "01"]), ("3032", []), ("6161", ["aa"])):
        preflight(numbered(number), WANTED, store)
        assert sorted(looked) == seen
        looked.clear()


def test_a_run_is_looked_at_as_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(known, "RUN", 1000)
    store = Store(tmp_path)
    preflight(file(*"abcdefgh"), WANTED, store)
    assert len(list(tmp_path.glob("??/*"))) == 1


@pytest.mark.parametrize("extra", ["q", "Q", "/Nothing Do q Q Q q"])
def test_a_drawing_that_would_spoil_its_neighbours_is_looked_at_whole(
    tmp_path: Path, looked: list[str], extra: str
) -> None:
    store = Store(tmp_path)
    content = file("one", extra=extra)
    first = preflight(content, replace(WANTED, printer="another"), store)
    looked.clear()
    again = preflight(content, WANTED, store)
    assert [text.split() for text in looked] == [["one", "0"]]
    assert said(again) == said(preflight(content, WANTED, None))
    assert len(first.lines) == len(again.lines)


def test_what_was_kept_of_a_page_is_judged_like_what_is_seen(tmp_path: Path) -> None:
    store = Store(tmp_path)
    small = file("one", "two", "three", size=6)
    preflight(small, replace(WANTED, printer="another"), store)
    report = preflight(small, WANTED, store)
    assert said(report) == said(preflight(small, WANTED, None))
    assert ("W221", (2,)) in [(fault.code, fault.pages) for fault in report.faults]


def test_another_font_program_is_another_drawing(tmp_path: Path, looked: list[str]) -> None:
    store = Store(tmp_path)
    content = file("one", "two")
    preflight(content, WANTED, store)
    looked.clear()
    with pikepdf.open(io.BytesIO(content)) as pdf:
        font = pdf.pages[0].obj.Resources.Font.F1
        font.BaseFont = Name("/Times-Roman")
        target = io.BytesIO()
        pdf.save(target)
    preflight(target.getvalue(), WANTED, store)
    assert sorted(looked) == ["0", "1", "one", "two"]


def test_what_is_kept_in_another_form_is_looked_at_again(tmp_path: Path, looked: list[str]) -> None:
    store = Store(tmp_path)
    content = file("one", "two")
    first = preflight(content, WANTED, store)
    for path in tmp_path.rglob("*"):
        if path.is_file():
            store.put(path.name, b"{}")
    looked.clear()
    assert said(preflight(content, WANTED, store)) == said(first)
    assert sorted(looked) == ["0", "1", "one", "two"]
