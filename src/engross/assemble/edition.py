"""The assembled edition: everything numbered, anchored and in order; nothing of any medium."""

from dataclasses import dataclass, field
from typing import Literal

from engross.language import Catalogue, Words
from engross.model.forms import Forms
from engross.model.text import Block, Body, Inline
from engross.parse.book import Withdrawn
from engross.schema.document import DocumentRecord
from engross.schema.manifest import Manifest
from engross.schema.registers import PersonEntry


@dataclass(frozen=True, slots=True)
class ContentsEntry:
    """A line of the contents."""

    address: str
    title: str
    level: int = 1
    day: str = ""
    """The day of a document, where neither its title nor a list of documents says it."""


@dataclass(frozen=True, slots=True)
class Contents:
    """The list of sections; page numbers are slots."""

    entries: tuple[ContentsEntry, ...]


@dataclass(frozen=True, slots=True)
class FacingRow:
    """Blocks of the original, and those of the text that stand beside them."""

    original: tuple[Block, ...]
    text: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class DocumentContent:
    """What stands around a document's text."""

    record: DocumentRecord
    number: str
    """Printed; empty in a work of one document."""
    heading: tuple[Inline, ...]
    """The editor's heading (`title.supplied`)."""
    dateline: tuple[Inline, ...]
    """The editor's dateline: supplied words carry the mark `supplied`."""
    source_note: tuple[Inline, ...]
    citation: str
    """One line: repository, f., op., d., ll."""
    headnote: Body | None = None
    facing: tuple[FacingRow, ...] = ()
    """The whole text beside its original; none where no original is printed."""
    spreads: bool = False
    """Whether both stand on facing pages in print."""
    plates: Body | None = None
    """Pictures of the leaves: figures, whose attribute `leaf` says which it is."""


@dataclass(frozen=True, slots=True)
class ReadingEntry:
    """A slip of the translation, listed."""

    id: str
    document: str
    block: str
    paragraph: int
    """Printed number; 0 where the block is not counted."""
    exact: str
    probably: str
    comment: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Readings:
    """The slips of the translation, in the order of the text."""

    entries: tuple[ReadingEntry, ...]


@dataclass(frozen=True, slots=True)
class PersonContent:
    """A person, with the paragraphs that name the person."""

    entry: PersonEntry
    text: tuple[Inline, ...]
    mentions: tuple[tuple[str, int], ...] = ()
    """Document id and paragraph number of each block that names the person."""


@dataclass(frozen=True, slots=True)
class Persons:
    """The register of persons, in its own order."""

    entries: tuple[PersonContent, ...]


@dataclass(frozen=True, slots=True)
class EventContent:
    """A line of the chronology."""

    date: str
    """ISO, for `<time>`."""
    display: str
    text: tuple[Inline, ...]
    document: str = ""


@dataclass(frozen=True, slots=True)
class Chronology:
    """Events in the order of their dates."""

    events: tuple[EventContent, ...]


@dataclass(frozen=True, slots=True)
class AbbreviationContent:
    """An abbreviation and its expansion."""

    abbr: str
    expansion: str
    language: str = ""


@dataclass(frozen=True, slots=True)
class Abbreviations:
    """Sorted by the abbreviation."""

    entries: tuple[AbbreviationContent, ...]


@dataclass(frozen=True, slots=True)
class SourceContent:
    """A source as the bibliography prints it."""

    id: str
    text: tuple[Inline, ...]
    """The full bibliographic entry."""
    short: str
    """The short title that notes print."""


@dataclass(frozen=True, slots=True)
class SourceGroup:
    """Sources under one heading."""

    title: str
    entries: tuple[SourceContent, ...]


@dataclass(frozen=True, slots=True)
class SourcesContent:
    """The bibliography."""

    groups: tuple[SourceGroup, ...]


@dataclass(frozen=True, slots=True)
class IndexPlace:
    """Where a heading of the index leads."""

    address: str
    """Address of a block or a section; its page is a slot."""
    paragraph: int = 0
    """Printed number, which serves where there are no pages; 0 where the block is not counted."""
    to: str = ""
    """The last address of a range."""
    last: int = 0
    """The last paragraph of a range."""


@dataclass(frozen=True, slots=True)
class IndexHeading:
    """A heading of the index, with those below it."""

    heading: str
    places: tuple[IndexPlace, ...] = ()
    see: tuple[str, ...] = ()
    see_also: tuple[str, ...] = ()
    entries: "tuple[IndexHeading, ...]" = ()


@dataclass(frozen=True, slots=True)
class IndexContent:
    """The index, in its printed order."""

    entries: tuple[IndexHeading, ...]


