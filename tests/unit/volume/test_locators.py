"""The pages of an index: in order, each once, ranges joined."""

from engross.make.typeset.locators import goals, has_locators, merged, rank, resolve

HTML = (
    '<li>Kuriles <span class="locators">'
    '<a href="https://page.invalid/#d2#p-003">00</a>'
    '<a href="https://page.invalid/#d1#p-001" data-to="d1#p-009">00</a>'
    '<a href="https://page.invalid/#d1#p-004">00</a></span></li>'
)


def test_a_unit_with_locators_says_what_it_needs() -> None:
    assert has_locators(HTML)
    assert goals(HTML) == {"d2#p-003", "d1#p-001", "d1#p-009", "d1#p-004"}
    assert not has_locators("<p>none</p>")


def test_a_page_within_a_range_is_not_said_again() -> None:
    labels = {"d1#p-001": "9", "d1#p-009": "11", "d1#p-004": "10", "d2#p-003": "12"}
    assert resolve(HTML, labels) == (
        '<li>Kuriles <span class="located"><a href="https://section.invalid/#d1#p-001">9–11</a>, '
        '<a href="https://section.invalid/#d2#p-003">12</a></span></li>'
    )


def test_two_places_on_one_page_are_one_number() -> None:
    assert merged([("12", "12", "a"), ("12", "12", "b"), ("13", "13", "c")]) == [
        ("12", "a"),
        ("13", "c"),
    ]


def test_overlapping_ranges_become_one() -> None:
    assert merged([("12", "14", "a"), ("13", "17", "b")]) == [("12–17", "a")]


def test_pages_of_the_front_come_first() -> None:
    assert sorted(["2", "ix", "10", "xl", "iv"], key=rank) == ["iv", "ix", "xl", "2", "10"]
