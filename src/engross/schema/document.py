"""`documents/<id>/document.yaml`: what the archival item is."""

import re
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, StringConstraints, model_validator

from engross.schema import scalars
from engross.schema.base import DAY, Address, Anchor, Day, Edtf, Id, Language, Model, Sha256, Text
from engross.schema.manifest import Person

Certainty = Literal["high", "medium", "low", "unknown"]
"""How sure the editors are."""


class Leaves(Model):
    """Leaves of the file, inclusive; `125ob` is the verso of leaf 125."""

    from_: Text = Field(alias="from")
    """The first."""
    to: Text
    """The last."""


class Lines(Model):
    """How lines of the received file were used; every line stands in exactly one entry."""

    lines: Annotated[str, StringConstraints(pattern=r"^\d+(-\d+)?$")]
    """A line or an inclusive range, counted from 1; empty lines between may be left out."""
    use: Literal["transcript", "metadata", "dropped"]
    """Where their words are now."""
    field: str = ""
    """The field that carries it, where the use is metadata."""
    reason: str = ""
    """Why it was dropped."""

    @property
    def numbers(self) -> range:
        """Each of them."""
        first, _, last = self.lines.partition("-")
        return range(int(first), int(last or first) + 1)


class Left(Model):
    """What of a file is not in the text that was read from it, or not in its form."""

    text: Text
    """Its words; those of several places are parted by `; `."""
    reason: Text
    """Why they are not."""
    kept: bool = False
    """Whether the words are in the text, and only their form is not."""


class ReadFrom(Model):
    """The file of a word processor that the received text was read from; it is evidence, too."""

    file: Text
    """Relative to the document's folder."""
    sha256: Sha256
    reader: Text
    """The program that read it, with its version."""
    changes: Literal["none", "accepted", "rejected"] = "none"
    """What became of its tracked changes."""
    numbers: bool = False
    """Whether numbers that Word writes before paragraphs by itself were taken for text."""
    left: tuple[Left, ...] = ()
    """With these and the received text, every word of the file is accounted for."""


class Received(Model):
    """The file as it came from the archive."""

    file: Text = "received.txt"
    """Relative to the document's folder."""
    sha256: Sha256
    format: Literal["wcda-text", "text", "markdown", "tei"] = "text"
    """How it is written; `wcda-text` is a record of the Wilson Center."""
    emphasis: Literal["asterisks", "none"] = "none"
    """Whether asterisks in the received text stand for italics."""
    received_on: Day | None = None
    lines: tuple[Lines, ...] = ()
    read_from: ReadFrom | None = None
    own: bool = False
    """Whether the editors transcribed it; until the first release `freeze` takes slips over."""


class Titles(Model):
    """The editor's heading and the document's own."""

    supplied: Text
    """The heading that the edition prints."""
    supplied_by: str = ""
    """Whose words it is, where not the editors'."""
    original: str = ""
    """As the transcript has it, in one line."""
    archive: str = ""
    """The title in the archive's catalogue."""
    short: str = ""
    """For running heads."""


class RecordDate(Model):
    """When the paper was drawn up or certified, where that is not the day of the event."""

    value: Annotated[str, AfterValidator(scalars.yearless)]
    """As `event`; `--09-23` where the year is not given."""
    year: str = ""
    """The year that the editor infers."""
    certainty: Certainty = "medium"
    note: str = ""
    """What the day is known from."""


class Dates(Model):
    """The event decides the order of documents, never the record."""

    event: Edtf
    """EDTF; empty while nobody knows it: undated documents follow the dated ones."""
    julian: Annotated[str, StringConstraints(pattern=DAY), AfterValidator(scalars.julian)] = ""
    """The day that the document has, where it is of the old calendar; `event` is the new one's."""
    display: str = ""
    """How the date is printed, where it is more than `event` says: `[1917]`."""
    record: RecordDate | None = None

    @model_validator(mode="after")
    def _one_day(self) -> "Dates":
        scalars.one_day(self.event, self.julian)
        return self


class Place(Model):
    """Where the event took place; in brackets when the document does not say so."""

    name: Text
    """As it is printed."""
    supplied: bool = False
    """Whether the document does not say so itself."""
    resp: str = ""
    """Who supplied it."""
    certainty: Certainty = "high"
    reason: str = ""
    """Why it is thought so."""


class Digital(Model):
    """The digital copy that the text was taken from."""

    archive: Text
    """Whose site it is."""
    url: Annotated[Address, Field(min_length=1)]
    record_id: str = ""
    """The copy's number there."""
    accessed: Day | None = None
    canonical: bool = True
    """False where the address is a vendor's host, not the archive's own."""


