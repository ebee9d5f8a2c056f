"""Marks that are set otherwise than in an earlier printing are no change of its words."""

from engross.release.causes import changes_of
from engross.release.errata import units_of


def test_only_words_are_told() -> None:
    then = units_of({"i#p-001": 'It\'s "so".', "i#p-002": "He was here."})
    now = units_of({"i#p-001": "It’s “so”.", "i#p-002": "She was here."})
    [told] = changes_of(then, now, (), ())
    assert (told.erratum.address, told.erratum.new) == ("i#p-002", "She")
