"""Pages are read as an interleaving: everything is used up, nothing is left."""

import pytest

from engross.verify import interleave as module
from engross.verify.interleave import interleave
from engross.verify.pages import PageText, Stand
from engross.verify.streams import SLOT, Mark, Stream, Streams
from engross.verify.ways import Read, Step, Stuck

HEADS = [frozenset({"Head"}), frozenset({"Head"})]


def page(*lines: str) -> PageText:
    return PageText(lines, tuple(Stand(0, 0, 0) for _ in lines), ())


def streams(body: str, notes: str = "", **more: object) -> Streams:
    slots = {body.index(SLOT): "yamada"} if SLOT in body else {}
    made = Streams(
        Stream("body", body, [(0, "yamada#p-001")], [], slots),
        Stream("notes", notes, [(0, "yamada/note/a")]),
        [],
        [],
        [],
        [],
        [],
    )
    for name, value in more.items():
        setattr(made, name, value)
    return made


def read(pages: list[PageText], wanted: Streams) -> Read | Stuck:
    return interleave(pages, ["1", "2"][: len(pages)], HEADS[: len(pages)], wanted)


def stuck(pages: list[PageText], wanted: Streams) -> str:
    result = read(pages, wanted)
    assert isinstance(result, Stuck)
    return f"{result.page} {result.address}: {result.message}"


def test_notes_heads_and_folios_may_interrupt_a_paragraph() -> None:
    pages = [page("Onetwo1", "1.Anote", "Head", "1"), page("three", "thatgoeson", "Head", "2")]
    assert isinstance(read(pages, streams("Onetwo1three", "1.Anotethatgoeson")), Read)


def test_a_running_head_with_the_words_of_the_next_heading_is_either() -> None:
    found = read([page("Head", "one", "1"), page("Head", "two", "2")], streams("oneHeadtwo"))
    assert isinstance(found, Read)
    assert [way.headed for way in found.ways] == [()]
    both = read([page("one", "Head", "1"), page("Head", "two", "2")], streams("oneHeadtwo"))
    assert isinstance(both, Read)
    assert sorted(way.headed for way in both.ways) == [(), (0,)]


@pytest.mark.parametrize("line", ["Head¶2–3", "¶2–3Head", "Head"])
def test_beside_the_head_stands_which_paragraphs_a_page_holds(line: str) -> None:
    found = read([page("One", line)], streams("One"))
    assert isinstance(found, Read)
    last = found.ways[0].steps
    assert last is not None
    head = last.before
    assert head is not None
    assert head.words == "Head"
    before = head.before
    assert before is not None
    assert (before.kind == "range") == ("¶" in line)
    assert isinstance(read([page("One", "¶2–Head")], streams("One")), Stuck)


def test_the_paragraphs_of_a_page_are_those_that_begin_or_go_on_there() -> None:
    wanted = streams("aaaabbbbcccc", paragraphs=[])
    for at, number in ((0, "1"), (4, "2"), (8, "3")):
        wanted.body.ends.append((at + 4, f"y#p-{number}"))
        wanted.paragraphs.append(Mark(number, at, f"y#p-{number}"))
    wanted.paragraphs.append(Mark("5", 9))  # a line of verse
    assert [wanted.held(*part) for part in ((0, 6), (6, 8), (8, 12))] == ["¶1–2", "¶2", "¶3"]
    assert wanted.held(12, 14) == ""


def test_an_order_of_drawing_that_is_not_known_is_followed_all_ways() -> None:
    pages = [page("1", "1", "Head", "1.Anote", "1one")]
    assert isinstance(read(pages, streams("11one", "1.Anote")), Read)


def test_another_letter_is_told_with_its_place() -> None:
    assert stuck([page("Onetvo")], streams("Onetwo")) == (
        "0 yamada#p-001: after 'Onet' stands 'vo' instead of 'wo'"
    )


def test_a_lost_end_is_told() -> None:
    assert stuck([page("One")], streams("Onetwo")) == (
        "0 yamada#p-001: the pages end where 'two' should follow"
    )


def test_a_line_too_many_is_told() -> None:
    assert stuck([page("One", "more")], streams("One")) == (
        "0 yamada#p-001: after 'One' stands 'more' instead of nothing"
    )


def test_swapped_notes_are_told() -> None:
    assert stuck([page("One", "2.Bee", "1.Aye")], streams("One", "1.Aye2.Bee")) == (
        "0 yamada#p-001: after 'One' stands '2.Bee' instead of nothing"
    )


def test_a_running_head_stands_once_on_a_page() -> None:
    assert isinstance(read([page("One", "Head", "Head")], streams("One")), Stuck)


def test_a_printed_page_number_is_kept_to_be_judged() -> None:
    result = read([page("Seepage12.")], streams(f"Seepage{SLOT}."))
    assert isinstance(result, Read)
    found = []
    step = result.ways[0].steps
    while step:
        found.append((step.kind, step.words))
        step = step.before
    assert ("slot", "12") in found


def test_a_margin_number_may_not_stand_before_its_paragraph() -> None:
    marks = [Mark("7", 3)]
    assert isinstance(read([page("One", "7", "two")], streams("Onetwo", paragraphs=marks)), Read)
    assert isinstance(read([page("7", "One", "two")], streams("Onetwo", paragraphs=marks)), Stuck)


