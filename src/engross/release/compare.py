"""Two states of an edition held against each other: words, rows, numbers, pages, files."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from engross.release.frozen import Moved, moved
from engross.release.signatures import Folding, Touched, touched
from engross.schema.release import Numbering


@dataclass(frozen=True, slots=True)
class Side:
    """One state: a release, a published folder, a book, or a file."""

    name: str
    """As the reader of the report knows it: `1.0`, `dist/yamada-1961/current`."""
    texts: Mapping[str, str] = field(default_factory=dict)
    """As printed, by address, in reading order."""
    registers: Mapping[str, Mapping[str, object]] = field(default_factory=dict)
    """The rows of each register by what names them."""
    version: str = ""
    """Empty where it is not known."""
    numbers: Numbering = field(default_factory=Numbering)
    pages: Mapping[str, str] = field(default_factory=dict)
    """Printed page of each address."""
    labels: tuple[str, ...] = ()
    """Printed number of each page, in order; of a page without one, its count in brackets."""
    digests: tuple[str, ...] = ()
    """Digests of what each page shows, in order."""
    foldings: tuple[Folding, ...] = ()
    """How the printers that fold sheets fold them."""
    files: Mapping[str, str] = field(default_factory=dict)
    """SHA-256 of each finished file, by name."""


@dataclass(frozen=True, slots=True)
class Changed:
    """A text that differs."""

    address: str
    old: str
    """Empty: it is new."""
    new: str
    """Empty: it is gone."""
    old_page: str = ""
    new_page: str = ""


@dataclass(frozen=True, slots=True)
class Rows:
    """A register that differs."""

    name: str
    added: tuple[str, ...]
    removed: tuple[str, ...]
    changed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Pages:
    """What of the printed pages differs."""

    known: bool
    """Whether both sides have pages to compare."""
    old_count: int = 0
    new_count: int = 0
    changed: tuple[int, ...] = ()
    """Pages that show something else, counted from 1 in the new state."""
    drift: str = ""
    """The address from which on texts stand on other pages; empty where none does."""
    drift_page: int = 0
    """The page, counted from 1, from which everything is to be set anew; 0 where nothing is."""
    leaves: tuple[tuple[int, int], ...] = ()
    """Leaves to reprint, as their two pages."""
    signatures: tuple[Touched, ...] = ()
    """Signatures to reprint, of each printer that folds sheets."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """All that differs."""

    old: Side
    new: Side
    texts: tuple[Changed, ...]
    registers: tuple[Rows, ...]
    record: tuple[tuple[str, str, str], ...]
    """What, old and new: `version`."""
    numbers: tuple[Moved, ...]
    pages: Pages
    files: tuple[str, ...]
    """Names of the finished files that are not the same bytes."""


def compare(old: Side, new: Side) -> Comparison:
    """Hold two states against each other; whatever one side does not know is not compared."""
    numbers = moved(old.numbers, new.numbers) if old.numbers.all() and new.numbers.all() else ()
    names = sorted({*old.files, *new.files})
    return Comparison(
        old,
        new,
        tuple(_texts(old, new)),
        tuple(_registers(old, new)),
        (("version", old.version, new.version),) if old.version != new.version else (),
        numbers,
        _pages(old, new),
        tuple(name for name in names if old.files.get(name) != new.files.get(name))
        if old.files and new.files
        else (),
    )


def _texts(old: Side, new: Side) -> list[Changed]:
    order = [*new.texts, *(address for address in old.texts if address not in new.texts)]
    words = [(one, old.texts.get(one, ""), new.texts.get(one, "")) for one in order]
    return [
        Changed(*row, _page(old, row[0]), _page(new, row[0])) for row in words if row[1] != row[2]
    ]


def _page(side: Side, address: str) -> str:
    """Where a text begins; a paragraph of a note where its note does."""
    return side.pages.get(address) or side.pages.get(address.partition("#")[0], "")


def _registers(old: Side, new: Side) -> Iterator[Rows]:
    for name in {**old.registers, **new.registers}:
        before, after = old.registers.get(name, {}), new.registers.get(name, {})
        rows = Rows(
            name,
            tuple(row for row in after if row not in before),
            tuple(row for row in before if row not in after),
            tuple(row for row in after if row in before and before[row] != after[row]),
        )
        if rows.added or rows.removed or rows.changed:
            yield rows


def _pages(old: Side, new: Side) -> Pages:
    if not old.digests or not new.digests:
        return Pages(known=False)
    counts = len(old.digests), len(new.digests)
    known = enumerate(new.digests, 1)
    differing = [page for page, digest in known if digest not in old.digests[page - 1 : page]]
    moved_on = (one for one, page in new.pages.items() if old.pages.get(one, page) != page)
    drift = next(moved_on, "")
    start = 0
    if drift or counts[0] != counts[1]:
        at = min(counts)
        if drift:
            rows = [(side.labels, side.pages[drift]) for side in (old, new)]
            at = min(labels.index(one) + 1 if one in labels else 1 for labels, one in rows)
        start = next((page for page in differing if page >= at), at)
    whole = range(start, counts[1] + 1) if start else ()
    again = [*(page for page in differing if not start or page < start), *whole]
    return Pages(
        True,
        *counts,
        changed=tuple(differing),
        drift=drift,
        drift_page=start,
        leaves=leaves_of(again),
        signatures=tuple(touched(one, again, counts[1]) for one in new.foldings if again),
    )


def leaves_of(pages: Sequence[int]) -> tuple[tuple[int, int], ...]:
    """
    The leaves on which pages stand: a recto and its verso.

    >>> leaves_of([2, 3, 4, 7])
    ((1, 2), (3, 4), (7, 8))
    """
    first = sorted({page - 1 if page % 2 == 0 else page for page in pages})
    return tuple((page, page + 1) for page in first)
