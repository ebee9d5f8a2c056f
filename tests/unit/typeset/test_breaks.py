"""Pages are filled as a book designer fills them: each note begins on the page of its call."""

from xml.etree.ElementTree import Element

from hypothesis import given
from hypothesis import strategies as st

from engross.make.typeset.engine.breaks import Leaf, fill
from engross.make.typeset.engine.galley import Galley, NoteStrip, Strip

LINE = 14.0
NOTE = 10.0
RULE = 12.0


def galley(lines: list[list[int]], height: float, paragraphs: int = 1000) -> Galley:
    """Lines of text, each with the lengths of its notes in lines."""
    leaf = Element("p")
    strips, notes = [], {}
    for index, lengths in enumerate(lines):
        strip = Strip(index * LINE, (index + 1) * LINE, leaf, index, ())
        strip.breakable = True
        for length in lengths:
            note = Element("span")
            notes[note] = [NoteStrip(9, NOTE, True, n == length - 1, True) for n in range(length)]
            strip.notes.append(note)
        strips.append(strip)
    return Galley(strips, notes, {}, 0.0, height, RULE)


def heights(page: Leaf, measured: Galley) -> float:
    strips = measured.strips[page.start : page.stop]
    body = strips[-1].bottom - strips[0].top if strips else 0.0
    notes = sum(
        strip.height
        for share in page.shares
        for strip in measured.notes[share.note][share.start : share.stop]
    )
    return body + notes + (measured.rule if page.shares else 0.0)


def test_lines_without_notes_fill_the_page() -> None:
    pages = fill(galley([[] for _ in range(25)], 10 * LINE + 1))
    assert pages is not None
    assert [(page.start, page.stop) for page in pages] == [(0, 10), (10, 20), (20, 25)]


def test_a_page_ends_before_the_line_whose_note_does_not_fit() -> None:
    lines: list[list[int]] = [[] for _ in range(20)]
    lines[8] = [3]
    pages = fill(galley(lines, 10 * LINE + 1))
    assert pages is not None
    assert (pages[0].start, pages[0].stop) == (0, 8)
    assert [share.start for share in pages[1].shares] == [0]


def test_a_long_note_runs_over_and_comes_first_on_the_next_page() -> None:
    lines: list[list[int]] = [[] for _ in range(30)]
    lines[0] = [14]
    lines[9] = [2]
    measured = galley(lines, 12 * LINE + 1)
    pages = fill(measured)
    assert pages is not None
    first, second = pages[0].shares[0], pages[1].shares[0]
    assert first.note is second.note
    assert (first.start, second.start, second.stop) == (0, first.stop, 14)
    assert first.stop >= 2
    assert 14 - first.stop >= 2


def test_the_last_page_has_more_than_two_lines() -> None:
    pages = fill(galley([[] for _ in range(21)], 10 * LINE + 1))
    assert pages is not None
    assert pages[-1].stop - pages[-1].start >= 3


@given(
    st.lists(st.lists(st.integers(1, 12), max_size=2), min_size=4, max_size=60),
    st.integers(20, 40),
)
def test_nothing_is_lost_doubled_or_out_of_order(lines: list[list[int]], height: int) -> None:
    measured = galley(lines, height * LINE)
    pages = fill(measured)
    assert pages is not None
    assert [n for page in pages for n in range(page.start, page.stop)] == list(range(len(lines)))
    placed = [
        (share.note, n)
        for page in pages
        for share in page.shares
        for n in range(share.start, share.stop)
    ]
    wanted = [
        (note, n)
        for strip in measured.strips
        for note in strip.notes
        for n in range(len(measured.notes[note]))
    ]
    assert placed == wanted
    for page in pages:
        assert heights(page, measured) <= height * LINE


@given(st.lists(st.lists(st.integers(1, 4), max_size=1), min_size=4, max_size=60))
def test_each_note_begins_on_the_page_of_its_call(lines: list[list[int]]) -> None:
    measured = galley(lines, 30 * LINE)
    pages = fill(measured)
    assert pages is not None
    for page in pages:
        called = [n for strip in measured.strips[page.start : page.stop] for n in strip.notes]
        assert [share.note for share in page.shares if share.start == 0] == called
