"""
Characters without ink: Unicode's property Default_Ignorable_Code_Point (UAX 44).

They may be spelling, as the joiners of Persian are, and stay where they stand. No page can prove
them, so that pages are compared without them.
"""

import re

RANGES = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    "\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufff8\U0001bca0-\U0001bca3\U0001d173-\U0001d17a"
    "\U000e0000-\U000e0fff"
)
"""The inside of a character class."""
_SPELT = "\u0590-\u1cff\u2d00-\u2d7f\u2e80-\U000dffff"
"""Scripts in whose spelling joiners and selectors have a part, and East Asian ones."""

UNSEEN = re.compile(f"[{RANGES}]")
"""Every one of them."""
DIRECTION = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
"""Those that change the order in which letters are shown."""
DOUBTFUL = re.compile(
    f"\ufeff|(?<![{_SPELT}])(?![\ufe00-\ufe0f\U000e0100-\U000e01ef]|{DIRECTION.pattern})[{RANGES}]"
)
"""Those that no spelling accounts for: they are left over from a word processor or a web page."""
JOINED = re.compile(
    "[\u0300-\u036f\u0591-\u05c7\u0600-\u07ff\u0900-\u0dff\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]"
)
"""Letters whose glyphs are joined, piled up or reordered: marks, Arabic, of India, Thai, Khmer."""

_JOINING = re.compile(f"(?![\u00ad\u200b\u200c])(?:{DOUBTFUL.pattern})")


def inked(text: str) -> str:
    r"""
    A text as pages are given it: without what would only join glyphs, and their names in a PDF.

    >>> inked("of\u2060it, shelf\u200cful")
    'ofit, shelf\u200cful'
    """
    return text if text.isascii() else _JOINING.sub("", text)


def seen(text: str) -> str:
    r"""
    A text without them.

    >>> seen("mi\u200cravad")
    'miravad'
    """
    return text if text.isascii() else UNSEEN.sub("", text)
