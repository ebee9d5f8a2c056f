"""The ledger's own order, and what a release makes immutable."""

from typing import Any

import pytest
from tests.unit.ledger.entries import entry, ledger, place

from engross.ledger.rules import Recorded, ledger_findings
from engross.schema.ledger import Correction, Ledger


def told(now: Ledger, *before: Correction, version: str = "1.1") -> list[str]:
    recorded = [Recorded(version, before)] if before else []
    found = ledger_findings(now, place, "yamada-1961", recorded)
    return [f"{one.place}: {one.code} {one.message}" for one in found]


RELEASES = [{"version": "1.0", "on": "2026-11-23"}, {"version": "1.1", "on": "2026-12-01"}]


def released(number: int = 2, **values: Any) -> Correction:
    return entry(number, "repeats", **({"read": "repeated", "released_in": "1.1"} | values))


def test_a_ledger_in_order_has_no_findings() -> None:
    now = ledger(entry(1, "a", read="b"), released(), releases=RELEASES)
    assert told(now, entry(1, "a", read="b"), released()) == []


def test_a_number_stands_once() -> None:
    twice = ledger(entry(1, "a", read="b"), entry(1, "c", read="d"))
    assert told(twice) == ["corrections.yaml:20: L006 C-0001 stands twice, first in line 10"]


def test_the_ledger_is_the_editions_own() -> None:
    assert told(ledger(edition="suzuki-1960")) == [
        (
            "corrections.yaml:1: L011 the ledger is that of 'suzuki-1960', the manifest that of "
            "'yamada-1961'"
        )
    ]


def test_numbers_may_have_gaps() -> None:
    assert told(ledger(entry(1, "a", read="b"), entry(3, "c", read="d"))) == []


def test_a_released_correction_is_not_deleted() -> None:
    now = ledger(entry(1, "a", read="b"), releases=RELEASES)
    assert told(now, entry(1, "a", read="b"), released()) == [
        "corrections.yaml:1: L012 C-0002 was released in 1.1 and is gone from the ledger"
    ]


@pytest.mark.parametrize(
    ("change", "keys"),
    [
        ({"read": "said"}, "read"),
        ({"reason": "another"}, "reason"),
        ({"block": "p-004"}, "at"),
        ({"released_in": "1.0"}, "released_in"),
        ({"status": "held"}, "status"),
    ],
)
def test_a_released_correction_is_not_edited(change: dict[str, str], keys: str) -> None:
    now = ledger(entry(1, "a", read="b"), released(**change), releases=RELEASES)
    assert told(now, entry(1, "a", read="b"), released()) == [
        f"corrections.yaml:20: L023 C-0002 was released in 1.1 and now has another {keys}"
    ]


def test_a_released_correction_may_be_withdrawn_or_superseded() -> None:
    day = {"by": "the editors", "on": "2026-12-09"}
    withdrawn = released(1, status="withdrawn", decided=day)
    assert told(ledger(withdrawn, releases=RELEASES), released(1)) == []
    after = entry(2, "repeats", read="said", supersedes="C-0001")
    assert told(ledger(released(1), after, releases=RELEASES), released(1)) == []


def test_the_number_of_a_rejected_entry_is_not_used_again() -> None:
    now = ledger(entry(1, "c", read="d"))
    assert told(now, entry(1, "a", read="b", status="rejected")) == [
        (
            "corrections.yaml:10: L022 C-0001 was rejected in 1.1 and now has another status, at, "
            "read; a number is never reused"
        )
    ]


def test_a_held_entry_is_decided_later_but_stays_where_it_is() -> None:
    held = entry(1, "a", read="b", status="held")
    assert told(ledger(entry(1, "a", read="b")), held) == []
    assert told(ledger(entry(1, "other", read="b")), held) == [
        (
            "corrections.yaml:10: L022 C-0001 was held in 1.1 for another place; a number is never "
            "reused"
        )
    ]


def test_the_order_of_entries_comes_from_their_days_and_not_from_the_file() -> None:
    after = entry(2, "a", read="c", supersedes="C-0001")
    assert told(ledger(after, entry(1, "a", read="b"))) == []
    late = {"by": "the editors", "on": "2026-11-30"}
    assert told(ledger(after, entry(1, "a", read="b", decided=late))) == [
        "corrections.yaml:10: L014 C-0002 supersedes C-0001, which is no earlier entry"
    ]


def test_two_entries_do_not_supersede_each_other() -> None:
    round_ = [entry(n, "a", read="b", supersedes=f"C-000{3 - n}") for n in (1, 2)]
    assert [row.split(" ")[1] for row in told(ledger(*round_))] == ["L014", "L014"]


def test_only_an_earlier_entry_is_superseded_and_only_once() -> None:
    first = entry(1, "a", read="b")
    later = ledger(first, entry(2, "a", read="c", supersedes="C-0003"))
    assert told(later) == [
        "corrections.yaml:20: L014 C-0002 supersedes C-0003, which is no earlier entry"
    ]
    both = [entry(n, "a", read=str(n), supersedes="C-0001") for n in (2, 3)]
    assert told(ledger(first, *both)) == [
        "corrections.yaml:30: L014 C-0003 and C-0002 both supersede C-0001"
    ]


def test_a_verified_entry_says_who_decided_and_when() -> None:
    assert told(ledger(entry(1, "a", read="b", decided=None))) == [
        "corrections.yaml:10: L020 C-0001 is verified, and nothing says by whom and when"
    ]


def test_released_in_names_a_release() -> None:
    assert told(ledger(released(1))) == [
        "corrections.yaml:10: L021 C-0001 says that it was released in 1.1, which was not released"
    ]
