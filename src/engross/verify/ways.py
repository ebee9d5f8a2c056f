"""How far a reading of pages has come, and by what steps."""

from dataclasses import dataclass, field

from engross.verify.pages import PageText


@dataclass(frozen=True, slots=True)
class Step:
    """Something that happened on the way, newest first."""

    kind: str
    """
    `line`, `both` (half of a line that runs through two columns, or what stands behind a sign),
    `early`, `again`, `slot`, `label`, `paragraph`, `leaf`, `head`, `range`, `folio` or `page`.
    """
    at: int
    """The place of a line or slot in its stream; for a page, the body's position at its end."""
    words: str
    page: int
    before: "Step | None"
    notes: int = 0
    """The notes' position at a page's end."""
    facing: int = 0
    """The original's."""
    stream: str = ""
    line: int = -1
    """Which line of the page it was."""
    across: bool = False
    """Said by a cell of a row that goes on over a page, or by a caption that drifted."""


@dataclass(frozen=True, slots=True)
class Way:
    """How far one reading has come."""

    body: int = 0
    notes: int = 0
    cells: tuple[tuple[int, int], ...] = ()
    """What is left of the cells of a row that goes on over a page: each from, to; the body stands
    in the first."""
    drifting: tuple[tuple[int, int, int], ...] = ()
    """Captions of figures that drift to a next page: what is left of each, from, to, and the page
    that has no room for it."""
    facing: int = 0
    labels: int = 0
    margins: tuple[int, ...] = (0, 0)
    """Marks of paragraphs and of leaves that were drawn."""
    head: int = 0
    folio: int = 0
    early: tuple[int, ...] = ()
    """Generated strings, by number, that were drawn before their turn."""
    partly: int = 0
    """Characters of the last of them that were drawn; 0: all."""
    headed: tuple[int, ...] = ()
    """Pages where a line that may also be text was taken for the running head."""
    again: int = 0
    """Characters of column heads that a page has repeated; -1: all of them."""
    steps: Step | None = field(default=None, compare=False)
    """How it came there; ways that are equal without it go on alike."""


@dataclass(frozen=True, slots=True)
class Stuck:
    """No stream says what a page says."""

    page: int
    """From 0."""
    address: str
    message: str
    dropped: int | None = None
    """The first page, from 0, on which ways were left that may have gone on."""


@dataclass(frozen=True, slots=True)
class Read:
    """All pages were read, and everything that they must say was said."""

    ways: tuple[Way, ...]
    """Every way to read them, the likeliest first."""
    dropped: int | None = None
    """The first page, from 0, on which ways were left that may have been better."""
    pages: tuple[PageText, ...] = ()
    """The pages without the ornaments of the book's own sheets."""
