"""A block of text that moves, or comes under another number, is not looked at again."""

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
from engross.check.preflight.wanted import Sides

WANTED = replace(
    reading("6in 9in", 1, (), marked=False),
    standard="none",
    least_type=8.0,
    least_rule=0.25,
    free=Sides(36, 36, 36, 36),
    blank=None,
    pages=0,
)
BLOCK = "BT /F1 12 Tf 72 500 Td (The words) Tj ET 0.2 w 72 490 m 300 490 l S"


def file(block: str, left: int, folio: str, *, joined: bool = True) -> bytes:
    """One page as the join writes it: moved by a number of points, with its folio."""
    rows = [
        f"q 1 0 0 1 {left} 9 cm\n",
        block,
        "\nQ\n/Artifact <</Type /Pagination /Subtype /Footer>> BDC\n"
        f"q 0.75 0 0 -0.75 200.500 50.000 cm BT 1 0 0 -1 0 0 Tm /F1 8 Tf ({folio}) Tj ET Q\nEMC\n",
    ]
    with pikepdf.new() as pdf:
        font = pdf.make_indirect(
            Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
        )
        page = pdf.add_blank_page(page_size=(432, 648)).obj
        page.Resources = Dictionary(Font=Dictionary(F1=font), XObject=Dictionary())
        streams = [pdf.make_stream(row.encode()) for row in rows]
        whole = pdf.make_stream("".join(rows).encode())
        page.Contents = Array(streams) if joined else whole
        page.TrimBox = Array([0, 0, 432, 648])
        target = io.BytesIO()
        pdf.save(target)
    return target.getvalue()


@pytest.fixture
def looked(monkeypatch: pytest.MonkeyPatch) -> list[Seen]:
    """What PDFium saw, each time that it was asked."""
    found: list[Seen] = []
    page = Glance.page

    def ask(self: Glance, number: int) -> Seen:
        found.append(page(self, number))
        return found[-1]

    monkeypatch.setattr(Glance, "page", ask)
    return found


def said(report: Report) -> tuple[object, object]:
    return report.lines, report.faults


def faults(report: Report) -> list[tuple[str, str]]:
    return [(fault.code, fault.text) for fault in report.faults]


def test_a_moved_block_under_another_number_costs_its_number(
    tmp_path: Path, looked: list[Seen]
) -> None:
    store = Store(tmp_path)
    preflight(file(BLOCK, 18, "7"), WANTED, store)
    assert len(looked) == 2
    looked.clear()
    preflight(file(BLOCK, -18, "8"), WANTED, store)
    assert len(looked) == 1
    looked.clear()
    preflight(file(BLOCK, -18, "7"), WANTED, store)
    assert looked == []


@pytest.mark.parametrize("left", [18, -18, -72, 300])
def test_a_page_in_pieces_is_judged_like_one_that_is_seen_whole(left: int) -> None:
    whole = preflight(file(BLOCK, left, "7", joined=False), WANTED)
    assert said(preflight(file(BLOCK, left, "7"), WANTED)) == said(whole)
    assert ("W221", "type of 6 pt is smaller than 8 pt, the least of ") in faults(whole)


def test_a_kept_block_is_measured_where_it_stands_now(tmp_path: Path) -> None:
    store = Store(tmp_path)
    near = ("W220", "only 0.252 in are free at the spine, and  wants 0.5 in")
    assert near not in faults(preflight(file(BLOCK, 18, "7"), WANTED, store))
    moved = preflight(file(BLOCK, -54, "7"), WANTED, store)
    assert said(moved) == said(preflight(file(BLOCK, -54, "7", joined=False), WANTED))
    assert near in faults(moved)


@pytest.mark.parametrize(
    "block",
    [f"Q q {BLOCK}", f"q {BLOCK}", f"/P BMC {BLOCK}", f"EMC {BLOCK}"],
    ids=["ends the move", "opens a state", "opens a tag", "ends a tag"],
)
def test_a_block_that_is_not_closed_is_seen_with_its_page(block: str, looked: list[Seen]) -> None:
    apart = preflight(file(block, -54, "7"), WANTED)
    # the folio alone, and the whole page
    assert [seen.strings for seen in looked] == [1, 2]
    assert said(apart) == said(preflight(file(block, -54, "7", joined=False), WANTED))
