"""What all records are written from: the edition's formats, people by role, languages."""

from collections.abc import Sequence
from dataclasses import dataclass

from lxml import etree

from engross.assemble.edition import DocumentContent, Edition, Section
from engross.language.codes import bibliographic
from engross.make.records.accessibility import Accessibility, accessibility
from engross.render import Rendered
from engross.render.environment import templates
from engross.schema.manifest import Manifest, Person, Price

CREATORS = frozenset({"aut", "edt", "com"})
"""Roles whose bearers a catalogue calls creators; all others are contributors."""


@dataclass(frozen=True, slots=True)
class Format:
    """One form in which the edition is given away; each has an ISBN of its own, or none."""

    kind: str
    """`epub`, `print`, `screen`."""
    isbn: str
    """Thirteen digits without hyphens; empty where none was assigned."""
    media_type: str
    name: str
    """The file in the edition's folder; of print the reference profile's."""
    reference: str
    """Identifies the product where it has no ISBN."""


@dataclass(frozen=True, slots=True)
class Facts:
    """The edition as its records see it."""

    edition: Edition
    formats: tuple[Format, ...]
    accessibility: Accessibility
    """The statement that the EPUB makes."""
    words: int
    """How many words documents and editors' prose have, notes left out."""

    @property
    def manifest(self) -> Manifest:
        """The edition's manifest."""
        return self.edition.manifest

    @property
    def title(self) -> str:
        """Title and subtitle in one line."""
        return ": ".join(part for part in (self.manifest.title, self.manifest.subtitle) if part)

    @property
    def year(self) -> str:
        """The year of this version."""
        return self.edition.modified[:4]

    @property
    def standing(self) -> str:
        """The version, and whether it is a draft: `version 1.0, draft 0123456789ab`."""
        version = f"version {self.manifest.version}"
        return version if self.edition.released else f"{version}, draft {self.edition.digest[:12]}"

    @property
    def free(self) -> bool:
        """Whether the records may offer it free of charge only: until the rights are cleared."""
        return self.manifest.rights.status != "cleared"

    def prices(self, form: Format) -> tuple[Price, ...]:
        """What a format costs, once the rights are cleared."""
        known = () if self.free else self.manifest.prices
        return tuple(one for one in known if one.format == form.kind)

    @property
    def address(self) -> str:
        """A URL that leads to the edition, if its identifier is one: a DOI or a web address."""
        identifier = self.manifest.identifier_this or self.manifest.identifier
        if identifier.startswith(("http://", "https://")):
            return identifier
        doi = doi_of(identifier)
        return f"https://doi.org/{doi}" if doi else ""

    @property
    def documents(self) -> tuple[Section, ...]:
        """The sections that are documents."""
        return tuple(
            section
            for section in self.edition.sections
            if isinstance(section.content, DocumentContent)
        )

    @property
    def languages(self) -> tuple[str, ...]:
        """The edition's language, then those that documents were translated from; ISO 639-2/B."""
        contents = [one.content for one in self.documents]
        said = {one.record.source_language for one in contents if isinstance(one, DocumentContent)}
        originals = {bibliographic(language) for language in said if language}
        return bibliographic(self.manifest.language), *sorted(originals)

    def written(self, name: str, **values: object) -> bytes:
        """A record of XML from its template, whose own layout makes no difference."""
        context = {
            "facts": self,
            "manifest": self.manifest,
            "description": line(self.manifest.description),
            **values,
        }
        made = templates({}).render(f"records/{name}", context)
        root = etree.fromstring(made.encode(), etree.XMLParser(remove_blank_text=True))
        etree.indent(root)
        return bytes(etree.tostring(root, xml_declaration=True, encoding="utf-8")) + b"\n"

    def people(self, *roles: str) -> tuple[Person, ...]:
        """Those with one of the roles, role by role."""
        return tuple(
            person for role in roles for person in self.manifest.people if person.role == role
        )


def creators(edition: Edition) -> tuple[Person, ...]:
    """
    Who made the edition, as catalogues and readers' shelves name it; hardly ever nobody.

    Authors, editors and compilers among the people; else who wrote the documents; else the archive
    that keeps them, else the publisher.
    """
    people = tuple(one for one in edition.manifest.people if one.role in CREATORS)
    if people:
        return people
    records = [
        section.content.record
        for section in edition.sections
        if isinstance(section.content, DocumentContent)
    ]
    wrote = [one.name for record in records for one in record.contributors if one.role == "aut"]
    wrote += [
        one.name
        for record in records
        for one in record.participants
        if "author" in (one.role, *one.roles)
    ]
    keep = [record.source.repository for record in records if record.source.repository]
    publisher = [edition.manifest.publisher.name] if edition.manifest.publisher else []
    for names, role in ((wrote, "aut"), (keep, "rps"), (publisher, "pbl")):
        if names:
            return tuple(Person(name=name, role=role) for name in dict.fromkeys(names))
    return ()


def facts(edition: Edition, epub: Sequence[Rendered], *, paged: bool) -> Facts:
    """
    Collect what the records say.

    Args:
        edition: what is published.
        epub: its sections as the EPUB has them.
        paged: whether the EPUB marks the pages of a printing.
    """
    return Facts(
        edition,
        formats(edition.manifest),
        accessibility(edition, epub, paged=paged),
        _words(edition),
    )


def formats(manifest: Manifest) -> tuple[Format, ...]:
    """The forms that the manifest lists."""
    slug = manifest.edition
    rows = (
        ("epub", manifest.isbn.epub, "application/epub+zip", f"{slug}.epub"),
        (
            "print",
            manifest.isbn.print,
            "application/pdf",
            f"{slug}-print-{manifest.print.profiles[0]}.pdf",
        ),
        ("screen", manifest.isbn.screen, "application/pdf", f"{slug}-screen.pdf"),
    )
    return tuple(
        Format(kind, (isbn or "").replace("-", ""), media, name, f"{slug}-{kind}")
        for kind, isbn, media, name in rows
        if kind in manifest.outputs
    )


def doi_of(identifier: str) -> str:
    """
    The DOI in an identifier, else nothing.

    >>> doi_of("https://doi.org/10.1000/182")
    '10.1000/182'
    """
    for prefix in ("https://doi.org/", "http://doi.org/", "urn:doi:", "doi:"):
        identifier = identifier.removeprefix(prefix)
    return identifier if identifier.startswith("10.") else ""


def inverted(person: Person) -> str:
    """
    A name as a catalogue files it: as the manifest says, and never guessed.

    A name in one word, or without `file_as`, stays as it is.
    """
    return person.file_as or person.name


def line(text: str) -> str:
    """A text on one line."""
    return " ".join(text.split())


def capital(words: str) -> str:
    """With a capital, as a sentence begins."""
    return words[:1].upper() + words[1:]


def _words(edition: Edition) -> int:
    from engross.model.text import leaves

    return sum(
        len(leaf.text.split())
        for section in edition.sections
        if section.body
        for leaf in leaves(section.body.blocks)
    )
