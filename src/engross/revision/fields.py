"""A book with the ledger's entries for fields applied; titles follow their corrected headings."""

from dataclasses import dataclass, replace

from engross.ledger.edits import Edit, corrected, place_corrections
from engross.ledger.entries import Entries
from engross.ledger.fields import (
    OF_MANIFEST,
    correct_fields,
    field_texts,
    is_field,
    is_group,
    of_document,
    steps_of,
)
from engross.model.finding import Finding
from engross.model.text import leaves
from engross.parse.book import Book, DocumentSource, ProseSource
from engross.revision.entries import entries_of

RECORD = "document.yaml"


@dataclass(frozen=True, slots=True)
class Corrected:
    """What came of the entries for fields."""

    book: Book
    """Manifest and documents' records as corrected, and titles read from headings; every text as it
    was received."""
    edits: tuple[Edit, ...]
    findings: tuple[Finding, ...]


def correct_book(book: Book) -> Corrected:
    """Apply every verified entry that names a field of the manifest or of a document's record."""
    rows = entries_of(book.ledger)
    value, edits, findings = correct_fields(book.manifest.value, OF_MANIFEST, rows)
    manifest = replace(book.manifest, value=value)
    documents = []
    for document in book.documents:
        if has_record(document):
            record, more, wrong = correct_fields(
                document.record.value, of_document(document.id), rows
            )
            document = replace(document, record=replace(document.record, value=record))
            edits, findings = (*edits, *more), (*findings, *wrong)
        documents.append(document)
    made = replace(book, manifest=manifest, documents=tuple(documents))
    return Corrected(retitle(made, rows), edits, findings)


def fields_of(book: Book) -> dict[str, str]:
    """Each field that says something, by address: the manifest's, then the documents'."""
    found = field_texts(book.manifest.value, OF_MANIFEST)
    for document in book.documents:
        if has_record(document):
            found |= field_texts(document.record.value, of_document(document.id))
    return found


def names_field(address: str, book: Book, *, group: bool = False) -> bool:
    """Whether an address is that of a field, filled or not; or of a group of fields."""
    section = address.partition("/")[0]
    documents = (one.id for one in book.documents if one.id == section and has_record(one))
    own = [OF_MANIFEST, *(of_document(name) for name in documents)]
    return any(is_field(address, one) or (group and is_group(address, one)) for one in own)


def file_of_field(address: str) -> str:
    """
    The file that a field stands in.

    >>> file_of_field("manifest/title"), file_of_field("yamada/document/title/short")
    ('manifest.yaml', 'documents/yamada/document.yaml')
    """
    section, _, _ = address.partition("/")
    return "manifest.yaml" if section == "manifest" else f"documents/{section}/{RECORD}"


def path_of_field(address: str) -> tuple[str | int, ...]:
    """
    Where a field stands in its file.

    >>> path_of_field("manifest/people/2/file-as")
    ('people', 1, 'file_as')
    """
    steps = address.split("/")[1:]
    return steps_of(steps if address.startswith("manifest/") else steps[1:])


def line_of_field(address: str, book: Book) -> int:
    """The line of a field in its file."""
    section = address.partition("/")[0]
    files = {one.id: one.record for one in book.documents if one.id == section}
    parsed = files.get(section, book.manifest)
    return parsed.place(*path_of_field(address)).line


def has_record(document: DocumentSource) -> bool:
    """Whether a document's record is a file of its own; that of a TEI file is evidence."""
    return document.record.path.endswith(f"/{RECORD}")


def field_files(book: Book) -> tuple[str, ...]:
    """The files whose fields the ledger may correct."""
    return (book.manifest.path, *(one.record.path for one in book.documents if has_record(one)))


def retitle(book: Book, entries: Entries) -> Book:
    """
    The book whose contents, running heads and citations name corrected headings.

    The texts stay as they were received. A title that an editor gave in the manifest stands.
    """
    named = {entry.at.address for entry, _ in entries}
    return replace(
        book,
        documents=tuple(
            _document(one, entries) if one.heading and one.id in named else one
            for one in book.documents
        ),
        prose=tuple(_prose(one, entries) if one.section.id in named else one for one in book.prose),
    )


def _document(document: DocumentSource, entries: Entries) -> DocumentSource:
    texts = document.texts
    old, new = texts[document.heading], _corrected(document.id, texts, document.heading, entries)
    title = document.record.value.title
    changed = title.model_copy(
        update={
            "supplied": retitled(title.supplied, old, new),
            "short": retitled(title.short, old, new) if title.short else "",
        }
    )
    value = document.record.value.model_copy(update={"title": changed})
    return replace(document, record=replace(document.record, value=value))


def _prose(prose: ProseSource, entries: Entries) -> ProseSource:
    first = next(iter(leaves(prose.body.blocks)), None)
    if first is None or first.role != "heading":
        return prose
    new = _corrected(prose.section.id, prose.texts, first.id, entries)
    if new == first.text:
        return prose
    title = retitled(prose.section.title or first.text, first.text, new)
    return replace(prose, section=prose.section.model_copy(update={"title": title}))


def _corrected(address: str, texts: dict[str, str], block: str, entries: Entries) -> str:
    return corrected(texts, place_corrections(address, texts, entries).edits).get(block, "")


def retitled(title: str, old: str, new: str) -> str:
    """
    A title that was read from a heading, as the heading reads now.

    What the title leaves out, such as a document's number, it leaves out again. A title in other
    words than the heading's is an editor's and stays.

    >>> retitled("Leter From Alpha", "1. Leter From Alpha", "1. Letter From Alpha")
    'Letter From Alpha'
    >>> retitled("On Visas", "Record of a Talk", "Record of Talks")
    'On Visas'
    """
    heading, now = " ".join(old.split()), " ".join(new.split())
    before, found, after = heading.partition(title)
    if not found or not title:
        return title
    return now.removeprefix(before).removesuffix(after).strip() or title
