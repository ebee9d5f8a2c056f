"""The forms in which texts are compared."""

import doctest

from engross.verify import plain
from engross.verify.plain import difference, paper, spaced, unprovable


def test_the_examples_hold() -> None:
    assert doctest.testmod(plain) == doctest.TestResults(failed=0, attempted=5)


def test_composed_and_decomposed_letters_are_the_same() -> None:
    assert paper("Sho\u0304jo\u0304") == paper("Sh\u014dj\u014d")
    assert paper("בְּ") != paper("ב"), "a mark that is lost is a loss"
    assert spaced("e\u0301  la") == "\u00e9 la"


def test_characters_that_do_not_come_back_are_named() -> None:
    assert unprovable("plain text, Kōno, № ½") == ""
    assert unprovable("zero\u200bwidth") == "U+200B (zero width space)"
    assert unprovable("e\u0301\u0323 अनुच्छेद") == "", "pages say beside the glyphs what they mean"


def test_a_difference_has_thirty_characters_before_it() -> None:
    wanted = "He was happy to see that the Ambassador had come."
    found = "He was happy to see that the ambassador had come."
    assert difference(wanted, found) == (
        "after 'He was happy to see that the ' stands 'ambassador had come.' instead of "
        "'Ambassador had come.'"
    )
