"""
Lines that run from right to left: from the order in which letters stand to that of reading.

A PDF has the glyphs of a line from left to right. Unicode's algorithm, which put them there, run
once more over what stands there gives the order of reading back, for letters, numbers and words of
the other direction within a line. What it cannot tell: whether a number beside a word of the other
direction is read before or after it. Within a word it is taken to follow the letters, elsewhere to
stand by itself; where that is wrong, a true edition is refused, and no false one is proved.
"""

import re
import unicodedata
from collections.abc import Sequence

STRONG = frozenset({"R", "AL"})
PAIRS = {"(": ")", "[": "]", "{": "}", "<": ">", "«": "»", "‹": "›"}
FIRST = {side: first for first, last in PAIRS.items() for side in (first, last)}
WORD = re.compile(r"[0-9A-Za-z\u00c0-\u052f](?:[^\s\u0590-\u08ff]*[0-9A-Za-z\u00c0-\u052f])?")
"""Letters and figures without a space between them that run from left to right."""
FIGURES = {ord("0") + n: 0xF0000 + n for n in range(10)}
"""Private characters, which count as letters."""
BACK = {code: figure for figure, code in FIGURES.items()}


def leftward(text: str) -> bool:
    """
    Whether a text has a letter of a script that runs from right to left.

    >>> leftward("אב"), leftward("ab 1")
    (True, False)
    """
    return not text.isascii() and any(unicodedata.bidirectional(one) in STRONG for one in text)


def reading(standing: Sequence[str], waiting: list[str]) -> str:
    """
    A line in the order of reading.

    Args:
        standing: its characters from left to right, spaces among them. The line's direction is
            that of most of its letters.
        waiting: the brackets that lines before it have opened; changed.

    >>> reading("רבמטפסב 14 ,(הדעו)", [])
    '(ועדה), 14 בספטמבר'
    >>> reading("the word םולש here", [])
    'the word שלום here'
    """
    from bidi import get_display

    line = WORD.sub(_lettered, "".join(standing))
    letters = [character for character in line if character.isalpha()]
    if 2 * sum(map(leftward, letters)) < len(letters):
        read = str(get_display(line, base_dir="L"))
    else:
        read = str(get_display(line[::-1], base_dir="R"))[::-1]
    return "".join(_side(character, waiting) for character in read.translate(BACK))


def _lettered(word: re.Match[str]) -> str:
    """Figures of a word with letters go where its letters go."""
    whole = word[0]
    return whole.translate(FIGURES) if any(map(str.isalpha, whole)) else whole


def _side(character: str, waiting: list[str]) -> str:
    """
    A bracket as it is read: the last one that was opened is closed, any other opens.

    Which of its two glyphs stands there does not tell: readers of PDFs turn some round.
    """
    first = FIRST.get(character)
    if first is None:
        return character
    if waiting and waiting[-1] == first:
        waiting.pop()
        return PAIRS[first]
    waiting.append(first)
    return first
