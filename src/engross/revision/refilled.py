"""Fields of manifest and documents' records that say something else than when released."""

from collections.abc import Iterator, Set

from engross.ledger.fields import OF_MANIFEST, field_texts, of_document
from engross.parse.book import Book
from engross.parse.load import Parsed, load
from engross.release.frozen import Release
from engross.revision.difference import Difference
from engross.revision.fields import fields_of, file_of_field, has_record, path_of_field
from engross.schema.document import DocumentRecord
from engross.schema.manifest import Manifest


def refilled(book: Book, release: Release) -> Iterator[Difference]:
    """Each field that was edited in its file after the release, filled or emptied."""
    old, new = released_fields(book, release), fields_of(book)
    for address in {**new, **old}:
        before, after = old.get(address, ""), new.get(address, "")
        path = file_of_field(address)
        if before == after or path not in release.files:
            continue
        what = "words" if before and after else "added" if after else "removed"
        yield Difference(address, before, after, path, _line(book, address), what)


def released_fields(book: Book, release: Release) -> dict[str, str]:
    """The fields as they were released; a release without these files has none."""
    manifest = manifest_then(release)
    found = field_texts(manifest, OF_MANIFEST) if manifest else {}
    for document in book.documents:
        file = release.files.get(document.record.path) if has_record(document) else None
        record = load(DocumentRecord, file) if file else None
        if isinstance(record, Parsed):
            found |= field_texts(record.value, of_document(document.id))
    return found


def manifest_then(release: Release) -> Manifest | None:
    """The manifest as it was released."""
    file = release.files.get("manifest.yaml")
    loaded = load(Manifest, file) if file else None
    return loaded.value if isinstance(loaded, Parsed) else None


def covers(recorded: Set[str], address: str) -> bool:
    """
    Whether an entry records a change: by the address itself or by what it is part of.

    >>> covers({"manifest/people"}, "manifest/people/2/name"), covers({"manifest"}, "yamada/note/a")
    (True, False)
    >>> covers({"intro"}, "intro#p-003"), covers({"intro#p-003"}, "intro")
    (True, False)
    """
    text, _, block = address.partition("#")
    steps = text.split("/")
    parts = ["/".join(steps[:length]) for length in range(1, len(steps) + 1)]
    return not recorded.isdisjoint([*parts, f"{text}#{block}"])


def _line(book: Book, address: str) -> int:
    section = address.partition("/")[0]
    files = {document.id: document.record for document in book.documents}
    path = path_of_field(address)
    parsed = book.manifest if section == "manifest" else files[section]
    return parsed.place(*path).line