def test_a_sign_of_a_list_may_be_read_as_one_with_its_line() -> None:
    wanted = streams("Onetwo", labels=["•", "•"])
    assert isinstance(read([page("One", "•", "•two")], wanted), Read)
    assert isinstance(read([page("•One", "two", "•")], wanted), Read)
    assert isinstance(read([page("•One", "•two", "•")], wanted), Stuck)
    assert isinstance(read([page("•One")], wanted), Stuck)


def test_a_caption_may_drift_to_a_next_page_though_the_text_begins_with_its_word() -> None:
    wanted = streams("One.Themap.Thetext", floats={4: 11})
    assert isinstance(read([page("One.", "Thetext"), page("Themap.")], wanted), Read)
    assert isinstance(read([page("One.", "The"), page("Themap.", "text")], wanted), Read)
    assert isinstance(read([page("One.", "Themap.", "Thetext")], wanted), Read)
    assert stuck([page("One.", "Thetext", "Themap.")], wanted) == (
        "0 yamada#p-001: after 'One.Themap.' stands nothing instead of 'Thetext'"
    )
    assert stuck([page("One.", "Thetext"), page()], wanted) == (
        "1 yamada#p-001: the pages end where 'Themap.Thetext' should follow"
    )


def test_a_float_may_be_drawn_before_its_turn_and_only_once() -> None:
    loose = [(4, 8)]
    assert isinstance(
        read([page("1961", "Text", "more")], streams("Text1961more", loose=loose)), Read
    )
    twice = [page("1961", "1961", "Text", "more")]
    assert isinstance(read(twice, streams("Text1961more", loose=loose)), Stuck)


def test_ways_that_are_not_followed_are_told_and_nothing_is_proved(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # the first "X" is the note's; taken for the text's, as is likelier, it leads nowhere
    pages, wanted = [page("X", "b", "XaY")], streams("XaY", "Xb")
    whole = read(pages, wanted)
    assert isinstance(whole, Read)
    assert whole.dropped is None
    monkeypatch.setattr(module, "MANY", 1)
    result = read(pages, wanted)
    assert isinstance(result, Stuck)
    assert result.dropped == 0


def beside() -> Streams:
    german = Stream("facing", "HafenWindNebel", [(0, "a/original#p-001")])
    return streams("HarbourWindfog", facing=german)


def test_an_original_and_its_translation_are_read_beside_each_other() -> None:
    rows = page("Harbour", "Hafen", "Wi", "nd", "Wind", "fog", "Nebel")
    assert isinstance(read([rows], beside()), Read)
    # Single lines at one height come as one, the left column first.
    rows = page("HafenHarbour", "Wi", "nd", "Wind", "Nefog", "bel")
    assert isinstance(read([rows], beside()), Read)


def test_an_original_that_runs_over_a_page_is_read_on() -> None:
    pages = [page("Harbour", "Hafen", "W", "Wi", "Head", "1"), page("ind", "nd", "fog", "Nebel")]
    assert isinstance(read(pages, beside()), Read)


def test_a_lost_word_of_the_original_is_told() -> None:
    assert stuck([page("Harbour", "Hafen", "Wind", "Wind", "fog")], beside()) == (
        "0 a/original#p-001: the pages end where 'Nebel' should follow"
    )


def test_cells_of_a_row_go_on_over_a_page_each_by_itself_and_nothing_of_them_is_spared() -> None:
    wanted = streams("Leftgoeson.Rightgoeson.After", rows=[((0, 11), (11, 23))])
    pages = [page("Left", "Right", "Head", "1"), page("goeson.", "goeson.", "After", "Head", "2")]
    found = read(pages, wanted)
    assert isinstance(found, Read)
    short = [page("Left", "Right", "Head", "1"), page("goeson.", "After", "Head", "2")]
    assert stuck(short, wanted) == (
        "1 yamada#p-001: after 'Leftgoeson.Right' stands 'After' instead of 'goeson.After'"
    )


def test_columns_that_say_the_same_are_told_apart_by_where_they_stand() -> None:
    left, lower, right = (
        Stand(x, x + 9, y, ((x, x + 4, y), (x + 5, x + 9, y)))
        for x, y in ((0, 50), (0, 36), (20, 50))
    )
    pages = [
        PageText(("aa",) * 3, (left, lower, right), ()),
        PageText(("aa",) * 2, (left, right), ()),
    ]
    found = read(pages, streams("aaaaaaaaaa", rows=[((0, 6), (6, 10))]))
    assert isinstance(found, Read)
    assert [_begun(way.steps) for way in found.ways] == [[0, 2, 6, 4, 8]]


def test_the_sign_of_a_list_is_not_that_of_a_note_which_is_called_later() -> None:
    wanted = streams("Onetwo1", "1.A", labels=["1."], calls=[(6, "yamada/note/a")])
    found = read([page("1.", "One"), page("two1", "1.", "A")], wanted)
    assert isinstance(found, Read)
    step = found.ways[0].steps
    while step and (step.stream, step.words) != ("notes", "1."):
        step = step.before
    assert step is not None
    assert step.page == 1


def _begun(step: Step | None) -> list[int]:
    """Where in the body each line begins, in their order."""
    if step is None:
        return []
    return [*_begun(step.before), *([step.at] if step.kind == "line" else [])]
