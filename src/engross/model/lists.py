"""The signs of lists, as every medium draws them."""

NUMBERINGS = {
    "1": "decimal",
    "a": "lower-alpha",
    "A": "upper-alpha",
    "i": "lower-roman",
    "I": "upper-roman",
    "α": "lower-greek",
}
"""How a list may be numbered, by its first sign; CSS knows them by these names."""
GREEK = "αβγδεζηθικλμνξοπρστυφχψω"
LATIN = "abcdefghijklmnopqrstuvwxyz"
ROMAN = (
    *((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l")),
    *((40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")),
)


def numeral(number: int, numbering: str) -> str:
    """
    A number as a list writes it; where letters or Roman numerals have none, in figures.

    >>> [numeral(28, kind) for kind in ("decimal", "lower-alpha", "upper-roman", "lower-greek")]
    ['28', 'ab', 'XXVIII', 'αδ']
    """
    if numbering.endswith("roman") and 0 < number < 4000:
        found = ""
        for value, sign in ROMAN:
            found += sign * (number // value)
            number %= value
    elif numbering.endswith(("alpha", "greek")) and number > 0:
        letters, found = GREEK if numbering.endswith("greek") else LATIN, ""
        while number:
            number, letter = divmod(number - 1, len(letters))
            found = letters[letter] + found
    else:
        return str(number)
    return found.upper() if numbering.startswith("upper") else found
