"""What a TEI file says, as values: header, parts, documents, registers, and the account of it."""

from collections.abc import Iterator
from dataclasses import dataclass

from engross.model.finding import Finding
from engross.model.text import Attributes, Body, Leaf, leaves
from engross.schema.document import DocumentRecord
from engross.schema.registers import PersonEntry


@dataclass(frozen=True, slots=True)
class Title:
    """A title; `kind` is `complete`, `series`, `sub-series`, `volume`, or `level-a` and so on."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Agent:
    """Somebody with a part in the file: editor, author, funder, encoder."""

    role: str
    name: str
    key: str = ""
    """In the registers."""


@dataclass(frozen=True, slots=True)
class HandFact:
    """A hand that the manuscript description names."""

    id: str
    scribe: str
    """Key in the persons register."""
    medium: str
    style: str
    text: str


@dataclass(frozen=True, slots=True)
class Manuscript:
    """One witness: where it is kept and what it looks like."""

    object_type: str
    country: str
    settlement: str
    repository: str
    collection: str
    shelfmark: str
    form: str
    hands: tuple[HandFact, ...]


@dataclass(frozen=True, slots=True)
class CorrespondenceAction:
    """Sent, received, forwarded: by whom, when, where."""

    kind: str
    agents: tuple[Agent, ...]
    places: tuple[Agent, ...]
    day: str
    """ISO 8601, the first that it may be; empty where nothing is said."""


@dataclass(frozen=True, slots=True)
class Header:
    """The facts of a `teiHeader`."""

    title: str = ""
    titles: tuple[Title, ...] = ()
    series: str = ""
    subseries: str = ""
    volume: str = ""
    """The volume's number as printed: `Volume VI`."""
    agents: tuple[Agent, ...] = ()
    publisher: str = ""
    place: str = ""
    creation: str = ""
    """The day when the text came about, where the profile says so."""
    id: str = ""
    """The volume's in its series, where the header gives one."""
    language: str = ""
    manuscripts: tuple[Manuscript, ...] = ()
    correspondence: tuple[CorrespondenceAction, ...] = ()


@dataclass(frozen=True, slots=True)
class TeiDocument:
    """One archival item."""

    id: str
    number: str
    """As the file has it; the numbers of the edition are derived."""
    title: str
    """The head in one line, without its number and without notes."""
    kind: str
    """`document`, or `editorial-note` where it has neither a dateline nor a source."""
    record: DocumentRecord
    """An undated document has the event "" and one without a source the repository ""."""
    body: Body
    heading: str
    """The block that is the document's head; empty where it has none."""
    line: int
    whole: bool = False
    """It is a body without divisions of its kind, as a letter in a file by itself."""
    attributes: Attributes = ()
    """Those of the division in the file, beside its type, id and number."""


@dataclass(frozen=True, slots=True)
class Part:
    """A section, compilation, chapter or title page: its own text, then what it holds."""

    id: str
    kind: str
    """`title-page`, `compilation`, `chapter`, `section`, `text` …; a section that is a register is
    `persons`, `terms`, `sources`, `index` or `toc`."""
    title: str
    body: Body
    parts: "tuple[Part | TeiDocument, ...]" = ()
    number: str = ""
    line: int = 0
    attributes: Attributes = ()
    type: str = ""
    """As the file writes it; `kind` is the nearest type that we know."""


@dataclass(frozen=True, slots=True)
class ElementCount:
    """One line of the coverage report."""

    name: str
    mapped: int = 0
    """Became a block, a mark, a point, a note or a fact of its own."""
    text: int = 0
    """Its text stays where it was, under a mark that names the element."""
    data: int = 0
    """Kept whole as XML: in the header or a register."""
    dropped: int = 0
    reason: str = ""

    @property
    def total(self) -> int:
        """How often the element stands in the file."""
        return self.mapped + self.text + self.data + self.dropped


@dataclass(frozen=True, slots=True)
class Drop:
    """Text that was left out."""

    line: int
    element: str
    text: str
    reason: str


@dataclass(frozen=True, slots=True)
class Coverage:
    """The account of every element and of what was left out."""

    elements: tuple[ElementCount, ...]
    drops: tuple[Drop, ...]
    remarks: tuple[tuple[int, str], ...]
    """Comments and processing instructions: line and text."""

    def count(self, name: str) -> ElementCount:
        """The line of one element."""
        return next((row for row in self.elements if row.name == name), ElementCount(name))

    def table(self) -> str:
        """The report as text: one element a line, most frequent first."""
        head = f"{'element':<24}{'all':>8}{'mapped':>8}{'text':>8}{'data':>8}{'dropped':>8}  reason"
        rows = [
            f"{row.name:<24}{row.total:>8}{row.mapped:>8}{row.text:>8}{row.data:>8}"
            f"{row.dropped:>8}  {row.reason}".rstrip()
            for row in sorted(self.elements, key=lambda row: (-row.total, row.name))
        ]
        return "\n".join([head, *rows])


@dataclass(frozen=True, slots=True)
class TeiVolume:
    """A TEI file, read."""

    path: str
    sha256: str
    id: str
    header: Header
    front: tuple[Part | TeiDocument, ...]
    body: tuple[Part | TeiDocument, ...]
    back: tuple[Part | TeiDocument, ...]
    persons: tuple[PersonEntry, ...]
    findings: tuple[Finding, ...]
    coverage: Coverage

    def walk(self) -> Iterator[Part | TeiDocument]:
        """Every part and document, in reading order; a part before what it holds."""

        def below(parts: tuple[Part | TeiDocument, ...]) -> Iterator[Part | TeiDocument]:
            for part in parts:
                yield part
                if isinstance(part, Part):
                    yield from below(part.parts)

        yield from below(self.front + self.body + self.back)

    @property
    def documents(self) -> tuple[TeiDocument, ...]:
        """All documents, in the file's order."""
        return tuple(part for part in self.walk() if isinstance(part, TeiDocument))

    @property
    def notes(self) -> int:
        """How many notes the whole file holds."""
        return sum(len(part.body.notes) for part in self.walk())


def every_leaf(body: Body) -> Iterator[Leaf]:
    """The leaf blocks of a text, then those of its notes."""
    yield from leaves(body.blocks)
    for note in body.notes:
        yield from leaves(note.blocks)
