"""The registers: sources, persons, chronology, abbreviations, index. Used only when present."""

from collections.abc import Sequence
from typing import Annotated, Any, Literal

from pydantic import ConfigDict, Field, StringConstraints, field_validator

from engross.model.edtf import Moment
from engross.schema import scalars
from engross.schema.base import Address, Anchor, Edtf, Id, Language, Model, Text


class Name(Model):
    """A CSL name; `literal` for institutions and names not to be inverted."""

    family: str = ""
    """The name that is filed under."""
    given: str = ""
    """The rest of it."""
    suffix: str = ""
    """`Jr.`, `III`."""
    literal: str = ""
    """The whole, as it is printed."""


def edtf_of(parts: Sequence[int]) -> str:
    """
    A date of CSL as EDTF has it.

    >>> edtf_of([-44, 3, 15]), edtf_of([1944, 13])
    ('-0043-03-15', '1944-21')
    """
    if not parts:
        return ""
    year, *rest = parts
    if year == 0 or len(rest) > 2:
        return "?"
    if rest and 13 <= rest[0] <= 16:
        rest[0] += 8
    return "-".join([Moment(year + (year < 0)).iso, *(f"{part:02d}" for part in rest)])


class CslDate(Model):
    """
    A CSL date: `date-parts: [[1961, 9, 14]]`, or `raw`.

    The year -44 is 44 BC; a month from 13 to 16 or 21 to 24 is a season, from spring on.
    """

    date_parts: tuple[tuple[int, ...], ...] = Field(default=(), alias="date-parts")
    """Year, month and day as numbers; two of them for a range."""
    raw: str = ""
    """A date in words or as EDTF: `1961~`."""

    @field_validator("date_parts")
    @classmethod
    def _dates(cls, found: tuple[tuple[int, ...], ...]) -> tuple[tuple[int, ...], ...]:
        scalars.csl("/".join(edtf_of(parts) for parts in found))
        return found


class SourceItem(Model):
    """An item of the bibliography: CSL-JSON written as YAML; unknown CSL variables are kept."""

    model_config = ConfigDict(extra="allow", alias_generator=lambda name: name.replace("_", "-"))

    id: Id
    type: Text
    """A CSL type: book, chapter, article-journal, webpage, treaty, manuscript, report …"""
    title: Text
    """As it is cited."""
    title_short: str = ""
    """What citations print instead of people and title: an abbreviation or shelf-mark. Without it a
    source is cited as the Chicago Manual of Style does."""
    author: tuple[Name, ...] = ()
    editor: tuple[Name, ...] = ()
    container_title: str = ""
    """The journal or book that it is in."""
    collection_title: str = ""
    """The series."""
    volume: str = ""
    """The number of the volume."""
    issue: str = ""
    """The number of the issue."""
    page: str = ""
    """The pages, first and last: `124–128`."""
    publisher: str = ""
    """Who published it."""
    publisher_place: str = ""
    """In which city."""
    issued: CslDate | None = None
    accessed: CslDate | None = None
    archive: str = ""
    """Where an unpublished item is kept."""
    archive_location: str = ""
    """Its place there: fond, box, folder."""
    genre: str = ""
    """What kind of item it is, in words."""
    URL: Address = Field(default="", alias="URL")
    DOI: str = Field(default="", alias="DOI")
    """Without `https://doi.org/`."""
    ISBN: str = Field(default="", alias="ISBN")
    """The ISBN of a book."""
    note: str = ""
    """Printed after the entry, in brackets."""
    sort: str = ""
    """Filed under these words instead: a reading in kana, a character of the same sound."""
    category: Literal["archival", "published", "treaty", "digital", "literature"] = "published"
    """Under which heading of the section Sources it stands."""
    __pydantic_extra__: dict[str, Any]


class Sources(Model):
    """`sources.yaml`."""

    sources: tuple[SourceItem, ...] = ()


class Script(Model):
    """A name in its own script or another romanization."""

    text: Text
    """The name."""
    language: Language
    """BCP 47: `ru`, `ja`, `ru-Latn`, `ja-Latn`."""


class PersonEntry(Model):
    """A person named in the edition."""

    id: Id
    name: Text
    """In the order that the edition prints: Yamada Hisanari."""
    file_as: str = ""
    """As in a catalogue: `Yamada, Hisanari`; decides on the order."""
    sort: str = ""
    """Filed under these words instead: a reading in kana, a character of the same sound."""
    names: tuple[Script, ...] = ()
    in_text: tuple[str, ...] = ()
    """How the documents name the person, for search and for the index."""
    life: str = ""
    """Years, only if a source has them: 1907–1987."""
    text: str = ""
    """Markdown of one paragraph, with citations."""
    identified: bool = True
    """False: named in the text, and not identified by the editors."""
    authority: str = ""
    """A URI of an authority file."""

    @property
    def filed(self) -> str:
        """What decides on its place."""
        return self.sort or self.file_as or self.name


class Persons(Model):
    """`persons.yaml`."""

    persons: tuple[PersonEntry, ...] = ()


class Event(Model):
    """An entry of the chronology."""

    date: Annotated[Edtf, StringConstraints(min_length=1)]
    """EDTF; a month or a year where no day is established."""
    display: str = ""
    """How the date is printed, where it is more than its ISO form says: `5 or 6 February 1960`."""
    text: Text
    """Markdown of one paragraph, with citations."""
    document: Id | None = None
    """The document of this edition that records the event."""


class Chronology(Model):
    """`chronology.yaml`."""

    events: tuple[Event, ...] = ()


class Abbreviation(Model):
    """An abbreviation and what it stands for."""

    abbr: Text
    """As the texts have it: `MID`."""
    expansion: Text
    """The words in full."""
    language: Language = ""
    """BCP 47 of the expansion where it is not the edition's."""
    sort: str = ""
    """Filed under these words instead: a reading in kana, a character of the same sound."""

    @property
    def filed(self) -> str:
        """What decides on its place."""
        return self.sort or self.abbr


class Abbreviations(Model):
    """`abbreviations.yaml`."""

    abbreviations: tuple[Abbreviation, ...] = ()


class IndexAnchor(Anchor):
    """A place that the index points to."""

    address: Text
    """The text that holds it: `yamada`, `introduction`."""
    to: Anchor | None = None
    """The end of a range."""


class IndexEntry(Model):
    """A heading of the index, with sub-entries."""

    heading: Text
    """As it is printed; Markdown in one line."""
    sort: str = ""
    """Filed under these words instead: a reading in kana, a character of the same sound."""
    person: Id | None = None
    """The key of `persons.yaml` of whom it is."""
    at: tuple[IndexAnchor, ...] = ()
    see: tuple[str, ...] = ()
    """Headings that stand for it."""
    see_also: tuple[str, ...] = ()
    """Headings that are near to it."""
    entries: "tuple[IndexEntry, ...]" = ()

    @property
    def filed(self) -> str:
        """What decides on its place."""
        return self.sort or self.heading


class Index(Model):
    """`index.yaml`."""

    entries: tuple[IndexEntry, ...] = ()


REGISTERS: dict[str, type[Model]] = {
    "sources": Sources,
    "persons": Persons,
    "chronology": Chronology,
    "abbreviations": Abbreviations,
    "index": Index,
}
"""Every register of a book by its name; its file is `NAME.yaml`."""
