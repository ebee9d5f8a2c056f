"""How blocks stand: a paragraph as its `rend` says, a label beside its item, the index by letters."""

import unicodedata

from engross.model.text import Leaf, Run

POSTURES = {
    "center": "centred",
    "flushleft": "flush",
    "left": "flush",
    "noindent": "flush",
    "right": "to-right",
    "hanging": "hanging",
    "sectiontitle": "side-head",
    "sectiontitleital": "side-head",
}
"""Values of `p/@rend`, with the class that the sheets set."""
BESIDE = 5
"""Characters of a label that has room beside its item."""


def posture(block: Leaf) -> str:
    """
    The class of a paragraph, with a blank before it; nothing where the file says nothing.

    >>> posture(Leaf("p-001", "paragraph", (), (("rend", "center"),)))
    ' centred'
    """
    found = POSTURES.get(block.get("rend"), "") if block.role == "paragraph" else ""
    return f" {found}" if found else ""


def beside(label: Leaf | None) -> bool:
    """Whether a label is so short that it stands beside its item; a name of a page is not."""
    if label is None or not all(isinstance(item, Run) for item in label.content):
        return False
    return 0 < len(label.text) <= BESIDE


def initial(heading: str) -> str:
    """The letter that a heading of the index stands under: without marks, small, "" for none."""
    letters = (one for one in unicodedata.normalize("NFKD", heading) if one.isalpha())
    return next(letters, "").lower()
