"""All that an edition must say, by address."""

from dataclasses import dataclass, field

from engross.model.finding import Finding
from engross.verify.pieces import Said
from engross.verify.texts import SectionText


@dataclass(slots=True)
class Expected:
    """A whole edition's texts."""

    said: dict[str, Said] = field(default_factory=dict)
    blocks: dict[str, list[str]] = field(default_factory=dict)
    """By section: the addresses of its blocks, in reading order."""
    notes: dict[str, list[str]] = field(default_factory=dict)
    """By section: the addresses of its notes, in the order of their calls."""
    numbers: dict[str, int | str] = field(default_factory=dict)
    """Printed number of each note; a text where it has a letter."""
    supplied: dict[str, list[str]] = field(default_factory=dict)
    """By document: every string that may stand in it as supplied by the editors."""
    faces: dict[str, tuple[str, bool]] = field(default_factory=dict)
    """For each block of an original the first address of the text that it faces, and whether it
    does so from a left page of its own."""
    fields: dict[str, str] = field(default_factory=dict)
    """What the fields of the manifest and of documents' records say, as corrected."""
    rows: list[tuple[tuple[str, str], ...]] = field(default_factory=list)
    """For each row of a table, its cells that say something: the first and the last address."""
    tables: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """Addresses in the cells of tables, which are not read straight down; and those of the column
    heads that a next page repeats above them."""
    captions: set[str] = field(default_factory=set)
    """Those of figures, which may drift to a next page and be drawn behind the text after them."""
    texts: list[SectionText] = field(default_factory=list)
    """The same before citations are words."""
    strange: list[str] = field(default_factory=list)
    """What has other words than its values: sources as they are cited, days."""
    faults: list[Finding] = field(default_factory=list)
