"""Stage 2: every file of a book becomes a value, or findings."""

from collections.abc import Iterator, Sequence, Set
from typing import TYPE_CHECKING

from engross.catalog import stop
from engross.model.finding import Place
from engross.parse.book import Book, DocumentSource, ProseSource
from engross.parse.load import Parsed
from engross.parse.reader import Reader
from engross.parse.typography import typeset
from engross.read import Sources
from engross.schema.manifest import DocumentSection, Manifest, OpeningSection, ProseSection
from engross.schema.notes import Notes, SignOffs
from engross.schema.registers import Abbreviations, Chronology, Index, Persons

if TYPE_CHECKING:
    from engross.parse.volume import VolumeSource


def parse(sources: Sources, leave: Set[str] = frozenset()) -> Book:
    """
    Read every file that the manifest names into values; errors of codes in `leave` are kept in it.

    Raises:
        EngrossError: with the findings of all files, not only the first.
    """
    reader = Reader(sources)
    manifest = reader.file(Manifest, "manifest.yaml", required=True)
    if manifest is None:
        reader.rest()
        raise stop(reader.findings)
    ledger = reader.ledger()
    documents = [
        reader.document(name, _place(manifest, index, key))
        for name, index, key in _named(manifest.value, sources)
    ]
    prose = [
        reader.prose(section, _place(manifest, index, "prose"))
        for index, section in enumerate(manifest.value.sections)
        if isinstance(section, ProseSection)
    ]
    prose += [
        reader.opening(section, _place(manifest, index, "prose"))
        for index, section in enumerate(manifest.value.sections)
        if isinstance(section, OpeningSection)
    ]
    volumes = [
        reader.volume(section.tei, _place(manifest, index, "tei"), manifest.value)
        for index, section in enumerate(manifest.value.sections)
        if isinstance(section, DocumentSection) and section.tei
    ]
    read = tuple(volume for volume in volumes if volume)
    book = Book(
        manifest,
        tuple(document for document in documents if document) + documents_of(read),
        tuple(section for section in prose if section) + _parts(read),
        ledger,
        reader.works(),
        reader.file(Persons, "persons.yaml"),
        reader.file(Chronology, "chronology.yaml"),
        reader.file(Abbreviations, "abbreviations.yaml"),
        reader.file(Index, "index.yaml"),
        reader.file(SignOffs, "signoffs.yaml"),
        tuple(reader.findings),
        read,
        reader.style(manifest),
        own=reader.words(manifest.value.language),
    )
    if any(found.is_error and found.code not in leave for found in reader.findings):
        raise stop(reader.findings)
    return typeset(book)


def _named(manifest: Manifest, sources: Sources) -> Iterator[tuple[str, int, str]]:
    """The folders of documents that a manifest asks for, each once, with the entry that does."""
    rows: list[tuple[str, int, str]] = []
    rest = -1
    for index, section in enumerate(manifest.sections):
        if isinstance(section, DocumentSection):
            rows += [(section.document, index, "document")] if section.document else []
            rows += [(name, index, "documents") for name in section.documents]
        elif section == "documents":
            rest = index
    if rest >= 0:
        folders = [path.split("/")[1] for path in sources.find("documents/*/document.yaml")]
        rows += [(name, rest, "") for name in folders]
    seen: set[str] = set()
    for name, index, key in rows:
        if name not in seen:
            seen.add(name)
            yield name, index, key


def documents_of(volumes: "Sequence[VolumeSource]") -> tuple[DocumentSource, ...]:
    """The documents of TEI files, as those of folders are."""
    return tuple(
        DocumentSource(
            text.entry.address,
            Parsed(text.record, volume.file.path),
            text.body,
            Parsed(Notes(), volume.file.path),
            volume.file,
            volume.file,
            text.heading,
        )
        for volume in volumes
        for text in volume.texts
        if text.record is not None
    )


def _parts(volumes: "Sequence[VolumeSource]") -> tuple[ProseSource, ...]:
    return tuple(
        ProseSource(
            ProseSection(prose=volume.file.path, id=text.entry.address, title=text.entry.title),
            text.body,
            volume.file,
        )
        for volume in volumes
        for text in volume.texts
        if text.record is None
    )


def _place(manifest: Parsed[Manifest], index: int, key: str) -> Place:
    return manifest.place("sections", index, key)
