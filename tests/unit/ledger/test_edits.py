"""Where corrections apply: exactly once, or a clear error and nothing."""

import hashlib

import pytest
from tests.unit.ledger.entries import entry

from engross.ledger.edits import corrected, place_corrections
from engross.ledger.entries import Entries
from engross.model.finding import Place
from engross.schema.ledger import Correction

TEXTS = {
    "p-001": "a visit by Japanese Premier Minister Mr. Ikeda",
    "p-002": "the Premier Minister said that one cannot not bother us",
    "p-003": "to which he repeats",
}


def told(*entries: Correction, texts: dict[str, str] | None = None) -> list[str]:
    rows = [(one, Place("corrections.yaml", 10 * n + 10)) for n, one in enumerate(entries)]
    placed = place_corrections("yamada", texts or TEXTS, Entries(rows))
    return [f"{found.place}: {found.code} {found.message}" for found in placed.findings]


def applied(*entries: Correction) -> dict[str, str]:
    rows = [(one, Place("corrections.yaml", 1)) for one in entries]
    placed = place_corrections("yamada", TEXTS, Entries(rows))
    assert placed.findings == ()
    return corrected(TEXTS, placed.edits)


def test_words_that_stand_twice_are_named_with_their_context() -> None:
    assert told(entry(2, "Premier Minister", read="Prime Minister")) == [
        (
            'corrections.yaml:10: L002 C-0002: "Premier Minister" occurs 2 times in yamada '
            "(p-001: a visit by Japanese [Premier Minister] Mr. Ikeda; "
            "p-002: the [Premier Minister] said that one cannot no…)"
        )
    ]


def test_words_that_stand_nowhere_get_the_nearest_ones() -> None:
    assert told(entry(2, "cannot not botherus", read="x")) == [
        (
            'corrections.yaml:10: L001 C-0002: "cannot not botherus" is not in yamada; '
            'nearest (95 %): "cannot not bother us" in p-002'
        )
    ]


def test_corrected_text_cannot_be_corrected_again() -> None:
    now = {"p-001": "a visit by Japanese Prime Minister Mr. Ikeda"}
    found = told(entry(2, "Premier Minister", block="p-001", read="Prime Minister"), texts=now)
    assert found[0].startswith('corrections.yaml:10: L001 C-0002: "Premier Minister" is not in p-')


def test_a_block_whose_received_text_changed_is_refused() -> None:
    was = hashlib.sha256(b"another text").hexdigest()
    assert told(entry(2, "repeats", block_sha256=was, read="repeated")) == [
        (
            "corrections.yaml:10: L003 C-0002: the received text of p-003 is not the one it was "
            "written for"
        )
    ]


def test_a_correction_that_changes_nothing_is_refused() -> None:
    assert told(entry(2, "repeats", read="repeats")) == [
        'corrections.yaml:10: L004 C-0002: changes nothing, the text reads "repeats" already'
    ]


def test_the_same_characters_composed_otherwise_change_nothing() -> None:
    text = {"p-001": "Stro\u0308m"}
    assert told(entry(2, "Str\u00f6m", read="Str\u00f6m"), texts=text) == [
        'corrections.yaml:10: L004 C-0002: changes nothing, the text reads "Stro\u0308m" already'
    ]


def test_corrections_that_overlap_are_refused() -> None:
    first = entry(2, "Premier Minister Mr.", read="Prime Minister Mr.")
    assert told(first, entry(5, "Mr. Ikeda", read="Ikeda")) == [
        'corrections.yaml:20: L005 C-0002 and C-0005 overlap at "Mr. Ikeda" (p-001)'
    ]


def test_a_correction_that_is_entered_twice_is_refused() -> None:
    again = [entry(n, "repeats", read="repeated") for n in (2, 3)]
    assert told(*again) == [
        'corrections.yaml:20: L019 C-0003 enters C-0002 again: "repeats" (p-003)'
    ]


def test_a_translation_is_not_corrected_without_evidence() -> None:
    assert told(entry(2, "repeats", kind="translation", read="repeated")) == [
        (
            "corrections.yaml:10: L008 C-0002: corrects the translation without evidence from the "
            "original"
        )
    ]


def test_a_verified_correction_gives_a_reading_or_a_join() -> None:
    wanted = ["corrections.yaml:10: L009 C-0002: a verified correction needs either read or join"]
    assert told(entry(2, "repeats")) == wanted
    assert told(entry(2, "repeats", read="x", join="next")) == wanted


def test_a_correction_of_layout_changes_no_word() -> None:
    assert told(entry(2, "repeats", kind="typography", read="repeated")) == [
        (
            "corrections.yaml:10: L015 C-0002: is of kind typography, which changes no word, and "
            "gives a new reading"
        )
    ]
    assert applied(entry(2, "repeats", kind="typography")) == TEXTS


@pytest.mark.parametrize(
    ("read", "what"),
    [
        ("re\tpeated", "the control character U+0009"),
        ("re\nrepeated", "the control character U+000A"),
        ("re\u2010peated", "U+2010 (hyphen), which no PDF gives back"),
    ],
)
def test_a_reading_has_no_character_that_cannot_be_proved(read: str, what: str) -> None:
    assert told(entry(2, "repeats", read=read)) == [
        f"corrections.yaml:10: L016 C-0002: read holds {what}"
    ]


def test_markup_in_a_reading_is_text() -> None:
    assert applied(entry(2, "repeats", read="<b>&amp;"))["p-003"] == "to which he <b>&amp;"


def test_the_original_is_never_replaced_silently() -> None:
    assert told(entry(2, "repeats", kind="original", read="repeated")) == [
        (
            "corrections.yaml:10: L017 C-0002: corrects the original itself and shows only the new "
            "reading"
        )
    ]
    kept = entry(2, "repeats", kind="original", read="repeated", show="sic")
    assert applied(kept) == TEXTS


def test_an_entry_that_quotes_nothing_is_refused() -> None:
    assert told(entry(2, read="the ", suffix="Premier")) == [
        "corrections.yaml:10: L018 C-0002: quotes no words, so that no place is meant"
    ]


def test_only_verified_entries_that_nobody_supersedes_are_applied() -> None:
    entries = [
        entry(1, "repeats", read="repeated", status="rejected"),
        entry(2, "repeats", read="repeated it", status="held"),
        entry(3, "repeats", read="said"),
        entry(4, "repeats", read="says", supersedes="C-0003"),
    ]
    assert applied(*entries)["p-003"] == "to which he says"


def test_an_insertion_stands_between_its_words_and_a_deletion_takes_its_space_along() -> None:
    inserted = entry(1, prefix="he ", suffix="repeats", read="often ")
    deleted = entry(2, "not ", prefix="cannot ", read="")
    result = applied(inserted, deleted)
    assert result["p-003"] == "to which he often repeats"
    assert result["p-002"].endswith("one cannot bother us")


def test_an_insertion_before_replaced_words_stands_before_them_in_either_order() -> None:
    both = [
        entry(1, prefix="he ", suffix="repeats", read="often "),
        entry(2, "repeats", read="repeated"),
    ]
    assert applied(*both) == applied(*reversed(both))
    assert applied(*both)["p-003"] == "to which he often repeated"


def test_a_join_needs_a_block_behind_it() -> None:
    assert told(entry(2, block="p-003", join="next")) == [
        "corrections.yaml:10: L001 C-0002: p-003 is the last block and has no next one to join"
    ]
    assert applied(entry(2, block="p-002", join="next"))["p-002"].endswith("us to which he repeats")