class Source(Model):
    """The archival reference, field by field."""

    repository: Text
    """In full: Russian State Archive of Contemporary History."""
    abbreviation: str = ""
    """As citations have it: `RGANI`."""
    place: str = ""
    """The city of the repository."""
    fond: str = ""
    """The holding, in archives of the Soviet kind."""
    opis: str = ""
    """The inventory within the fond."""
    delo: str = ""
    """The file within the opis."""
    leaves: Leaves | None = None
    collection: str = ""
    """For archives that do not count in fonds: series, box, folder."""
    form: str = ""
    """Original, carbon, certified copy; only if known."""
    classification: str = ""
    """The secrecy that was ordered: `top secret`."""
    raw: str = ""
    """The archive's ready citation, verbatim."""
    digital: Digital | None = None
    also: tuple[str, ...] = ()
    """Other copies, as they are cited."""

    @property
    def keeper(self) -> str:
        """The repository, however it is written: `S/S–Files` and `S/S Files` are one."""
        return re.sub(r"^the\s|[\W_]+", "", self.repository.casefold())


class Participant(Model):
    """Someone present, with the part taken."""

    person: Id | None = None
    """The key in `persons.yaml`."""
    name: Text
    """As the document has it."""
    office: str = ""
    """The post held."""
    side: str = ""
    """The delegation or country."""
    role: Literal[
        "speaker", "attended", "interpreter", "recorder", "author", "recipient", "mentioned"
    ]
    """The part taken."""
    roles: tuple[str, ...] = ()
    """Further parts taken by the same person."""


class Hand(Model):
    """A hand in the document."""

    id: Id
    person: Id | None = None
    """Whose it is: a key of `persons.yaml`."""
    description: Text
    """How it differs from others: `blue pencil, slanting`."""


class Signature(Model):
    """A signature, certification or stamp at the document's close."""

    kind: Literal["autograph", "typed", "certification", "stamp", "initials"]
    """What stands there."""
    text: Text
    """As the transcript has it."""
    person: Id | None = None
    """Absent where nobody has identified it."""
    read_as: str = ""
    """The name, where the signature is hard to read."""
    note: str = ""
    """What else is to be said of it."""


class Abstract(Model):
    """A summary by somebody else than the editors."""

    text: Text
    """Markdown of one paragraph."""
    by: Text
    """Who wrote it."""
    print: bool = False
    """A mark for your own use: it stands in the TEI file, and is not printed."""


class Leaf(Anchor):
    """
    Where a leaf begins, if that is known: with the words of `exact`, or else with its `block`.

    List the leaves in their order. One that begins with the document and stands alone is not
    marked.
    """

    leaf: Text
    """Its number, as the archive writes it: `125`, `125ob`."""
    certainty: Certainty = "high"


Blocks = Annotated[str, StringConstraints(pattern=r"^\d+(-\d+)?$")]
"""Ordinals of blocks, as in their addresses: `7` is `p-007`, `7-8` are two."""


class FacingBlocks(Model):
    """Blocks that face each other and are not one and one."""

    original: Blocks
    transcript: Blocks


class Original(Model):
    """The text that the transcript translates, printed beside it block by block."""

    file: Text = "original.md"
    """Its transcript; the rules of `transcript.md` hold."""
    received: Received
    """The file that came; it may be `original.md` itself, with `format: markdown`."""
    facing: tuple[FacingBlocks, ...] = ()
    """Where several blocks face one; all others face each other one by one, in their order."""
    layout: Literal["columns", "pages"] = "columns"
    """In print: two columns of a page, or the original on left pages and the text on right ones."""


class Plate(Model):
    """A picture of a leaf, set behind the text, or in it where `::: figure` names it."""

    file: Text
    """Relative to the document's folder: `leaves/124.png`."""
    sha256: Sha256 | Literal[""] = ""
    """`engross plate` and `engross freeze` enter it; without it nothing is built."""
    alt: Text
    """What the picture shows, for those who do not see it."""
    caption: Text
    """Under the picture; Markdown in one line. In the text a figure has a caption of its own."""
    leaf: str = ""
    """The leaf that it shows: `124`."""


class DocumentRecord(Model):
    """The whole file."""

    id: Id
    type: Text = "document"
    """Record of conversation, letter, telegram …"""
    received: Received
    title: Titles
    dates: Dates
    place: Place | None = None
    language: Language = "en"
    """The language of the transcript, BCP 47."""
    source_language: Language = ""
    """The language of the original, BCP 47."""
    source: Source
    contributors: tuple[Person, ...] = ()
    participants: tuple[Participant, ...] = ()
    hands: tuple[Hand, ...] = ()
    signatures: tuple[Signature, ...] = ()
    leaves: tuple[Leaf, ...] = ()
    original: Original | None = None
    plates: tuple[Plate, ...] = ()
    abstract: Abstract | None = None
    funding: tuple[str, ...] = ()
    """Who paid for the work on it, as they ask to be named."""
    source_note: str = ""
    """Replaces the generated source note; Markdown."""
    after: Id | None = None
    """The document that this one stands directly behind, whatever its date."""
    headnote: str = ""
    """Markdown, set before the document in the editor's voice."""
    withheld: bool = False
    """A mark for your own use: the document is printed all the same."""
