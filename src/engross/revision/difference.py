"""A text of the editors that is not as it was released."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Difference:
    """Where it stands, and what it was and is."""

    address: str
    """`introduction#p-003`, `yamada/note/kurile#p-001`; without a block where a note came, went or
    moved, and for a field: `manifest/title`."""
    old: str
    new: str
    path: str
    line: int = 0
    what: str = "words"
    """`words`, `added`, `removed` or `moved`; `layout` where the words are the same; `register`
    for a file of rows, which `new` names."""
