"""
How evenly the books are set, as shares, from the finished PDF by PDFium: no setter is asked.

The figures of other programs for the same text: tests/bench/setting.py.
"""

from pathlib import Path

import pytest
from tests.bench.setting import Line, Shares, lines, lost, shares
from tests.bench.volume import write_volume
from tests.visual.conftest import printed

MOVED, WIDER = 0.008, 0.015
"""As far as the house lets letters and glyphs go."""
TOLD = 1.95
"""Of the memorandum one line is wider than 1.7: before a name that no pattern divides."""


@pytest.fixture(scope="module")
def volume(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("volume")
    return printed(write_volume(folder / "book", 4, "S"), folder / "dist")


def even(one: Shares, loose: float, worst: float) -> None:
    assert one.loose <= loose
    assert one.looser == 0
    assert one.worst <= worst
    assert one.hyphens <= 0.05
    assert one.row <= 2
    assert one.runts == 0
    assert one.letters <= MOVED + 0.0005
    assert 1 - WIDER - 0.001 <= one.glyphs[0] <= one.glyphs[1] <= 1 + WIDER + 0.001
    assert one.jumps[0] <= 0.2


def full(found: list[Line]) -> None:
    empty = lost(found)
    assert len(empty) > 5
    assert sum(empty) / len(empty) <= 0.8
    assert max(empty) <= 2


def test_the_memorandum_is_set_evenly_and_its_pages_are_full(memorandum: Path) -> None:
    found = list(lines(memorandum, 4, 21))
    text, notes = shares(found)
    assert (text.size, notes.size) == (10.5, 9.0)
    assert min(text.justified, notes.justified) > 150
    even(text, 0.01, TOLD)
    even(notes, 0.01, 1.7)
    full(found)


def test_a_volume_is_set_evenly_and_its_pages_are_full(volume: Path) -> None:
    found = list(lines(volume))
    text, notes = shares(found)
    assert text.justified > 300
    even(text, 0.02, TOLD)
    even(notes, 0.02, 1.7)
    full(found)


def test_on_a_wide_page_the_margins_grow_and_not_the_lines(tmp_path: Path) -> None:
    book = write_volume(tmp_path / "book", 1, "S")
    manifest = book / "manifest.yaml"
    text = manifest.read_text("utf-8")
    manifest.write_text(text.replace("print: {", "print: {trim: 210mm 297mm, "), "utf-8")
    found = [line for line in lines(printed(book, tmp_path / "dist")) if line.size == 10.5]
    assert len(found) > 100
    assert 34 * 10.5 < max(line.right - line.left for line in found) < 36 * 10.5
