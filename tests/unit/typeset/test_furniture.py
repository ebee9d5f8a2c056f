"""Heads, folios and marks are drawn in groups, so that one more costs one group."""

from engross.make.typeset.furniture import GROUP, groups

Strings = list[tuple[str, str]]


def wanted(pages: int, heads: int = 300) -> Strings:
    folios = [("folio", str(number)) for number in range(1, pages + 1)]
    return sorted([*folios, *(("running-head recto", f"Letter {n:03}") for n in range(heads))])


def test_a_short_book_has_one_group() -> None:
    strings = wanted(50, heads=10)
    assert groups(strings) == {"": strings}


def test_a_long_one_has_every_string_once_in_groups_of_one_kind() -> None:
    strings = wanted(1550)
    found = groups(strings)
    assert sorted(string for some in found.values() for string in some) == strings
    assert all(len(some) <= GROUP for some in found.values())
    assert all(len({kind for kind, _ in some}) == 1 for some in found.values())


def test_more_pages_and_another_kind_of_mark_leave_most_groups_as_they_were() -> None:
    before = groups(wanted(1550))
    after = groups(sorted([*wanted(1600), ("margin-number", "19")]))
    changed = {name for name in after if after[name] != before.get(name)}
    assert changed == {f"/folio-{1600 // GROUP}", f"/folio-{1551 // GROUP}", "/margin-number+0"}
