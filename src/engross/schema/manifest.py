"""`manifest.yaml`: identity, people, rights, sections in order, outputs."""

import re
from functools import cache
from importlib.resources import files
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from engross.schema.base import (
    Address,
    Currency,
    Day,
    Heading,
    Id,
    Isbn,
    Language,
    Markdown,
    Model,
    Sha256,
    Territory,
    Text,
    Version,
)
from engross.schema.trim import Intent, Signature, Trim

Relator = Annotated[str, StringConstraints(pattern=r"^[a-z]{3}$")]
"""A MARC relator code: aut, edt, trl, dnr, fnd, pbl …"""

KINDS = ("epub", "print", "screen", "cover", "web", "metadata", "bag")
Kind = Literal["epub", "print", "screen", "cover", "web", "metadata", "bag"]

GENERATED = (
    "title-page", "imprint", "contents", "documents", "documents-list", "list-of-figures",
    "half-title", "readings", "persons", "chronology", "abbreviations", "sources", "index",
    "corrections", "colophon",
)  # fmt: skip
"""Section names that the program makes from the manifest and the registers."""


@cache
def relators() -> frozenset[str]:
    """All codes of MARC, as the Library of Congress lists them in 2025."""
    return frozenset(files(__package__).joinpath("relators.txt").read_text("utf-8").split())


class Person(Model):
    """Someone with a part in the edition."""

    name: Text
    """As it is printed: `Allison Smith`."""
    file_as: str = ""
    """As in a catalogue: `Smith, Allison`."""
    role: Relator
    note: str = ""
    """What exactly the person did, where the relator says too little."""


class Isbns(Model):
    """One ISBN for each format; no two alike."""

    epub: Isbn | None = None
    print: Isbn | None = None
    screen: Isbn | None = None


class Price(Model):
    """What a copy costs the reader, for the records of the trade; one for each territory."""

    format: Literal["epub", "print", "screen"]
    """What is sold."""
    amount: Annotated[str, StringConstraints(pattern=r"^\d{1,9}(\.\d{1,3})?$")]
    """With a point before the cents: `24.00`."""
    currency: Currency
    tax: Literal["included", "excluded"] = "included"
    """Whether sales tax is in the amount, as in Europe, or comes to it, as in America."""
    territory: Territory = "WORLD"


class Rights(Model):
    """Whether and how the edition may be given away."""

    status: Literal["cleared", "conditional", "pending"]
    """`conditional` has terms; with `pending` nothing can be released."""
    statement: Text
    """The sentence printed on the imprint page."""
    terms: str = ""
    """The conditions, where the status is conditional; printed."""
    holder: str = ""
    """Who has the rights."""
    contact: str = ""
    """Where to ask: an address of mail or of the web."""
    licence: str = ""
    """A URL or SPDX expression, where there is one."""
    credit: str = ""
    """The credit line that the archive asks for, verbatim."""


class Publisher(Model):
    """Who publishes the edition; absent for an unpublished one."""

    name: Text
    """As it is printed."""
    place: str = ""
    """The city."""
    url: Address = ""
    imprint: str = ""
    """The name that the publisher gives this list."""


class DocumentSection(Model):
    """A document, several in the order of their dates, or all documents of a TEI file."""

    document: Id | None = None
    """A folder under `documents/`."""
    documents: tuple[Id, ...] = ()
    """Folders under `documents/`, to be put into the order of their dates."""
    tei: str | None = None
    """A TEI file that is evidence as it is, relative to the book."""


Role = Literal[
    "dedication",
    "epigraph",
    "foreword",
    "preface",
    "acknowledgements",
    "introduction",
    "note-on-the-text",
    "afterword",
    "appendix",
    "glossary",
    "about",
    "section",
]


