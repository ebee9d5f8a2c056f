"""Which characters of a text the East Asian faces are there for."""

from engross.make.cut import eastern


def test_the_sign_that_makes_an_arrow_a_letter_is_not_east_asian() -> None:
    assert eastern(["back \u21a9\ufe0e", "Привет, ἀνήρ, שלום"]) == []
    assert eastern(["\u5c71 and \u4e00", "\u4e00\ufe0e"]) == [0x4E00, 0x5C71]
