"""Numbers of pages: the order of pages, their labels, and the slots that hold them."""

from dataclasses import replace

import pytest

from engross.make.typeset import slots
from engross.make.typeset.crossing import Part, PartPage
from engross.make.typeset.slots import paginate
from engross.make.typeset.values import Unit
from engross.model.lists import numeral

PAGE = PartPage(432.0, 648.0, 54.0, 54.0, 54.0, 54.0, 600.0, 60.0, [], 1, False, None)
pytestmark = pytest.mark.filterwarnings("error")


def row(address: str, html: str = "", **more: object) -> Unit:
    return Unit(address, html, "en", address, **more)  # type: ignore[arg-type]  # the tests' own


@pytest.mark.parametrize(
    ("number", "letters"),
    [
        (1, "i"),
        (4, "iv"),
        (9, "ix"),
        (14, "xiv"),
        (40, "xl"),
        (49, "xlix"),
        (90, "xc"),
        (199, "cxcix"),
    ],
)
def test_front_pages_count_in_small_roman_letters(number: int, letters: str) -> None:
    assert numeral(number, "lower-roman") == letters


def test_a_unit_that_opens_recto_has_a_blank_left_page_before_it() -> None:
    pages = paginate([row("a"), row("b", opening="recto")], [1, 2], roman_front=False)
    assert [(page.unit, page.label, page.recto) for page in pages] == [
        (0, "1", True),
        (None, "2", False),
        (1, "3", True),
        (1, "4", False),
    ]


def test_the_body_after_a_roman_front_begins_at_one_on_a_right_hand_page() -> None:
    units = [row("title", matter="front"), row("text"), row("end", matter="back")]
    pages = paginate(units, [3, 1, 1], roman_front=True)
    assert [page.label for page in pages] == ["i", "ii", "iii", "iv", "1", "2"]
    assert pages[3].unit is None
    assert pages[4].recto


def test_slots_hold_as_many_zeros_as_digits_and_roman_numbers_as_they_are() -> None:
    html = (
        'p. <a class="page-number" href="https://page.invalid/#yamada">00</a>, '
        '<a class="page-number" href="https://page.invalid/#preface">00</a>'
    )
    assert slots.targets(html) == {"yamada", "preface"}
    forms = {"yamada": slots.form("117"), "preface": slots.form("ix")}
    assert slots.fill(html, forms) == html.replace(">00</a>, ", ">000</a>, ").replace(
        ">00</a>", ">ix</a>"
    )


def test_after_some_rounds_a_slot_only_grows_so_the_rounds_end() -> None:
    early = slots.settle({"a": "000"}, {"a": "00"}, turn=0)
    late = slots.settle({"a": "000"}, {"a": "00"}, turn=slots.PATIENCE)
    assert (early, late) == ({"a": "00"}, {"a": "000"})
    forms, seen = {"a": "00"}, []
    for turn in range(slots.ROUNDS):
        needed = {"a": "000" if len(forms["a"]) == 2 else "00"}  # a volume that swings for ever
        forms = slots.settle(forms, needed, turn)
        seen.append(forms["a"])
    assert len(set(seen[slots.PATIENCE :])) == 1


def test_the_first_estimate_comes_from_the_length_of_the_sources() -> None:
    units = [row("a", "<p>" + "x" * 5_000 + "</p>"), row("b", '<p id="p-9">y</p>')]
    pages = paginate(units, [slots.estimate(unit) for unit in units], roman_front=False)
    assert [slots.estimate(unit) for unit in units] == [3, 1]
    assert slots.labels(["a", "b", "b#p-9", "nowhere"], units, {}, pages) == {
        "a": "1",
        "b": "4",
        "b#p-9": "4",
    }


def test_a_volume_says_itself_how_many_characters_a_page_takes() -> None:
    units = [row(f"d{n}", "<p>" + "x" * 9_000 + "</p>") for n in range(30)]
    pages = {n: Part(f"d{n}", pages=[PAGE] * 3) for n in range(0, 30, 3)}
    assert slots.per_page(units, {}) == slots.PER_PAGE
    found = slots.per_page(units, pages)
    assert [slots.estimate(unit, found) for unit in units] == [3] * 30
    front = [replace(unit, matter="front") for unit in units]
    assert slots.per_page(front, pages) == slots.PER_PAGE


def test_the_units_that_are_typeset_first_are_chosen_by_their_place() -> None:
    units = [row(f"d{n}", "<p>x</p>") for n in range(120)]
    assert slots.sample(units, range(120)) == list(range(0, 120, 10))
    assert slots.sample(units, range(24)) == []