class ProseSection(Model):
    """A section written in Markdown by the editors."""

    prose: Text
    """The file, relative to the book."""
    id: Id
    title: str = ""
    """Overrides the file's first heading in contents and running heads."""
    role: Role = "section"
    """What the section is. A dedication and an epigraph have no heading, no page number and no
    line in the contents."""
    link: Literal["marked", "first"] = "marked"
    """Which words lead to the entries of a glossary: those that are marked, `[opis]{.term}`, or in
    each section the first occurrence of a term, too."""
    by: str = ""
    """Who wrote it, where another than the editors did: one of `people`, by name. It stands below
    the section and on the title page."""


class OpeningSection(Model):
    """The page that opens a compilation or chapter; what follows belongs to it."""

    opening: Heading
    """The title."""
    id: Id
    level: Literal[1, 2] = 1
    """Depth in the contents; documents stand one level below."""
    prose: str = ""
    """A file with words of the editors to stand on the page."""


class OwnFace(Model):
    """A font file that the book brings: one face, which is called what its own tables call it."""

    file: Text
    """TrueType or OpenType, relative to the book: `fonts/Frank-Regular.ttf`."""
    face: str = ""
    """Which face of a collection (`.ttc`) is meant: its full name, or its number from 1."""
    licence: Text
    """An SPDX expression, or the licence in words; it stands in the receipt."""
    flowing: bool = True
    """Whether the file may be given away whole, inside the EPUB and the web edition."""


Section = str | DocumentSection | OpeningSection | ProseSection


class OwnIntent(Intent):
    """A printing condition that the book names."""

    icc: str = ""
    """The condition's ICC profile, relative to the book: with it the files are PDF/X-4."""


class Print(Model):
    """What concerns paper."""

    profiles: tuple[Id, ...] = ("generic",)
    """Printer profiles, the first being the reference pagination."""
    binding: Literal["perfect", "saddle", "case"] = "perfect"
    """Perfect: glued; saddle: folded and stapled; case: boards."""
    trim: Trim = "6in 9in"
    """Width and height of the trimmed page; the style's own page size gives way to it."""
    paper: str = ""
    """One of the printer's papers, by its name; the first where none is named."""
    intent: OwnIntent | None = None
    """The printing condition that the printer told you, for all profiles of this book."""
    signature: Signature | None = None
    """Pages of one folded section, where your printer says it: 8, 16, 32. It decides what is to be
    printed again after a correction; if absent, the profile's figure holds."""


class Cover(Model):
    """The cover's words and picture; its design is the house's."""

    blurb: str = ""
    """Words for the back of the cover."""
    image: str | None = None
    """A picture for the front, relative to the book: title and people stand over it on the printed
    cover and on that of the EPUB."""
    alt: str = ""
    """What the picture shows."""
    price: bool = False
    """Whether the prices of the printed book stand above the barcode."""
    ean_5: Annotated[str, StringConstraints(pattern=r"^(\d{5})?$")] = ""
    """Five digits for bars beside those of the ISBN, as shops in America ask for: `52495` is 24.95
    US dollars, `90000` no price."""
    finished: bool = False
    """Whether the picture itself holds title and people: then nothing is set over it."""


class Epub(Model):
    """What concerns the EPUB and the web edition."""

    page_list: Literal["print", "none"] = "print"
    """Whether they mark where the pages of the printing begin. With `none` no page is laid out for
    them, and they are made in a few seconds."""


class Citations(Model):
    """How sources are cited."""

    style: Text = "chicago-notes"
    """`chicago-notes`, which needs nothing installed; `chicago-author-date`, which pandoc has; or a
    CSL style of the book, by its file or its name alone: `styles/mhra-notes.csl`, `mhra-notes`."""


class Accessibility(Model):
    """What only a person can vouch for."""

    evaluated_by: str = ""
    """Who has judged the EPUB with assistive technology."""
    evaluated_on: Day | None = None
    """When."""
    evaluated_sha256: Sha256 | None = None
    """The digest of the text that was judged: where it is another one, nothing is claimed."""
    conforms_to: str = ""
    """What it was found to meet: `EPUB Accessibility 1.1 - WCAG 2.2 Level AA`."""
    summary: str = ""
    """The outcome in a few sentences, as shops show it."""
    exemption: str = ""
    """Why the European Accessibility Act does not bind it: `eaa-microenterprise`,
    `eaa-disproportionate-burden`, `eaa-fundamental-alteration`."""


