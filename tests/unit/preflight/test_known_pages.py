"""A page that was looked at before is not looked at again, and the report is the same."""

import io
from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name

from engross.cache.store import Store
from engross.check.preflight import preflight, reading
from engross.check.preflight.glance import Glance, Seen
from engross.check.preflight.report import Report

WANTED = replace(reading("6in 9in", 3, (), marked=False), standard="none", least_type=8.0)


def file(*texts: str, size: int = 12) -> bytes:
    """A page for each text, one of them in type of another size."""
    with pikepdf.new() as pdf:
        font = pdf.make_indirect(
            Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
        )
        for number, text in enumerate(texts):
            points = size if number == 1 else 12
            page = pdf.add_blank_page(page_size=(432, 648)).obj
            # as the engine writes them: what a page has none of is there and empty
            page.Resources = Dictionary(Font=Dictionary(F1=font), XObject=Dictionary())
            drawing = f"BT /F1 {points} Tf 72 500 Td ({text}) Tj ET"
            page.Contents = pdf.make_stream(drawing.encode())
            page.TrimBox = Array([0, 0, 432, 648])
        target = io.BytesIO()
        pdf.save(target)
    return target.getvalue()


@pytest.fixture
def looked(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The numbers of the pages that PDFium is asked for."""
    asked: list[int] = []
    page = Glance.page

    def ask(self: Glance, number: int, *, words: bool = True) -> Seen:
        asked.append(number)
        return page(self, number, words=words)

    monkeypatch.setattr(Glance, "page", ask)
    return asked


def said(report: Report) -> tuple[object, object]:
    return report.lines, report.faults


def test_only_a_changed_page_is_looked_at_again(tmp_path: Path, looked: list[int]) -> None:
    store = Store(tmp_path)
    preflight(file("one", "two", "three"), WANTED, store)
    assert looked == [1, 2, 3]
    looked.clear()
    # another file: a page more at its head, and one that reads otherwise
    other = file("new", "one", "2", "three")
    kept = preflight(other, WANTED, store)
    assert looked == [1, 3]
    assert said(kept) == said(preflight(other, WANTED, None))


def test_what_was_kept_of_a_page_is_judged_like_what_is_seen(tmp_path: Path) -> None:
    store = Store(tmp_path)
    small = file("one", "two", "three", size=6)
    preflight(small, replace(WANTED, printer="another"), store)
    report = preflight(small, WANTED, store)
    assert said(report) == said(preflight(small, WANTED, None))
    assert ("W221", (2,)) in [(fault.code, fault.pages) for fault in report.faults]


def test_another_font_program_is_another_page(tmp_path: Path, looked: list[int]) -> None:
    store = Store(tmp_path)
    content = file("one", "two", "three")
    preflight(content, WANTED, store)
    looked.clear()
    with pikepdf.open(io.BytesIO(content)) as pdf:
        font = pdf.pages[0].obj.Resources.Font.F1
        font.BaseFont = Name("/Times-Roman")
        target = io.BytesIO()
        pdf.save(target)
    preflight(target.getvalue(), WANTED, store)
    assert looked == [1, 2, 3]


def test_a_kept_page_of_another_form_is_looked_at_again(tmp_path: Path, looked: list[int]) -> None:
    store = Store(tmp_path)
    content = file("one", "two", "three")
    first = preflight(content, WANTED, store)
    for path in tmp_path.rglob("*"):
        if path.is_file():
            store.put(path.name, b"{}")
    looked.clear()
    assert said(preflight(content, WANTED, store)) == said(first)
    assert looked == [1, 2, 3]
