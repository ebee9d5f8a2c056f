"""What goes into the typesetting, what comes out of it, and what a file is made of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from engross.make.typeset.crossing import Part, PartPage
from engross.model.finding import Finding
from engross.model.font import FontFile


@dataclass(frozen=True, slots=True)
class PageStart:
    """The beginning of a printed page."""

    label: str
    """As printed: `12`, `iv`."""
    address: str
    """The block in which the page begins, or the section where a page begins with it or, after
    some characters, in its generated words."""
    offset: int = 0
    """Characters of the block before it, white space and what is not its own text left out."""


Opening = Literal["recto", "verso", "any"]
Matter = Literal["front", "body", "back"]


@dataclass(frozen=True, slots=True)
class Member:
    """A section of a unit in which several run on."""

    address: str
    title: str
    """The outline's words for it."""
    recto: str
    """The running head of right pages that begin in it."""
    level: int


@dataclass(frozen=True, slots=True)
class Unit:
    """What starts a new page, as it is typeset: alone. A section, or several that run on."""

    address: str
    html: str
    """A well-formed `<section>`, XHTML; slots and links to sections as architecture.md says."""
    language: str
    title: str
    """The outline's words for this unit."""
    verso: str = ""
    """The running head of its left pages."""
    recto: str = ""
    """The running head of its right pages."""
    opening: Opening = "any"
    matter: Matter = "body"
    display: bool = False
    """A title page and its like: no running head and no folio."""
    level: int = 1
    """Depth in the outline, from 1; 0 keeps the unit out of it."""
    path: str = ""
    """The file an editor would open, relative to the book's folder; for findings."""
    members: tuple[Member, ...] = ()
    """The sections in it, where they are several."""

    @property
    def sections(self) -> tuple[Member, ...]:
        """The sections in it, in reading order; a unit of one is its own."""
        return self.members or (Member(self.address, self.title, self.recto, self.level),)


@dataclass(frozen=True, slots=True)
class House:
    """Everything but the text that a page depends on."""

    sheets: tuple[str, ...]
    """The texts of the style sheets, in the order of the cascade."""
    fonts: tuple[FontFile, ...]
    assets: Mapping[str, bytes] = field(default_factory=dict)
    """What `edition:` addresses in sheets and sections stand for, by full address."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What one unit may take before it is given up."""

    seconds: float = 120.0
    """Wall time, and CPU time, of one unit."""
    memory: int = 3 << 30
    """Address space of a worker, in bytes."""
    pages: int = 2_000


@dataclass(frozen=True, slots=True)
class Page:
    """One page of the volume: a page of a part, or a blank verso."""

    unit: int | None
    """Index of the unit; None for a blank page."""
    page: int
    """Index in its part, from 0."""
    label: str
    """As printed: `12`, `iv`; also for pages that carry no folio."""
    recto: bool


@dataclass(frozen=True, slots=True)
class Laid:
    """The units on their pages: enough to say what stands where."""

    units: tuple[Unit, ...]
    parts: tuple[Part, ...]
    pages: tuple[Page, ...]
    findings: tuple[Finding, ...]
    typeset: int
    """Units that were laid out in this run, the sampler not counted."""

    def page(self, index: int) -> PartPage | None:
        """The page of a part that a page of the volume is; None for a blank one."""
        page = self.pages[index]
        return None if page.unit is None else self.parts[page.unit].pages[page.page]

    @property
    def reused(self) -> int:
        """Units that came from the cache."""
        return max(len(self.units) - self.typeset, 0)


@dataclass(frozen=True, slots=True)
class Typesetting(Laid):
    """All that a file needs, the same for every medium and profile."""

    sampler: Part
    subsets: Mapping[str, bytes] = field(repr=False)
    """Each font program in use, by the digest of the whole one, cut to the glyphs in use."""


WORDS = {"page": "Page {}", "paragraph": "Paragraph {}", "note": "Note {}"}


@dataclass(frozen=True, slots=True)
class Plan:
    """One file that is made from a typesetting: its medium, its boxes and its record."""

    medium: Literal["print", "screen"]
    """`print`: grey only, which is the black plate, and no links; `screen`: grey and RGB, never
    CMYK."""
    title: str
    authors: tuple[str, ...] = ()
    language: str = "en"
    subject: str = ""
    keywords: tuple[str, ...] = ()
    created: str = ""
    """`2026-11-23T00:00:00Z`; from the manifest or the ledger, never a clock; empty: no date."""
    modified: str = ""
    identifier: str = ""
    """A URN or URL of the edition, for XMP."""
    bleed_outer: float = 0.0
    """All measures in points."""
    bleed_top: float = 0.0
    bleed_bottom: float = 0.0
    bleed_inner: float = 0.0
    gutter_shift: float = 0.0
    """How far the block moves away from the bound edge, or towards it, on both sides."""
    words: Mapping[str, str] = field(default_factory=lambda: dict(WORDS))
    """What links are called in the edition's language: `page`, `paragraph`, `note`."""
    multiple: int = 1
    """Blank pages are added at the end until the number of pages is a multiple of this."""
    coloured: bool = False
    """Whether a print's pictures keep their colours, in four inks; those of a cover do."""


@dataclass(frozen=True, slots=True)
class Attachment:
    """A source of the edition that travels in the file."""

    name: str
    content: bytes = field(repr=False)
    media: str
    """`text/plain`, `application/yaml` …"""
    about: str
    """What it is, in a few words."""


@dataclass(frozen=True, slots=True)
class Finish:
    """What a standard asks of a file besides its pages."""

    version: str = "1.7"
    """The version of PDF; from 1.5 on, small objects are packed together."""
    intent: str = ""
    """`GTS_PDFX`, `GTS_PDFA1`; empty: no intent is named."""
    condition: Mapping[str, str] = field(default_factory=dict)
    """The entries of the intent."""
    profile: bytes | None = field(default=None, repr=False)
    """Its ICC profile."""
    channels: int = 0
    information: bytes = b""
    """Further entries of the document information."""
    properties: Mapping[str, str] = field(default_factory=dict)
    """Further properties of the XMP packet: `pdfx:GTS_PDFXVersion` …"""
    identified: bool = False
    """Whether the packet has an identifier of the document."""
    schemas: str = ""
    """Further descriptions, as XML."""
    attachments: tuple[Attachment, ...] = ()


PLAIN = Finish()


def page_map(work: Laid) -> dict[str, str]:
    """The printed page on which each address begins, in the order of the pages."""
    first: dict[int, int] = {}
    for index, page in enumerate(work.pages):
        if page.unit is not None:
            first.setdefault(page.unit, index)
    found: dict[str, int] = {}
    for number, part in enumerate(work.parts):
        for address, spot in part.dests.items():
            found.setdefault(address, first[number] + spot.page)
    ordered = sorted(found.items(), key=lambda row: (row[1], row[0]))
    return {address: work.pages[index].label for address, index in ordered}


def started(laid: Laid) -> tuple[PageStart, ...]:
    """The beginning of each page that has words; blank pages have none."""
    starts: list[PageStart] = []
    for page in laid.pages:
        if page.unit is None:
            continue
        part = laid.parts[page.unit]
        found = part.pages[page.page].starts
        if page.page == 0:
            starts.append(PageStart(page.label, part.address))
        elif found:
            starts.append(PageStart(page.label, found.address, found.offset))
    return tuple(starts)
