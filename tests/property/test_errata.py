"""The list of errata is true: applied by hand to an owner's copy, it gives the present text."""

import re

from hypothesis import given
from hypothesis import strategies as st

from engross.release.errata import Erratum, errata, stretches, units_of

WORDS = st.lists(
    st.sampled_from(["a", "the", "he", "man.", "(x)", "said,", "Moscow", "ёж"]),
    min_size=1,
    max_size=14,
).map(" ".join)


def by_hand(text: str, rows: list[Erratum]) -> str:
    """Look each row's words up in the copy, where they stand once, and write the others there."""
    spans = []
    for row in rows:
        places = [
            m.start()
            for m in re.finditer(f"(?={re.escape(row.old)})", text)
            if whole(text, m.start(), row.old)
        ]
        assert len(places) == 1 or row.old == text, (text, row)
        spans.append((places[0], places[0] + len(row.old), row.new))
    for start, end, words in sorted(spans, reverse=True):
        text = text[:start] + words + text[end:]
    return text


def whole(text: str, start: int, inside: str) -> bool:
    end = start + len(inside)
    return not (text[:start][-1:].isalnum() and inside[:1].isalnum()) and not (
        text[end:][:1].isalnum() and inside[-1:].isalnum()
    )


@given(WORDS, WORDS)
def test_an_owners_copy_corrected_by_hand_reads_as_the_present_text(old: str, new: str) -> None:
    rows = list(stretches("a", ["a"], old, new))
    assert by_hand(old, rows) == new
    assert all(row.old and row.new for row in rows)


def test_what_comes_goes_or_is_joined_is_one_row() -> None:
    then = units_of(
        {
            "a#p-001": "One two.",
            "a#p-002": "to which he repeats",
            "a#p-003": "that he will.",
            "a/note/gone#p-001": "A note.",
        }
    )
    now = units_of(
        {
            "a#p-001": "One two.",
            "a#p-002": "to which he repeats that he will.",
            "a/note/new#p-001": "A first word",
            "a/note/new#p-002": "and a second.",
            "b#p-001": "A document.",
        }
    )
    assert [(row.address, row.old, row.new, row.joined) for row in errata(then, now)] == [
        ("b", "", "", False),
        (
            "a#p-002",
            "to which he repeats | that he will.",
            "to which he repeats that he will.",
            True,
        ),
        ("a/note/new", "", "A first word and a second.", False),
        ("a/note/gone", "A note.", "", False),
    ]


STATES = st.fixed_dictionaries(
    {"a#p-001": WORDS, "a#p-002": WORDS, "manifest/title": WORDS},
    optional={"a/note/x": WORDS, "a/note/y": WORDS},
).map(lambda state: dict(sorted(state.items())))


@given(STATES, STATES)
def test_a_slip_applied_by_hand_gives_the_present_edition(
    then: dict[str, str], now: dict[str, str]
) -> None:
    copy = dict(then)
    rows = list(errata(units_of(then), units_of(now)))
    for address in dict.fromkeys(row.address for row in rows):
        here = [row for row in rows if row.address == address]
        if not here[0].new:
            assert copy.pop(address) == here[0].old
        elif not here[0].old:
            copy[address] = here[0].new
        else:
            copy[address] = by_hand(copy[address], here)
    assert copy == now


@given(st.permutations(range(30)), st.integers(6, 24), st.integers(0, 29), st.booleans())
def test_a_paragraph_joined_or_divided_and_corrected_is_told_at_its_seam(
    order: list[int], seam: int, at: int, divide: bool
) -> None:
    words = [f"word{number}" for number in order]
    two = {"a#p-001": " ".join(words[:seam]), "a#p-002": " ".join(words[seam:])}
    words[at % len(words)] = "new"
    then, now = two, {"a#p-001": " ".join(words)}
    if divide:
        then, now = now, two
    rows = list(errata(units_of(then), units_of(now)))
    assert {row.address for row in rows} <= {"a#p-001", "a#p-002"}
    assert by_hand(" | ".join(then.values()), rows) == " | ".join(now.values())
