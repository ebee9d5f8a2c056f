"""How blocks stand: a paragraph as its `rend` says, a label beside its item, letters apart."""

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
    "sourcearchiveheading": "centred",
    "sourceheadcenterbold": "centred",
    "sourceheadcenterboldbig": "centred",
    "sourceheadbold": "run-head",
    "boldtext": "run-head",
    "sourceparagraphspaceafter": "flush",
    "sourceparagraphtightspacing": "flush",
    "sourceparagraphfullindent": "set-in",
}
"""Values of `p/@rend`, with the class that the sheets set."""
BESIDE = 5
"""Characters of a label that has room beside its item."""


def posture(block: Leaf) -> str:
    """
    The class of a paragraph, with a blank before it; nothing where the file says nothing.

    A paragraph whose words are all strong is a heading, whatever it says else.

    >>> posture(Leaf("p-001", "paragraph", (), (("rend", "center"),)))
    ' centred'
    """
    if block.role not in ("paragraph", "subhead"):
        return ""
    found = POSTURES.get(block.get("rend") or block.get("posture"), "")
    runs = [item for item in block.content if isinstance(item, Run) and item.text.strip()]
    if runs and all(any(mark.kind == "strong" for mark in run.marks) for run in runs):
        found = "centred" if found == "centred" else "run-head"
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
