"""Numbers of pages settle: whatever a volume does, the rounds end, and every number fits."""

from hypothesis import given
from hypothesis import strategies as st

from engross.make.typeset import slots

NAMES = "abc"
WIDTHS = st.integers(1, 4)
needed = st.fixed_dictionaries(dict.fromkeys(NAMES, WIDTHS))


@given(st.lists(needed, min_size=slots.ROUNDS, max_size=40))
def test_from_some_round_on_no_slot_ever_shrinks_so_changes_run_out(
    rounds: list[dict[str, int]],
) -> None:
    forms = dict.fromkeys(NAMES, "0")
    changes = 0
    for turn, widths in enumerate(rounds):
        wanted = {name: "0" * width for name, width in widths.items()}
        new = slots.settle(forms, wanted, turn)
        # a number always has room, and what is left over is padded at the join
        assert all(len(new[name]) >= len(wanted[name]) for name in NAMES)
        if turn >= slots.PATIENCE:
            assert all(len(new[name]) >= len(forms[name]) for name in NAMES)
            changes += new != forms
        forms = new
    # three slots, each of which can grow three times at the most
    assert changes <= len(NAMES) * 3


@given(st.lists(needed, min_size=1, max_size=slots.PATIENCE))
def test_before_that_every_slot_is_as_wide_as_its_number(rounds: list[dict[str, int]]) -> None:
    for turn, widths in enumerate(rounds):
        wanted = {name: "0" * width for name, width in widths.items()}
        assert slots.settle(dict.fromkeys(NAMES, "0000"), wanted, turn) == wanted
