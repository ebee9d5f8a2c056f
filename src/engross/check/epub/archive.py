"""The archive and the package: order, names, dates, what is declared, what is said of the book."""

from collections.abc import Iterator

from engross.catalog import finding
from engross.check.epub.opened import DC, OPF, XML_LANG, Opened
from engross.model.finding import Finding, Place

REQUIRED = ("identifier", "title", "language", "date", "rights")
"""Elements of Dublin Core that every edition has."""
ACCESSIBILITY = (
    "schema:accessMode",
    "schema:accessModeSufficient",
    "schema:accessibilityFeature",
    "schema:accessibilityHazard",
    "schema:accessibilitySummary",
)


def check_archive(book: Opened) -> Iterator[Finding]:
    """`mimetype` first and stored; safe names; one date; modes that any system can read."""
    first = book.entries[0]
    content = book.files.get("mimetype", b"")
    stored = first.compress_type == 0 and not first.extra
    if first.filename != "mimetype" or not stored or content != b"application/epub+zip":
        yield _archive(book, "'mimetype' is not its first entry, stored and without extras")
    names = [entry.filename for entry in book.entries]
    for name in names:
        parts = name.split("/")
        if name.startswith("/") or ".." in parts or "\\" in name or not name.isascii():
            yield _archive(book, f"the name '{name}' is not safe on every system")
    if len({entry.date_time for entry in book.entries}) > 1:
        yield _archive(book, "its entries have different dates, so that no two builds are alike")
    if any(entry.external_attr >> 16 not in {0, 0o100644} for entry in book.entries):
        yield _archive(book, "an entry has other permissions than rw-r--r--")


def check_package(book: Opened) -> Iterator[Finding]:
    """Version, language, the metadata that every edition has, files declared and in the spine."""
    place = Place(f"{book.book}/{book.package_name}")
    if book.package.get("version") != "3.0":
        yield _package(place, "it is not of version 3.0")
    if not book.package.get(XML_LANG):
        yield _package(place, "it has no xml:lang")
    for name in REQUIRED:
        if not any((element.text or "").strip() for element in book.package.iter(f"{DC}{name}")):
            yield _package(place, f"it has no dc:{name}")
    properties = {element.get("property") for element in book.package.iter(f"{OPF}meta")}
    for name in ("dcterms:modified", *ACCESSIBILITY):
        if name not in properties:
            yield _package(place, f"it has no {name}")
    declared = {book.item_name(item): item for item in book.items()}
    kept = {name for name in book.files if name.startswith("EPUB/")} - {book.package_name}
    for name in sorted(kept - declared.keys()):
        yield _package(place, f"it does not declare {name}")
    for name in sorted(declared.keys() - kept):
        yield _package(place, f"it declares {name}, which is not there")
    spine = {itemref.get("idref") for itemref in book.package.iter(f"{OPF}itemref")}
    for name, item in sorted(declared.items()):
        navigation = "nav" in (item.get("properties") or "").split()
        if name.endswith(".xhtml") and not navigation and item.get("id") not in spine:
            yield _package(place, f"its spine leaves out {name}")
    covers = [i for i in declared.values() if "cover-image" in (i.get("properties") or "")]
    if len(covers) > 1:
        yield _package(place, "it has more than one picture of the cover")


def _archive(book: Opened, what: str) -> Finding:
    return finding("Q011", Place(book.book), f"the archive is not as it should be: {what}")


def _package(place: Place, what: str) -> Finding:
    return finding("Q012", place, f"the package document is not complete: {what}")
