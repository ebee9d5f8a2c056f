"""What goes into the typesetting, and what comes out of it before the join."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from engross.model.finding import Finding
from engross.model.font import FontFile

Opening = Literal["recto", "any"]
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
class Part:
    """A unit typeset: pages without fonts, links and tags, and the side-car that has those."""

    address: str
    pdf: bytes = field(repr=False)
    side: Mapping[str, Any] = field(repr=False)
    """Plain values as `harvest.py` describes them; lengths in points from the page's lower left."""

    @property
    def pages(self) -> int:
        """How many pages the unit has."""
        return len(self.side["pages"])


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

    @property
    def reused(self) -> int:
        """Units that came from the cache."""
        return max(len(self.units) - self.typeset, 0)


@dataclass(frozen=True, slots=True)
class Typesetting(Laid):
    """All that a join needs, the same for every medium and profile."""

    sampler: Part
    subsets: Mapping[str, bytes] = field(repr=False)
    """Each font program in use, by the digest of the whole one, cut to the glyphs in use."""