@dataclass(frozen=True, slots=True)
class CorrectionEntry:
    """An applied correction, as the reader sees it."""

    id: str
    address: str
    """Address of the block: `yamada#p-017`."""
    title: str
    """Title of the section corrected."""
    paragraph: int
    old: str
    new: str
    join: bool
    """The paragraph division was removed; old and new are the words around it."""
    date: str
    kind: str
    class_: str
    version: str
    """In which version it first stands; empty before a release."""
    reason: str
    pages: tuple[tuple[str, str], ...] = ()
    """Version of each earlier printing that lacks it, and the page there, where it is known."""
    key: str = ""
    """Its place in the list: the id, for the first row that has it."""
    was: str = ""
    """Where an earlier printing has it, which may stand no more."""


@dataclass(frozen=True, slots=True)
class Gone:
    """What an earlier printing has and this one no more: a block, a note or a section."""

    address: str
    place: str
    """What stands nearest before it, else its section; empty where that is gone, too."""
    version: str
    """The last printing that has it."""


@dataclass(frozen=True, slots=True)
class CorrectionsContent:
    """The applied corrections, and the printings that lack them."""

    entries: tuple[CorrectionEntry, ...]
    earlier: tuple[tuple[str, str], ...] = ()
    """Version and date of each earlier printing, which was not revised."""
    reports: tuple[CorrectionEntry, ...] = ()
    """What was reported and not taken over, where the editors make it public."""
    gone: tuple[Gone, ...] = ()


@dataclass(frozen=True, slots=True)
class Colophon:
    """Facts only: each line is one that the build knows."""

    lines: tuple[str, ...]
    not_reviewed: tuple[str, ...] = ()


Content = (
    Contents
    | DocumentContent
    | Readings
    | Persons
    | Chronology
    | Abbreviations
    | SourcesContent
    | IndexContent
    | CorrectionsContent
    | Colophon
    | Withdrawn
)


@dataclass(frozen=True, slots=True)
class Section:
    """One rendered unit: it begins a page, is a file of the EPUB, and has an address."""

    address: str
    kind: str
    """Names the template: `title-page`, `imprint`, `contents`, `prose`, `document`, `readings`,
    `persons`, `chronology`, `abbreviations`, `sources`, `index`, `corrections`, `colophon`,
    `withdrawn`."""
    title: str
    """In contents, navigation and outline."""
    short_title: str
    """In references, and in running heads where they say nothing else."""
    role: str = ""
    """Semantics of a prose section: introduction, preface, dedication, afterword …"""
    body: Body | None = None
    """The text, corrected, with note calls as points and notes numbered."""
    content: Content | None = None
    opening: Literal["recto", "verso", "any"] = "any"
    matter: Literal["front", "body", "back"] = "body"
    display: bool = False
    """A display page: carries neither head nor folio."""
    in_contents: bool = True
    language: str = ""
    level: int = 1
    number: str = ""
    """Number of a document in a volume, as printed."""
    runs_on: bool = False
    """Whether it follows the section before it on the same page."""
    by: str = ""
    """Who wrote a prose section, where another than the editors did."""
    head: str = ""
    """What right pages say above a document of a volume."""
    headnote: str = ""
    """The key of words of the program's own that stand under its heading."""


@dataclass(frozen=True, slots=True)
class Edition:
    """What the templates see."""

    manifest: Manifest
    released: bool
    digest: str
    """SHA-256 of the inputs; the imprint of a draft prints its first twelve digits."""
    modified: str
    """ISO day: of the newest verified correction or release, else the manifest's date."""
    sections: tuple[Section, ...]
    long: bool = False
    """Whether the front matter is counted in roman numbers."""
    day: str = ""
    """ISO day of this version's release; of a draft, the manifest's."""
    earlier: tuple[tuple[str, str], ...] = ()
    """Version and ISO day of each release below this version, oldest first."""
    texts: dict[str, str] = field(default_factory=dict)
    """What is printed by address, with the fields and the rows of registers."""
    changes: CorrectionsContent = CorrectionsContent(())
    """What the list of corrections says, whether or not a section prints it."""
    digests: dict[str, str] = field(default_factory=dict)
    """SHA-256 of each text with its notes, as corrected: what a sign-off is bound to."""
    coverage: tuple[tuple[str, str], ...] = ()
    """Each TEI file's name, and the account of its elements."""
    forms: Forms | None = None
    """What its citations say, where it names a style for them."""
    own: Catalogue | None = None
    """The words that the book brings in its language."""

    @property
    def words(self) -> Words:
        """What it says in its language."""
        return Words(self.manifest.language, self.own)

    @property
    def volume(self) -> bool:
        """Whether it has more than one document, or a TEI file."""
        return bool(self.coverage) or sum(one.kind == "document" for one in self.sections) > 1

    def section(self, address: str) -> Section:
        """The section of that address; StopIteration if there is none."""
        return next(section for section in self.sections if section.address == address)
