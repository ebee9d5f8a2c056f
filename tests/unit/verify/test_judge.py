"""A generated place says its facts, each in its turn, and nothing that nobody has said."""

import pytest

from engross.language import Words
from engross.verify.furniture import Item, Section, Sign
from engross.verify.judge import PAGES, Fact, Judge, Vocabulary
from engross.verify.report import Log

KNOWN = Vocabulary(Words("en"))


def told(
    strings: list[str | tuple[str, str]], facts: list[Fact], *, own: bool = False
) -> list[str]:
    """What is said of a section of some strings; a pair is a sign of that kind."""
    signs = [Sign(*one) if isinstance(one, tuple) else Sign("text", one) for one in strings]
    items = tuple(Item(sign=sign) for sign in signs)
    section = Section("here", "imprint", "Here", "Here", own, items, (), ())
    log = Log("evidence")
    Judge(section, KNOWN, log, own).judge(facts)
    return [f"{found.code} {found.message}" for found in log.findings]


PLACE = [
    Fact("A Paper"),
    Fact("Version 1.0, 3 May 1961", loose="1.0"),
    Fact("In the public domain."),
]
SAID = ["A Paper", "Version 1.0, 3 May 1961", "Rights and terms", "In the public domain."]


def test_a_place_that_says_its_facts_between_words_of_the_catalogue_is_right() -> None:
    assert told(list(SAID), PLACE) == []


@pytest.mark.parametrize(
    ("strings", "wanted"),
    [
        (SAID[:3], "'here' does not say 'In the public domain.' behind 'Version 1.0, 3 May 1961'"),
        ([*SAID, "Zebra"], "'here' says 'Zebra', which neither evidence nor catalogue has"),
        (
            ["A Paper", "Version 1.0, 4 May 1961", *SAID[2:]],
            "'here' does not say 'Version 1.0, 3 May 1961' behind 'A Paper'",
        ),
        ([SAID[0], *SAID], "'here' says 'APaper', which neither evidence nor catalogue has"),
    ],
)
def test_what_is_lost_added_changed_or_said_twice_is_a_fault(
    strings: list[str | tuple[str, str]], wanted: str
) -> None:
    assert f"P023 {wanted}" in told(strings, PLACE)


def test_a_page_of_the_books_own_design_has_its_own_order() -> None:
    assert told(["In the public domain.", "A Paper", "1.0"], PLACE, own=True) == []


def test_a_number_is_not_found_within_another() -> None:
    assert told(["1961", "961"], [Fact("961")])[0] == (
        "P023 'here' says '1961', which neither evidence nor catalogue has"
    )


def test_a_page_is_that_of_the_entry_before_it() -> None:
    facts = [Fact("One", "one"), Fact("Two", "two")]
    assert told(["One", ("slot", "one"), "Two", ("slot", "two")], facts) == []
    assert told(["One", ("slot", "two"), "Two", ("slot", "two")], facts) == [
        "P006 'here' gives the page of 'two' behind 'One'"
    ]
    assert told(["One", ("slot", "one"), "Two"], facts) == [
        "P006 'here' gives no page behind 'Two'"
    ]


def test_rows_with_ids_say_their_values_wherever_they_stand() -> None:
    facts = [Fact("", anchor=f"s#{name}", values=(name,)) for name in ("ab", "cd")]
    rows: list[str | tuple[str, str]] = [("anchor", "s#cd"), "cd", ("anchor", "s#ab"), "ab"]
    assert told(rows, facts) == []
    assert told(rows[:2], facts) == ["P023 'here' does not say 'ab' behind 's#cd'"]


def test_the_pages_of_a_heading_are_kept_for_the_proof_of_the_pdf() -> None:
    section = Section(
        "index", "index", "", "", False, (Item(sign=Sign("text", "Sea, 3, 9")),), (), ()
    )
    judge = Judge(section, KNOWN, Log("evidence"), own=False)
    judge.judge([Fact("Sea"), Fact("Sea", pattern=PAGES, places=(("a", "a"),))])
    assert judge.pages == [("Sea", (("a", "a"),), "3,9")]


def test_rows_stand_in_their_order() -> None:
    facts = [Fact("", anchor=f"here#{n}", values=(word,), rank=n) for n, word in enumerate("ab")]
    strings = [("anchor", "here#0"), "a", ("anchor", "here#1"), "b"]
    assert told(strings, facts) == []
    assert told(strings[2:] + strings[:2], facts) == [
        "P023 'here' does not say 'here#1' behind 'here#0'"
    ]