class Manifest(Model):
    """The whole file."""

    edition: Id
    """The slug: names the outputs and the folder in `dist/`."""
    title: Heading
    """As the title page has it."""
    subtitle: str = ""
    """Printed under the title."""
    short_title: str = ""
    """For running heads; the title if absent."""
    version: Version = "1.0"
    """`EDITION.CORRECTION`."""
    date: Day
    """The day of this edition's first release or, until then, of its preparation; no clock's."""
    language: Language = "en"
    """BCP 47."""
    identifier: Text
    """Stable over all versions of the edition: a `urn:uuid:` or a DOI."""
    identifier_this: str = ""
    """The identifier of this very version, where one was registered."""
    web_address: Address = ""
    """Where the web edition stands, up to its last slash: https://example.org/letters/web/.

    Its pages name it as their own address, and a sitemap lists them. The EPUB and the reading PDF,
    to which its first page leads, lie one folder above, as in `dist`."""
    description: str = ""
    """What the edition is, in a few sentences: for shops and catalogues."""
    subjects: tuple[str, ...] = ()
    """Headings for catalogues."""
    people: tuple[Person, ...] = ()
    """Everyone with a part in it, in the order of the title page."""
    publisher: Publisher | None = None
    isbn: Isbns = Isbns()
    """None is needed to give an edition away."""
    prices: tuple[Price, ...] = ()
    """None is needed to give an edition away; in effect once the rights are cleared."""
    territory: Territory | None = None
    """Where the edition may be sold, for the records of the trade; nothing is said if absent."""
    rights: Rights
    funding: tuple[str, ...] = ()
    """Funders' sentences, verbatim, in the imprint's acknowledgements."""
    series: str = ""
    """Its name, where the edition belongs to one."""
    volume: str = ""
    """The number within the series."""
    style: Id = "documentary"
    """The house style: a folder of the book's `styles/` or a shipped one."""
    fonts: tuple[OwnFace, ...] = ()
    """Faces beside those that come with the program; a sheet names them by their family."""
    typography: Literal["as-typed", "smart"] = "as-typed"
    """Whether straight quotation marks and apostrophes of the editors' prose, notes and headnotes
    are printed as the edition's language has them. Documents stay as they were received."""
    apostrophes: Literal["as-received", "typographic"] = "as-received"
    """Whether straight quotation marks and apostrophes of the documents are printed as the
    documents' languages have them; the colophon counts them. A TEI file is printed as it is."""
    conventions: Literal["frus-modern", "literal", "clear-text"] = "literal"
    """How brackets, emendations and page breaks are printed."""
    form: Literal["short", "long"] | None = None
    """Short works have no half-title and one arabic sequence; if absent, a work of more than twelve
    documents is long."""
    run_on: bool = False
    """Whether documents follow one another on a page; chapters still begin one. Paper and reading
    PDF alone are concerned: in an EPUB and on the web each document is a file."""
    sections: Annotated[tuple[Section, ...], Field(min_length=1)]
    """In reading order: names of generated parts, `document:`, `tei:` and `prose:` entries."""
    outputs: tuple[Kind, ...] = ("epub", "print", "screen")
    """What `engross build` makes."""
    citations: Citations = Citations()
    print: Print = Print()
    epub: Epub = Epub()
    cover: Cover = Cover()
    accessibility: Accessibility = Accessibility()
    edition_statement: str = ""
    """Printed on the imprint page: `Second edition, revised`."""
    deposit: Markdown | None = None
    """Where the edition is kept, for the imprint page."""

    @property
    def volume_key(self) -> str:
        """How the series is followed by its number, or by several: `VII–IX`."""
        several = re.search(r"[–,&]|\b[IVXLC]+-[IVXLC]+\b|\band\b", self.volume)
        return "volumes" if several else "volume"
