"""Pages are filled as a book designer fills them: each note begins on the page of its call."""

from xml.etree.ElementTree import Element

from hypothesis import given
from hypothesis import strategies as st

from engross.make.typeset.engine.breaks import Leaf, fill
from engross.make.typeset.engine.galley import Galley, NoteStrip, Strip

LINE = 14.0
NOTE = 10.0
RULE = 12.0


def galley(lines: list[list[int]], height: float) -> Galley:
    """Lines of text, each with the lengths of its notes in lines."""
    leaf = Element("p")
    strips, notes = [], {}
    for index, lengths in enumerate(lines):
        strip = Strip(index * LINE, (index + 1) * LINE, block=leaf)
        for length in lengths:
            note = Element("span")
            notes[note] = [NoteStrip(n * NOTE, (n + 1) * NOTE) for n in range(length)]
            strip.notes.append(note)
        strips.append(strip)
    return Galley([], strips, notes, {}, {}, None, 0.0, height, RULE)


def held(page: Leaf) -> list[int]:
    """The strips of a page, in the order in which they stand."""
    return [n for start, stop, _ in page.runs for n in range(start, stop)]


def heights(page: Leaf, measured: Galley) -> float:
    body = max((y + LINE * (stop - start) for start, stop, y in page.runs), default=0.0)
    notes = sum(
        strip.bottom - strip.top
        for share in page.shares
        for strip in measured.notes[share.note][share.start : share.stop]
    )
    return body + notes + (measured.rule if page.shares else 0.0)


def test_lines_without_notes_fill_the_page() -> None:
    pages = fill(galley([[] for _ in range(25)], 10 * LINE + 1))
    assert [page.runs for page in pages] == [[(0, 10, 0.0)], [(10, 20, 0.0)], [(20, 25, 0.0)]]


def test_a_page_ends_before_the_line_whose_note_does_not_fit() -> None:
    lines: list[list[int]] = [[] for _ in range(20)]
    lines[8] = [3]
    pages = fill(galley(lines, 10 * LINE + 1))
    assert held(pages[0]) == list(range(8))
    assert [share.start for share in pages[1].shares] == [0]


def test_a_long_note_runs_over_and_comes_first_on_the_next_page() -> None:
    lines: list[list[int]] = [[] for _ in range(30)]
    lines[0] = [14]
    lines[9] = [2]
    measured = galley(lines, 12 * LINE + 1)
    pages = fill(measured)
    first, second = pages[0].shares[0], pages[1].shares[0]
    assert first.note is second.note
    assert (first.start, second.start, second.stop) == (0, first.stop, 14)
    assert first.stop >= 2
    assert 14 - first.stop >= 2


def test_the_last_page_has_more_than_two_lines() -> None:
    pages = fill(galley([[] for _ in range(21)], 10 * LINE + 1))
    assert len(held(pages[-1])) >= 3


def test_the_text_fills_the_page_that_a_figure_does_not_fit_and_the_figure_heads_the_next() -> None:
    measured = galley([[] for _ in range(20)], 10 * LINE + 1)
    for strip in measured.strips[6:]:
        strip.bottom += 5 * LINE
        strip.top += 5 * LINE if strip is not measured.strips[6] else 0.0
    measured.strips[6].figure = 1
    pages = fill(measured)
    assert held(pages[0]) == [0, 1, 2, 3, 4, 5, 7, 8, 9, 10]
    assert held(pages[1])[0] == 6
    assert sorted(n for page in pages for n in held(page)) == list(range(20))


def test_what_stays_together_is_parted_between_blocks_before_a_note_leaves_its_page() -> None:
    measured = galley([*([] for _ in range(6)), [4], [], [6], [], [6]], 12 * LINE)
    closer, *rest = Element("p"), Element("p"), Element("p")
    for at, block in ((6, closer), (7, closer), (8, rest[0]), (9, rest[0]), (10, rest[1])):
        measured.strips[at].block, measured.strips[at].breakable = block, False
    pages = fill(measured)
    ends = [held(page)[-1] for page in pages[:-1]]
    assert ends == [4, 9]  # and not 8, which is within a block
    assert [share.start for page in pages for share in page.shares].count(0) == 3


def test_a_page_with_a_strip_too_high_for_it_is_weighed_with_free_paragraphs_too() -> None:
    measured = galley([[] for _ in range(8)], 10 * LINE)
    for strip in measured.strips[1:]:
        strip.bottom += 11 * LINE
        strip.top += 11 * LINE if strip is not measured.strips[1] else 0.0
    assert [held(page)[0] for page in fill(measured, free=True)] == [0, 1, 2]


@given(
    st.lists(st.lists(st.integers(1, 12), max_size=2), min_size=4, max_size=60),
    st.integers(20, 40),
)
def test_nothing_is_lost_doubled_or_out_of_order(lines: list[list[int]], height: int) -> None:
    measured = galley(lines, height * LINE)
    pages = fill(measured)
    assert [n for page in pages for n in held(page)] == list(range(len(lines)))
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
    for page in pages:
        called = [n for at in held(page) for n in measured.strips[at].notes]
        assert [share.note for share in page.shares if share.start == 0] == called
