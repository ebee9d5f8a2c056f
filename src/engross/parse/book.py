"""The values that the files of a book become."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from engross.language import Catalogue, Words
from engross.model.address import section_of
from engross.model.finding import Finding
from engross.model.forms import Forms, Style
from engross.model.source import SourceFile
from engross.model.text import Body, leaves
from engross.parse.facing import Facing
from engross.parse.load import Parsed
from engross.schema.document import DocumentRecord
from engross.schema.ledger import Ledger
from engross.schema.manifest import Manifest, ProseSection
from engross.schema.notes import Notes, SignOffs
from engross.schema.registers import Abbreviations, Chronology, Index, Persons
from engross.schema.registers import Sources as SourceRegister

if TYPE_CHECKING:  # a book without a TEI file does not load what reads one
    from engross.parse.volume import VolumeSource


@dataclass(frozen=True, slots=True)
class OriginalSource:
    """The text that a document translates, proved against what was received."""

    body: Body
    rows: tuple[Facing, ...]
    """Which of its blocks face which of the transcript, in order."""
    received: SourceFile
    file: SourceFile


@dataclass(frozen=True, slots=True)
class DocumentSource:
    """A document as its folder gives it."""

    id: str
    record: Parsed[DocumentRecord]
    body: Body
    """The frozen transcript: received text, before any correction."""
    notes: Parsed[Notes]
    received: SourceFile
    transcript: SourceFile
    """For a document in a TEI file, both are that file, and the notes stand in `body`."""
    heading: str = ""
    """The block that is the document's own head, where the editors give none."""
    original: OriginalSource | None = None
    """What the transcript translates, where it is printed beside it."""

    @property
    def in_tei(self) -> bool:
        """Whether it stands in a TEI file, with its head, dateline and notes in its own text."""
        return not self.transcript.path.endswith("/transcript.md")

    @property
    def texts(self) -> dict[str, str]:
        """The frozen text of each leaf block, in order: what anchors refer to."""
        return {leaf.id: leaf.text for leaf in leaves(self.body.blocks)}


@dataclass(frozen=True, slots=True)
class ProseSource:
    """A section written by the editors."""

    section: ProseSection
    body: Body
    file: SourceFile

    @property
    def texts(self) -> dict[str, str]:
        """The text of each leaf block as the file has it."""
        return {leaf.id: leaf.text for leaf in leaves(self.body.blocks)}


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """A document that was taken out after a release: a page in its place says so."""

    address: str
    title: str
    short: str
    """What references say."""
    number: str
    """As it was last printed; empty where it had none, or another document has it now."""
    order: tuple[str, ...]
    """The sections of the last release that had it."""
    day: str
    reason: str

    def place(self, there: Sequence[str]) -> int:
        """Where it stands among sections: behind those before it, else before those after."""
        at = self.order.index(self.address)
        after = [there.index(name) for name in self.order[at:] if name in there]
        before = [there.index(name) + 1 for name in self.order[:at] if name in there]
        return max(before, default=min(after, default=len(there)))


@dataclass(frozen=True, slots=True)
class Book:
    """A book, parsed: no number, no anchor placed, nothing in order yet but the sections."""

    manifest: Parsed[Manifest]
    documents: tuple[DocumentSource, ...]
    prose: tuple[ProseSource, ...]
    ledger: Parsed[Ledger] | None
    sources: Parsed[SourceRegister] | None
    persons: Parsed[Persons] | None
    chronology: Parsed[Chronology] | None
    abbreviations: Parsed[Abbreviations] | None
    index: Parsed[Index] | None
    signoffs: Parsed[SignOffs] | None = None
    findings: tuple[Finding, ...] = ()
    """Warnings: what does not stop the stage."""
    volumes: "tuple[VolumeSource, ...]" = ()
    """TEI files; their documents and parts are among `documents` and `prose`, too."""
    style: Style | None = None
    """The style of its citations, where it names another than the house's own."""
    forms: Forms | None = None
    """What that style made of them, where it is read from what was published."""
    own: Catalogue | None = None
    """The words that it brings in its language."""
    withdrawn: tuple[Withdrawn, ...] = ()
    """Documents of its releases that it has no more."""

    @property
    def words(self) -> Words:
        """What it says in its language."""
        return Words(self.manifest.value.language, self.own)

    @property
    def days(self) -> dict[str, str]:
        """The day of each release, as the ledger has it."""
        return {row.version: row.on for row in self.ledger.value.releases} if self.ledger else {}

    def leads(self, address: str) -> str:
        """An address, or that of the page in the place of a withdrawn document that had it."""
        section = section_of(address)
        return section if any(one.address == section for one in self.withdrawn) else address
