"""A book with the ledger's entries for fields of its files applied."""

from dataclasses import dataclass, replace

from engross.ledger.edits import Edit
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
from engross.parse.book import Book, DocumentSource
from engross.revision.entries import entries_of
from engross.revision.retitled import retitle

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
